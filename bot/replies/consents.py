"""What a person agrees to: the exact words of each consent with their version, and how they stand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.clock import VIETNAM
from bot.people import Consent, Purpose
from bot.replies.linking import GET_CODE
from bot.replies.money import day
from bot.replies.reply import Choice, Outcome, Reply

_EDITION = "2026-11"
_MONTH = re.compile(r"(\d{4})-(\d{2})\b")
WITHDRAW = "consent_withdraw"


@dataclass(frozen=True, slots=True)
class ConsentText:
    """The words that are shown, and agreed to."""

    purpose: Purpose
    words: str

    @property
    def version(self) -> str:
        """Changes with every letter of the words, so that a record always names exactly what was shown."""
        return f"{_EDITION}/{hashlib.sha256(self.words.encode()).hexdigest()[:8]}"


CONTACT = ConsentText(
    Purpose.CONTACT,
    "Gửi cho cộng tác viên khuyến công nơi đặt xưởng và Trung tâm: tên, số điện thoại, tóm tắt nhu cầu; "
    "chỉ để liên hệ về việc này.",
)
TRANSCRIPT = ConsentText(
    Purpose.TRANSCRIPT, "Cho họ xem thêm các câu anh/chị đã trả lời và cuộc trò chuyện ở đây, để khỏi hỏi lại."
)


def ask() -> Reply:
    """Both consents, each to be given on its own."""
    versions = {"contact": CONTACT.version, "transcript": TRANSCRIPT.version}
    return Reply(
        "Muốn cán bộ gọi lại thì cần anh/chị đồng ý điều 1; điều 2 tùy anh/chị.\n"
        f"1. {CONTACT.words}\n2. {TRANSCRIPT.words}\n"
        "Xem lại hay rút lại lúc nào cũng được, nhắn “quyền của tôi”.\nAnh/chị đồng ý cả hai, chỉ điều 1, hay không?",
        (
            Choice("Đồng ý", "answer", {"question": "consent", "value": True, "shown": versions}),
            Choice(
                "Chỉ điều 1", "answer", {"question": "consent", "value": True, "only": "contact", "shown": versions}
            ),
            Choice("Không", "answer", {"question": "consent", "value": False}),
        ),
        Outcome.SCREENING,
        question="consent",
    )


_NAMES = {
    Purpose.CONTACT: "Cán bộ liên hệ",
    Purpose.TRANSCRIPT: "Cán bộ xem câu trả lời, cuộc trò chuyện",
    Purpose.CAMPAIGN: "Nhận tin về hỗ trợ",
    Purpose.LEARNING: "Giữ câu chưa hiểu để máy học",
}
_WITHDRAWALS = {
    Purpose.CONTACT: "Rút: cán bộ liên hệ",
    Purpose.TRANSCRIPT: "Rút: xem câu trả lời",
    Purpose.CAMPAIGN: "Rút: nhận tin hỗ trợ",
    Purpose.LEARNING: "Rút: giữ câu chưa hiểu",
}
"""Short enough for a button."""


def overview(consents: Iterable[Consent]) -> Reply:
    """Everything agreed to, when and to which words, and what can be done about it."""
    given = tuple(consents)
    standing = [consent for consent in given if consent.withdrawn_at is None]
    lines = [_line(consent) for consent in given]
    return Reply(
        "\n".join(["**Những điều anh/chị đã đồng ý**", *(lines or ["Chưa đồng ý điều nào."])])
        + f"\n{'Anh/chị rút từng điều được, hoặc xóa hết. ' if standing else ''}Muốn nhận bản ghi mọi điều Khuyến công đang giữ về mình thì nhắn “gặp người”, Trung tâm sẽ gửi.",
        (
            *(Choice(_WITHDRAWALS[one.purpose], WITHDRAW, {"purpose": one.purpose.value}) for one in standing),
            GET_CODE,
            Choice("Xóa dữ liệu của tôi", "erase_data"),
        ),
        Outcome.COMMAND,
    )


def _line(consent: Consent) -> str:
    given = day(consent.given_at.astimezone(VIETNAM).date())
    said = f"{_NAMES[consent.purpose]}: đồng ý ngày {given}{_wording(consent.text_version)}"
    if consent.withdrawn_at is None:
        return f"✅ {said}"
    return f"❌ {said}, đã rút ngày {day(consent.withdrawn_at.astimezone(VIETNAM).date())}"


def _wording(version: str) -> str:
    """From when the words are that were agreed to; nothing of a version that does not say so."""
    year_and_month = _MONTH.match(version)
    return f" theo bản tháng {int(year_and_month[2])}/{year_and_month[1]}" if year_and_month else ""


_EFFECTS = {
    Purpose.CONTACT: "Cán bộ không liên hệ nữa; hồ sơ đang chờ cũng được rút.",
    Purpose.TRANSCRIPT: "Cán bộ không mở được các câu trả lời và cuộc trò chuyện nữa.",
    Purpose.CAMPAIGN: "Không gửi tin giới thiệu nữa.",
    Purpose.LEARNING: "Câu mới không được giữ lại nữa.",
}


def withdrawn(purpose: Purpose) -> Reply:
    """One consent less, and what that means from now on."""
    return Reply(f"Đã rút: {_NAMES[purpose]}. {_EFFECTS[purpose]}", (), Outcome.COMMAND)
