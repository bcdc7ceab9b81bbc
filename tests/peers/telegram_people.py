"""The other side of the chat: people and groups who write, tap, share, block, and see what the bot sent."""

from __future__ import annotations

from dataclasses import dataclass

from tests.peers.loopback import Listener
from tests.peers.telegram_text import Json
from tests.peers.telegram_world import Account, Chat, Message


@dataclass(frozen=True)
class Seen:
    """A bot's message as it stands on the person's screen now."""

    id: int
    text: str
    buttons: list[list[str]]
    bold: list[str]
    edited: bool

    @property
    def titles(self) -> list[str]:
        return [title for row in self.buttons for title in row]


def _seen(message: Message) -> Seen:
    units = message.text.encode("utf-16-le")
    bold = [
        units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in message.entities
        if e["type"] == "bold"
    ]
    titles = [[str(button["text"]) for button in row] for row in message.buttons]
    return Seen(message.id, message.text, titles, bold, message.edit_date is not None)


class _Side(Listener[Seen]):
    """What a person and a group have in common."""

    def __init__(self, account: Account, chat: Chat) -> None:
        super().__init__(account.something_sent)
        self.account = account
        self.chat = chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def inbox(self) -> list[Seen]:
        """The bot's messages here, oldest first, with edits and deletions applied."""
        return [_seen(m) for m in self.account.messages if m.from_bot and m.chat is self.chat]

    def received(self) -> list[Seen]:
        return self.inbox


class User(_Side):
    """A person in a private chat with the bot."""

    def __init__(self, account: Account, chat: Chat, language: str = "vi") -> None:
        super().__init__(account, chat)
        self.json: Json = {"id": chat.id, "is_bot": False, **chat.names, "language_code": language}
        self._last: Message | None = None

    def starts(self, payload: str | None = None) -> int | None:
        """Presses Start, perhaps through a deep link."""
        return self.sends(f"/start {payload}" if payload else "/start")

    def sends(self, text: str = "", **extra: object) -> int | None:
        """Writes a message; returns its update id."""
        self.chat.started = True
        entities: list[Json] = []
        if text.startswith("/"):
            entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        self._last = self.account.store(self.chat, self.json, text=text, entities=entities, extra=dict(extra))
        return self.account.add_update("message", self._last.json())

    def edits(self, text: str) -> int | None:
        """Changes the last message sent."""
        assert self._last is not None, "nothing was sent yet"
        self._last.text, self._last.entities = text, []
        self._last.edit_date = int(self.account.clock.now())
        return self.account.add_update("edited_message", self._last.json())

    def taps(self, title: str, message_id: int | None = None) -> int | None:
        """Presses the newest button with this title, inline or of the reply keyboard."""
        for message in reversed(self.account.messages):
            if message.chat is not self.chat or not message.from_bot or message_id not in (None, message.id):
                continue
            for button in (button for row in message.buttons for button in row):
                if button["text"] == title:
                    return self.presses(str(button["callback_data"]), message)
        for button in (button for row in self.chat.keyboard or [] for button in row):
            if button["text"] == title:
                return self._presses_key(button)
        raise AssertionError(f"no button {title!r}; shown: {[seen.titles for seen in self.inbox]}, {self.keyboard}")

    def presses(self, data: str, message: Message | None = None) -> int | None:
        """Sends a callback with this data, as also an old client with an old message can."""
        body: Json = {
            "id": self.account.open_query(),
            "from": self.json,
            "chat_instance": str(self.chat.id),
            "data": data,
        }
        if message is not None:
            body["message"] = message.json()
        return self.account.add_update("callback_query", body)

    def _presses_key(self, button: Json) -> int | None:
        if button.get("request_contact"):
            return self.shares_contact("84903123456")
        if button.get("request_location"):
            return self.shares_location(11.0, 106.6)
        return self.sends(str(button["text"]))

    @property
    def keyboard(self) -> list[str]:
        """Titles of the reply keyboard."""
        return [str(button["text"]) for row in self.chat.keyboard or [] for button in row]

    @property
    def spinning(self) -> int:
        """How many pressed buttons of this bot still wait for an answer."""
        return len(self.account.open_queries())

    def shares_contact(self, phone: str, of: int | None = -1) -> int | None:
        """Shares a phone number: one's own, or that of user *of* (None: of nobody on Telegram)."""
        contact: Json = {"phone_number": phone, "first_name": "Ai"}
        owner = self.id if of == -1 else of
        if owner is not None:
            contact["user_id"] = owner
        return self.sends(contact=contact)

    def shares_location(self, latitude: float, longitude: float) -> int | None:
        return self.sends(location={"latitude": latitude, "longitude": longitude})

    def sends_photo(self, caption: str = "") -> int | None:
        photo = {"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90}
        return self.sends(caption, photo=[photo])

    def sends_voice(self) -> int | None:
        return self.sends(voice={"file_id": "v", "file_unique_id": "v", "duration": 3})

    def sends_sticker(self) -> int | None:
        size = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self.sends(sticker={"file_id": "s", "file_unique_id": "s", "type": "regular", **size})

    def blocks(self) -> int | None:
        self.chat.blocked = True
        return self._membership("member", "kicked")

    def unblocks(self) -> int | None:
        self.chat.blocked = False
        return self._membership("kicked", "member")

    def deactivates(self) -> None:
        self.chat.deactivated = True

    def _membership(self, old: str, new: str) -> int | None:
        return self.account.add_update("my_chat_member", membership(self.account, self.chat, self.json, old, new))


class Group(_Side):
    """A group chat."""

    def adds_bot(self, by: User) -> int | None:
        self.chat.started, self.chat.blocked = True, False
        return self.account.add_update("my_chat_member", membership(self.account, self.chat, by.json, "left", "member"))

    def says(self, user: User, text: str) -> int | None:
        return self.account.add_update("message", self.account.store(self.chat, user.json, text=text).json())


def membership(account: Account, chat: Chat, by: Json, old: str, new: str) -> Json:
    """The body of `my_chat_member`."""
    bot = {k: account.me[k] for k in ("id", "is_bot", "first_name", "username")}

    def member(status: str) -> Json:
        return {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}

    return {
        "chat": chat.json(),
        "from": by,
        "date": int(account.clock.now()),
        "old_chat_member": member(old),
        "new_chat_member": member(new),
    }
