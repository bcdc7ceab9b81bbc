"""Bad settings give one clear line that does not repeat a secret."""

from datetime import time, timedelta

import pytest

from bot.channels.zalo_oa import ZaloOaSettings, zalo_oa_settings
from bot.channels.zalo_oa.settings import Night
from bot.errors import SettingsError
from bot.settings import read_settings

NEEDED = {"APP_ID": "2553000000000000001", "APP_SECRET": "very-secret", "REFRESH_TOKEN": "also-secret"}


def settings(**values: str) -> ZaloOaSettings | None:
    return zalo_oa_settings(read_settings({f"KHUYENCONG_ZALO_OA_{name}": value for name, value in values.items()}))


def test_no_app_id_means_no_account() -> None:
    assert settings(APP_SECRET="x") is None


def test_what_is_needed_is_enough() -> None:
    assert settings(**NEEDED) == ZaloOaSettings(NEEDED["APP_ID"], "very-secret", "also-secret")


def test_the_platforms_rules_are_settings() -> None:
    chosen = settings(
        **NEEDED, FREE_MESSAGES="10", FREE_HOURS="24", REPLY_DAYS="5", PAID_REPLIES="on", NIGHT="21-7",
        TEMPLATES="lead_taken=300001, lead_ended=300002", SECRET="oa-secret",
    )  # fmt: skip

    assert chosen is not None
    assert (chosen.free_messages, chosen.free_window, chosen.reply_window) == (10, timedelta(1), timedelta(5))
    assert (chosen.paid_replies, chosen.night) == (True, Night(time(21), time(7)))
    assert chosen.templates == {"lead_taken": "300001", "lead_ended": "300002"}
    assert "secret" not in repr(chosen).replace("app_secret", "").replace("oa_secret", "")


@pytest.mark.parametrize(
    ("values", "which"),
    [
        ({"APP_ID": "abc"}, "APP_ID"),
        ({"OA_ID": "x"}, "OA_ID"),
        ({"APP_SECRET": ""}, "APP_SECRET"),
        ({"REFRESH_TOKEN": ""}, "REFRESH_TOKEN"),
        ({"WEBHOOK_PATH": "zalo"}, "WEBHOOK_PATH"),
        ({"BASE_URL": "http://openapi.zalo.me"}, "BASE_URL"),
        ({"OAUTH_URL": "oauth"}, "OAUTH_URL"),
        ({"FREE_HOURS": "hai"}, "FREE_HOURS"),
        ({"REPLY_DAYS": "-1"}, "REPLY_DAYS"),
        ({"NIGHT": "22"}, "NIGHT"),
        ({"NIGHT": "25-6"}, "NIGHT"),
        ({"PAID_REPLIES": "có"}, "PAID_REPLIES"),
        ({"TEMPLATES": "lead_taken:5"}, "TEMPLATES"),
        ({"FORM_IMAGE": "http://x/y.png"}, "FORM_IMAGE"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(values: dict[str, str], which: str) -> None:
    with pytest.raises(SettingsError) as caught:
        settings(**{**NEEDED, **values})
    line = str(caught.value)

    assert line.startswith(f"KHUYENCONG_ZALO_OA_{which}:")
    assert "\n" not in line
    assert "secret" not in line.lower().replace("app_secret", "")
