"""The phone question of passing a case on: whose number it is."""

from types import SimpleNamespace

import pytest

from actions.contact import TakeContact
from actions.turn import Turn
from bot.people import Purpose
from bot.screening.memory import Memory, Task


@pytest.fixture
def asked(office, monkeypatch):
    """A person who agreed, gave a name, and is asked for the phone; gives what a message then comes to."""
    monkeypatch.setattr("actions.contact.go_on", lambda turn: [])
    person = office.people.person_for("telegram", "new")
    office.people.record_consent(person, Purpose.CONTACT, text_version="v1", channel="telegram")

    def send(text="", **data):
        memory = Memory(f"{person}.telegram", Task.CONTACT, "phone")
        services = SimpleNamespace(people=office.people, clock=office.clock)
        turn = Turn(services, person, "telegram", text, data, "answer", (), memory)
        replies = TakeContact(services).replies(turn)
        return replies, office.people.contact(person)

    return send


def test_a_typed_number_and_ones_own_are_kept_at_once(asked):
    assert asked("0903 123 456")[1].phone == "+84903123456"
    assert asked(phone="+84912000111", own=True)[1].phone_own


def test_a_number_that_is_not_the_senders_is_confirmed_first(asked):
    ([question], contact) = asked(phone="0911222333", own=False)
    assert contact.phone is None
    assert "0911 222 333" in question.text

    confirmed = question.choices[0]
    assert asked(**confirmed.data)[1].phone == "+84911222333"
    assert not asked(**confirmed.data)[1].phone_own
