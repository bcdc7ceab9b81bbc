"""An article, clause or point of an instrument, in each wording it has had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.eligibility.citation import Citation, Status
from bot.errors import NotInForce


@dataclass(frozen=True, slots=True)
class Wording:
    """How a provision reads from its first to its last day, and how sure we are of it."""

    in_force_from: date
    in_force_to: date | None
    amended_by: str | None
    status: Status
    mark: str
    """How it was seen, as the policy sources mark it (SEEN, SEEN-EN …)."""
    source: str
    gist: str
    """What it says, in our own short words."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One citable place in an instrument; its wordings do not overlap and stand in order."""

    id: str
    document: str
    article: str
    """As Vietnamese readers cite it, e.g. `khoản 4 Điều 8`; empty for a whole instrument."""
    wordings: tuple[Wording, ...]

    def on(self, day: date) -> Wording:
        """Return the wording in force on *day*; `NotInForce` when there is none."""
        for wording in self.wordings:
            if wording.in_force_from <= day and (wording.in_force_to is None or day <= wording.in_force_to):
                return wording
        raise NotInForce(f"{self.id} is not in force on {day.isoformat()}")

    def cite(self, day: date) -> Citation:
        """Cite the wording in force on *day*."""
        wording = self.on(day)
        return Citation(self.document, self.article, wording.in_force_from, wording.status, wording.amended_by)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A decree, circular, resolution or article in the press that figures and rules come from."""

    short: str
    number: str
    kind: str
    """In Vietnamese: Nghị định, Thông tư, Quyết định, Nghị quyết, Chỉ thị, bài báo; Cam kết for a promise of our own."""
    title: str
    issued: date | None
    in_force_from: date | None
    in_force_to: date | None
    amended_by: tuple[str, ...]
    replaced_by: str | None
    status: Status
    addresses: tuple[str, ...]
    note: str | None

    @property
    def is_press(self) -> bool:
        """Whether it is a report rather than a legal text."""
        return self.kind == "bài báo"

    @property
    def name(self) -> str:
        """As a sentence names it: kind and number, or what it is called when it has no number of an authority."""
        if self.is_press:
            return self.title
        return self.number if self.number.startswith(self.kind) else f"{self.kind} {self.number}"
