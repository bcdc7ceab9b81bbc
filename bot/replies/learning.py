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


def kept() -> Reply:
    """What is kept, for what, and how long."""
    return Reply(
        "Cảm ơn anh/chị. Câu này, và những câu sau này máy chưa hiểu, được lưu lại để cán bộ dạy cho máy: "
        "bỏ tên, số điện thoại, địa chỉ; xem xong là xóa, lâu nhất là nửa năm.",
        (_STOP,),
        Outcome.COMMAND,
    )


def dropped() -> Reply:
    """The consent is withdrawn and what was kept is gone."""
    return Reply("Đã xóa các câu đã lưu, và từ nay không lưu nữa. Anh/chị vẫn hỏi bình thường.", (), Outcome.COMMAND)
