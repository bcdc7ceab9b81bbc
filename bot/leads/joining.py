"""Making one household's leads of two persons' that turned out to be the same."""

from __future__ import annotations

from sqlite_utils import Database

from bot.leads.lead import Lead, NewLead
from bot.leads.life import WORKING
from bot.leads.store import LeadBook
from bot.people import People, Purpose


def join_leads(db: Database, book: LeadBook, people: People, kept: str, gone: str) -> None:
    """Gives *kept* the leads of *gone*, in the caller's transaction and after their consents were joined.

    A household has one lead under way: of two, the one that is further stays and takes over the wishes of the other.
    """
    own = [book.leads_of(person) for person in (kept, gone)]
    under_way = sorted(
        {lead.id: lead for leads in own for lead in leads if lead.is_open and lead.person_id in (kept, gone)}.values(),
        key=lambda lead: (lead.state not in WORKING, lead.id),
    )
    # Who shares a case with itself shares nothing; before the withdrawal, which hands a case to who shares it.
    db.execute(_OWN_SHARES, {"kept": kept, "gone": gone})
    for other in under_way[1:]:
        book.withdraw(other.id, "joined")
    db.execute("UPDATE leads SET person_id = ? WHERE person_id = ?", [kept, gone])
    db.execute("UPDATE OR IGNORE lead_parties SET person_id = ? WHERE person_id = ?", [kept, gone])
    db.execute("DELETE FROM lead_parties WHERE person_id = ?", [gone])
    if under_way[1:] and people.has_consent(kept, Purpose.CONTACT):
        for other in under_way[1:]:
            book.create(_again(other, kept))


_OWN_SHARES = """
    DELETE FROM lead_parties WHERE person_id IN (:kept, :gone)
    AND lead_id IN (SELECT id FROM leads WHERE person_id IN (:kept, :gone))
"""


def _again(lead: Lead, person: str) -> NewLead:
    return NewLead(
        person_id=person,
        place=lead.place,
        needs=lead.needs,
        facts=lead.facts,
        results=lead.results,
        call_after=lead.call_after,
        transcript_ok=lead.transcript_ok,
        campaign=lead.campaign,
        channel=lead.channel,
        chat=lead.chat,
    )
