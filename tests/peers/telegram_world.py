"""What a Bot API server knows about one bot: chats, messages, updates not yet confirmed, faults to act out."""

from __future__ import annotations

import asyncio
import math
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from tests.peers.telegram_text import ApiError, Json, bad_request

UPDATE_LIFETIME = 24 * 3600
QUERY_LIFETIME = 60
DEFAULT_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member", "channel_post")


class PeerClock:
    """Real time plus what a test has turned it on by, in seconds."""

    def __init__(self) -> None:
        self._turned = 0.0

    def now(self) -> float:
        return time.time() + self._turned

    def turn(self, seconds: float) -> None:
        self._turned += seconds


@dataclass
class Chat:
    """A private chat or a group, as this bot sees it."""

    id: int
    type: str
    names: Json
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    keyboard: list[list[Json]] | None = None
    """The reply keyboard under the person's text field."""
    actions: list[str] = field(default_factory=list)

    def json(self) -> Json:
        return {"id": self.id, "type": self.type, **self.names}


@dataclass
class Message:
    """A message that the server stored."""

    id: int
    chat: Chat
    sender: Json
    date: int
    text: str = ""
    entities: list[Json] = field(default_factory=list)
    markup: Json | None = None
    extra: Json = field(default_factory=dict)
    edit_date: int | None = None
    from_bot: bool = False

    @property
    def buttons(self) -> list[list[Json]]:
        rows: list[list[Json]] = (self.markup or {}).get("inline_keyboard", [])
        return rows

    def json(self) -> Json:
        body: Json = {
            "message_id": self.id,
            "from": self.sender,
            "chat": self.chat.json(),
            "date": self.date,
            **self.extra,
        }
        if self.text:
            body["caption" if {"photo", "document", "video"} & self.extra.keys() else "text"] = self.text
        if self.entities:
            body["entities"] = self.entities
        if self.buttons:
            body["reply_markup"] = {"inline_keyboard": self.buttons}
        if self.edit_date:
            body["edit_date"] = self.edit_date
        return body


@dataclass
class Call:
    """A request that a bot made."""

    method: str
    params: Json
    at: float
    stored: bool
    """True when the server carried it out, whatever the bot was told."""


@dataclass
class Fault:
    """Something that goes wrong with matching calls, `times` times."""

    method: str
    chat: int | None = None
    times: int = 1
    code: int | None = None
    description: str = ""
    parameters: Json | None = None
    raw: str | None = None
    """An answer that is no JSON, with status `code`."""
    cut: str | None = None
    """`before` or `after` the call was carried out, the connection breaks."""
    hang: float | None = None
    """Seconds until the call is answered (or cut)."""

    def matches(self, method: str, params: Json) -> bool:
        return (
            self.times > 0
            and self.method.lower() in {method.lower(), "*"}
            and (self.chat is None or str(self.chat) == str(params.get("chat_id")))
        )


@dataclass
class Limits:
    """Flood control; what real Telegram does is not published, these are its FAQ's numbers."""

    on: bool = False
    overall_per_second: int = 30
    chat_per_second: int = 1
    group_per_minute: int = 20


@dataclass
class Webhook:
    """Where updates are pushed."""

    url: str
    secret: str = ""
    last_error: str = ""
    last_error_date: int = 0


class Flood:
    """Counts sends in sliding windows and says how long to wait."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._sent: dict[str, deque[float]] = {}

    def check(self, chat: Chat, now: float) -> None:
        """Raises the 429 that is due; otherwise counts one send."""
        if not self.limits.on:
            return
        windows = [("all", 1.0, self.limits.overall_per_second), (str(chat.id), 1.0, self.limits.chat_per_second)]
        if chat.type != "private":
            windows.append((f"minute {chat.id}", 60.0, self.limits.group_per_minute))
        wait = 0.0
        for name, seconds, allowed in windows:
            sent = self._sent.setdefault(name, deque())
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if len(sent) >= allowed:
                wait = max(wait, sent[0] + seconds - now)
        if wait > 0:
            after = max(1, math.ceil(wait))
            raise ApiError(429, f"Too Many Requests: retry after {after}", {"retry_after": after})
        for name, _, _ in windows:
            self._sent[name].append(now)


class Account:
    """One bot token and everything that belongs to it."""

    def __init__(self, token: str, clock: PeerClock, username: str = "khuyencong_bot") -> None:
        self.token = token
        self.clock = clock
        self.me: Json = {
            "id": int(token.split(":", maxsplit=1)[0]),
            "is_bot": True,
            "first_name": "Khuyến công",
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        self.limits = Limits()
        self.flood = Flood(self.limits)
        self.chats: dict[int, Chat] = {}
        self.messages: list[Message] = []
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.settings: dict[str, Any] = {}
        self.webhook: Webhook | None = None
        self.allowed_updates: tuple[str, ...] = DEFAULT_UPDATES
        self.poll: asyncio.Task[Any] | None = None
        self.something_new = asyncio.Event()
        self.something_sent = asyncio.Event()
        self._updates: deque[tuple[float, Json]] = deque()
        self._next_update = 500_000_001
        self._next_message = 1
        self._next_query = 7_000_000_000_000_001
        self._queries: dict[str, float] = {}

    # --- updates -------------------------------------------------------------------------------------------------

    def add_update(self, kind: str, body: Json) -> int | None:
        """Queues an update; its id, or None when the bot did not ask for this kind."""
        if kind not in self.allowed_updates:
            return None
        update_id = self._next_update
        self._next_update += 1
        self._updates.append((self.clock.now(), {"update_id": update_id, kind: body}))
        self.something_new.set()
        return update_id

    def add_raw_update(self, body: Json) -> int:
        """Queues whatever a test wants a bot to receive."""
        update_id = self._next_update
        self._next_update += 1
        self._updates.append((self.clock.now(), {"update_id": update_id, **body}))
        self.something_new.set()
        return update_id

    def repeat_update(self, body: Json) -> None:
        """Puts an update, with the id it had, in front of the queue once more, as a webhook sometimes gets it."""
        self._updates.appendleft((self.clock.now(), body))
        self.something_new.set()

    def confirm_before(self, offset: int) -> None:
        self._updates = deque(entry for entry in self._updates if entry[1]["update_id"] >= offset)

    def delivered(self, update: Json) -> None:
        """Takes one update off the queue, though not a repetition of it."""
        first = next((entry for entry in self._updates if entry[1] is update), None)
        if first is not None:
            self._updates.remove(first)

    def keep_last(self, count: int) -> None:
        """What a negative offset means: everything but the last updates is forgotten."""
        self._updates = deque(list(self._updates)[-count:])

    def pending(self) -> list[Json]:
        oldest = self.clock.now() - UPDATE_LIFETIME
        while self._updates and self._updates[0][0] < oldest:
            self._updates.popleft()
        return [update for _, update in self._updates]

    # --- chats and messages --------------------------------------------------------------------------------------

    def chat_for_sending(self, chat_id: object) -> Chat:
        """The chat the bot may write to; raises what the server says otherwise."""
        try:
            chat = self.chats.get(int(str(chat_id)))
        except ValueError:
            chat = None
        if chat is None:
            raise bad_request("chat not found")
        if chat.deactivated:
            raise ApiError(403, "Forbidden: user is deactivated")
        if chat.blocked and chat.type == "private":
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if chat.blocked:
            raise ApiError(403, "Forbidden: bot was kicked from the group chat")
        if not chat.started:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def store(self, chat: Chat, sender: Json, **what: Any) -> Message:
        message = Message(self._next_message, chat, sender, int(self.clock.now()), **what)
        self._next_message += 1
        self.messages.append(message)
        return message

    def store_from_bot(self, chat: Chat, *, markup: Json | None, **what: Any) -> Message:
        """Stores the bot's message and changes the reply keyboard as the markup says."""
        message = self.store(chat, {k: self.me[k] for k in ("id", "is_bot", "first_name", "username")}, **what)
        message.markup, message.from_bot = markup, True
        if markup and "keyboard" in markup:
            chat.keyboard = [[b if isinstance(b, dict) else {"text": b} for b in row] for row in markup["keyboard"]]
        elif markup and markup.get("remove_keyboard"):
            chat.keyboard = None
        self.something_sent.set()
        return message

    def find(self, chat_id: object, message_id: object) -> Message | None:
        return next((m for m in self.messages if str(m.chat.id) == str(chat_id) and str(m.id) == str(message_id)), None)

    # --- button presses ------------------------------------------------------------------------------------------

    def open_query(self) -> str:
        query = str(self._next_query)
        self._next_query += 1
        self._queries[query] = self.clock.now()
        return query

    def open_queries(self) -> list[str]:
        """Presses that still show a spinner."""
        return list(self._queries)

    def close_query(self, query: str) -> None:
        opened = self._queries.pop(query, None)
        if opened is None or opened + QUERY_LIFETIME < self.clock.now():
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
