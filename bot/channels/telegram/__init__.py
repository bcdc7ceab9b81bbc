"""Telegram: by polling or webhook, through python-telegram-bot."""

from bot.channels.carrier import State
from bot.channels.telegram.carrier import TelegramCarrier
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.settings import TelegramSettings, check_token, telegram_settings

__all__ = ["State", "TelegramCarrier", "TelegramChannel", "TelegramSettings", "check_token", "telegram_settings"]
