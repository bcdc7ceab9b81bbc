"""Zalo Official Account: webhook in, Open API v3 out, within the platform's windows and quotas."""

from bot.channels.zalo_oa.carrier import ZaloOaCarrier
from bot.channels.zalo_oa.channel import ZaloOaChannel
from bot.channels.zalo_oa.settings import ZaloOaSettings, zalo_oa_settings
from bot.channels.zalo_oa.tokens import TokenState, token_state

__all__ = ["TokenState", "ZaloOaCarrier", "ZaloOaChannel", "ZaloOaSettings", "token_state", "zalo_oa_settings"]
