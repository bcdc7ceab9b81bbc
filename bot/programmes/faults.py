"""Faults of content files: raised at the first one, or gathered so that an editor sees all of them at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import ContentError


class Faults:
    """Reads entry by entry: a loader raises the first fault, a check gathers them and goes on with the next entry."""

    def __init__(self, *, gather: bool = False) -> None:
        self._gather = gather
        self.found: list[str] = []

    @contextmanager
    def entry(self) -> Iterator[None]:
        """Around the reading of one entry; when gathering, its fault ends the entry and nothing else."""
        try:
            yield
        except ContentError as error:
            if not self._gather:
                raise
            self.found.append(str(error))
