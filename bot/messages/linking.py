"""One person on several channels: a code or a link shown on one and given on the other, or one's own confirmed number."""

from __future__ import annotations

import re

from sqlite_utils import Database

from bot.answers.read import read
from bot.clock import Clock
from bot.language import fold, nfc
from bot.leads import LeadBook
from bot.messages import links
from bot.messages.incoming import Kind
from bot.messages.joining import join_persons
from bot.messages.reception import Heard, Served
from bot.outbox import enqueue
from bot.people import People
from bot.people.erasure import RECEIPT_LETTERS
from bot.replies import linking as words
from bot.replies.reply import Reply
from bot.screening.draft import load_draft

_ASKS = frozenset({"ma", "ma noi", "noi kenh", "lay ma", "tiep tuc tren telegram", "tiep tuc tren zalo"})
_CODE = re.compile(rf"ma(?:\s+noi)?\s*[:\s]\s*([{RECEIPT_LETTERS.lower()}]{{{links.CODE_LETTERS}}})")
_LONGEST = 40


class LinkDesk:
    """Answers whatever is about having one conversation on several channels; asks before it joins anything."""

    def __init__(self, clock: Clock, people: People, leads: LeadBook, telegram_name: str | None = None) -> None:
        """*telegram_name* of our own bot, for links that open it; without one there are only codes."""
        self._clock = clock
        self._people = people
        self._leads = leads
        self._telegram_name = telegram_name

    def serve(self, db: Database, heard: Heard) -> Served | None:
        """The answer; None when the message is about something else."""
        message, choice = heard.message, heard.choice
        if message.start and message.start.startswith(links.PREFIX):
            return Served([self._redeem(db, heard, message.start)])
        if choice is not None and choice.intent == words.GET_CODE.intent:
            return Served([self._issue(db, heard)])
        if choice is not None and choice.intent == words.ANSWER:
            return self._answer(db, heard, int(choice.data["link"]), yes=bool(choice.data["yes"]))
        if message.kind is Kind.CONTACT and message.contact is not None and message.contact.own:
            self._offer_by_phone(db, heard, message.contact.phone)
        return self._typed(db, heard) if message.kind is Kind.TEXT and choice is None else None

    def _typed(self, db: Database, heard: Heard) -> Served | None:
        said = fold(heard.message.text[:_LONGEST]).strip()
        # "Mạ" is a trade, and a bare "ma" may be one when a question is open.
        bare = nfc(heard.message.text).strip().lower()
        if said in _ASKS and (said != "ma" or bare == "mã" or (bare == "ma" and heard.question is None)):
            return Served([self._issue(db, heard)])
        typed = _CODE.fullmatch(said)
        return Served([self._redeem(db, heard, typed[1].upper())], keep_words=False) if typed else None

    def _issue(self, db: Database, heard: Heard) -> Reply:
        made = links.issue(db, heard.person, _chat(heard), self._clock.now())
        to_telegram = self._telegram_name is not None and heard.message.channel != "telegram"
        return words.code(
            made.code, f"https://t.me/{self._telegram_name}?start={made.payload}" if to_telegram else None
        )

    def _redeem(self, db: Database, heard: Heard, secret: str) -> Reply:
        here, now = _chat(heard), self._clock.now()
        typed = not secret.startswith(links.PREFIX)
        if typed and links.too_many_guesses(db, here, now):
            return words.too_many()
        link = links.redeem(db, secret, here, now)
        if link is None:
            return words.wrong_code()
        if link.person_id == heard.person:
            links.close(db, link)
            return words.same_already()
        return words.ask(link.id, link.channel)

    def _offer_by_phone(self, db: Database, heard: Heard, phone: str) -> None:
        """Puts the question to who shares its own number, when another channel vouched for that number too."""
        number = read("phone", phone, self._clock.today(), None).value
        if not isinstance(number, str):
            return
        others = [
            one
            for one in self._people.with_phone(number)
            if one != heard.person and self._people.contact(one).phone_own
        ]
        for account in [account for one in others for account in self._people.accounts(one)][:1]:
            (channel, chat), at = _chat(heard), self._clock.now()
            link = links.offer(db, account.person_id, (account.channel, account.chat), (channel, chat), at)
            enqueue(db, now=at, channel=channel, chat=chat, notice=words.ask(link, account.channel, by_phone=True))

    def _answer(self, db: Database, heard: Heard, number: int, *, yes: bool) -> Served:
        now = self._clock.now()
        link = links.taken_up(db, number, _chat(heard), now)
        if link is None:
            return Served([words.too_late()])
        links.close(db, link)
        if not yes:
            return Served([words.left_apart()])
        person = join_persons(db, self._people, self._leads, (link.person_id, heard.person), now)
        enqueue(db, now=now, channel=link.channel, chat=link.chat, notice=words.joined_there(heard.message.channel))
        going_on = bool(load_draft(db, person).facts)
        return Served([words.joined(going_on=going_on)], then=words.RESUME if going_on else None)


def _chat(heard: Heard) -> links.Chat:
    return heard.message.channel, heard.message.chat
