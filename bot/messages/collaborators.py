"""What collaborators and the Centre press and type; no dialogue engine is needed for that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.clock import Clock
from bot.errors import TransitionRefused
from bot.leads import CloseReason, Collaborator, DeclineReason, LeadBook, Ticked, tick
from bot.people import People
from bot.replies import lead_desk
from bot.replies.reply import Choice, Reply
from bot.store import Store

_WORK = ("việc", "viec", "công việc", "viec cua toi")


class CollaboratorDesk:
    """The collaborators' side of the service."""

    def __init__(self, store: Store, clock: Clock, people: People, leads: LeadBook) -> None:
        self._store = store
        self._clock = clock
        self._people = people
        self._leads = leads
        self._presses: Mapping[str, Callable[[Collaborator, int, Mapping[str, Any]], Reply]] = {
            "lead_take": self._take,
            "lead_decline": self._decline,
            "lead_release": self._release,
            "lead_close": self._close,
            "lead_answers": self._answers,
            "lead_open": self._open,
        }

    def answers(self, choice: Choice) -> bool:
        """Whether *choice* is a collaborator's button."""
        return choice.intent in self._presses or choice.intent in lead_desk.STEPS

    def press(self, channel: str, chat: str, choice: Choice) -> list[Reply]:
        """The effect of a button, and the truth about it."""
        one = self._leads.collaborators.of_chat(channel, chat)
        lead = choice.data.get("lead")
        if one is None or not isinstance(lead, int):
            return [Reply("Nút này chỉ dùng cho cộng tác viên khuyến công.")]
        if choice.intent in lead_desk.STEPS:
            return [self._step(one, lead, choice.intent)]
        return [self._presses[choice.intent](one, lead, choice.data)]

    def type(self, channel: str, chat: str, text: str) -> list[Reply] | None:
        """The answer to what a collaborator typed to its own work list; None when it is a question like anybody's."""
        one = self._leads.collaborators.of_chat(channel, chat)
        if one is None or text.strip().lower().lstrip("/") not in _WORK:
            return None
        return [lead_desk.work(self._leads.offered_to(one.id), self._leads.work_of(one.id))]

    def join(self, channel: str, chat: str, invitation: str) -> list[Reply] | None:
        """Links a chat to the collaborator whom the Centre invited with *invitation*; None when it is no invitation."""
        one = self._leads.collaborators.invited(invitation)
        if one is None:
            return None
        self._leads.collaborators.link(one.id, channel, chat)
        return [
            Reply(
                f"Chào {one.name}. Từ giờ hồ sơ trong địa bàn của anh/chị sẽ gửi vào đây, có nút Nhận và Từ chối.\n"
                "Nhắn “việc” để xem những gì đang chờ."
            )
        ]

    def tick(self) -> bool:
        """Does what is due by now: reminders, expired offers, escalations; says whether anything happened."""
        return tick(self._leads) != Ticked()

    # --------------------------------------------------------------------------------------------------------------

    def _take(self, one: Collaborator, lead: int, _: Mapping[str, Any]) -> Reply:
        return lead_desk.taken(self._leads.take(lead, one.id))

    def _decline(self, one: Collaborator, lead: int, data: Mapping[str, Any]) -> Reply:
        if "reason" not in data:
            return lead_desk.ask_decline_reason(lead)
        return lead_desk.declined(self._leads.decline(lead, one.id, DeclineReason(data["reason"])))

    def _release(self, one: Collaborator, lead: int, data: Mapping[str, Any]) -> Reply:
        if "reason" not in data:
            return lead_desk.ask_release_reason(lead)
        return lead_desk.released(self._leads.release(lead, one.id, DeclineReason(data["reason"])))

    def _close(self, one: Collaborator, lead: int, data: Mapping[str, Any]) -> Reply:
        if "reason" not in data:
            return lead_desk.ask_close_reason(lead)
        return lead_desk.closed(self._leads.close(lead, one.id, CloseReason(data["reason"])))

    def _answers(self, one: Collaborator, lead: int, _: Mapping[str, Any]) -> Reply:
        return lead_desk.answers(self._leads.readable(lead, one.id))

    def _open(self, one: Collaborator, lead: int, _: Mapping[str, Any]) -> Reply:
        mine = [work for work in self._leads.work_of(one.id) if work.id == lead]
        if not mine:
            return Reply("Hồ sơ này không còn do anh/chị phụ trách.")
        return Reply(f"**{mine[0].number}**", lead_desk.next_steps(mine[0]))

    def _step(self, one: Collaborator, lead: int, intent: str) -> Reply:
        event, _, _ = lead_desk.STEPS[intent]
        try:
            return lead_desk.stepped(self._leads.step(lead, one.id, event), intent)
        except TransitionRefused:
            return lead_desk.out_of_turn(self._leads.get(lead))
