"""Who takes part in a journey: a person on the web page, and the Centre that invites its collaborators."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.clock import SystemClock
from bot.leads import Collaborators
from bot.replies.questions import question_text
from tests.peers.telegram import TelegramPeer
from tests.peers.telegram_people import Seen
from tests.service import Service

PATIENCE = 20.0
"""Seconds to wait for an answer: the machine may be busy with other things."""


@dataclass
class WebVisitor:
    """Somebody on the chat page."""

    http: httpx.AsyncClient
    conversation: str | None = None
    buttons: dict[str, str] = field(default_factory=dict)

    async def says(self, text: str) -> list[dict[str, Any]]:
        return await self._posts({"text": text})

    async def taps(self, title: str) -> list[dict[str, Any]]:
        return await self._posts({"payload": self.buttons[title]})

    async def news(self, after: int) -> list[dict[str, Any]]:
        answer = await self.http.post("/api/chat/news", json={"conversation": self.conversation, "after": after})
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    async def _posts(self, body: dict[str, str]) -> list[dict[str, Any]]:
        begun = {} if self.conversation is None else {"conversation": self.conversation}
        answer = await self.http.post("/api/chat", json={**begun, **body})
        while answer.status_code == 429:
            await asyncio.sleep(float(answer.headers["Retry-After"]))
            answer = await self.http.post("/api/chat", json={**begun, **body})
        answer.raise_for_status()
        told = answer.json()
        self.conversation = told["conversation"]
        for message in told["messages"]:
            self.buttons |= {button["title"]: button["payload"] for button in message["buttons"]}
        messages: list[dict[str, Any]] = told["messages"]
        return messages


class Chatter:
    """Somebody on Telegram who waits for the whole answer before going on, as people do."""

    def __init__(
        self, service: Service, peer: TelegramPeer, user_id: int, name: str, patience: float = PATIENCE
    ) -> None:
        self.service = service
        self.patience = patience
        self.user = peer.user(user_id, name)
        self._seen = 0

    async def starts(self, payload: str | None = None) -> list[Seen]:
        return await self.answer_to(self.user.starts(payload))

    async def says(self, text: str) -> list[Seen]:
        return await self.answer_to(self.user.sends(text))

    async def taps(self, title: str, message_id: int | None = None) -> list[Seen]:
        return await self.answer_to(self.user.taps(title, message_id))

    async def shares_contact(self, phone: str) -> list[Seen]:
        return await self.answer_to(self.user.shares_contact(phone))

    async def answer_to(self, update_id: int | None) -> list[Seen]:
        """The messages that came since the last ones, once this update is answered and all of it was sent."""
        stored = "SELECT count(*) FROM inbox WHERE channel = 'telegram' AND update_id = ? AND state != 'new'"
        async with asyncio.timeout(self.patience):
            while self.service.rows(stored, str(update_id)) != [(1,)] or self._awaited():
                await asyncio.sleep(0.02)
        return self.new()

    async def hears(self, *words: str) -> list[Seen]:
        """The messages that came since the last ones, once one of them has all these words."""
        holds = lambda seen: any(all(word in one.text for word in words) for one in seen[self._seen :])  # noqa: E731
        await self.user.until(holds, self.patience)
        return self.new()

    def new(self) -> list[Seen]:
        """The messages that came since the last ones."""
        new = self.user.inbox[self._seen :]
        self._seen += len(new)
        return new

    def data_of(self, title: str) -> str:
        """What the newest button of this title sends when it is pressed."""
        account = self.user.account
        shown = (m for m in reversed(account.messages) if m.from_bot and m.chat is self.user.chat)
        buttons = (button for message in shown for row in message.buttons for button in row)
        return next(str(button["callback_data"]) for button in buttons if button["text"] == title)

    def shown(self, message_id: int) -> Seen:
        """A message as it stands now."""
        return next(one for one in self.user.inbox if one.id == message_id)

    def _awaited(self) -> bool:
        waiting = (
            "SELECT count(*) FROM outbox WHERE channel = 'telegram' AND chat = ? AND state IN ('queued', 'sending')"
        )
        return self.service.rows(waiting, str(self.user.id)) != [(0,)]


async def collaborator(
    service: Service, peer: TelegramPeer, name: str, user_id: int, patience: float = PATIENCE
) -> Chatter:
    """The sample collaborator of that name, after joining by an invitation link of the Centre."""
    staff = Collaborators(service.store, SystemClock())
    one = next(one for one in staff.all() if one.name == name)
    chatter = Chatter(service, peer, user_id, name, patience)
    await chatter.starts(staff.invite(one.id))
    return chatter


def texts(messages: list[Seen]) -> str:
    """Everything that was said, as one text to search in."""
    return "\n".join(message.text for message in messages)


@dataclass(frozen=True)
class Tap:
    """An answer that is given by the button whose title begins so."""

    title: str

    def among(self, titles: Iterable[str]) -> str:
        """The whole title."""
        shown = list(titles)
        return next((title for title in shown if title.startswith(self.title)), f"{self.title}: not in {shown}")


WORKSHOP: Mapping[str, str | Tap] = {
    "need": "muốn mua máy",
    "legal_form": Tap("Hộ kinh doanh"),
    "registered": "có giấy rồi",
    "activity": Tap("Tự sản xuất"),
    "trade_group": "làm bánh tráng",
    "product": "bánh tráng",
    "place": "ở xã Phú Giáo",
    "place.in_recognised_craft_village": Tap("Không"),
    "place.in_industrial_park": Tap("Không"),
    "place.two_sites": Tap("Không"),
    "employees": "8 người",
    "annual_revenue": "2 tỷ",
    "total_capital": "1 tỷ",
    "prior_support_same_item": Tap("Chưa"),
    "own_capital_ready": "lo đủ",
    "machine.condition": Tap("Máy mới"),
    "machine.bought": "chưa mua",
    "machine.line": Tap("Máy lẻ"),
    "machine.price": "240 triệu",
    "timing": "sang năm",
    "violations": Tap("Không"),
}
"""How a household that fits machinery support answers, typed and tapped in turn."""


def question_in(messages: list[Seen]) -> str | None:
    """The question of the screening that these messages ask."""
    return next((fact for fact in WORKSHOP for one in messages if one.text.endswith(question_text(fact))), None)


async def screened(
    chatter: Chatter, messages: list[Seen], answers: Mapping[str, str | Tap] = WORKSHOP
) -> tuple[list[str], list[Seen]]:
    """Answers question after question; gives what was asked, in order, and the messages with the result."""
    asked = []
    while (question := question_in(messages)) is not None:
        asked.append(question)
        answer = answers[question]
        titles = [title for message in messages for title in message.titles]
        messages = await (chatter.taps(answer.among(titles)) if isinstance(answer, Tap) else chatter.says(answer))
    return asked, messages


async def passed_on(chatter: Chatter, place: str) -> int:
    """The short way to a lead: asks for a person and gives what is needed; gives the id of the lead."""
    await chatter.says("cho tôi gặp cán bộ")
    await chatter.taps("Đồng ý")
    await chatter.says("Cơ sở thử")
    await chatter.shares_contact(f"84903{chatter.user.id:06d}")  # one phone would be one case
    await chatter.says(place)
    [(lead,)] = chatter.service.rows("SELECT id FROM leads WHERE chat = ?", str(chatter.user.id))
    return int(lead)
