"""What each error code of the platform means for a message; sources and doubts: docs/how-to/connect-zalo.md."""

from __future__ import annotations

from datetime import datetime

from bot.channels.zalo_oa.settings import Night
from bot.errors import DeliveryError, Held, Refused, RetryLater, Unreachable

TOKEN = frozenset({-216, -220, -124})
"""The access token is worth nothing: refresh it once, try once more."""
APPLICATION = frozenset({-14002, -14004})
"""An exchange of tokens in which the application's id or secret is wrong; the refresh token was not used up."""
WINDOW = frozenset({-211, -218, -230, -232})
"""The free or paid messages are used up, or the person wrote too long ago: templates only."""

WINDOW_CLOSED = "zalo window closed"
FREE_USED_UP = "zalo free messages used up"
QUOTA = "zalo quota used up"
NIGHT = "zalo night hours"
NO_TEMPLATE = "zalo template missing or refused"
NO_MONEY = "zalo account without money"

OPENED_BY_WRITING = frozenset({WINDOW_CLOSED, FREE_USED_UP, QUOTA, NIGHT, NO_TEMPLATE, NO_MONEY})
"""Reasons that end when the person writes: then the message goes out in the conversation."""

_UNREACHABLE = frozenset({-213, -227, -244, -108, -114, -118, -119, -139, -141})
_NIGHT = frozenset({-234, -133})
_QUOTA_OF_THE_DAY = frozenset({-126, -144, -147})
_NO_MONEY = frozenset({-115, -320, -321})
_TEMPLATE = frozenset({-109, -112, -131})
_SETUP = frozenset({-135, -209, -212, -217, -221, -223, -224, -248, -14003})
"""Something must be set right at Zalo's side: tried again now and then, for as long as the sender has patience."""
_RATE = -32

RATE_PAUSE_SECONDS = 60.0
TOKEN_PAUSE_SECONDS = 60.0
SETUP_PAUSE_SECONDS = 900.0


def failure(code: int, now: datetime, night: Night) -> DeliveryError:  # noqa: PLR0911  # one line a family of codes
    """The delivery error for a code; Refused for one that is not known, so that it holds nobody up."""
    reason = f"Zalo OA {code}"
    if code in TOKEN:
        return RetryLater(TOKEN_PAUSE_SECONDS, reason)
    if code in WINDOW:
        return Held(QUOTA if code in {-211, -218} else WINDOW_CLOSED)
    if code in _UNREACHABLE:
        return Unreachable(reason)
    if code in _NIGHT:
        return Held(NIGHT, night.next_end(now))
    if code in _QUOTA_OF_THE_DAY:
        return Held(QUOTA, night.next_end(now))
    if code in _NO_MONEY:
        return Held(NO_MONEY)
    if code in _TEMPLATE:
        return Held(NO_TEMPLATE)
    if code in _SETUP:
        return RetryLater(SETUP_PAUSE_SECONDS, reason)
    return RetryLater(RATE_PAUSE_SECONDS, reason) if code == _RATE else Refused(reason)
