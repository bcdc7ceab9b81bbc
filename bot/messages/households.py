"""What a household presses and types about its own lead; no dialogue engine is needed for that."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from sqlite_utils import Database

from bot.answers.read import read
from bot.answers.said import hear
from bot.answers.unknown import asks
from bot.clock import Clock
from bot.language import fold
from bot.leads import Feedback, Lead, LeadBook, answer_feedback
from bot.messages.desk_words import read_desk_words
from bot.messages.incoming import Kind
from bot.messages.reception import Heard, Served
from bot.replies import lead_news, lead_status
from bot.replies.reply import Choice, Reply

# What is asked for about one's own case is said in few ways; anything else is the dialogue's to read, and a question
# about a new workshop ("cơ sở mới"), another owner or an order of goods is none of them.
_NUMBER = r"(so dien thoai|sdt|so lien he|so goi)"
_NEW_PHONE = re.compile(
    rf".*\b((doi|sua|thay|nham|sai|lon)( lai)?( cai)? {_NUMBER}|{_NUMBER} moi)\b"
    r"|.*\b(?<!co )(?<!ho )so moi\b.*\d(?:[ .-]?\d){8}|.*\b(doi|sua|thay|nham|sai|lon)( lai)? so\b.*\d(?:[ .-]?\d){8}"
    r"|((toi|minh|cho toi) )?(doi|sua|thay|nham|sai)( lai)? so( thanh| la| qua| sang)?( [\d .-]+)?( roi| nha| nhe)?$"
)
_WITHDRAW = re.compile(
    r".*\b((rut|huy)( lai)? (ho so|yeu cau|don(?! hang))"
    r")\b.*|(thoi )?((toi|minh|em|ben em|ben toi) )?(khong|ko|k|hong|thoi) (con )?(can|lam|muon)( ho tro| ho so)? nua\b.*"
)
_WHO = r"(nguoi|can bo|cong tac vien)"
_ANOTHER = re.compile(
    rf".*\b((doi|chuyen)( sang| qua| cho)? {_WHO}( khac| phu trach| lien he|$)"
    rf"|(gap|xin|muon|can|cho (toi|minh))( gap| doi)? {_WHO}( phu trach)? khac)\b.*"
)
_KEEP = re.compile(r"(da |vang )?((toi|minh) )?(van|con) can( ho tro| ho so)?( nha| nhe| a)?$|.*\bmo lai ho so\b.*")
_WORDS = ((_NEW_PHONE, "lead_phone"), (_WITHDRAW, "lead_withdraw"), (_ANOTHER, "lead_another"), (_KEEP, "lead_keep"))
_LONGEST = 80
"""Characters: a longer message tells more than this."""


class HouseholdDesk:
    """The household's side of its own lead: a counter that is asked before the dialogue."""

    def __init__(self, clock: Clock, leads: LeadBook) -> None:
        self._clock = clock
        self._leads = leads
        self._presses: Mapping[str, Callable[[Lead, Mapping[str, Any]], Reply]] = {
            "lead_keep": self._keep,
            "lead_withdraw": self._withdraw,
            "lead_another": self._another,
            "lead_phone": self._phone,
            "lead_feedback": self._feedback,
        }

    def serve(self, db: Database, heard: Heard) -> Served | None:
        """The effect of a button about one's lead, or of a word about it; None for everything else."""
        choice = heard.choice or self._meant(heard)
        if choice is None or choice.intent not in self._presses:
            return None
        number = choice.data.get("lead")
        lead = self._leads.own_lead(number, heard.person) if isinstance(number, int) else None
        if lead is None:
            return Served([lead_status.not_yours()])
        return Served([self._presses[choice.intent](lead, choice.data)], f"lead:{lead.id}")

    def _meant(self, heard: Heard) -> Choice | None:
        """What was typed, as one of the buttons; only while a lead is under way, or to open the last one again."""
        text = heard.message.text
        if heard.message.kind is not Kind.TEXT or len(text) > _LONGEST:
            return None
        # While something is asked, what is typed answers it; a note for the desk is the desk's.
        if heard.question not in (None, "phone") or read_desk_words(text, self._clock.today()):
            return None
        said = fold(text)
        intent = next((intent for pattern, intent in _WORDS if pattern.match(said)), None)
        if intent == "lead_withdraw" and asks(hear(text)):
            return None  # "rút đơn đăng ký nhãn hiệu được không" withdraws nothing
        lead = self._leads.open_lead_of(heard.person) if intent is not None else None
        if lead is None and intent == "lead_keep":
            lead = next(iter(self._leads.leads_of(heard.person)), None)
        return Choice("", str(intent), {"lead": lead.id, "text": text}) if lead is not None else None

    # --------------------------------------------------------------------------------------------------------------

    def _phone(self, lead: Lead, data: Mapping[str, Any]) -> Reply:
        text = str(data.get("text", ""))
        number = read("phone", text, self._clock.today(), None).value
        if not isinstance(number, str):
            return lead_status.phone_not_read() if any(map(str.isdigit, text)) else lead_status.ask_new_phone()
        return lead_status.phone_changed(self._leads.correct_phone(lead.id, number), number)

    def _keep(self, lead: Lead, _: Mapping[str, Any]) -> Reply:
        return lead_status.kept(self._leads.keep(lead.id))

    def _withdraw(self, lead: Lead, data: Mapping[str, Any]) -> Reply:
        if not data.get("sure") and lead.is_open:
            return lead_status.sure_to_withdraw(lead)
        return lead_status.withdrawn(self._leads.withdraw(lead.id))

    def _another(self, lead: Lead, data: Mapping[str, Any]) -> Reply:
        if lead.owner_id is None or not lead.is_open:
            return Reply(lead_status.status_text(lead), lead_status.status_choices(lead))
        if not data.get("sure"):
            return lead_status.sure_to_change(lead)
        return lead_status.changed(self._leads.ask_for_another(lead.id))

    def _feedback(self, lead: Lead, data: Mapping[str, Any]) -> Reply:
        question, yes = Feedback(data["question"]), bool(data["value"])
        if not answer_feedback(self._leads, lead, question, answer=yes):
            return lead_status.not_yours()
        if question is Feedback.CONTACTED:
            return lead_news.ask_feedback(lead.id, Feedback.USEFUL)
        return lead_status.feedback_taken(lead)
