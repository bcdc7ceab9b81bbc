"""Creates and finds persons, keeps what they gave and agreed to, and forgets them on request."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from bot.clock import Clock
from bot.people.erasure import Erasure, ErasureReceipt, erase
from bot.store import Store, as_text, from_text


class Purpose(StrEnum):
    """What a consent is for; each is asked and withdrawn on its own."""

    CONTACT = "contact"
    """Name and phone go to the collaborator of the place."""
    TRANSCRIPT = "transcript"
    """The collaborator may read the answers and the conversation."""
    CAMPAIGN = "campaign"
    """News about support may be sent."""
    LEARNING = "learning"
    """What was not understood may be kept, without names and numbers, until staff have labelled it."""


@dataclass(frozen=True, slots=True)
class Account:
    """One chat of a person on a channel."""

    channel: str
    chat: str
    person_id: str
    display_name: str | None
    language: str
    reachable: bool


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """How a person wants to be reached."""

    name: str | None = None
    phone: str | None = None
    """E.164."""
    phone_own: bool = False
    """True when the channel vouched that the number is the sender's own."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A yes to one purpose, under one version of the text."""

    purpose: Purpose
    text_version: str
    channel: str
    given_at: datetime
    withdrawn_at: datetime | None


class People:
    """Persons and what belongs to them; every call joins the caller's transaction when there is one."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def person_for(self, channel: str, chat: str, display_name: str | None = None) -> str:
        """The person behind a chat, created when the chat is new."""
        with self._store.transaction() as db:
            found = _one(db, "SELECT person_id FROM accounts WHERE channel = ? AND chat = ?", channel, chat)
            if found is not None:
                if display_name:
                    db.execute(
                        "UPDATE accounts SET display_name = ? WHERE channel = ? AND chat = ?",
                        [display_name, channel, chat],
                    )
                return str(found["person_id"])
            person_id = secrets.token_hex(8)
            now = as_text(self._clock.now())
            db.execute("INSERT INTO persons (id, created) VALUES (?, ?)", [person_id, now])
            db.execute(
                "INSERT INTO accounts (channel, chat, person_id, display_name, created) VALUES (?, ?, ?, ?, ?)",
                [channel, chat, person_id, display_name, now],
            )
            return person_id

    def known(self, channel: str, chat: str) -> str | None:
        """The person behind a chat; None when the chat is new."""
        found = _one(self._store.db, "SELECT person_id FROM accounts WHERE channel = ? AND chat = ?", channel, chat)
        return None if found is None else str(found["person_id"])

    def accounts(self, person_id: str) -> tuple[Account, ...]:
        """The person's chats, oldest first."""
        rows = self._store.db.query("SELECT * FROM accounts WHERE person_id = ? ORDER BY created, chat", [person_id])
        return tuple(
            Account(
                row["channel"],
                row["chat"],
                row["person_id"],
                row["display_name"],
                row["language"],
                bool(row["reachable"]),
            )
            for row in rows
        )

    def mark_unreachable(self, channel: str, chat: str, reason: str) -> None:
        """Notes that a chat blocked us or is gone; nothing is sent there until it writes again."""
        with self._store.transaction() as db:
            db.execute(
                "UPDATE accounts SET reachable = 0, unreachable_reason = ? WHERE channel = ? AND chat = ?",
                [reason, channel, chat],
            )

    def mark_reachable(self, channel: str, chat: str) -> None:
        """Notes that a chat can be written to again."""
        with self._store.transaction() as db:
            db.execute(
                "UPDATE accounts SET reachable = 1, unreachable_reason = NULL"
                " WHERE channel = ? AND chat = ? AND reachable = 0",
                [channel, chat],
            )

    def contact(self, person_id: str) -> ContactDetails:
        """The person's contact details; empty when none were given."""
        row = _one(self._store.db, "SELECT * FROM contacts WHERE person_id = ?", person_id)
        return ContactDetails() if row is None else ContactDetails(row["name"], row["phone"], bool(row["phone_own"]))

    def set_name(self, person_id: str, name: str) -> None:
        """Keeps how the person wants to be called."""
        self._set_contact(person_id, {"name": name})

    def set_phone(self, person_id: str, phone: str, *, own: bool = False) -> None:
        """Keeps the phone number (E.164); *own* when the channel vouches that it is the sender's."""
        self._set_contact(person_id, {"phone": phone, "phone_own": int(own)})

    def sharing_phone(self, person_id: str) -> tuple[str, ...]:
        """Others who gave the same phone number as this person: perhaps one household with several accounts."""
        rows = self._store.db.query(
            "SELECT person_id FROM contacts WHERE person_id != :person AND phone ="
            " (SELECT phone FROM contacts WHERE person_id = :person) ORDER BY person_id",
            {"person": person_id},
        )
        return tuple(row["person_id"] for row in list(rows))

    def _set_contact(self, person_id: str, values: Mapping[str, Any]) -> None:
        with self._store.transaction() as db:
            db.table("contacts", pk="person_id").upsert(
                {"person_id": person_id, **values, "changed": as_text(self._clock.now())}, pk="person_id"
            )

    def record_consent(
        self, person_id: str, purpose: Purpose, *, text_version: str, channel: str, words: str | None = None
    ) -> None:
        """Keeps a yes; an earlier yes to another version of the text ends now, the same one stands.

        The *words* that were shown are kept once for each version, so that it can be proven what was agreed to.
        """
        with self._store.transaction() as db:
            if words is not None:
                db.execute(
                    "INSERT INTO consent_texts (purpose, version, words) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    [purpose, text_version, words],
                )
            standing = _one(db, f"{_STANDING} AND purpose = ?", person_id, purpose)
            if standing is not None and standing["text_version"] == text_version:
                return
            self.withdraw_consent(person_id, purpose)
            db.execute(
                "INSERT INTO consents (person_id, purpose, text_version, channel, given_at) VALUES (?, ?, ?, ?, ?)",
                [person_id, purpose, text_version, channel, as_text(self._clock.now())],
            )

    def withdraw_consent(self, person_id: str, purpose: Purpose) -> None:
        """Ends the standing consent to *purpose*, if there is one."""
        with self._store.transaction() as db:
            db.execute(
                "UPDATE consents SET withdrawn_at = ? WHERE person_id = ? AND purpose = ? AND withdrawn_at IS NULL",
                [as_text(self._clock.now()), person_id, purpose],
            )

    def has_consent(self, person_id: str, purpose: Purpose) -> bool:
        """Whether a consent to *purpose* stands."""
        return _one(self._store.db, f"{_STANDING} AND purpose = ?", person_id, purpose) is not None

    def consents(self, person_id: str) -> tuple[Consent, ...]:
        """All consents ever given, oldest first."""
        rows = self._store.db.query("SELECT * FROM consents WHERE person_id = ? ORDER BY id", [person_id])
        return tuple(
            Consent(
                Purpose(row["purpose"]),
                row["text_version"],
                row["channel"],
                from_text(row["given_at"]),
                from_text(row["withdrawn_at"]) if row["withdrawn_at"] else None,
            )
            for row in rows
        )

    def erase(self, person_id: str, erasures: Iterable[Erasure]) -> ErasureReceipt:
        """Forgets a person everywhere, all or nothing: first every package in the order given, then its own rows."""
        with self._store.transaction() as db:
            return erase(db, person_id, erasures, self._clock.now())

    def with_phone(self, phone: str) -> tuple[str, ...]:
        """Everybody who gave this number (E.164)."""
        rows = self._store.db.query("SELECT person_id FROM contacts WHERE phone = ? ORDER BY person_id", [phone])
        return tuple(row["person_id"] for row in rows)


_STANDING = "SELECT * FROM consents WHERE withdrawn_at IS NULL AND person_id = ?"


def _one(db: Database, sql: str, *values: object) -> dict[str, Any] | None:
    return next(iter(list(db.query(sql, list(values)))), None)
