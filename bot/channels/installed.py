"""The channels of an installation that need settings: which there are, and those that are set up."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.carrier import Carrier, Channel, Intake
from bot.channels.preparing import ShowsTyping
from bot.channels.replays import OnceOnly
from bot.channels.taps import OneTap
from bot.channels.telegram import TelegramChannel, TelegramSettings, telegram_settings
from bot.channels.zalo_bot import ZaloBotChannel, ZaloBotSettings, zalo_bot_settings
from bot.channels.zalo_oa import ZaloOaChannel, ZaloOaSettings, zalo_oa_settings
from bot.clock import Clock
from bot.people import People
from bot.settings import PREFIX, Settings
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Installable:
    """A channel as the start of the service names it."""

    name: str
    title: str
    first_setting: str
    """The setting that turns it on."""


INSTALLABLE = (
    Installable("telegram", "Telegram", f"{PREFIX}TELEGRAM_TOKEN"),
    Installable("zalo_bot", "Zalo Bot", f"{PREFIX}ZALO_BOT_TOKEN"),
    Installable("zalo_oa", "Zalo OA", f"{PREFIX}ZALO_OA_APP_ID"),
)


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """What each channel needs, None for those that are not set up."""

    telegram: TelegramSettings | None
    zalo_bot: ZaloBotSettings | None
    zalo_oa: ZaloOaSettings | None


def read_channel_settings(settings: Settings) -> ChannelSettings:
    """The settings of all channels; SettingsError with one clear line for the first that cannot be used."""
    return ChannelSettings(telegram_settings(settings), zalo_bot_settings(settings), zalo_oa_settings(settings))


def open_channels(
    chosen: ChannelSettings, intake: Intake, *, store: Store, clock: Clock, people: People
) -> list[Channel]:
    """The channels that are set up, not yet started."""
    carriers: dict[str, Carrier] = {}
    tapped = OneTap(ShowsTyping(intake, store, carriers))
    once_only = OnceOnly(tapped, store, clock)
    channels: list[Channel] = []
    if chosen.telegram:
        channels.append(TelegramChannel(chosen.telegram, tapped))
    if chosen.zalo_bot:
        channels.append(ZaloBotChannel(chosen.zalo_bot, once_only))
    if chosen.zalo_oa:
        channels.append(ZaloOaChannel(chosen.zalo_oa, once_only, store=store, clock=clock, people=people))
    carriers.update({channel.carrier.name: channel.carrier for channel in channels})
    return channels
