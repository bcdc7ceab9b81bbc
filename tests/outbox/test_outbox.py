import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest

from bot.clock import TurnedClock
from bot.errors import StoreError
from bot.outbox import MIGRATIONS, Notices, Outbox, Priority, State, enqueue, erase_chats, erase_subject
from bot.store import Store


@dataclass(frozen=True, slots=True)
class Note:
    kind: ClassVar[str] = "note"
    text: str


@pytest.fixture
def clock():
    return TurnedClock()


@pytest.fixture
def store():
    store = Store(None)
    store.migrate([MIGRATIONS])
    yield store
    store.close()


@pytest.fixture
def outbox(store, clock):
    return Outbox(store, clock)


@pytest.fixture
def put(store, clock):
    def put(text="một", *, chat="1", channel="telegram", **more):
        with store.transaction() as db:
            return enqueue(db, now=clock.now(), channel=channel, chat=chat, notice=Note(text), **more)

    return put


def texts(messages):
    return [Notices([Note]).read(message.kind, message.payload).text for message in messages]


def test_what_was_put_in_comes_out_once_and_is_marked(put, outbox):
    first = put("một")
    (claimed,) = outbox.claim_due(10)

    assert (first, "note", State.SENDING, 1) == (claimed.id, claimed.kind, claimed.state, claimed.attempts)
    assert outbox.claim_due(10) == ()
    outbox.mark_sent(first, "77")
    assert outbox.get(first).state is State.SENT
    assert outbox.get(first).external_id == "77"


def test_a_message_of_a_transaction_that_was_rolled_back_never_leaves(store, clock, outbox):
    def transaction_that_breaks():
        with store.transaction() as db:
            enqueue(db, now=clock.now(), channel="telegram", chat="1", notice=Note("ma"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transaction_that_breaks()
    assert outbox.claim_due(10) == ()


def test_one_chat_gets_one_at_a_time_in_order_and_other_chats_go_on(put, outbox):
    one, _two, other = put("một"), put("hai"), put("khác", chat="2")
    assert texts(outbox.claim_due(10)) == ["một", "khác"]
    outbox.mark_sent(other)
    assert outbox.claim_due(10) == ()
    outbox.mark_sent(one)
    assert texts(outbox.claim_due(10)) == ["hai"]


def test_the_same_chat_id_on_another_channel_is_another_chat(put, outbox):
    put("telegram")
    put("zalo", channel="zalo_oa")

    assert texts(outbox.claim_due(10)) == ["telegram", "zalo"]


def test_a_retry_holds_up_its_own_chat_only(put, outbox, clock):
    first = put("một")
    put("hai")
    outbox.claim_due(1)
    outbox.retry_later(first, clock.now() + timedelta(seconds=30), "429")
    put("khác", chat="2")
    assert texts(outbox.claim_due(10)) == ["khác"]

    clock.turn(timedelta(seconds=30))
    (again,) = outbox.claim_due(10)
    assert (texts([again]), again.attempts) == (["một"], 2)


def test_a_message_planned_for_later_holds_nobody_up(put, outbox, clock):
    put("mai", not_before=clock.now() + timedelta(days=1))
    put("nay")
    (claimed,) = outbox.claim_due(10)
    assert texts([claimed]) == ["nay"]
    outbox.mark_sent(claimed.id)
    assert outbox.claim_due(10) == ()

    clock.turn(timedelta(days=1))
    assert texts(outbox.claim_due(10)) == ["mai"]


def test_replies_go_before_a_campaign_that_was_queued_first(put, outbox):
    put("tin", priority=Priority.CAMPAIGN)
    put("tin khác", chat="2", priority=Priority.CAMPAIGN)
    put("trả lời", priority=Priority.REPLY)

    assert texts(outbox.claim_due(2)) == ["trả lời", "tin khác"]


def test_a_dedupe_key_keeps_one_message_and_gives_its_id(put, outbox):
    assert put("một", dedupe_key="lead:1:offer") == put("hai", dedupe_key="lead:1:offer")
    assert texts(outbox.claim_due(10)) == ["một"]
    assert put("ba") != put("ba")


def test_only_the_channels_that_can_send_are_asked(put, outbox):
    put("telegram")
    put("zalo", channel="zalo_oa")

    assert texts(outbox.claim_due(10, channels={"zalo_oa"})) == ["zalo"]
    assert outbox.claim_due(10, channels=()) == ()


def test_an_edit_knows_the_message_it_replaces_once_that_was_sent(put, outbox):
    card = put("thẻ")
    put("đã chuyển", edits=card)
    outbox.claim_due(1)
    outbox.mark_sent(card, "501")
    (edit,) = outbox.claim_due(1)

    assert edit.edits_external_id == "501"


def test_after_a_crash_what_was_on_its_way_goes_again_but_never_twice_what_may_go_once(put, outbox):
    often, once = put("thẻ"), put("tin", chat="2", at_most_once=True)
    outbox.claim_due(10)

    assert outbox.recover() == 2
    assert outbox.get(once).state is State.PARKED
    (again,) = outbox.claim_due(10)
    assert (again.id, again.attempts) == (often, 2)


def test_failed_and_parked_messages_let_the_next_one_pass(put, outbox):
    for settle in (outbox.fail, outbox.park):
        message = put("hỏng")
        put("sau")
        outbox.claim_due(1)
        settle(message, "403")
        (after,) = outbox.claim_due(10)
        assert texts([after]) == ["sau"]
        outbox.mark_sent(after.id)


def test_a_message_that_is_not_being_sent_cannot_be_settled(put, outbox):
    message = put()

    with pytest.raises(StoreError, match="queued"):
        outbox.mark_sent(message)


def test_what_is_about_an_erased_subject_is_dropped_or_emptied_and_stays_so(put, outbox, store):
    on_its_way, waiting = put("riêng tư", subject="lead:1"), put("cũng riêng tư", subject="lead:1")
    outbox.claim_due(1)
    with store.transaction() as db:
        assert erase_subject(db, "lead:1") == 2
    outbox.mark_sent(on_its_way, "9")

    assert (outbox.get(on_its_way).payload, outbox.get(on_its_way).external_id) == ("{}", "9")
    assert outbox.get(waiting) is None


def test_an_erased_message_is_never_tried_again(put, outbox, store, clock):
    for give_back in (lambda message: outbox.retry_later(message, clock.now(), "429"), lambda _: outbox.recover()):
        message = put("riêng tư", subject="lead:1")
        outbox.claim_due(1)
        with store.transaction() as db:
            erase_subject(db, "lead:1")
        give_back(message)
        assert outbox.claim_due(10) == ()


def test_a_message_whose_row_is_gone_is_settled_without_a_word(put, outbox, store):
    message = put("của Hoa")
    outbox.claim_due(1)
    with store.transaction() as db:
        erase_chats(db, [("telegram", "1")])
    outbox.mark_sent(message, "9")

    assert outbox.get(message) is None


def test_all_messages_to_a_persons_chats_are_erased(put, outbox, store):
    put("của Hoa")
    put("của người khác", chat="2")
    with store.transaction() as db:
        assert erase_chats(db, [("telegram", "1")]) == 1

    assert texts(outbox.claim_due(10)) == ["của người khác"]


def test_an_unreachable_chat_is_parked_with_its_reason(put, outbox):
    message = put()
    assert outbox.park_chat("telegram", "1", "blocked") == 1
    assert (outbox.get(message).state, outbox.get(message).reason) == (State.PARKED, "blocked")


def test_summary_and_next_due_tell_what_waits(put, outbox, clock):
    start = clock.now()
    put()
    put("mai", chat="2", not_before=start + timedelta(days=1))
    clock.turn(timedelta(minutes=5))

    assert outbox.summary().by_state == {"queued": 2}
    assert outbox.summary().oldest_due == start
    assert outbox.next_due() == start


def test_two_senders_never_hold_the_same_message(tmp_path, clock):
    path = tmp_path / "two.sqlite"
    store = Store(path)
    store.migrate([MIGRATIONS])
    with store.transaction() as db:
        for chat in range(40):
            enqueue(db, now=clock.now(), channel="telegram", chat=str(chat), notice=Note("x"))
    held: list[int] = []

    def sender():
        own = Store(path)
        outbox = Outbox(own, clock)
        while messages := outbox.claim_due(3):
            held.extend(message.id for message in messages)
            for message in messages:
                outbox.mark_sent(message.id)
        own.close()

    threads = [threading.Thread(target=sender) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(held) == list(range(1, 41))
    store.close()
