import ast
import itertools
import re
from pathlib import Path

import pytest

import bot
from bot.errors import TransitionRefused
from bot.leads import OPEN, TRANSITIONS, WORKING, Event, State, advance

ALL_PAIRS = list(itertools.product(State, Event))


@pytest.mark.parametrize(("state", "event"), ALL_PAIRS, ids=lambda value: value.value)
def test_the_table_alone_decides(state, event):
    expected = TRANSITIONS[state].get(event)
    if expected is None:
        with pytest.raises(TransitionRefused, match=f"{state} cannot {event}"):
            advance(state, event)
    else:
        assert expected is advance(state, event)


def test_every_state_has_a_row_and_can_be_reached():
    assert set(TRANSITIONS) == set(State)
    reached = {State.SEEKING}
    while new := {to for state in reached for to in TRANSITIONS[state].values()} - reached:
        reached |= new
    assert reached == set(State)


def test_every_event_is_used():
    assert {event for row in TRANSITIONS.values() for event in row} == set(Event)


@pytest.mark.parametrize("state", sorted(set(State) - {State.ERASED}))
def test_whatever_the_state_the_household_can_be_erased(state):
    assert advance(state, Event.ERASE) is State.ERASED


@pytest.mark.parametrize("state", sorted(OPEN))
def test_an_open_lead_can_be_withdrawn_closed_and_added_to(state):
    assert advance(state, Event.WITHDRAW) is State.WITHDRAWN
    assert advance(state, Event.CLOSE) is State.CLOSED
    assert advance(state, Event.ADD_NEED) is state


@pytest.mark.parametrize("state", sorted(WORKING))
def test_work_can_always_be_given_back_or_passed_to_the_centre(state):
    assert advance(state, Event.RELEASE) is State.SEEKING
    assert advance(state, Event.ESCALATE) is State.ESCALATED


def test_nothing_happens_to_an_erased_lead():
    assert TRANSITIONS[State.ERASED] == {}


@pytest.mark.parametrize("state", sorted(set(State) - {State.OFFERED, State.ESCALATED}))
def test_only_an_offered_or_escalated_lead_can_be_taken(state):
    with pytest.raises(TransitionRefused):
        advance(state, Event.TAKE)


@pytest.mark.parametrize(
    ("state", "back"),
    [
        (State.CONTACTED, State.TAKEN),
        (State.SUBMITTED, State.DOSSIER),
        (State.APPROVED, State.SUBMITTED),
        (State.REJECTED, State.SUBMITTED),
        (State.CLOSED, State.CONTACTED),
    ],
)
def test_a_mis_tap_can_be_taken_back(state, back):
    assert advance(state, Event.UNDO) is back


def test_one_module_alone_writes_the_state_of_a_lead():
    code = Path(bot.__file__).parent
    writers = set()
    for path in code.rglob("*.py"):
        texts = (node.value for node in ast.walk(ast.parse(path.read_text("utf8"))) if isinstance(node, ast.Constant))
        if any(isinstance(text, str) and _WRITES_LEADS.search(text) for text in texts):
            writers.add(str(path.relative_to(code)))

    assert writers == {"leads/rows.py"}


_WRITES_LEADS = re.compile(
    r"\b(INSERT (OR \w+ )?INTO|REPLACE INTO) leads\b|\bUPDATE leads SET\s+($|[^W]*\bstate\b)|\bDELETE FROM leads\b"
)
"""Makes or removes leads, or sets their state, or columns that are put together elsewhere."""
