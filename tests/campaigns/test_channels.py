"""What a channel allows: a window after the person wrote, a quota of the month, and telling what arrived."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.campaigns.report import report
from bot.outbox.outcomes import mark_delivered
from bot.replies.campaign_desk import render_preview
from bot.replies.campaign_report import render_report
from bot.replies.campaign_words import reason_text
from bot.screening.memory import Memory, remember
from tests.campaigns.centre import Centre
from tests.messages.office import ScriptedCarrier


def wrote(centre: Centre, person: str, channel: str, *, hours_ago: int) -> None:
    with centre.store.transaction() as db:
        remember(db, Memory(f"{person}.{channel}"), centre.clock.now() - timedelta(hours=hours_ago))


def terms(centre: Centre, channel: str, **other: Any) -> None:
    centre.book.terms = {**centre.book.terms, channel: replace(centre.book.terms[channel], **other)}


@pytest.fixture
def on_zalo(centre: Centre) -> Centre:
    """Three people with the Official Account: one wrote today, one last week but on Telegram today, one never."""
    centre.carrier = centre.sender._carriers["zalo_oa"] = ScriptedCarrier(name="zalo_oa")
    today, last_week, _ = (centre.person(chat, channel="zalo_oa") for chat in ("today", "last week", "never"))
    wrote(centre, today, "zalo_oa", hours_ago=5)
    wrote(centre, last_week, "zalo_oa", hours_ago=7 * 24)
    wrote(centre, last_week, "telegram", hours_ago=1)
    return centre


async def test_beyond_the_window_nothing_is_sent_and_the_preview_says_so_before(on_zalo: Centre) -> None:
    on_zalo.draft()
    preview = on_zalo.book.preview("fair")
    on_zalo.book.schedule("fair")

    await on_zalo.work(rounds=6)

    assert (preview.reachable, preview.closed, preview.cost_vnd) == (3, 2, None)
    said = render_preview(preview, on_zalo.book.programmes)
    assert "2 người trong đó nhắn lần cuối đã lâu" in said
    assert "chưa rõ giá của một kênh, hỏi kênh trước khi gửi" in said
    assert on_zalo.heard() == ["today"]
    assert dict(report(on_zalo.book, on_zalo.assessor, "fair").failures) == {"window_closed": 2}


def test_a_price_that_was_asked_for_is_counted_before_the_start(on_zalo: Centre) -> None:
    terms(on_zalo, "zalo_oa", cost_vnd=55)
    on_zalo.draft()

    preview = on_zalo.book.preview("fair")

    assert preview.cost_vnd == 165
    assert "Chi phí: khoảng 165 đồng." in render_preview(preview, on_zalo.book.programmes)


async def test_what_the_quota_of_the_month_does_not_hold_waits_for_the_next(centre: Centre) -> None:
    terms(centre, "telegram", month_quota=10)
    for number in range(12):
        centre.person(str(number))
    centre.draft()
    preview = centre.book.preview("fair")
    centre.book.schedule("fair")

    await centre.work(rounds=5)
    in_november = len(centre.heard())
    await centre.work(rounds=5, by=timedelta(days=1))

    # 80 % of ten: the rest of the quota is for conversations. The 1st of December is the next day.
    assert (preview.beyond_quota, in_november, len(centre.heard())) == ({"telegram": 4}, 8, 12)
    assert "4 tin phải chờ sang tháng sau" in render_preview(preview, centre.book.programmes)


def test_what_waits_to_be_sent_is_counted_against_the_month(centre: Centre) -> None:
    terms(centre, "telegram", month_quota=10)
    for number in range(12):
        centre.person(str(number))
    centre.draft()
    centre.book.schedule("fair")

    for _ in range(6):  # the sender is away: nothing is sent
        centre.dispatch.round()
        centre.clock.turn(timedelta(seconds=30))

    [(queued,)] = centre.store.db.conn.execute(
        "SELECT count(*) FROM campaign_recipients WHERE state = 'queued'"
    ).fetchall()
    assert queued == 8


async def test_what_arrived_is_counted_where_the_channel_tells(on_zalo: Centre) -> None:
    on_zalo.scheduled()
    await on_zalo.work(rounds=6)
    before = render_report(report(on_zalo.book, on_zalo.assessor, "fair"))

    with on_zalo.store.transaction() as db:
        [(external,)] = db.conn.execute("SELECT external_id FROM outbox WHERE state = 'sent'").fetchall()
        marked = mark_delivered(db, "zalo_oa", "today", [external, "another"], on_zalo.clock.now())
    after = render_report(report(on_zalo.book, on_zalo.assessor, "fair"))

    assert marked == 1
    assert "Đã tới máy: 0 trong 1 tin mà kênh cho biết" in before
    assert "Đã tới máy: 1 trong 1 tin mà kênh cho biết" in after


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("Forbidden: bot was blocked by the user", "đã chặn bot"),
        ("Forbidden: user is deactivated", "tài khoản không còn dùng"),
        ("Bad Request: chat not found", "không tìm thấy chỗ nhắn"),
        ("zalo quota used up", "hết hạn mức tin của kênh"),
        ("left", "đã rời kênh"),
        ("interrupted", "đứt giữa chừng, không rõ đã tới chưa"),
        ("Zalo OA -999", "kênh báo lỗi: Zalo OA -999"),
    ],
)
def test_why_a_message_did_not_arrive_is_said_in_vietnamese(reason: str, said: str) -> None:
    assert reason_text(reason) == said
