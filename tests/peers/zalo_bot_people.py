"""The people on the other side of a Zalo bot."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any

from tests.peers.loopback import Listener

if TYPE_CHECKING:
    from tests.peers.zalo_bot import ZaloBotPeer


class ZaloUser(Listener[str]):
    """A person in a private chat with the bot."""

    def __init__(self, peer: ZaloBotPeer, user_id: str, name: str) -> None:
        super().__init__(peer.something_sent)
        self.id = user_id
        self.name = name
        self.inbox: list[str] = []
        self.actions: list[str] = []
        self.started = False
        self._peer = peer

    def sends(self, text: str, **extra: Any) -> str:
        """Writes a message; gives its id."""
        return self._event("message.text.received", text=text, **extra)

    def sends_photo(self, caption: str | None = None) -> str:
        extra = {} if caption is None else {"caption": caption}
        return self._event("message.image.received", photo_url="https://photo.example/1.jpg", **extra)

    def sends_sticker(self) -> str:
        return self._event("message.sticker.received", sticker="bfe458bf64fa8da4d4eb", url="https://s.example/1.png")

    def sends_voice(self) -> str:
        return self._event("message.voice.received", voice_url="https://voice.example/1.m4a")

    def sends_something_else(self) -> str:
        return self._event("message.unsupported.received")

    def sends_in_a_group(self, text: str) -> str:
        return self._event("message.text.received", text=text, chat={"id": "group-1", "chat_type": "GROUP"})

    def _event(self, name: str, **content: Any) -> str:
        self.started = True
        message_id = secrets.token_hex(8)
        message = {
            "from": {"id": self.id, "display_name": self.name, "is_bot": False},
            "chat": {"id": self.id, "chat_type": "PRIVATE"},
            "message_id": message_id,
            "date": int(time.time() * 1000),
            **content,
        }
        self._peer.happens({"event_name": name, "message": message})
        return message_id

    def received(self) -> list[str]:
        return self.inbox
