"""Conversations of the web page: an unguessable token is all that opens one."""

from __future__ import annotations

import re
import secrets

from bot.people import People

CHANNEL = "web"
NAME = re.compile(r"[\x21-\x7e]{1,64}")
"""A conversation, a button, a page's own number of a message: what a database can look up."""
_TOKEN_BYTES = 24


def new_conversation() -> str:
    """The token of a conversation that begins."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def person_in(people: People, conversation: object) -> str | None:
    """Whose *conversation* it is; None when there is none of that name."""
    if not isinstance(conversation, str) or not NAME.fullmatch(conversation):
        return None
    return people.known(CHANNEL, conversation)
