"""What was not understood goes to the review list, with the person's consent and without what names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from actions.asking import put_again
from actions.turn import BotAction, Turn
from bot.people import Purpose
from bot.replies import learning as words
from bot.replies.reply import Choice, Reply
from bot.review import Reason, Wording, forget_person, keep, redacted
from bot.screening.memory import Task
from nlu.examples import same


def not_understood(
    turn: Turn,
    reason: Reason,
    guesses: Sequence[str] = (),
    *,
    reply: Reply,
    offer: bool = True,
    said: str | None = None,
) -> Reply:
    """*reply* to a sentence that was not understood, which is kept where there is consent to it.

    The sentence is the message, or what was *said* before it. Where there is no consent, *offer* puts a button under the reply with which the person can give it.
    """
    wording = _wording(turn, reason, guesses, said or turn.text)
    if wording is None:
        return reply
    if _keep_if_agreed(turn, wording):
        return replace(reply, choices=tuple(_telling_what_was_meant(choice, wording) for choice in reply.choices))
    return words.with_offer_to_keep(reply, asdict(wording)) if offer else reply


def meant(turn: Turn, topic: str) -> None:
    """A reading that was offered has been chosen: the sentence is kept with what it meant."""
    said = turn.data.get("said")
    if isinstance(said, dict):
        _keep_if_agreed(turn, replace(_from_button(said), reason=Reason.CORRECTED, guesses=(topic,)))


def was_meant(turn: Turn, said: str, topic: str) -> None:
    """What was *said* before had been answered wrongly, and was about *topic*: kept where there is consent to it."""
    wording = _wording(turn, Reason.CORRECTED, (topic,), said)
    if wording is not None:
        _keep_if_agreed(turn, wording)


class KeepWording(BotAction):
    """The person would let the sentence be kept, and those after it."""

    called = "action_keep_wording"

    def replies(self, turn: Turn) -> list[Reply]:
        """Says what that means; after a yes to it, records the consent and keeps the sentence that the button carries."""
        if "agreed" not in turn.data:
            return [words.ask_consent(dict(turn.data))]
        turn.services.people.record_consent(
            turn.person,
            Purpose.LEARNING,
            text_version=words.CONSENT_VERSION,
            channel=turn.channel,
            words=words.ask_consent({}).text,
        )
        _keep(turn, _from_button(turn.data))
        return [words.kept(), *put_again(turn)]


class DropWording(BotAction):
    """The person wants nothing of the kind to be kept, or not any more."""

    called = "action_drop_wording"

    def replies(self, turn: Turn) -> list[Reply]:
        """Withdraws the consent and forgets what is waiting."""
        turn.services.people.withdraw_consent(turn.person, Purpose.LEARNING)
        forgotten = forget_person(turn.services.store.db, turn.person)
        return [words.dropped(anything=forgotten > 0), *put_again(turn)]


def _wording(turn: Turn, reason: Reason, guesses: Sequence[str], said: str) -> Wording | None:
    """The sentence as it may be kept; None for a button, for what is said about oneself, and when nothing is left."""
    if turn.memory.task is Task.CONTACT or not said:
        return None
    name = turn.services.people.contact(turn.person).name
    text = redacted(said, [name] if name else [])
    return Wording(text, same(text), reason, tuple(guesses), turn.memory.question) if text else None


def _keep_if_agreed(turn: Turn, wording: Wording) -> bool:
    """Keeps the sentence where there is consent to it; says whether there is."""
    agreed = turn.services.people.has_consent(turn.person, Purpose.LEARNING)
    if agreed:
        _keep(turn, wording)
    return agreed


def _keep(turn: Turn, wording: Wording) -> None:
    keep(turn.services.store.db, turn.person, wording, turn.services.clock.now())


def _telling_what_was_meant(choice: Choice, wording: Wording) -> Choice:
    """A reading that is offered, so that choosing it says what the sentence meant."""
    return replace(choice, data={**choice.data, "said": asdict(wording)}) if "topic" in choice.data else choice


def _from_button(data: Any) -> Wording:
    return Wording(
        str(data["text"]),
        str(data["same"]),
        Reason(data["reason"]),
        tuple(map(str, data["guesses"])),
        data.get("question"),
    )
