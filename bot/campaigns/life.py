"""The life of a campaign: its states, what can happen to it, and the one table that allows it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.errors import TransitionRefused


class State(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    """Its recipients are frozen and are being written to."""
    PAUSED = "paused"
    FINISHED = "finished"
    """Nobody is left to be written to."""
    CANCELLED = "cancelled"


class Event(StrEnum):
    """What happens to a campaign."""

    EDIT = "edit"
    SCHEDULE = "schedule"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    REMIND = "remind"
    """Somebody asked to be reminded after all others had been written to."""
    CANCEL = "cancel"


TRANSITIONS: Mapping[State, Mapping[Event, State]] = {
    State.DRAFT: {Event.EDIT: State.DRAFT, Event.SCHEDULE: State.SCHEDULED, Event.CANCEL: State.CANCELLED},
    State.SCHEDULED: {Event.EDIT: State.DRAFT, Event.START: State.RUNNING, Event.CANCEL: State.CANCELLED},
    State.RUNNING: {Event.PAUSE: State.PAUSED, Event.FINISH: State.FINISHED, Event.CANCEL: State.CANCELLED},
    State.PAUSED: {Event.RESUME: State.RUNNING, Event.CANCEL: State.CANCELLED},
    State.FINISHED: {Event.REMIND: State.RUNNING},
    State.CANCELLED: {},
}


def advance(state: State, event: Event) -> State:
    """The state after *event*; TransitionRefused when it cannot happen in *state*."""
    try:
        return TRANSITIONS[state][event]
    except KeyError:
        raise TransitionRefused(f"a campaign that is {state} cannot {event}") from None
