"""A chat is with one worker at a time, comes back when there is more, and waits behind the others."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.lanes import Lanes

CHATS = [("telegram", str(number)) for number in range(5)]
steps = st.lists(st.tuples(st.sampled_from(["call", "take", "give back", "give back more"]), st.sampled_from(CHATS)))


@given(steps)
def test_chats_are_taken_in_the_order_in_which_they_waited_and_by_one_worker_each(done):
    lanes, waiting, taken, again = Lanes(), [], set(), set()
    for step, chat in done:
        if step == "call":
            lanes.call(chat)
            again.update({chat} & taken)
            waiting.extend([chat] if chat not in taken and chat not in waiting else [])
        elif step == "take" and waiting:
            expected = waiting.pop(0)
            assert lanes.take() == expected
            taken.add(expected)
        elif step != "take" and chat in taken:
            lanes.give_back(chat, more=step == "give back more")
            taken.remove(chat)
            waiting.extend([chat] if step == "give back more" or chat in again else [])
            again.discard(chat)
    while waiting:
        assert lanes.take() == waiting.pop(0)


def test_workers_that_wait_go_when_it_is_closed_and_nothing_more_is_handed_out():
    lanes, handed = Lanes(), []
    workers = [threading.Thread(target=lambda: handed.append(lanes.take())) for _ in range(3)]
    for worker in workers:
        worker.start()
    lanes.close()
    for worker in workers:
        worker.join(5)
    lanes.call(CHATS[0])

    assert handed == [None, None, None]
    assert lanes.take() is None
