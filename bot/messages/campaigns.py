"""Campaigns in a conversation: their buttons, links and wishes about messages, and hearing what people answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlite_utils import Database

from bot.campaigns import answers
from bot.campaigns.answers import How
from bot.campaigns.book import CampaignBook, UnknownCampaign
from bot.campaigns.dispatch import CampaignDispatch
from bot.campaigns.life import State
from bot.campaigns.links import Link, read_link
from bot.campaigns.manners import is_late
from bot.campaigns.message import message_for
from bot.campaigns.wishes import Wanted, Wish, read_wish
from bot.clock import VIETNAM
from bot.errors import ContentError
from bot.messages.desk_words import read_desk_words
from bot.messages.incoming import Kind, conversation_of
from bot.messages.reception import Heard, Served
from bot.people import People, Purpose
from bot.replies import campaign as words
from bot.replies import smalltalk
from bot.replies.reply import Choice, Reply
from bot.screening.memory import recall

REMIND_AT = time(9)
_HEARD = {"start_screening": How.CHECK, "ask_policy": How.CONDITIONS}


class CampaignCounter:
    """Answers what concerns campaigns and hears the rest; a `reception.Counter`."""

    def __init__(self, people: People, book: CampaignBook, dispatch: CampaignDispatch) -> None:
        self._people, self._book, self._dispatch = people, book, dispatch
        self._store, self._clock = book.store, book.clock
        self._presses: Mapping[str, Callable[[str, str, Mapping[str, Any]], Reply]] = {
            "campaign_later": self._later,
            "campaign_stop": self._stop,
            "campaign_stop_topic": self._stop_topic,
            "campaign_all": self._want_all,
            "campaign_join": lambda *_: words.ask_consent(),
            "campaign_consent": self._consent,
        }

    def serve(self, db: Database, heard: Heard) -> Served | None:
        """The answer to a campaign's button, a link or a wish about messages; everything else is only noted."""
        message, person, choice = heard.message, heard.person, heard.choice
        if choice is not None and choice.data.get("trial") and (shown := words.tried(choice.intent)) is not None:
            return Served([shown])
        if choice is not None and choice.intent in self._presses:
            return Served([self._presses[choice.intent](person, message.channel, choice.data)])
        typed = message.text if message.kind is Kind.TEXT else ""
        link = read_link(message.start or typed)
        if link is not None:
            welcome = self._welcome(db, person, link)
            if welcome is not None or typed:
                return Served([welcome or words.link_over()])
        # While a question is open, "thôi" and "không nhận gì hết" answer it; what else may be meant, the dialogue reads.
        memory = recall(db, conversation_of(person, message.channel))
        asked = memory.question is not None
        key = answers.in_reply_to(db, person, self._clock.now())
        # A collaborator's note, and the answer to a card, are for the desk.
        for_desk = message.reply_to is not None or read_desk_words(typed, self._clock.today()) is not None
        wish = None
        if typed and not asked and not for_desk:
            ours = key is not None and memory.offer is None
            first = ours and not answers.has_answered(db, person, str(key))
            wish = read_wish(typed, after_ours=ours, first=first)
        if wish is not None:
            return Served([self._take(person, message.channel, wish, key)])
        self._note(db, person, choice, key if message.kind is Kind.TEXT and not asked else None)
        return None

    def _note(self, db: Database, person: str, choice: Choice | None, key: str | None) -> None:
        """Keeps that a campaign was answered by something that others answer."""
        how = How.REPLY
        if choice is not None:
            how, key = _HEARD.get(choice.intent, How.REPLY), choice.data.get("campaign")
        if key and not (how is How.REPLY and answers.has_replied(db, person, key)):
            answers.record(db, person, key, how, self._clock.now())

    # -- buttons ---------------------------------------------------------------------------------------------------

    def _later(self, person: str, _: str, data: Mapping[str, Any]) -> Reply:
        key, days = str(data.get("campaign")), data.get("days")
        if not isinstance(days, int):
            self._record(person, key, How.LATER)
            return words.ask_when(key)
        at = datetime.combine(self._clock.today() + timedelta(days=days), REMIND_AT, VIETNAM)
        kept = self._book.get(key)
        if is_late(kept.campaign.valid_until, at):
            return words.nothing_to_remind()
        return words.will_remind(at.date()) if self._dispatch.remind(key, person, at) else words.nothing_to_remind()

    def _stop(self, person: str, _: str, data: Mapping[str, Any]) -> Reply:
        if key := data.get("campaign"):
            self._record(person, str(key), How.STOP)
        self._people.withdraw_consent(person, Purpose.CAMPAIGN)
        return smalltalk.opted_out()

    def _stop_topic(self, person: str, _: str, data: Mapping[str, Any]) -> Reply:
        if key := data.get("campaign"):
            self._record(person, str(key), How.STOP_TOPIC)
        return self._unwanted(person, (str(data.get("topic")),))

    def _want_all(self, person: str, channel: str, _: Mapping[str, Any]) -> Reply:
        with self._store.transaction() as db:
            answers.forget_wishes(db, person)
        if not self._people.has_consent(person, Purpose.CAMPAIGN):
            return words.ask_consent()
        return words.all_topics()

    def _consent(self, person: str, channel: str, data: Mapping[str, Any]) -> Reply:
        if data.get("value") is not True:
            self._people.withdraw_consent(person, Purpose.CAMPAIGN)
            return words.not_agreed()
        text = words.CONSENT
        if data.get("shown") != text.version:
            return words.ask_consent()  # an old button, under other words
        self._people.record_consent(person, text.purpose, text_version=text.version, channel=channel, words=text.words)
        return words.agreed()

    # -- wishes ----------------------------------------------------------------------------------------------------

    def _take(self, person: str, channel: str, wish: Wish, key: str | None) -> Reply:
        if wish.wanted is Wanted.NOTHING:
            return self._stop(person, channel, {"campaign": key})
        if wish.wanted is Wanted.ALL:
            return self._want_all(person, channel, {})
        if wish.wanted is Wanted.NOT:
            if key is not None:
                self._record(person, key, How.STOP_TOPIC)
            return self._unwanted(person, wish.topics)
        with self._store.transaction() as db:
            answers.forget_wishes(db, person)
            for topic in wish.topics:
                answers.wish(db, person, topic, wanted=True, at=self._clock.now())
        if not self._people.has_consent(person, Purpose.CAMPAIGN):
            return words.ask_consent()
        return words.only_topics(self._names(wish.topics))

    def _unwanted(self, person: str, topics: Sequence[str]) -> Reply:
        with self._store.transaction() as db:
            for topic in topics:
                answers.wish(db, person, topic, wanted=False, at=self._clock.now())
        return words.stopped_topics(self._names(topics))

    def _names(self, topics: Sequence[str]) -> list[str]:
        return [words.topic_name(topic, self._book.programmes) for topic in topics]

    # -- links -----------------------------------------------------------------------------------------------------

    def _welcome(self, db: Database, person: str, link: Link) -> Reply | None:
        try:
            kept = self._book.get(link.key)
        except (UnknownCampaign, ContentError):
            return None
        if kept.campaign.blanks:
            return None  # still being written: no poster of it hangs anywhere
        answers.record(db, person, link.key, How.LINK, self._clock.now(), place=link.place)
        if kept.state is State.CANCELLED or is_late(kept.campaign.valid_until, self._clock.now()):
            return words.link_over()
        message = message_for(kept.campaign, self._clock.today(), name=self._people.contact(person).name)
        return words.welcome(message, may_ask_consent=not self._people.has_consent(person, Purpose.CAMPAIGN))

    def _record(self, person: str, key: str, how: How) -> None:
        with self._store.transaction() as db:
            answers.record(db, person, key, how, self._clock.now())
