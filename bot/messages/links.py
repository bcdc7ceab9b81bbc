"""One-time codes by which somebody shows to be the same person on two channels; only their fingerprints are kept."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from bot.people.erasure import RECEIPT_LETTERS
from bot.store import as_text

LIFETIME = timedelta(minutes=15)
CODE_LETTERS = 6
PREFIX = "noi_"
"""How the payload of a deep link begins."""
GUESSES = 5
"""Wrong codes that one chat may type in an hour; a guess hits one of 887 million."""
GUESSES_OF_ALL = 60
"""Wrong codes in an hour from everywhere: chats cost nothing on a web page."""
_WINDOW = timedelta(hours=1)
_TOKEN_BYTES = 16

Chat = tuple[str, str]
"""Channel and chat."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What proves that one has the other conversation in front of one."""

    code: str
    """Typed by hand."""
    payload: str
    """The end of a deep link."""


@dataclass(frozen=True, slots=True)
class Link:
    """An offer to make one person of two, put to a chat."""

    id: int
    person_id: str
    """The person on the other channel."""
    channel: str
    chat: str


def issue(db: Database, person: str, chat: Chat, at: datetime) -> Secrets:
    """A new code and link for this conversation; those before are void."""
    db.execute("DELETE FROM links WHERE person_id = ? OR expires_at <= ?", [person, as_text(at)])
    made = Secrets(
        "".join(secrets.choice(RECEIPT_LETTERS) for _ in range(CODE_LETTERS)),
        PREFIX + secrets.token_urlsafe(_TOKEN_BYTES),
    )
    db.execute(
        "INSERT INTO links (person_id, channel, chat, code, payload, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
        [person, *chat, _print(made.code), _print(made.payload), as_text(at + LIFETIME)],
    )
    return made


def offer(db: Database, person: str, chat: Chat, to: Chat, at: datetime) -> int:
    """Puts it to the chat *to*, without a code, whether it is the same person; gives the id of the offer."""
    cursor = db.execute(
        "INSERT INTO links (person_id, channel, chat, to_channel, to_chat, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
        [person, *chat, *to, as_text(at + LIFETIME)],
    )
    return int(cursor.lastrowid or 0)


def redeem(db: Database, secret: str, to: Chat, at: datetime) -> Link | None:
    """The conversation that a code or payload belongs to, from now on offered to the chat *to* only; None when wrong."""
    row = db.conn.execute(
        "SELECT id FROM links WHERE (code = ? OR payload = ?) AND to_chat IS NULL AND expires_at > ?",
        (_print(secret), _print(secret), as_text(at)),
    ).fetchone()
    if row is None:
        db.execute("INSERT INTO link_guesses (channel, chat, at) VALUES (?, ?, ?)", [*to, as_text(at)])
        return None
    db.execute("UPDATE links SET to_channel = ?, to_chat = ?, code = NULL, payload = NULL WHERE id = ?", [*to, row[0]])
    return taken_up(db, row[0], to, at)


def taken_up(db: Database, link: int, by: Chat, at: datetime) -> Link | None:
    """The offer *link* if it was put to this chat and still stands."""
    row = db.conn.execute(
        "SELECT id, person_id, channel, chat FROM links"
        " WHERE id = ? AND to_channel = ? AND to_chat = ? AND expires_at > ?",
        (link, *by, as_text(at)),
    ).fetchone()
    return Link(*row) if row else None


def close(db: Database, link: Link) -> None:
    """The offer was answered."""
    db.execute("DELETE FROM links WHERE id = ?", [link.id])


def too_many_guesses(db: Database, chat: Chat, at: datetime) -> bool:
    """Whether no more codes are tried for this chat, or for anybody, for a while."""
    db.execute("DELETE FROM link_guesses WHERE at <= ?", [as_text(at - _WINDOW)])
    own, everybody = db.conn.execute(
        "SELECT coalesce(sum(channel = ? AND chat = ?), 0), count(*) FROM link_guesses", chat
    ).fetchone()
    return int(own) >= GUESSES or int(everybody) >= GUESSES_OF_ALL


def _print(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
