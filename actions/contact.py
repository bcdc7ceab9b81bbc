"""Consent, name, phone, and the case on its way to a person; its state; opting out; erasure."""

from __future__ import annotations

from actions.asking import put_again
from actions.explaining import rather_a_question
from actions.turn import BotAction, Turn
from bot.answers.consent import agrees_to_contact_only
from bot.answers.read import read
from bot.campaigns.answers import brought_by
from bot.language import nfc
from bot.leads import NewLead, Passing, Place
from bot.outbox import Outbox
from bot.people import Purpose
from bot.replies import consents, contact, smalltalk
from bot.replies.lead_status import status_choices, status_text
from bot.replies.reply import Choice, Outcome, Reply
from bot.screening.memory import Task

LONGEST_NAME = 80


class PassLead(BotAction):
    """The person wants the case to go to an officer."""

    called = "action_pass_lead"

    def replies(self, turn: Turn) -> list[Reply]:
        """Starts the contact questions."""
        return go_on(turn)


class HandOver(BotAction):
    """A person was asked for."""

    called = "action_hand_over"

    def replies(self, turn: Turn) -> list[Reply]:
        """Promises a call and starts the contact questions."""
        return [contact.handover_offered(), *go_on(turn)]


class TakeContact(BotAction):
    """The answer to a contact question."""

    called = "action_take_contact"

    def replies(self, turn: Turn) -> list[Reply]:
        """Keeps it, then asks the next one or passes the case on."""
        # "Lỡ lộ số điện thoại của tôi thì sao" speaks of a number and gives none.
        if turn.memory.task is not Task.CONTACT and not turn.data and (asked := rather_a_question(turn)):
            return asked
        question = str(turn.data.get("question") or turn.memory.question)
        if "phone" in turn.data:
            question = "phone"
        if question != "consent" and not turn.services.people.has_consent(turn.person, Purpose.CONTACT):
            return go_on(turn)  # nothing personal is kept before there is a yes to it
        take = {"consent": _consent, "name": _name, "phone": _phone, "exact_place": _exact_place}.get(question)
        refusal = take(turn) if take else None
        return refusal if refusal is not None else go_on(turn)


def go_on(turn: Turn) -> list[Reply]:
    """The next contact question, or the case passed on when nothing is missing."""
    question = _next_question(turn)
    if question is not None:
        turn.note(task=Task.CONTACT, question=question, offer=None, misread=0)
        return [contact.ask(question)]
    turn.note(task=Task.NONE, question=None, offer=None, misread=0)
    return [_pass_on(turn)]


def _next_question(turn: Turn) -> str | None:
    people = turn.services.people
    known = people.contact(turn.person)
    if not people.has_consent(turn.person, Purpose.CONTACT):
        return "consent"
    if known.name is None:
        return "name"
    if known.phone is None:
        return "phone"
    place = turn.draft.facts.get("place")
    exact = isinstance(place, dict) and place.get("new_unit")
    return None if exact or "exact_place" in turn.draft.asked else "exact_place"


def _consent(turn: Turn) -> list[Reply] | None:
    only_contact = turn.data.get("only") == "contact" or agrees_to_contact_only(turn.text)
    said = turn.data["value"] if "value" in turn.data else read("yes_no", turn.text, turn.day, None).value
    if said is None and not only_contact:
        return [contact.ask("consent")]
    if said is False and not only_contact:
        turn.note(task=Task.NONE, question=None)
        return [contact.declined()]
    agreed = (consents.CONTACT,) if only_contact else (consents.CONTACT, consents.TRANSCRIPT)
    if not _shown(turn, agreed):
        return [contact.ask("consent")]  # a yes to other words than those of today
    for text in agreed:
        turn.services.people.record_consent(
            turn.person, text.purpose, text_version=text.version, channel=turn.channel, words=text.words
        )
    return None


def _shown(turn: Turn, texts: tuple[consents.ConsentText, ...]) -> bool:
    """Whether these very words stood in the question that is answered: on its button, or in the last one that was put."""
    if "shown" in turn.data:
        return all(turn.data["shown"].get(text.purpose) == text.version for text in texts)
    outbox = Outbox(turn.services.store, turn.services.clock)
    put = [outbox.holding(turn.channel, chat, '"question": "consent"') for chat in turn.chats]
    last = max((asked for asked in put if asked is not None), key=lambda asked: asked.id, default=None)
    return last is not None and all(text.version in last.payload for text in texts)


def _name(turn: Turn) -> list[Reply] | None:
    name = " ".join(nfc(turn.text).split())
    is_a_name = any(letter.isalpha() for letter in name) and len(name) <= LONGEST_NAME
    # "Có" or "không" answers something else; nobody is called so.
    if not is_a_name or read("yes_no", name, turn.day, None).value is not None:
        return [contact.ask("name")]
    turn.services.people.set_name(turn.person, name)
    return None


def _phone(turn: Turn) -> list[Reply] | None:
    shared = turn.data.get("phone")
    answer = read("phone", str(shared or turn.text), turn.day, None)
    if not isinstance(answer.value, str):
        return [contact.bad_phone()]
    own = bool(shared and turn.data.get("own"))
    if shared and not own and not turn.data.get("sure"):
        return [contact.confirm_phone(answer.value)]
    turn.services.people.set_phone(turn.person, answer.value, own=own)
    return None


def _exact_place(turn: Turn) -> list[Reply] | None:
    interview, draft = turn.services.interview, turn.draft.having_asked("exact_place")
    if "value" not in turn.data:
        answer = interview.read("place", turn.text, turn.day)
        place = answer.value or next(iter(answer.candidates), None)
        draft = draft if place is None else interview.answered(draft, "place", place)
    turn.keep(draft)
    return None


def _pass_on(turn: Turn) -> Reply:
    services, draft = turn.services, turn.draft
    results = services.interview.results_as_json(draft, turn.day)
    passed = services.leads.create(
        NewLead(
            person_id=turn.person,
            channel=turn.channel,
            chat=turn.chats[0],
            place=Place.of_fact(draft.facts.get("place")),
            needs=tuple(draft.facts.get("need") or ()),
            facts=dict(draft.facts),
            results=tuple(results),
            transcript_ok=services.people.has_consent(turn.person, Purpose.TRANSCRIPT),
            campaign=brought_by(services.store.db, turn.person, services.clock.now()),
        )
    )
    if passed.how is Passing.TOO_MANY:
        return contact.too_many(passed.lead.number)
    return contact.passed_on(
        passed.lead.number,
        with_centre=passed.lead.state.value == "escalated",
        added=passed.how is not Passing.NEW,
        offer_news=not services.people.has_consent(turn.person, Purpose.CAMPAIGN),
    )


class ShowStatus(BotAction):
    """Where the person's case stands."""

    called = "action_show_status"

    def replies(self, turn: Turn) -> list[Reply]:
        """Read from the case itself."""
        leads = turn.services.leads.leads_of(turn.person)
        if not leads and (asked := rather_a_question(turn)):
            return asked
        if not leads:
            return [contact.nothing_passed_yet(), *put_again(turn)]
        own = leads[0].person_id == turn.person
        choices = (*(status_choices(leads[0]) if own else ()), Choice("Gặp người phụ trách", "handover"))
        return [Reply(status_text(leads[0]), choices, Outcome.COMMAND), *put_again(turn)]


class OptOut(BotAction):
    """No more unasked messages."""

    called = "action_opt_out"

    def replies(self, turn: Turn) -> list[Reply]:
        """Withdraws the consent to campaigns and ends what was being asked."""
        turn.services.people.withdraw_consent(turn.person, Purpose.CAMPAIGN)
        turn.note(task=Task.NONE, question=None, offer=None)
        return [smalltalk.opted_out()]


class EraseData(BotAction):
    """The person wants everything erased."""

    called = "action_erase_data"

    def replies(self, turn: Turn) -> list[Reply]:
        """Asks once; the answer to the offer does it, and so does the same command again."""
        if turn.memory.offer == "erase":
            return [erase_now(turn)]
        turn.note(task=Task.NONE, question=None, offer="erase")
        return [smalltalk.confirm_erasure()]


def erase_now(turn: Turn) -> Reply:
    """Forgets the person everywhere; gives the receipt."""
    receipt = turn.services.people.erase(turn.person, turn.services.erasures)
    turn.forgotten = True
    return smalltalk.erased(receipt.number)
