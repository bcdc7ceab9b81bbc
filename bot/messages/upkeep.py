"""What the service does for itself as time passes: old things deleted, the erased made unreadable, the ledger kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from bot.clock import Clock
from bot.messages.retention import Retention, prune
from bot.outbox import forget_unsent
from bot.people import write_ledger
from bot.store import Store, scrub, scrub_owed

PRUNE_EVERY = timedelta(hours=24)
FAREWELL_KEPT = timedelta(days=2)
"""How long the farewell to an erased person waits to be sent or fetched."""


class Upkeep:
    """Called every so often; each call does what is due and is harmless when nothing is."""

    def __init__(self, store: Store, clock: Clock, keep: Retention, ledger: Path | None) -> None:
        """*ledger* is the file of the ledger of erasures; None for an installation that keeps none."""
        self._store = store
        self._clock = clock
        self._keep = keep
        self._ledger = ledger
        self._pruned: datetime | None = None

    def tick(self) -> None:
        """Does what is due by now."""
        now = self._clock.now()
        with self._store.transaction() as db:
            forget_unsent(db, now - FAREWELL_KEPT)
        if self._pruned is None or now - self._pruned >= PRUNE_EVERY:
            prune(self._store, self._keep, now)
            self._pruned = now
        if scrub_owed(self._store.db):
            if self._ledger is not None:
                write_ledger(self._store.db, self._ledger)
            scrub(self._store, now)
