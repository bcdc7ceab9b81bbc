"""The life of a lead: its states, what can happen to it, and the one table that allows it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.errors import TransitionRefused


class State(StrEnum):
    """Where a lead stands."""

    SEEKING = "seeking"
    """Nobody is asked yet; lasts only inside a transaction."""
    OFFERED = "offered"
    """One collaborator is asked, until a time."""
    ESCALATED = "escalated"
    """With the Centre by name: no collaborator could be found, or one did not act."""
    TAKEN = "taken"
    CONTACTED = "contacted"
    WAITING = "waiting"
    """The household has to do or send something; the clock stands still."""
    VISIT = "visit"
    """A visit is agreed or done."""
    DOSSIER = "dossier"
    """The papers are being written."""
    SUBMITTED = "submitted"
    APPROVED = "approved"
    """The authority decided yes."""
    REJECTED = "rejected"
    """The authority decided no."""
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    """The household wants it no more."""
    ERASED = "erased"
    """Nothing personal is left; only counted."""


class Event(StrEnum):
    """What happens to a lead."""

    OFFER = "offer"
    TAKE = "take"
    DECLINE = "decline"
    EXPIRE = "expire"
    """The collaborator asked did not answer in time, or cannot be reached."""
    ESCALATE = "escalate"
    CONTACT = "contact"
    WAIT = "wait"
    VISIT = "visit"
    PREPARE = "prepare"
    SUBMIT = "submit"
    APPROVE = "approve"
    REJECT = "reject"
    CLOSE = "close"
    RELEASE = "release"
    """The owner gives it back, or the household asks for somebody else: routed again."""
    UNDO = "undo"
    """A mis-tap taken back: one step."""
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    ERASE = "erase"
    ADD_NEED = "add_need"
    REMIND = "remind"
    NOTE = "note"


WORKING = frozenset({State.TAKEN, State.CONTACTED, State.WAITING, State.VISIT, State.DOSSIER, State.SUBMITTED})
"""A collaborator owns it and has work to do."""

OPEN = WORKING | {State.SEEKING, State.OFFERED, State.ESCALATED}
"""Somebody must act; a household has at most one such lead."""

_STAY = (Event.ADD_NEED, Event.REMIND, Event.NOTE)
_END: Mapping[Event, State] = {
    Event.CLOSE: State.CLOSED,
    Event.WITHDRAW: State.WITHDRAWN,
    Event.ERASE: State.ERASED,
}
_HAND_ON: Mapping[Event, State] = {
    Event.RELEASE: State.SEEKING,
    Event.OFFER: State.OFFERED,
    Event.ESCALATE: State.ESCALATED,
}
_WORK: Mapping[Event, State] = {
    Event.CONTACT: State.CONTACTED,
    Event.WAIT: State.WAITING,
    Event.VISIT: State.VISIT,
    Event.PREPARE: State.DOSSIER,
    Event.SUBMIT: State.SUBMITTED,
}


def _open(state: State, *more: Mapping[Event, State]) -> Mapping[Event, State]:
    row = dict.fromkeys(_STAY, state) | dict(_END)
    for part in more:
        row |= part
    return row


TRANSITIONS: Mapping[State, Mapping[Event, State]] = {
    State.SEEKING: _open(State.SEEKING, {Event.OFFER: State.OFFERED, Event.ESCALATE: State.ESCALATED}),
    State.OFFERED: _open(
        State.OFFERED,
        {
            Event.TAKE: State.TAKEN,
            Event.DECLINE: State.SEEKING,
            Event.EXPIRE: State.SEEKING,
            Event.RELEASE: State.SEEKING,
            Event.ESCALATE: State.ESCALATED,
        },
    ),
    State.ESCALATED: _open(
        State.ESCALATED, {Event.TAKE: State.TAKEN, Event.OFFER: State.OFFERED, Event.RELEASE: State.SEEKING}
    ),
    State.TAKEN: _open(State.TAKEN, _HAND_ON, _WORK),
    State.CONTACTED: _open(State.CONTACTED, _HAND_ON, _WORK, {Event.UNDO: State.TAKEN}),
    State.WAITING: _open(State.WAITING, _HAND_ON, _WORK, {Event.UNDO: State.CONTACTED}),
    State.VISIT: _open(State.VISIT, _HAND_ON, _WORK, {Event.UNDO: State.CONTACTED}),
    State.DOSSIER: _open(State.DOSSIER, _HAND_ON, _WORK, {Event.UNDO: State.CONTACTED}),
    State.SUBMITTED: _open(
        State.SUBMITTED,
        _HAND_ON,
        {
            # The authority may send the papers back, or want to see the workshop.
            Event.PREPARE: State.DOSSIER,
            Event.WAIT: State.WAITING,
            Event.VISIT: State.VISIT,
            Event.APPROVE: State.APPROVED,
            Event.REJECT: State.REJECTED,
            Event.UNDO: State.DOSSIER,
        },
    ),
    State.APPROVED: {
        Event.NOTE: State.APPROVED,
        Event.CLOSE: State.CLOSED,
        Event.UNDO: State.SUBMITTED,
        Event.ERASE: State.ERASED,
    },
    State.REJECTED: {
        Event.NOTE: State.REJECTED,
        Event.CLOSE: State.CLOSED,
        Event.PREPARE: State.DOSSIER,
        Event.UNDO: State.SUBMITTED,
        Event.ERASE: State.ERASED,
    },
    State.CLOSED: {
        Event.NOTE: State.CLOSED,
        Event.REOPEN: State.SEEKING,
        Event.UNDO: State.CONTACTED,
        Event.ERASE: State.ERASED,
    },
    State.WITHDRAWN: {Event.NOTE: State.WITHDRAWN, Event.REOPEN: State.SEEKING, Event.ERASE: State.ERASED},
    State.ERASED: {},
}


def advance(state: State, event: Event) -> State:
    """The state after *event*; TransitionRefused when the table does not allow it."""
    try:
        return TRANSITIONS[state][event]
    except KeyError:
        raise TransitionRefused(f"a lead that is {state} cannot {event}") from None
