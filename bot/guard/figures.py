"""What a model came to on the held-out sets, by class, and whether another is worse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

GUARDED_FROM = 8
"""A class with fewer lines says too little about a model to stop it."""
LINES_FORGIVEN = 1
SHARE_FORGIVEN = 0.01
"""Training is repeatable to the bit, so what moves a class is the data: one line, or one in a hundred, is chance."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many right of so many."""

    right: int
    of: int

    @property
    def forgiven(self) -> int:
        """Lines that may be lost without the class being worse."""
        return max(LINES_FORGIVEN, round(SHARE_FORGIVEN * self.of))


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one model on one state of the sets."""

    model: str
    sets: str
    """The digest of the sets; figures on other sets are not compared."""
    classes: Mapping[str, Share]
    stated_unverified: int
    """Answers that state a figure which is held only as unverified: never one."""


@dataclass(frozen=True, slots=True)
class Worse:
    """A class in which the later model is worse than may be."""

    name: str
    before: Share
    after: Share


def worse(before: Figures, after: Figures) -> Iterator[Worse]:
    """Every guarded class in which *after* falls behind *before* by more than chance."""
    for name, share in before.classes.items():
        now = after.classes.get(name)
        guarded = now is not None and now.of == share.of and share.of >= GUARDED_FROM
        if now is not None and guarded and share.right - now.right > share.forgiven:
            yield Worse(name, share, now)
