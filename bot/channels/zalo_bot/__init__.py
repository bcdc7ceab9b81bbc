"""Zalo Bot Platform: chats of single persons with a bot, by long poll or webhook; text only, menus by number."""

from bot.channels.zalo_bot.carrier import ZaloBotCarrier
from bot.channels.zalo_bot.channel import ZaloBotChannel
from bot.channels.zalo_bot.settings import ZaloBotSettings, zalo_bot_settings

__all__ = ["ZaloBotCarrier", "ZaloBotChannel", "ZaloBotSettings", "zalo_bot_settings"]
