"""Everything that is kept about a person can be handed to it, and nothing that is another's."""

import json
from pathlib import Path

import pytest

from bot.campaigns import answers
from bot.leads import Event, Feedback, NewLead, Place, answer_feedback
from bot.people import Purpose
from bot.personal_data import PersonalData
from bot.replies.reply import Choice
from bot.review.wordings import Reason, Wording, keep
from bot.store import as_text
from tests.messages.office import Intake, ScriptedCarrier
from tests.messages.test_erased import CHAT, NAME, a_life, tables_that_name_people

PLACES = {
    "accounts": "accounts",
    "campaign_answers": "campaigns.answers",
    "campaign_recipients": "campaigns.received",
    "campaign_wishes": "campaigns.wishes",
    "consents": "consents",
    "contacts": "contact",
    "drafts": "answers",
    "inbox": "messages",
    "leads": "leads",
    "memories": "remembered",
    "outbox": "messages",
    "relays": "conversations",
    "wordings": "not_understood",
}
"""Where the rows of each table stand in the export."""
OF_OURS = {"buttons", "collaborators", "former_ids", "lead_parties", "link_guesses", "links"}
"""Tables with no words of a person: ids, codes that are good for minutes, and what `leads` tells of a shared case."""


@pytest.fixture
async def person(intake: Intake) -> str:
    """A household about which something stands in every table."""
    person, lead = await a_life(intake, ScriptedCarrier())
    now = intake.clock.now()
    owner = intake.leads.get(lead).owner_id
    intake.leads.step(lead, owner, Event.NOTE, "Nhà gần chợ, cổng xanh")
    there = intake.leads.collaborators.get(owner)
    intake.relay.press(there.channel, there.chat, Choice("", "relay_open", {"lead": lead}))
    with intake.store.transaction() as db:
        keep(db, person, Wording("mái hiên tôn", "mai hien ton", Reason.OUTSIDE, ("loans",)), now)
        answers.record(db, person, "hoi-cho", answers.How.CHECK, now, place="chợ Phú Giáo")
        answers.wish(db, person, "fairs", wanted=False, at=now)
        db.execute(
            "INSERT INTO campaigns (key, definition, state, state_since, created) VALUES ('hoi-cho', '{}', 'running', ?, ?)",
            [as_text(now), as_text(now)],
        )
        db.execute(
            "INSERT INTO campaign_recipients (campaign_id, person_id, channel, because, trade, state, not_before, sent_at)"
            " VALUES (1, ?, 'post', '[{\"fact\": \"trade_group\"}]', 'làm gốm', 'sent', ?, ?)",
            [person, as_text(now), as_text(now)],
        )
        db.execute("INSERT INTO lead_feedback (lead_id, asked_at) VALUES (?, ?)", [lead, as_text(now)])
    answer_feedback(intake.leads, intake.leads.get(lead), Feedback.CONTACTED, answer=True)
    return person


def exported(intake: Intake, person: str) -> dict:
    found = PersonalData(intake.store, intake.clock, Path("erasures.jsonl")).export(person)
    return json.loads(json.dumps(found, ensure_ascii=False))


def at(found: dict, path: str):
    for name in path.split("."):
        found = found[name]
    return found


async def test_every_table_that_names_people_is_in_the_export(intake, person):
    found = exported(intake, person)

    assert tables_that_name_people(intake) == PLACES.keys() | OF_OURS
    assert [table for table, path in PLACES.items() if not at(found, path)] == []


async def test_what_campaigns_sent_why_and_what_was_answered(intake, person):
    campaigns = exported(intake, person)["campaigns"]

    assert [(one["campaign"], one["stage"], one["trade"], one["because"]) for one in campaigns["received"]] == [
        ("hoi-cho", "sent", "làm gốm", [{"fact": "trade_group"}])
    ]
    assert [(one["campaign"], one["how"], one["place"]) for one in campaigns["answers"]] == [
        ("hoi-cho", "check", "chợ Phú Giáo")
    ]
    assert [(one["topic"], one["wanted"]) for one in campaigns["wishes"]] == [("fairs", False)]


async def test_what_was_not_understood_and_what_was_noted_about_the_case(intake, person):
    found = exported(intake, person)
    [lead] = found["leads"]

    assert [(one["text"], one["reason"]) for one in found["not_understood"]] == [("mái hiên tôn", "outside")]
    assert "Nhà gần chợ, cổng xanh" in [change["why"] for change in lead["history"]]
    assert (lead["feedback"]["contacted"], lead["feedback"]["useful"]) == (True, None)
    assert found["contact"]["name"] == NAME


async def test_of_a_case_that_is_shared_nothing_of_the_other_account(intake, person):
    other = intake.people.person_for("post", "other-chat")
    intake.people.set_phone(other, intake.people.contact(person).phone)
    intake.people.record_consent(other, Purpose.CONTACT, text_version="v1", channel="post")
    intake.leads.create(NewLead(other, Place("Xã Dầu Tiếng"), ("trademark",), channel="post", chat="other-chat"))
    found = exported(intake, other)
    [lead] = found["leads"]

    assert (lead["number"], lead["needs"], lead["owner_name"] is None) == ("KC-0001", ["trademark"], False)
    told = json.dumps({**found, "contact": None}, ensure_ascii=False)
    # What stands in its own chat it has read; the rest is the other's.
    for word in (CHAT, NAME, person, "lò nung", "cúng giỗ", "Phú Giáo", "cổng xanh", "hoi-cho"):
        assert word not in told, word
