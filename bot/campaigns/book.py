"""All that staff do with campaigns: make, preview, schedule, pause, resume, cancel; one class for the CLI and the console."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import structlog
from sqlite_utils import Database

from bot.campaigns import recipients
from bot.campaigns.campaign import Campaign
from bot.campaigns.decision import Why
from bot.campaigns.known import KnownPeople
from bot.campaigns.life import Event, State, advance
from bot.campaigns.loader import load_campaign, parse_campaign
from bot.campaigns.preview import Preview, preview
from bot.campaigns.quota import left_this_month
from bot.campaigns.ready import check_ready
from bot.campaigns.recipients import Stage
from bot.campaigns.terms import Terms, channel_terms
from bot.clock import Clock
from bot.errors import BotError, ContentError
from bot.outbox.outcomes import take_back
from bot.programmes.catalogue import Programmes
from bot.programmes.loader import Law
from bot.store import Store, as_text, from_text

log = structlog.get_logger(__name__)

SAMPLES = Path(__file__).with_name("samples")


class UnknownCampaign(BotError):
    """There is no campaign of that key."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A campaign as it stands."""

    id: int
    campaign: Campaign
    state: State
    state_since: datetime
    start_at: datetime | None
    started_at: datetime | None


class CampaignBook:
    """Keeps campaigns; every call is one transaction."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        people: KnownPeople,
        content: tuple[Law, Programmes],
        *,
        terms: Mapping[str, Terms] | None = None,
    ) -> None:
        self.store, self.clock = store, clock
        self.law, self.programmes = content
        self.terms = terms or channel_terms()
        self._people = people
        self._parse = lru_cache(256)(self._parsed)

    # -- reading ---------------------------------------------------------------------------------------------------

    def all(self) -> tuple[Kept, ...]:
        """Every campaign, the newest first."""
        return tuple(self._kept(row) for row in list(self.store.db.query("SELECT * FROM campaigns ORDER BY id DESC")))

    def in_state(self, state: State) -> tuple[Kept, ...]:
        """Those in *state*, the oldest first; one whose text may not be said any more is left out and logged."""
        found = []
        for row in list(self.store.db.query("SELECT * FROM campaigns WHERE state = ? ORDER BY id", [state])):
            try:
                found.append(self._kept(row))
            except ContentError:
                log.exception("campaign_unusable", campaign=row["key"])
        return tuple(found)

    def get(self, key: str) -> Kept:
        """One by key; UnknownCampaign when there is none."""
        found = list(self.store.db.query("SELECT * FROM campaigns WHERE key = ?", [key]))
        if not found:
            raise UnknownCampaign(f"there is no campaign {key!r}")
        return self._kept(found[0])

    def by_id(self, campaign_id: int) -> Kept:
        """One by its row."""
        (row,) = self.store.db.query("SELECT * FROM campaigns WHERE id = ?", [campaign_id])
        return self._kept(row)

    def _kept(self, row: dict[str, Any]) -> Kept:
        return Kept(
            id=row["id"],
            campaign=self._parse(row["key"], row["definition"]),
            state=State(row["state"]),
            state_since=from_text(row["state_since"]),
            start_at=from_text(row["start_at"]) if row["start_at"] else None,
            started_at=from_text(row["started_at"]) if row["started_at"] else None,
        )

    def _parsed(self, key: str, definition: str) -> Campaign:
        return parse_campaign(
            definition, self.law, self.programmes, self.clock.today(), name=key, folder=self._files(key)
        )

    # -- making ----------------------------------------------------------------------------------------------------

    def draft(self, path: Path, by: str = "staff") -> Kept:
        """Keeps the campaign of a file as a draft, over an earlier draft of the same key.

        ContentError names file and line; TransitionRefused when the campaign of that key has begun.
        """
        campaign, text = load_campaign(path, self.law, self.programmes, self.clock.today())
        if campaign.attachment is not None:
            folder = self._files(campaign.key)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / campaign.attachment.name).write_bytes(campaign.attachment.read_bytes())
        now = as_text(self.clock.now())
        with self.store.transaction() as db:
            standing = list(db.query("SELECT id FROM campaigns WHERE key = ?", [campaign.key]))
            if standing:
                self._advance(db, self.get(campaign.key), Event.EDIT, by, definition=text)
            else:
                db.execute(
                    "INSERT INTO campaigns (key, definition, state, state_since, created) VALUES (?, ?, ?, ?, ?)",
                    [campaign.key, text, State.DRAFT, now, now],
                )
            return self.get(campaign.key)

    def _files(self, key: str) -> Path:
        """Where the attachments of a campaign are kept: beside the database, so that a backup takes them along."""
        return (self.store.path.parent if self.store.path else Path()) / "campaigns" / key

    def preview(self, key: str) -> Preview:
        """Who would get it now, with ten of them and the reasons, and what it would cost and take."""
        segment, now = self.get(key).campaign.segment, self.clock.now()
        left = {name: left_this_month(self.store.db, name, terms, now) for name, terms in self.terms.items()}
        limited = {name: count for name, count in left.items() if count is not None}
        return preview(segment, self._people.everybody(), self.terms, limited)

    # -- its life --------------------------------------------------------------------------------------------------

    def schedule(self, key: str, by: str = "staff") -> Kept:
        """Lets it start at its time, or as soon as may be; NotReady when something is missing or it is too late."""
        kept = self.get(key)
        start = kept.campaign.starts or self.clock.now()
        check_ready(kept.campaign, max(start, self.clock.now()))
        with self.store.transaction() as db:
            self._advance(db, kept, Event.SCHEDULE, by, start_at=as_text(start))
            return self.get(key)

    def start(self, key: str, by: str = "schedule") -> Kept:
        """Freezes the recipients and lets sending begin; a second start is refused, whoever tries."""
        kept = self.get(key)
        advance(kept.state, Event.START)
        # Judging thousands takes seconds: nobody's turn waits for it. What counts is asked again at sending.
        found = [
            (person, match.because)
            for person in self._people.everybody()
            if (match := kept.campaign.segment.match(person.known)).inside
        ]
        with self.store.transaction() as db:
            now = as_text(self.clock.now())
            self._advance(db, self.get(key), Event.START, by, started_at=now)
            recipients.freeze(db, kept.id, found, self.terms, self.clock.now())
            return self.get(key)

    def pause(self, key: str, by: str = "staff") -> Kept:
        """Stops sending; what is not on its way yet is taken back."""
        with self.store.transaction() as db:
            kept = self.get(key)
            self._advance(db, kept, Event.PAUSE, by)
            self._take_back(db, kept)
            return self.get(key)

    def resume(self, key: str, by: str = "staff") -> Kept:
        """Goes on where it was paused."""
        with self.store.transaction() as db:
            self._advance(db, self.get(key), Event.RESUME, by)
            return self.get(key)

    def cancel(self, key: str, by: str = "staff") -> Kept:
        """Ends it for good; nobody who has not had it gets it."""
        with self.store.transaction() as db:
            kept = self.get(key)
            self._advance(db, kept, Event.CANCEL, by)
            self._take_back(db, kept)
            db.execute(
                "UPDATE campaign_recipients SET state = ?, reason = ? WHERE campaign_id = ? AND state = 'pending'",
                [Stage.SKIPPED, Why.CANCELLED, kept.id],
            )
            return self.get(key)

    def finish(self, kept: Kept) -> None:
        """Nobody is left to be written to."""
        with self.store.transaction() as db:
            self._advance(db, kept, Event.FINISH, "schedule")

    def wake(self, kept: Kept) -> None:
        """Somebody wants to be reminded of a finished one."""
        with self.store.transaction() as db:
            self._advance(db, kept, Event.REMIND, "household")

    def _take_back(self, db: Database, kept: Kept) -> None:
        queued = recipients.select(db, "campaign_id = ? AND state = 'queued'", [kept.id])
        taken = take_back(db, [one.outbox_id for one in queued if one.outbox_id is not None])
        for one in queued:
            if one.outbox_id in taken:
                recipients.set_stage(db, one.id, Stage.PENDING, outbox_id=None)

    def _advance(self, db: Database, kept: Kept, event: Event, by: str, **values: Any) -> None:
        now, state = as_text(self.clock.now()), advance(kept.state, event)
        columns = {"state": state, "state_since": now, **values}
        assignments = ", ".join(f"{name} = :{name}" for name in columns)
        db.execute(
            f"UPDATE campaigns SET {assignments} WHERE id = :id",  # noqa: S608  # own names
            {**columns, "id": kept.id},
        )
        db.execute(
            "INSERT INTO campaign_events (campaign_id, at, event, by, to_state) VALUES (?, ?, ?, ?, ?)",
            [kept.id, now, event, by, state],
        )
