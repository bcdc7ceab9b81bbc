"""Tells the Centre where much is declined or little is brought to an end, so that somebody asks what is in the way.

Looked for once on a working day. The same concern about the same collaborator or place is told again only after some
days, and only when its figures have changed: a figure that stands still is no news. Everything that is due is one
message, so a service that stood still for weeks tells it once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlite_utils import Database

from bot.clock import VIETNAM
from bot.leads.collaborator import Role
from bot.leads.handling import by_collaborator, by_place, cases_between
from bot.leads.notices import Alert, LeadAlerts
from bot.leads.routing import area_key
from bot.leads.store import LeadBook
from bot.outbox import enqueue


@dataclass(frozen=True, slots=True)
class _Concern:
    subject: str
    """What it is about, by id or key, so that a change of name is no news."""
    alert: Alert


def send_alerts(book: LeadBook) -> int:
    """Tells the Centre's staff what concerns them and is news; gives how many concerns they were told."""
    today = book.clock.now().astimezone(VIETNAM).date()
    if list(book.store.db.query("SELECT 1 FROM lead_alert_looks WHERE looked_on >= ?", [today.isoformat()])):
        return 0
    with book.store.transaction() as db:
        db.execute("DELETE FROM lead_alert_looks")
        db.execute("INSERT INTO lead_alert_looks (looked_on) VALUES (?)", [today.isoformat()])
        since = today - timedelta(days=book.policy.alert_span_days)
        told_before = today - timedelta(days=book.policy.alert_every_days)
        due = [one for one in _concerns(book, db, since, today) if _is_news(db, one, told_before)]
        if due:
            _tell(book, db, due, since, today)
        return len(due)


def _concerns(book: LeadBook, db: Database, since: date, today: date) -> Iterator[_Concern]:
    """All that concerns the Centre as things are."""
    policy, now = book.policy, book.clock.now()
    cases = cases_between(db, since, today)
    for one in by_collaborator(db, cases, policy, now):
        # Who is out of service, or of the Centre itself, is nobody to have a word with.
        if one.who.active and one.who.role is Role.COLLABORATOR:
            for concern, share in one.concerns.items():
                alert = Alert(one.who.name, concern, share.part, share.whole, one.who.phone)
                yield _Concern(f"collaborator:{one.who.id}", alert)
    for place in by_place(cases, policy, now):
        # Where one collaborator alone was asked, the place would only repeat what is said of that one.
        if place.asked != 1:
            for concern, share in place.concerns.items():
                alert = Alert(place.place, concern, share.part, share.whole)
                yield _Concern(f"place:{area_key(place.place)}", alert)


def _is_news(db: Database, one: _Concern, told_before: date) -> bool:
    told = db.query(
        "SELECT 1 FROM lead_alerts WHERE subject = ? AND concern = ? AND (told_on > ? OR (part = ? AND whole = ?))",
        [one.subject, one.alert.concern, told_before.isoformat(), one.alert.part, one.alert.whole],
    )
    return not list(told)


def _tell(book: LeadBook, db: Database, due: Sequence[_Concern], since: date, today: date) -> None:
    notice = LeadAlerts(tuple(one.alert for one in due), since)
    for staff in book.collaborators.centre():
        enqueue(
            db,
            now=book.clock.now(),
            channel=staff.channel,
            chat=staff.chat,
            notice=notice,
            dedupe_key=f"alerts:{staff.id}:{today.isoformat()}",
        )
    for one in due:
        db.execute(
            "INSERT OR REPLACE INTO lead_alerts (subject, concern, part, whole, told_on) VALUES (?, ?, ?, ?, ?)",
            [one.subject, one.alert.concern, one.alert.part, one.alert.whole, today.isoformat()],
        )
