"""What leaves: text within the limit, menus, and what each answer of the platform means for the sender."""

import asyncio

import pytest

from bot.channels.zalo_bot import ZaloBotCarrier
from bot.channels.zalo_bot.carrier import LIMIT, render
from bot.channels.zalo_bot.client import TokenRejected, ZaloBotClient, failure
from bot.errors import Refused, RetryLater, Unreachable
from bot.messages.buttons import Button
from bot.replies.reply import Attachment, Reply
from tests.peers.zalo_bot import ZaloBotPeer

MENU = (Button("Có", "b1", 1), Button("Không", "b2", 2))


@pytest.fixture
async def client(peer: ZaloBotPeer):
    client = ZaloBotClient(peer.base_url, peer.token)
    yield client
    await client.close()


@pytest.fixture
def carrier(client: ZaloBotClient) -> ZaloBotCarrier:
    return ZaloBotCarrier(client)


@pytest.fixture
def hoa(peer: ZaloBotPeer):
    hoa = peer.user()
    hoa.started = True
    return hoa


@pytest.mark.parametrize(
    ("buttons", "ends"),
    [
        ((), "Đồng ý không?"),
        (MENU[:1], "1. Có\nTrả lời 1 để chọn."),
        (MENU, "1. Có\n2. Không\nTrả lời 1 hoặc 2."),
        (tuple(Button(c, c, n) for n, c in enumerate("abc", 4)), "4. a\n5. b\n6. c\nTrả lời 4, 5 hoặc 6."),
        (tuple(Button(c, c, n) for n, c in enumerate("abcd", 1)), "4. d\nTrả lời một số từ 1 đến 4."),
        ((Button("Không rõ", "x"), Button("Vì sao hỏi?", "y")), "Hoặc nhắn: “Không rõ” · “Vì sao hỏi?”"),
    ],
)
def test_choices_as_a_menu(buttons: tuple[Button, ...], ends: str) -> None:
    [text] = render(Reply("**Đồng ý** không?"), buttons)

    assert text.startswith("Đồng ý không?")
    assert text.endswith(ends)


async def test_a_long_text_comes_in_parts_with_the_menu_in_the_last(carrier, hoa) -> None:
    text = "\n".join(f"dòng {n} " + "chữ " * 10 for n in range(120))
    await carrier.send(hoa.id, Reply(text), MENU)

    assert len(hoa.inbox) > 1
    assert max(map(len, hoa.inbox)) <= LIMIT
    assert "\n".join(hoa.inbox).startswith("dòng 0")
    assert all(f"dòng {n} " in "\n".join(hoa.inbox) for n in range(120))
    assert [("1. Có" in part) for part in hoa.inbox] == [False] * (len(hoa.inbox) - 1) + [True]


async def test_after_a_failure_between_two_parts_the_next_attempt_goes_on(carrier, hoa, peer) -> None:
    reply = Reply("a" * 1900 + "\n" + "b" * 1900)
    sending = asyncio.create_task(carrier.send(hoa.id, reply, ()))
    await hoa.hears()
    peer.fault("sendMessage", code=429, retry_after=7)
    with pytest.raises(RetryLater):
        await sending
    await carrier.send(hoa.id, reply, ())

    assert [part[0] for part in hoa.inbox] == ["a", "b"]


async def test_a_document_is_named_with_where_to_get_it(carrier, hoa) -> None:
    paper = Attachment("x" * 20, "summary", "tom-tat.pdf", "application/pdf", {})
    await carrier.send(hoa.id, Reply("Bản tóm tắt.", document=paper), ())

    assert "tom-tat.pdf" in hoa.inbox[0]


async def test_new_words_for_an_old_message_are_a_new_message(carrier, hoa) -> None:
    first = await carrier.send(hoa.id, Reply("Hồ sơ KC-1"), MENU)
    await carrier.edit(hoa.id, first, Reply("KC-1: đồng nghiệp đã nhận."), ())

    assert len(hoa.inbox) == 2
    assert hoa.inbox[1] == "KC-1: đồng nghiệp đã nhận."


async def test_typing_is_shown_and_never_raises(carrier, hoa, peer) -> None:
    await carrier.typing(hoa.id)
    peer.fault("sendChatAction", code=500)
    await carrier.typing(hoa.id)

    assert hoa.actions == ["typing"]


@pytest.mark.parametrize(
    ("code", "means", "seconds"),
    [
        (400, Refused, None),
        (401, TokenRejected, 60),
        (403, RetryLater, 5),
        (404, Unreachable, None),
        (408, RetryLater, 5),
        (429, RetryLater, 60),
        (500, RetryLater, 5),
        (502, RetryLater, 5),
        (418, Refused, None),
    ],
)
def test_what_a_code_means(code: int, means: type[Exception], seconds: float | None) -> None:
    found = failure(code)

    assert type(found) is means or isinstance(found, means)
    assert getattr(found, "seconds", None) == seconds


async def test_a_wait_that_is_named_is_kept(carrier, hoa, peer) -> None:
    peer.fault("sendMessage", code=429, retry_after=7)
    with pytest.raises(RetryLater) as caught:
        await carrier.send(hoa.id, Reply("a"), ())

    assert caught.value.seconds == 7


@pytest.mark.parametrize(
    ("fault", "maybe"), [({"cut": "after"}, True), ({"cut": "before"}, True), ({"raw": "<html>"}, False)]
)
async def test_broken_answers_are_tried_again_and_say_whether_it_may_have_arrived(
    carrier, hoa, peer, fault, maybe
) -> None:
    peer.fault("sendMessage", **fault)
    with pytest.raises(RetryLater) as caught:
        await carrier.send(hoa.id, Reply("a"), ())

    assert caught.value.maybe_sent is maybe
    assert len(hoa.inbox) == (1 if fault.get("cut") == "after" else 0)


async def test_nobody_there(carrier, hoa) -> None:
    await carrier.send(hoa.id, Reply("a"), ())
    with pytest.raises(Unreachable):
        await carrier.send("unknown", Reply("a"), ())


async def test_on_a_wrong_host_nobody_is_taken_for_gone(carrier) -> None:
    with pytest.raises(RetryLater):
        await carrier.send("unknown", Reply("a"), ())


async def test_nothing_to_say_is_refused(carrier, hoa) -> None:
    with pytest.raises(Refused):
        await carrier.send(hoa.id, Reply("  "), ())
