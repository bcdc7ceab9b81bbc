from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.leads import LeadPolicy, read_policy

DOCS = Path(__file__).resolve().parents[2] / "docs" / "leads.md"


def test_nothing_set_is_the_default_and_the_settings_of_others_are_passed_over():
    assert read_policy({}) == read_policy({"PORT": "8080"}) == LeadPolicy()


def test_every_timer_can_be_set():
    policy = read_policy(
        {
            "LEADS_ANSWER_HOURS": "4",
            "LEADS_CONTACT_REMINDER_DAYS": "1.5",
            "LEADS_SILENCE_ASK_DAYS": "60",
            "LEADS_WORKING_HOURS": "08:00-12:00",
            "LEADS_WORKING_DAYS": "2 3 4 5 6 7",
            "LEADS_EXTRA_HOLIDAYS": "24/11 20/11",
        }
    )

    assert (policy.answer_in, policy.contact_reminder_days, policy.silence_ask_days) == (timedelta(hours=4), 1.5, 60)
    assert policy.hours.spans == ((time(8), time(12)),)
    assert policy.hours.is_working_day(date(2026, 11, 28))
    assert not policy.hours.is_working_day(date(2026, 11, 20))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("LEADS_ANSWER_HOURS", "viii"),
        ("LEADS_ANSWER_HOURS", "0"),
        ("LEADS_SILENCE_NUDGE_DAYS", "2.5"),
        ("LEADS_SILENCE_NUDGE_DAYS", "30"),
        ("LEADS_CONTACT_REMINDER_DAYS", "5"),
        ("LEADS_WORKING_HOURS", "12:00-08:00"),
        ("LEADS_WORKING_HOURS", "8-12"),
        ("LEADS_WORKING_DAYS", ""),
        ("LEADS_WORKING_DAYS", "1"),
        ("LEADS_EXTRA_HOLIDAYS", "32/1"),
        ("LEADS_ALERT_DECLINED_PERCENT", "101"),
        ("LEADS_ALERT_FINISHED_PERCENT", "0"),
        ("LEADS_ALERT_LEAST", "two"),
        ("LEADS_NO_SUCH_THING", "1"),
    ],
)
def test_what_cannot_be_used_is_said_by_name(name, text):
    with pytest.raises(SettingsError, match="LEADS_"):
        read_policy({name: text})


def test_every_setting_stands_in_the_docs_with_its_default():
    lines = DOCS.read_text("utf8").splitlines()
    told = dict(line.split("`")[-2].split("=", 1) for line in lines if line.startswith("|") and "`LEADS_" in line)

    assert read_policy(told) == LeadPolicy()
    assert len(told) == 18
