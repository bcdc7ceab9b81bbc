"""What collaborators and the Centre press and type; no dialogue engine is needed for that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from bot.clock import Clock
from bot.errors import TransitionRefused
from bot.leads import (
    CENTRE_CHAT,
    STAFF_CHANNEL,
    CloseReason,
    Collaborator,
    DeclineReason,
    Event,
    LeadBook,
    Ticked,
    agenda,
    tick,
)
from bot.messages.desk_words import (
    LONGEST_NOTE,
    Absence,
    Back,
    DeskWords,
    Help,
    Note,
    Open,
    Visit,
    Work,
    read_desk_words,
)
from bot.outbox import Outbox
from bot.replies import desk, lead_desk, lead_lists, leads
from bot.replies.reply import Choice, Reply
from bot.store import Store

_VISIT_DAYS = 5
"""Working days that are offered for a visit by a button."""

_NOTES_SHOWN = 3


class CollaboratorDesk:
    """The collaborators' side of the service."""

    def __init__(self, store: Store, clock: Clock, leads: LeadBook) -> None:
        self._clock = clock
        self._leads = leads
        self._outbox = Outbox(store, clock)
        self._presses: Mapping[str, Callable[[Collaborator, int, Mapping[str, Any]], Reply]] = {
            "lead_take": self._take,
            "lead_decline": self._decline,
            "lead_release": self._release,
            "lead_close": self._close,
            "lead_answers": self._answers,
            "lead_open": self._open,
            "lead_visit": self._visit,
            "lead_hand_over": self._hand_over,
            "lead_recall": self._recall,
        }

    def answers(self, choice: Choice) -> bool:
        """Whether *choice* is a collaborator's button."""
        return choice.intent in self._presses or choice.intent in {*lead_desk.STEPS, *_OWN}

    def press(self, channel: str, chat: str, choice: Choice) -> list[Reply]:
        """The effect of a button, and the truth about it."""
        one, lead = self._who(channel, chat), choice.data.get("lead")
        if one is not None and choice.intent in _OWN:
            return [self._about_itself(one, _OWN[choice.intent](self._clock.today()))]
        if one is None or not isinstance(lead, int):
            return [desk.only_collaborators()]
        if choice.intent in self._presses:
            return [self._presses[choice.intent](one, lead, choice.data)]
        return [self._step(one, lead, choice.intent)]

    def heard(self, channel: str, chat: str) -> None:
        """Somebody wrote there: a collaborator who was thought gone can be asked again."""
        one = self._leads.collaborators.of_chat(channel, chat)
        if one is not None and not one.reachable:
            self._leads.collaborators.set_reachable(one.id, reachable=True)

    def type(self, channel: str, chat: str, text: str, reply_to: str | None = None) -> list[Reply] | None:
        """The answer to a collaborator's list, absence, visit or note; None when it is a question like anybody's."""
        one = self._who(channel, chat)
        if one is None:
            return None
        words = read_desk_words(text, self._clock.today())
        if words is None and reply_to is not None:
            lead = self._answered(channel, chat, reply_to)
            words = Note(lead, text.strip()[:LONGEST_NOTE]) if lead is not None and text.strip() else None
        return None if words is None else [self._typed(one, words)]

    def _typed(self, one: Collaborator, words: DeskWords) -> Reply:
        match words:
            case Open(lead):
                return self._open(one, lead, {})
            case Visit(lead, on):
                return self._visit(one, lead, {"day": on.isoformat()})
            case Note(lead, said):
                return lead_desk.noted(self._leads.step(lead, one.id, Event.NOTE, said))
            case _:
                return self._about_itself(one, words)

    def _about_itself(self, one: Collaborator, words: Work | Help | Absence | Back) -> Reply:
        match words:
            case Work():
                return lead_lists.work(agenda(self._leads, one))
            case Help():
                return desk.how_to(one.role)
            case Absence(first, last):
                return self._absent(one, first, last)
            case Back():
                self._leads.collaborators.back(one.id)
                return desk.back()

    def join(self, channel: str, chat: str, invitation: str) -> list[Reply] | None:
        """Links a chat to the collaborator whom the Centre invited with *invitation*; None when it is no invitation.

        What has waited for it elsewhere is listed at once.
        """
        one = self._leads.collaborators.invited(invitation)
        if one is None:
            return None
        self._leads.collaborators.link(one.id, channel, chat)
        waiting = agenda(self._leads, one)
        return [desk.welcome(one), *([lead_lists.work(waiting)] if waiting else [])]

    def tick(self) -> bool:
        """Does what is due by now: reminders, expired offers, escalations; says whether anything happened."""
        return tick(self._leads) != Ticked()

    # --------------------------------------------------------------------------------------------------------------

    def _who(self, channel: str, chat: str) -> Collaborator | None:
        if (channel, chat) == (STAFF_CHANNEL, CENTRE_CHAT):
            return self._leads.collaborators.desk_of_centre()
        return self._leads.collaborators.of_chat(channel, chat)

    def _answered(self, channel: str, chat: str, message: str) -> int | None:
        """The lead that a message of ours was about."""
        subject = self._outbox.subject_of(channel, chat, message) or ""
        kind, _, number = subject.partition(":")
        return int(number) if kind == "lead" else None

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

    def _open(self, one: Collaborator, number: int, _: Mapping[str, Any]) -> Reply:
        if (asked := self._leads.asked_about(number, one)) is not None:
            return leads.render(asked)
        lead = next((work for work in self._leads.work_of(one.id) if work.id == number), None)
        if lead is not None:
            return lead_desk.opened(self._leads.dispatch.card(lead), lead, self._leads.notes(number)[-_NOTES_SHOWN:])
        lead = self._leads.under_way_for_centre(number, one)
        if lead is not None:
            return lead_desk.with_somebody(self._leads.dispatch.card(lead), lead)
        return desk.no_longer_yours()

    def _visit(self, one: Collaborator, lead: int, data: Mapping[str, Any]) -> Reply:
        if "day" not in data:
            return lead_desk.ask_visit_day(lead, self._working_days())
        if data["day"] is None:
            return self._step(one, lead, "lead_visit")
        try:
            result = self._leads.step(lead, one.id, Event.VISIT, visit_on=date.fromisoformat(data["day"]))
        except TransitionRefused:
            return lead_desk.out_of_turn(self._leads.get(lead))
        return lead_desk.visit_noted(result)

    def _working_days(self) -> tuple[date, ...]:
        today, hours = self._clock.today(), self._leads.policy.hours
        coming = (today + timedelta(days=ahead) for ahead in range(4 * _VISIT_DAYS))
        return tuple(day for day in coming if hours.is_working_day(day))[:_VISIT_DAYS]

    def _hand_over(self, one: Collaborator, lead: int, data: Mapping[str, Any]) -> Reply:
        if "to" not in data:
            colleagues = self._leads.colleagues_for(lead, one.id)
            return lead_desk.ask_colleague(lead, colleagues, recall=self._leads.may_recall(lead, one.id))
        to = self._leads.collaborators.get(data["to"])
        return lead_desk.handed_over(self._leads.pass_to(lead, one.id, to.id), to)

    def _recall(self, one: Collaborator, lead: int, _: Mapping[str, Any]) -> Reply:
        return lead_desk.recalled(self._leads.recall(lead, one.id))

    def _absent(self, one: Collaborator, first: date, last: date) -> Reply:
        return desk.absent(first, last, self._leads.absent(one.id, first, last))

    def _step(self, one: Collaborator, lead: int, intent: str) -> Reply:
        event, _, _ = lead_desk.STEPS[intent]
        try:
            return lead_desk.stepped(self._leads.step(lead, one.id, event), intent)
        except TransitionRefused:
            return lead_desk.out_of_turn(self._leads.get(lead))


_OWN: Mapping[str, Callable[[date], Work | Absence | Back]] = {
    lead_lists.ABSENT_TODAY.intent: lambda today: Absence(today, today),
    desk.BACK.intent: lambda _: Back(),
    desk.WORK.intent: lambda _: Work(),
}
"""Buttons about the collaborator itself, and the words that mean the same."""
