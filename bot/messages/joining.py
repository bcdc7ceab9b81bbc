"""Making one person of two everywhere, in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from bot.leads import LeadBook
from bot.leads.joining import join_leads
from bot.messages import relays
from bot.people import People
from bot.people.joining import join_people, older_first
from bot.screening.joining import join_screenings


def join_persons(db: Database, people: People, leads: LeadBook, both: tuple[str, str], at: datetime) -> str:
    """Joins two persons, in the caller's transaction, and gives the id of the one that is both from now on."""
    if both[0] == both[1]:
        return both[0]
    kept, gone = older_first(db, *both)
    _join_relays(db, kept, gone, at)
    join_screenings(db, kept, gone)
    for sql in _MOVES:
        db.execute(sql, {"kept": kept, "gone": gone})
    join_people(db, kept, gone)
    join_leads(db, leads, people, kept, gone)
    return kept


def _join_relays(db: Database, kept: str, gone: str, at: datetime) -> None:
    """One of ours may talk to a person at a time: of two conversations the one with the last word goes on."""
    both = [relay for relay in (relays.of_person(db, kept), relays.of_person(db, gone)) if relay is not None]
    for silent in sorted(both, key=lambda relay: relay.last_at)[:-1]:
        relays.end(db, silent, "joined", at)
    db.execute("UPDATE relays SET person_id = ? WHERE person_id = ?", [kept, gone])


# Where both have a row of the same kind, the newer wish counts, and one sentence to review is enough.
_MOVES = (
    """DELETE FROM campaign_wishes WHERE person_id = :kept AND topic IN
       (SELECT g.topic FROM campaign_wishes g WHERE g.person_id = :gone AND g.at > campaign_wishes.at)""",
    "UPDATE OR IGNORE campaign_wishes SET person_id = :kept WHERE person_id = :gone",
    "DELETE FROM campaign_wishes WHERE person_id = :gone",
    "UPDATE OR IGNORE campaign_recipients SET person_id = :kept WHERE person_id = :gone",
    "UPDATE campaign_recipients SET person_id = NULL, chat = NULL WHERE person_id = :gone",
    "UPDATE campaign_answers SET person_id = :kept WHERE person_id = :gone",
    "UPDATE OR IGNORE wordings SET person = :kept WHERE person = :gone",
    "DELETE FROM wordings WHERE person = :gone",
    "DELETE FROM links WHERE person_id = :gone",
)
