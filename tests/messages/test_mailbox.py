"""Channels that come and fetch: nothing is fetched twice as new, nothing is lost when an answer does not arrive."""

import pytest

from bot.messages.fetching import Mailbox
from bot.outbox import State
from bot.replies.reply import Choice, Reply
from tests.messages.office import press, text


@pytest.fixture
def mailbox(intake):
    return Mailbox(intake.store, intake.clock, "web")


def said(fetched):
    return [message.reply.text for message in fetched]


async def test_what_waits_is_given_once_in_order(intake, mailbox):
    for number, word in enumerate(("một", "hai")):
        await intake.turns.ask(text(word, number, "w", "web"))

    assert said(mailbox.waiting("w")) == ["nghe: một", "nghe: hai"]
    assert said(mailbox.waiting("w")) == []
    assert {row.state for row in intake.outbox.for_chat("web", "w")} == {State.SENT}


async def test_a_page_that_lost_an_answer_asks_for_what_came_after_the_last_it_has(intake, mailbox):
    for number, word in enumerate(("một", "hai", "ba")):
        await intake.turns.ask(text(word, number, "w", "web"))
    [first, *_] = mailbox.waiting("w")

    assert said(mailbox.after("w", first.id)) == ["nghe: hai", "nghe: ba"]
    assert said(mailbox.after("w", 0)) == ["nghe: một", "nghe: hai", "nghe: ba"]
    assert said(mailbox.after("w", 10**9)) == []


async def test_one_chat_does_not_see_another(intake, mailbox):
    await intake.turns.ask(text("riêng", 1, "w", "web"))

    assert said(mailbox.waiting("x")) == []
    assert said(mailbox.after("x", 0)) == []


async def test_a_replaced_message_stands_in_its_newest_wording_and_place(intake, mailbox):
    card, _ = intake.put_out("w", "thẻ", "tin khác", channel="web")
    mailbox.waiting("w")
    intake.put_out("w", "thẻ đã nhận", channel="web", edits=card)

    assert said(mailbox.standing("w")) == ["thẻ đã nhận", "tin khác"]


async def test_buttons_shown_again_are_the_same_however_often_a_page_asks(intake, mailbox):
    async def asks(message, db):
        return [Reply("Mới hay cũ?", (Choice("Máy mới", "answer", {"value": "new"}),))]

    intake.dialogue.script = asks
    await intake.turns.ask(text("hỏi", 1, "w", "web"))
    first, again = mailbox.waiting("w")[0].buttons[0], mailbox.after("w", 0)[0].buttons[0]
    for number in (2, 3):
        await intake.turns.ask(press(again.id, number, "w", "web"))

    assert first == again
    assert intake.rows("SELECT count(*) FROM buttons") == [(1,)]
    assert [heard.choice for heard in intake.dialogue.heard[1:]] == [Choice("Máy mới", "answer", {"value": "new"})] * 2


async def test_replies_shown_in_the_same_request_get_working_buttons_and_no_row(intake, mailbox):
    [shown] = mailbox.show("w", [Reply("Vì sao?", (Choice("Bận", "deny"),))])
    await intake.turns.ask(press(shown.buttons[0].id, 1, "w", "web"))

    assert [heard.choice for heard in intake.dialogue.heard] == [Choice("Bận", "deny")]
    assert [row.payload for row in intake.outbox.for_chat("web", "w") if "Vì sao?" in row.payload] == []
