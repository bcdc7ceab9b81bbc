"""Bad settings give one clear line that does not repeat a secret."""

import pytest

from bot.channels.telegram import TelegramSettings, check_token, telegram_settings
from bot.errors import SettingsError
from bot.settings import read_settings

TOKEN = "123456789:AAabcdefghijklmnopqrstuvwxyz0123456"


@pytest.mark.parametrize("token", ["", "abc", "123456789", "123456789:short", f" {TOKEN}", f"{TOKEN}\n", "bot" + TOKEN])
def test_a_malformed_token(token: str) -> None:
    with pytest.raises(SettingsError) as caught:
        check_token(token)
    line = str(caught.value)
    assert line.startswith("KHUYENCONG_TELEGRAM_TOKEN")
    assert "\n" not in line
    assert not token.strip() or token.strip() not in line


def settings(**values: str) -> TelegramSettings | None:
    return telegram_settings(read_settings({f"KHUYENCONG_{name}": value for name, value in values.items()}))


def test_no_token_means_no_telegram() -> None:
    assert settings() is None


def test_polling_is_the_default() -> None:
    assert TelegramSettings(TOKEN) == settings(TELEGRAM_TOKEN=TOKEN)
    assert TOKEN not in repr(settings(TELEGRAM_TOKEN=TOKEN))


@pytest.mark.parametrize(
    ("url", "secret", "which"),
    [
        ("https://a.vn/telegram", "", "TELEGRAM_SECRET"),
        ("https://a.vn/telegram", "short", "TELEGRAM_SECRET"),
        ("https://a.vn/telegram", "có dấu cách không được", "TELEGRAM_SECRET"),
        ("http://a.vn/telegram", "s" * 32, "TELEGRAM_WEBHOOK_URL"),
        ("https://a.vn", "s" * 32, "TELEGRAM_WEBHOOK_URL"),
    ],
)
def test_a_webhook_needs_https_a_path_and_a_secret(url: str, secret: str, which: str) -> None:
    with pytest.raises(SettingsError, match=which):
        settings(TELEGRAM_TOKEN=TOKEN, TELEGRAM_WEBHOOK_URL=url, TELEGRAM_SECRET=secret)
