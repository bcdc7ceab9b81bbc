"""What is deleted because its time is over; whatever a lead under way still needs stays."""

# ruff: noqa: S608  every text that makes up a statement stands in this file

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.leads import OPEN
from bot.store import Store, as_text, owe_scrub

AT_ONCE = 500
"""Rows of one transaction: a turn waits for it no longer than for another turn."""
NEVER_SENT = timedelta(days=30)
"""A message that nobody could send or came to fetch for so long ends."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept once nobody needs them; each Centre sets its own."""

    messages: timedelta = timedelta(days=180)
    """What arrived and what was sent, and visitors of whom nothing else is left."""
    buttons: timedelta = timedelta(days=90)
    drafts: timedelta = timedelta(days=180)
    """An unfinished screening that nobody went on with, and what is remembered of a conversation."""


def prune(store: Store, keep: Retention, now: datetime) -> int:
    """Deletes what is older than *keep* says, a few rows at a time; gives how many rows went."""
    before = {
        "messages": as_text(now - keep.messages),
        "buttons": as_text(now - keep.buttons),
        "drafts": as_text(now - keep.drafts),
        "unsent": as_text(now - NEVER_SENT),
    }
    with store.transaction() as db:
        db.execute(_END_UNSENT, before)
    gone = sum(_all_of(store, statement, before) for statement in _DELETIONS)
    if gone:
        with store.transaction() as db:
            owe_scrub(db)
    return gone


def _all_of(store: Store, statement: str, before: dict[str, str]) -> int:
    gone, last = 0, AT_ONCE
    while last == AT_ONCE:
        with store.transaction() as db:
            last = int(db.execute(statement, {**before, "at_once": AT_ONCE}).rowcount)
        gone += last
    return gone


_STATES = ", ".join(f"'{state}'" for state in sorted(OPEN))
_OPEN_LEADS = f"SELECT id FROM leads WHERE state IN ({_STATES})"
_BUSY_PERSONS = f"""
    SELECT person_id FROM leads WHERE state IN ({_STATES}) AND person_id IS NOT NULL
    UNION SELECT person_id FROM lead_parties WHERE lead_id IN ({_OPEN_LEADS})
"""
_BUSY_CHATS = f"SELECT channel, chat FROM accounts WHERE person_id IN ({_BUSY_PERSONS})"
_OPEN_SUBJECTS = f"SELECT 'lead:' || id FROM leads WHERE state IN ({_STATES})"
_FREE_MESSAGE = f"""
    (channel, chat) NOT IN ({_BUSY_CHATS}) AND coalesce(subject, '') NOT IN ({_OPEN_SUBJECTS})
"""

_END_UNSENT = f"""
    UPDATE outbox SET state = 'failed', unreachable = 0,
                      reason = 'never delivered' || coalesce(': ' || reason, '')
    WHERE state IN ('queued', 'parked') AND not_before < :unsent AND {_FREE_MESSAGE}
"""


def _deletion(table: str, key: str, condition: str) -> str:
    return f"DELETE FROM {table} WHERE {key} IN (SELECT {key} FROM {table} WHERE {condition} LIMIT :at_once)"


# A visitor goes after everything that may show that somebody was here; what hangs on a person goes before it.
_VISITOR = """
    created < :messages
    AND id NOT IN (SELECT person_id FROM leads WHERE person_id IS NOT NULL)
    AND id NOT IN (SELECT person_id FROM lead_parties)
    AND id NOT IN (SELECT person_id FROM relays UNION SELECT person_id FROM links)
    AND id NOT IN (SELECT person FROM drafts)
    AND id NOT IN (SELECT person_id FROM consents WHERE withdrawn_at IS NULL AND purpose = 'campaign')
    AND id NOT IN (SELECT a.person_id FROM accounts a JOIN inbox i ON i.channel = a.channel AND i.chat = a.chat)
    AND id NOT IN (SELECT a.person_id FROM accounts a JOIN outbox o ON o.channel = a.channel AND o.chat = a.chat)
"""
_OF_VISITORS = f"person_id IN (SELECT id FROM persons WHERE {_VISITOR})"

_DELETIONS = (
    _deletion("inbox", "id", f"state != 'new' AND finished_at < :messages AND (channel, chat) NOT IN ({_BUSY_CHATS})"),
    _deletion("outbox", "id", f"state IN ('sent', 'failed') AND created < :messages AND {_FREE_MESSAGE}"),
    _deletion(
        "buttons",
        "id",
        f"created_at < :buttons AND (channel, chat) NOT IN ({_BUSY_CHATS})"
        f" AND coalesce(json_extract(data, '$.lead'), 0) NOT IN ({_OPEN_LEADS})",
    ),
    _deletion("relays", "id", "ended_at < :messages"),
    _deletion("links", "id", "expires_at < :buttons"),
    _deletion("link_guesses", "rowid", "at < :buttons"),
    _deletion("drafts", "person", f"updated_at < :drafts AND person NOT IN ({_BUSY_PERSONS})"),
    _deletion(
        "memories",
        "conversation",
        f"updated_at < :drafts AND substr(conversation, 1, instr(conversation, '.') - 1) NOT IN ({_BUSY_PERSONS})",
    ),
    _deletion("former_ids", "former_id", _OF_VISITORS),
    _deletion("contacts", "person_id", _OF_VISITORS),
    _deletion("consents", "id", _OF_VISITORS),
    "DELETE FROM accounts WHERE (channel, chat) IN"
    f" (SELECT channel, chat FROM accounts WHERE {_OF_VISITORS} LIMIT :at_once)",
    _deletion("persons", "id", _VISITOR),
)
