"""A campaign from its start to its end: who gets it, who does not, and what stops it."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from bot.campaigns.life import State
from bot.campaigns.message import CampaignMessage
from bot.campaigns.recipients import Stage
from bot.documents.render import rendered
from bot.errors import RetryLater, TransitionRefused, Unreachable
from bot.outbox import typed
from bot.people import Purpose
from bot.replies.campaign import render
from bot.replies.campaign_desk import render_message
from bot.screening.kept import last_words_of
from bot.screening.memory import Memory, recall, remember
from tests.campaigns.centre import Centre


async def test_everybody_who_agreed_gets_it_once_and_nobody_else(centre: Centre) -> None:
    agreed = [centre.person(str(number)) for number in range(1, 4)]
    centre.person("9", agreed=False)
    centre.scheduled()

    await centre.work(rounds=4)

    assert sorted(centre.heard()) == ["1", "2", "3"]
    assert {Stage.SENT} == {centre.of(person).stage for person in agreed}
    assert centre.book.get("fair").state is State.FINISHED


async def test_the_message_says_name_place_and_day(centre: Centre) -> None:
    person = centre.person("1")
    centre.people.set_name(person, "Hoa")
    centre.scheduled()

    await centre.work(rounds=3)

    ((_, text),) = centre.carrier.taken
    assert text == "Anh/chị Hoa ơi, hội chợ bắt đầu ngày 12/03/2027, xưởng ở xã Phú Giáo có thể thuộc nhóm được hỗ trợ."
    assert [button.title for button in centre.carrier.shown[0]] == [
        "Kiểm tra xem tôi có được không",
        "Nhắc tôi sau",
        "Không nhận nữa",
    ]


async def test_a_picture_goes_along_though_the_clerks_own_copy_is_gone(centre: Centre) -> None:
    centre.person("1")
    picture = centre.path.with_name("to-roi.png")
    picture.write_bytes(b"\x89PNG")
    kept = centre.draft("attachment: to-roi.png\n")
    picture.unlink()
    centre.book.schedule("fair")

    await centre.work(rounds=3)

    [(payload,)] = centre.store.db.conn.execute("SELECT payload FROM outbox WHERE kind = 'campaign_message'").fetchall()
    sent = typed(CampaignMessage, json.loads(payload))
    document = render(sent).document
    assert centre.heard() == ["1"]
    assert "(kèm tệp to-roi.png)" in render_message(kept.campaign, centre.clock.today())
    assert document is not None
    assert rendered(document) == b"\x89PNG"


async def test_who_agrees_after_the_start_is_not_in_it(centre: Centre) -> None:
    centre.person("1")
    centre.scheduled()
    await centre.work(rounds=1)
    centre.person("2")

    await centre.work(rounds=3)

    assert centre.heard() == ["1"]


async def test_who_opts_out_during_the_run_gets_nothing_even_from_the_outbox(centre: Centre) -> None:
    person = centre.person("1")
    centre.scheduled()
    centre.dispatch.round()
    centre.clock.turn(timedelta(seconds=1))
    assert centre.dispatch.round().queued == 1

    centre.people.withdraw_consent(person, Purpose.CAMPAIGN)
    await centre.work(rounds=2)

    assert centre.heard() == []
    assert (centre.of(person).stage, centre.of(person).reason) == (Stage.SKIPPED, "no_consent")


async def test_nothing_goes_at_night_though_it_was_queued_by_day(centre: Centre) -> None:
    centre.person("1")
    centre.scheduled()
    centre.dispatch.round()
    centre.clock.turn(timedelta(seconds=1))
    centre.dispatch.round()

    centre.clock.turn(timedelta(hours=12))  # 21:00
    await centre.work(rounds=2)
    at_night = centre.heard()
    centre.clock.turn(timedelta(hours=11))  # 8:00
    await centre.work(rounds=3)

    assert (at_night, centre.heard()) == ([], ["1"])


async def test_a_pause_holds_and_a_resume_goes_on(centre: Centre) -> None:
    for number in range(40):
        centre.person(str(number))
    centre.scheduled()
    await centre.work(rounds=2)
    before = len(centre.heard())
    centre.dispatch.round()

    centre.book.pause("fair")
    await centre.work(rounds=3)
    paused = len(centre.heard())
    centre.book.resume("fair")
    await centre.work(rounds=4)

    assert 0 < before < 40
    assert before == paused
    assert sorted(map(str, range(40))) == sorted(centre.heard())


async def test_a_cancelled_one_reaches_nobody_more(centre: Centre) -> None:
    for number in range(40):
        centre.person(str(number))
    centre.scheduled()
    await centre.work(rounds=2)
    before = len(centre.heard())

    centre.book.cancel("fair")
    await centre.work(rounds=3)

    assert before == len(centre.heard())
    with pytest.raises(TransitionRefused):
        centre.book.resume("fair")


async def test_at_most_one_campaign_a_week_reaches_a_person(centre: Centre) -> None:
    centre.person("1")
    centre.scheduled(key="fair")
    await centre.work(rounds=3)
    centre.scheduled(key="next")

    await centre.work(rounds=3)
    at_once = len(centre.heard())
    await centre.work(rounds=9, by=timedelta(days=1))

    assert (at_once, len(centre.heard())) == (1, 2)


async def test_two_campaigns_at_the_same_time_do_not_both_reach_a_person(centre: Centre) -> None:
    centre.person("1")
    centre.scheduled(key="fair")
    centre.scheduled(key="next")

    await centre.work(rounds=5)

    assert centre.heard() == ["1"]


async def test_a_message_that_is_out_of_date_is_not_sent(centre: Centre) -> None:
    person = centre.person("1")
    centre.scheduled("valid_until: 2026-11-30\n")
    centre.dispatch.round()

    centre.clock.turn(timedelta(days=1))
    await centre.work(rounds=3)

    assert (centre.of(person).stage, centre.of(person).reason, centre.heard()) == (Stage.SKIPPED, "late", [])


async def test_who_blocked_us_stands_in_the_report_and_gets_nothing_when_back(centre: Centre) -> None:
    person = centre.person("1")
    centre.carrier.trouble = {}
    centre.carrier.send = _blocked  # type: ignore[method-assign]
    centre.scheduled()
    await centre.work(rounds=4)

    one = centre.of(person)
    with centre.store.transaction():
        released = centre.outbox.release_chat("telegram", "1", centre.clock.now() - timedelta(days=3))

    assert (one.stage, one.reason, released) == (Stage.FAILED, "blocked", 0)


async def _blocked(*_: object) -> str:
    raise Unreachable("blocked")


async def test_a_message_that_may_have_arrived_is_not_sent_twice(centre: Centre) -> None:
    person = centre.person("1")
    centre.carrier.send = _cut  # type: ignore[method-assign]
    centre.scheduled()

    await centre.work(rounds=4)

    assert (centre.of(person).stage, centre.of(person).reason) == (Stage.UNCERTAIN, "interrupted")


async def _cut(*_: object) -> str:
    raise RetryLater(1, "the line broke", maybe_sent=True)


async def test_a_reply_is_understood_to_be_about_the_campaign(centre: Centre) -> None:
    person = centre.person("1")
    centre.scheduled()

    await centre.work(rounds=4)

    assert recall(centre.store.db, f"{person}.telegram").topic == "fair_domestic"


async def test_a_message_of_ours_is_no_word_of_the_person_and_ends_what_was_offered_before(centre: Centre) -> None:
    person = centre.person("1")
    spoke, conversation = centre.clock.now() - timedelta(days=40), f"{person}.telegram"
    with centre.store.transaction() as db:
        remember(db, Memory(conversation, offer="handover", said="mua máy được bao nhiêu"), spoke)
    centre.scheduled()

    await centre.work(rounds=4)

    assert last_words_of(centre.store.db, person, "telegram") == spoke
    kept = recall(centre.store.db, conversation)
    assert (kept.offer, kept.said) == (None, None)


async def test_a_second_process_does_not_feed(centre: Centre) -> None:
    other = Centre(centre.path, centre.clock)
    for number in range(10):
        centre.person(str(number))
    centre.scheduled()
    await centre.work(rounds=1)

    assert not other.dispatch.round().anything
    other.store.close()


async def test_another_process_goes_on_when_the_first_is_gone(centre: Centre) -> None:
    for number in range(60):
        centre.person(str(number))
    centre.scheduled()
    await centre.work(rounds=2)
    other = Centre(centre.path, centre.clock)

    await other.work(rounds=25)

    assert sorted(map(str, range(60))) == sorted(centre.heard() + other.heard())
    other.store.close()


def test_a_campaign_can_be_started_only_once(centre: Centre) -> None:
    centre.person("1")
    centre.scheduled()
    centre.book.start("fair")

    with pytest.raises(TransitionRefused):
        centre.book.start("fair")


async def test_it_keeps_to_its_share_of_the_channel(centre: Centre) -> None:
    for number in range(100):
        centre.person(str(number), facts={})
    centre.scheduled()

    await centre.work(rounds=1)
    await centre.work(rounds=3)

    # 80 % of thirty a second, for three seconds.
    assert len(centre.heard()) == 3 * 24


async def test_who_asked_to_be_reminded_gets_it_again_on_that_day(centre: Centre) -> None:
    person = centre.person("1")
    centre.scheduled()
    await centre.work(rounds=4)
    asked = centre.dispatch.remind("fair", person, centre.clock.now() + timedelta(days=2))

    await centre.work(rounds=1)
    before = len(centre.heard())
    await centre.work(rounds=4, by=timedelta(days=1))

    assert (asked, before, len(centre.heard())) == (True, 1, 2)


async def test_a_person_without_a_chat_that_can_be_pushed_is_on_the_list_of_the_unreached(centre: Centre) -> None:
    person = centre.person("w1", channel="web")
    centre.scheduled()

    await centre.work(rounds=2)

    assert (centre.of(person).stage, centre.of(person).reason) == (Stage.FAILED, "unreachable")


def test_an_edited_draft_replaces_the_one_before(centre: Centre) -> None:
    centre.draft()
    centre.draft("days_between: 14\n")

    assert [kept.campaign.days_between for kept in centre.book.all()] == [14]


def test_the_preview_counts_samples_and_reasons(centre: Centre) -> None:
    for number in range(30):
        centre.person(str(number))
    centre.person("w", channel="web")
    centre.person("n", agreed=False)
    centre.draft("segment:\n  verdict: {programme: fair_domestic, is: eligible}\n")

    preview = centre.book.preview("fair")

    assert (
        preview.count,
        preview.reachable,
        preview.by_channel,
        len(preview.samples),
        preview.agreed,
        preview.cost_vnd,
    ) == (31, 30, {"telegram": 30}, 10, 31, 0)
    assert {("verdict", ("fair_domestic", "eligible"))} == {
        (reason.what, reason.values) for sample in preview.samples for reason in sample.because
    }


def test_erasing_a_person_leaves_only_the_count(centre: Centre) -> None:
    from bot.campaigns.answers import CampaignErasure

    person = centre.person("1")
    centre.scheduled()
    asyncio.run(centre.work(rounds=3))

    with centre.store.transaction() as db:
        CampaignErasure().erase(db, person)

    rows = centre.store.db.conn.execute("SELECT person_id, chat, place, because FROM campaign_recipients").fetchall()
    assert rows == [(None, None, None, "[]")]
