"""Reads a yes to one of two things that were asked together: to be called, but not that the answers are read."""

from __future__ import annotations

import re

from bot.answers.said import hear
from bot.answers.unknown import asks
from bot.language import fold

_FIRST = r"(?:chi |lay |dong y |cho )*(?:(?:dieu|so|cai|y) )?(?:1|mot|dau tien|thu nhat)"
_NOT_SECOND = r"(?:khong|ko|k|hong) (?:dong y |cho |chiu )*(?:xem )?(?:dieu|so|cai|y) (?:2|hai)"
_ONLY_THE_FIRST = re.compile(
    rf"(?:(?:da|vang|u|ok|toi|minh|em) )*(?:{_FIRST}|{_NOT_SECOND})(?: (?:thoi|nha|nhe|a|di|duoc|la|ok))*"
)
"""The whole of the message: a word more may turn it into a question or a refusal."""


def agrees_to_contact_only(text: str) -> bool:
    """Whether *text* takes the first of the two only: "chỉ điều 1 thôi"; never where it asks or refuses."""
    said = " ".join(re.findall(r"\w+", fold(text)))
    return _ONLY_THE_FIRST.fullmatch(said) is not None and not asks(hear(text))
