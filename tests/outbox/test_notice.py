from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar

import pytest

from bot.errors import StoreError
from bot.outbox import Notices, plain, typed


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Inner:
    on: date
    colours: tuple[Colour, ...] = ()


@dataclass(frozen=True, slots=True)
class Outer:
    kind: ClassVar[str] = "outer"
    at: datetime
    inner: Inner | None
    facts: dict[str, Any]
    rows: tuple[dict[str, Any], ...] = ()
    added_later: int = 7


FULL = Outer(
    datetime(2026, 11, 23, 2, 0, tzinfo=UTC), Inner(date(2026, 11, 24), (Colour.RED,)), {"price": 1}, ({"a": None},)
)


@pytest.mark.parametrize("notice", [FULL, Outer(FULL.at, None, {})], ids=["full", "bare"])
def test_a_notice_comes_back_as_it_was(notice):
    assert typed(Outer, plain(notice)) == notice


def test_a_notice_written_before_a_field_was_added_takes_its_default():
    stored = plain(FULL)
    del stored["added_later"]
    stored["removed_since"] = 1

    assert typed(Outer, stored) == FULL


def test_an_unknown_kind_and_a_broken_payload_are_errors():
    notices = Notices([Outer])
    with pytest.raises(StoreError, match="nope"):
        notices.read("nope", "{}")
    with pytest.raises(StoreError, match="Outer"):
        notices.read("outer", "{}")


def test_two_notices_cannot_share_a_name():
    @dataclass(frozen=True)
    class Other:
        kind: ClassVar[str] = "outer"

    with pytest.raises(StoreError, match="outer"):
        Notices([Outer, Other])
