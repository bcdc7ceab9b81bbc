"""Where a figure or a rule stands in law, and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """How a fact was seen; decides how it may be said."""

    VERIFIED = "verified"
    """Seen in the instrument or on an official page: stated."""
    SECONDHAND = "secondhand"
    """Seen in a translation, a report, or a text amended since: said with its origin and "cần cán bộ xác nhận"."""
    UNVERIFIED = "unverified"
    """Inferred or remembered: never stated as a figure or a rule."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision in the wording in force on the day asked about."""

    document: str
    """Number of the instrument, e.g. `28/2018/TT-BTC`."""
    article: str
    """As it is cited in Vietnamese, e.g. `khoản 4 Điều 8`; empty for a whole instrument."""
    in_force_from: date
    """First day of this wording, so an amended article carries the amendment's day."""
    status: Status
    amended_by: str | None = None
    """Number of the amending instrument whose wording this is."""
