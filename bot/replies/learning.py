"""Keeping a sentence that was not understood: the offer, what was done, and that it can be undone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.replies.reply import Choice, Outcome, Reply

CONSENT_VERSION = "2026-11"
"""Kept with each consent; changes whenever the words below do."""
_STOP = Choice("Đừng lưu nữa", "drop_wording")


def with_offer_to_keep(reply: Reply, wording: dict[str, Any]) -> Reply:
    """*reply* with one more button, which carries the redacted *wording* until it is pressed."""
    return replace(reply, choices=(*reply.choices, Choice("Lưu câu này để máy học", "keep_wording", wording)))


def ask_consent(wording: dict[str, Any]) -> Reply:
    """What would be kept, for what, and how long, before there is a yes."""
    return Reply(
        "Anh/chị đồng ý thì câu này, và những câu sau này Khuyến công chưa hiểu, sẽ được giữ lại để cán bộ dạy cho máy trả lời.\n"
        "Tên, số điện thoại, địa chỉ được bỏ ra trước khi lưu. Xem xong là xóa, chậm nhất là nửa năm. Đổi ý lúc nào cũng được.",
        (Choice("Đồng ý lưu", "keep_wording", {**wording, "agreed": True}), Choice("Thôi, đừng lưu", "drop_wording")),
        Outcome.COMMAND,
    )


def kept() -> Reply:
    """The yes is noted and the sentence kept."""
    return Reply("Đã lưu, cảm ơn anh/chị. Đổi ý thì bấm nút dưới đây.", (_STOP,), Outcome.COMMAND)


def dropped(*, anything: bool) -> Reply:
    """Nothing is kept from now on; and what was kept, if there was *anything*, is gone."""
    gone = "Đã xóa các câu đã lưu, và từ nay không lưu nữa." if anything else "Vâng, không lưu gì cả."
    return Reply(f"{gone} Anh/chị vẫn hỏi bình thường.", (), Outcome.COMMAND)
