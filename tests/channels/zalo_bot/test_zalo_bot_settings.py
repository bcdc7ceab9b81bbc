"""Bad settings give one clear line that does not repeat a secret."""

import pytest

from bot.channels.zalo_bot import ZaloBotSettings, zalo_bot_settings
from bot.errors import SettingsError
from bot.settings import read_settings

TOKEN = "1234567890:abcdefghijklmnop-QRST_uvwxyz"


def settings(**values: str) -> ZaloBotSettings | None:
    return zalo_bot_settings(read_settings({f"KHUYENCONG_ZALO_BOT_{name}": value for name, value in values.items()}))


def test_no_token_means_no_zalo_bot() -> None:
    assert settings(BASE_URL="https://bot-api.zapps.me") is None


def test_polling_is_the_default_and_nothing_secret_is_shown() -> None:
    chosen = settings(TOKEN=TOKEN, SECRET="s" * 20)

    assert chosen == ZaloBotSettings(TOKEN, webhook_secret="s" * 20)
    assert (TOKEN in repr(chosen), "ssss" in repr(chosen)) == (False, False)


def test_either_host_can_be_set() -> None:
    chosen = settings(TOKEN=TOKEN, BASE_URL="https://bot-api.zapps.me/")

    assert chosen is not None
    assert chosen.base_url == "https://bot-api.zapps.me"


@pytest.mark.parametrize(
    ("values", "which"),
    [
        ({"TOKEN": "abc"}, "ZALO_BOT_TOKEN"),
        ({"TOKEN": f"{TOKEN} "}, "ZALO_BOT_TOKEN"),
        ({"TOKEN": "123456:short"}, "ZALO_BOT_TOKEN"),
        ({"TOKEN": TOKEN, "BASE_URL": "http://bot-api.zapps.me"}, "ZALO_BOT_BASE_URL"),
        ({"TOKEN": TOKEN, "BASE_URL": "bot-api.zapps.me"}, "ZALO_BOT_BASE_URL"),
        ({"TOKEN": TOKEN, "WEBHOOK_URL": "https://a.vn/zalo"}, "ZALO_BOT_SECRET"),
        ({"TOKEN": TOKEN, "WEBHOOK_URL": "https://a.vn/zalo", "SECRET": "1234567"}, "ZALO_BOT_SECRET"),
        ({"TOKEN": TOKEN, "WEBHOOK_URL": "http://a.vn/zalo", "SECRET": "s" * 20}, "ZALO_BOT_WEBHOOK_URL"),
        ({"TOKEN": TOKEN, "WEBHOOK_URL": "https://a.vn/", "SECRET": "s" * 20}, "ZALO_BOT_WEBHOOK_URL"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(values: dict[str, str], which: str) -> None:
    with pytest.raises(SettingsError) as caught:
        settings(**values)
    line = str(caught.value)

    assert line.startswith(f"KHUYENCONG_{which}:")
    assert "\n" not in line
    assert not any(secret in line for name, secret in values.items() if name in {"TOKEN", "SECRET"})
