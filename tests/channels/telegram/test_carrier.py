"""Sending and editing, against the peer."""

from typing import Any

import pytest

from bot.channels.carrier import Carrier
from bot.channels.telegram import TelegramCarrier, TelegramChannel
from bot.errors import DeliveryError, Refused, RetryLater, Unreachable
from bot.messages.buttons import Button
from bot.replies.channel_lines import share_contact, share_location
from bot.replies.reply import Reply
from tests.peers.telegram import TelegramPeer
from tests.peers.telegram_people import User


@pytest.fixture
def carrier(channel: TelegramChannel) -> Carrier:
    return channel.carrier


@pytest.fixture
def user(peer: TelegramPeer) -> User:
    user = peer.user(42)
    user.chat.started = True
    return user


YES_NO = (Button("Có", "id-yes"), Button("Không", "id-no"))


async def test_bold_escaping_and_buttons(carrier: Carrier, user: User) -> None:
    sent = await carrier.send("42", Reply("Tối đa **50%** & <không> hơn"), YES_NO)
    [seen] = user.inbox
    assert (str(seen.id), seen.text, seen.bold, seen.buttons) == (
        sent,
        "Tối đa 50% & <không> hơn",
        ["50%"],
        [["Có", "Không"]],
    )


async def test_plain_text_when_telegram_cannot_parse(carrier: Carrier, user: User, peer: TelegramPeer) -> None:
    peer.fault("sendMessage", code=400, description="Bad Request: can't parse entities: Unsupported start tag")
    await carrier.send("42", Reply("Tối đa **50%**"), YES_NO)
    assert [(s.text, s.bold, s.titles) for s in user.inbox] == [("Tối đa 50%", [], ["Có", "Không"])]


async def test_long_text_comes_in_parts_with_the_buttons_on_the_last(carrier: Carrier, user: User) -> None:
    text = "\n".join(f"dòng **{n}** " + "x" * 80 for n in range(100))
    sent = await carrier.send("42", Reply(text), YES_NO)
    assert len(user.inbox) == 3
    assert [seen.titles for seen in user.inbox] == [[], [], ["Có", "Không"]]
    assert text.replace("**", "") == "\n".join(seen.text for seen in user.inbox)
    assert sent == str(user.inbox[-1].id)


async def test_after_a_429_between_parts_sending_goes_on_where_it_stopped(
    carrier: Carrier, user: User, peer: TelegramPeer
) -> None:
    peer.account().limits.on = True
    reply = Reply("\n".join("x" * 99 for _ in range(100)))
    with pytest.raises(RetryLater):
        await carrier.send("42", reply, YES_NO)
    peer.clock.turn(2)
    with pytest.raises(RetryLater):
        await carrier.send("42", reply, (Button("Có", "id-new"),))
    peer.clock.turn(2)
    await carrier.send("42", reply, (Button("Có", "id-newer"),))
    assert reply.text == "\n".join(seen.text for seen in user.inbox)
    peer.clock.turn(2)
    await carrier.send("42", Reply("sau đó"), ())
    assert len(user.inbox) == 4


async def test_a_shared_number_or_place_is_asked_for_with_keys_that_go_away_again(carrier: Carrier, user: User) -> None:
    await carrier.send("42", Reply("Số nào gọi được?", asks_contact=True), ())
    assert user.keyboard == [share_contact()]
    await carrier.send("42", Reply("Cảm ơn"), ())
    assert user.keyboard == []
    sent = await carrier.send("42", Reply("Xưởng ở đâu?", asks_location=True, asks_contact=True), YES_NO)
    question, hint = user.inbox[-2:]
    assert (str(question.id), question.titles, user.keyboard) == (
        sent,
        ["Có", "Không"],
        [share_contact(), share_location()],
    )
    assert share_location() in hint.text
    await carrier.send("42", Reply("Tiếp nhé?"), YES_NO)
    assert user.keyboard == []
    assert [seen.text for seen in user.inbox][-2:] == [hint.text, "Tiếp nhé?"], "no trace of putting the keys away"


async def test_a_group_is_not_asked_for_a_number(carrier: Carrier, user: User, peer: TelegramPeer) -> None:
    group = peer.group(-5)
    group.chat.started = True
    await carrier.send("-5", Reply("Số?", asks_contact=True), ())
    assert [seen.text for seen in group.inbox] == ["Số?"]


async def test_editing_changes_text_and_buttons_and_the_same_again_is_fine(carrier: Carrier, user: User) -> None:
    sent = await carrier.send("42", Reply("Mới"), YES_NO)
    for _ in range(2):
        await carrier.edit("42", sent, Reply("**Đã nhận**"), ())
    assert [(s.text, s.titles, s.edited) for s in user.inbox] == [("Đã nhận", [], True)]


async def test_an_edit_that_is_too_long_or_of_nothing_is_refused(carrier: Carrier, user: User) -> None:
    sent = await carrier.send("42", Reply("Mới"), ())
    with pytest.raises(Refused, match="not fit"):
        await carrier.edit("42", sent, Reply("x" * 5000), ())
    with pytest.raises(Refused, match="not found"):
        await carrier.edit("42", "999", Reply("x"), ())


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"code": 429, "retry_after": 17}, (RetryLater, 17.0, False)),
        ({"code": 500}, (RetryLater, 5.0, False)),
        ({"code": 502, "raw": "<html>"}, (RetryLater, 5.0, False)),
        ({"code": 401, "description": "Unauthorized"}, (RetryLater, 60.0, False)),
        ({"cut": "before"}, (RetryLater, 5.0, True)),
        ({"cut": "after"}, (RetryLater, 5.0, True)),
        ({"code": 403}, (Unreachable, None, None)),
        ({"code": 400, "description": "Bad Request: chat not found"}, (Unreachable, None, None)),
        ({"code": 400, "description": "Bad Request: BUTTON_DATA_INVALID"}, (Refused, None, None)),
    ],
)
async def test_failures_in_our_words(
    carrier: Carrier,
    user: User,
    peer: TelegramPeer,
    fault: dict[str, Any],
    expected: tuple[type[DeliveryError], float | None, bool | None],
) -> None:
    peer.fault("sendMessage", **fault)
    with pytest.raises(DeliveryError) as caught:
        await carrier.send("42", Reply("chào"), ())
    error = caught.value
    assert expected == (type(error), getattr(error, "seconds", None), getattr(error, "maybe_sent", None))


@pytest.mark.parametrize(("chat", "kind"), [("43", Unreachable), ("999", Unreachable), ("không phải số", Refused)])
async def test_chats_that_cannot_be_written_to(
    carrier: Carrier, peer: TelegramPeer, chat: str, kind: type[DeliveryError]
) -> None:
    peer.user(43)  # never pressed Start
    with pytest.raises(kind):
        await carrier.send(chat, Reply("chào"), ())


async def test_a_blocked_person_is_unreachable(carrier: Carrier, user: User) -> None:
    user.blocks()
    with pytest.raises(Unreachable, match="blocked"):
        await carrier.send("42", Reply("chào"), ())


@pytest.mark.parametrize("text", ["", " \n "])
async def test_nothing_to_say_is_refused(carrier: Carrier, user: User, text: str) -> None:
    with pytest.raises(Refused, match="no text"):
        await carrier.send("42", Reply(text), ())
    assert user.inbox == []


async def test_nobody_listens_is_surely_not_sent() -> None:
    from telegram import Bot

    with pytest.raises(RetryLater) as caught:
        await TelegramCarrier(Bot("1:a", base_url="http://127.0.0.1:9/bot")).send("42", Reply("chào"), ())
    assert caught.value.maybe_sent is False


async def test_typing_is_shown_and_never_raises(carrier: Carrier, user: User, peer: TelegramPeer) -> None:
    await carrier.typing("42")
    assert user.chat.actions == ["typing"]
    peer.fault("sendChatAction", code=502)
    await carrier.typing("42")
    await carrier.typing("not a number")
