"""The people on the other side of an Official Account, and what they see of its messages."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.peers.loopback import Listener

if TYPE_CHECKING:
    from tests.peers.zalo_oa import ZaloOaPeer

OA_ID = "366200000000000001"


@dataclass(frozen=True)
class Seen:
    """A message as the person sees it."""

    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    """Payload by title."""
    form: bool = False
    file: str | None = None
    template: str | None = None
    """Id of the approved template by which it came, outside the conversation."""
    values: dict[str, str] = field(default_factory=dict)

    @property
    def titles(self) -> list[str]:
        return list(self.buttons)


class OaUser(Listener[Seen]):
    """A person who follows the account, or not."""

    def __init__(self, peer: ZaloOaPeer, user_id: str, phone: str) -> None:
        super().__init__(peer.something_sent)
        self.id = user_id
        self.phone = phone
        self.inbox: list[Seen] = []
        self.following = True
        self.last_act: float | None = None
        self.sent_since = 0
        self._peer = peer

    def sends(self, text: str) -> None:
        self._event("user_send_text", message={"text": text, "msg_id": secrets.token_hex(10)})

    def taps(self, title: str) -> None:
        """Presses the newest button of this title: its payload arrives as text."""
        for seen in reversed(self.inbox):
            if title in seen.buttons:
                self.sends(seen.buttons[title])
                return
        raise AssertionError(f"no button {title!r}: {[seen.titles for seen in self.inbox]}")

    def sends_photo(self) -> None:
        attachments = [{"type": "image", "payload": {"url": "https://photo.example/1.jpg"}}]
        self._event("user_send_image", message={"msg_id": secrets.token_hex(10), "attachments": attachments})

    def sends_sticker(self) -> None:
        self._event("user_send_sticker", message={"msg_id": secrets.token_hex(10)})

    def sends_voice(self) -> None:
        self._event("user_send_audio", message={"msg_id": secrets.token_hex(10)})

    def shares_location(self, latitude: float, longitude: float) -> None:
        at = {"type": "location", "payload": {"coordinates": {"latitude": str(latitude), "longitude": str(longitude)}}}
        self._event("user_send_location", message={"msg_id": secrets.token_hex(10), "attachments": [at]})

    def submits_info(self, phone: str, name: str = "Hoa") -> None:
        self._event("user_submit_info", info={"name": name, "phone": phone, "address": "", "city": ""})

    def follows(self) -> None:
        self.following = True
        self._act()
        self._peer.happens({"event_name": "follow", "oa_id": OA_ID, "follower": {"id": self.id}})

    def unfollows(self) -> None:
        self.following = False
        self._peer.happens({"event_name": "unfollow", "oa_id": OA_ID, "follower": {"id": self.id}})

    def _event(self, name: str, **content: Any) -> None:
        self._act()
        self._peer.happens({"event_name": name, "sender": {"id": self.id}, "recipient": {"id": OA_ID}, **content})

    def _act(self) -> None:
        self.last_act, self.sent_since = self._peer.clock.now(), 0

    def received(self) -> list[Seen]:
        return self.inbox
