"""What waits for a chat that cannot be reached goes out when it is back, in order, unless it is no news any more."""

from datetime import timedelta

from bot.errors import Unreachable
from bot.messages.incoming import IncomingMessage, Kind
from tests.messages.office import Intake, ScriptedCarrier, text


def moved(kind: Kind, number: int) -> IncomingMessage:
    return IncomingMessage("post", "a", str(number), kind)


async def blocked(intake: Intake, carrier: ScriptedCarrier, *texts: str) -> None:
    intake.people.person_for("post", "a")
    carrier.trouble[texts[0]] = [Unreachable("bot was blocked by the user")]
    intake.put_out("a", *texts)
    await intake.sender(carrier).send_due()


async def test_all_of_it_goes_before_the_answer_when_the_person_writes_again(intake):
    carrier = ScriptedCarrier()
    await blocked(intake, carrier, "a1", "a2")
    silent = list(carrier.taken)
    await intake.turns.ask(text("có đây", 1, "a", "post"))
    await intake.sender(carrier).send_due()

    assert silent == []
    assert carrier.taken == [("a", "a1"), ("a", "a2"), ("a", "nghe: có đây")]
    assert [account.reachable for account in intake.people.accounts(intake.people.known("post", "a"))] == [True]


async def test_it_goes_when_the_person_only_unblocks(intake):
    carrier = ScriptedCarrier()
    await blocked(intake, carrier, "a1")
    await intake.turns.ask(moved(Kind.STARTED, 1))
    await intake.sender(carrier).send_due()

    assert carrier.taken == [("a", "a1")]


async def test_what_was_held_before_a_chat_ever_wrote_goes_when_it_does(intake):
    carrier = ScriptedCarrier({"thẻ": [Unreachable("chat not found")]})
    intake.put_out("a", "thẻ")  # as for a collaborator whom the Centre knows, and who has not yet pressed Start
    await intake.sender(carrier).send_due()
    await intake.turns.ask(moved(Kind.STARTED, 1))
    await intake.sender(carrier).send_due()

    assert carrier.taken == [("a", "thẻ")]


async def test_what_waits_when_somebody_leaves_is_held_and_released_like_the_rest(intake):
    carrier = ScriptedCarrier()
    intake.people.person_for("post", "a")
    intake.put_out("a", "a1")
    await intake.turns.ask(moved(Kind.LEFT, 1))
    await intake.sender(carrier).send_due()
    held = intake.rows("SELECT state, reason FROM outbox")
    await intake.turns.ask(moved(Kind.STARTED, 2))
    await intake.sender(carrier).send_due()

    assert (held, carrier.taken) == ([("parked", "left")], [("a", "a1")])


async def test_what_is_no_news_any_more_ends_with_a_reason(intake):
    carrier = ScriptedCarrier()
    await blocked(intake, carrier, "a1")
    intake.clock.turn(timedelta(days=4))
    intake.put_out("a", "a2")
    await intake.turns.ask(text("có đây", 1, "a", "post"))
    await intake.sender(carrier).send_due()

    assert carrier.taken == [("a", "a2"), ("a", "nghe: có đây")]
    assert intake.rows("SELECT state, reason FROM outbox WHERE id = 1") == [
        ("failed", "out of date: bot was blocked by the user")
    ]


async def test_what_is_held_for_another_reason_stays_held(intake):
    carrier = ScriptedCarrier()
    intake.put_out("a", "once", at_most_once=True)
    intake.outbox.claim_due(1)
    intake.outbox.recover()
    await blocked(intake, carrier, "a1")
    await intake.turns.ask(text("có đây", 1, "a", "post"))
    await intake.sender(carrier).send_due()

    assert carrier.taken == [("a", "a1"), ("a", "nghe: có đây")]


async def test_somebody_unknown_who_leaves_is_not_remembered(intake):
    await intake.turns.ask(moved(Kind.LEFT, 1))

    assert intake.rows("SELECT count(*) FROM accounts") == [(0,)]
    assert intake.rows("SELECT chat, body FROM inbox") == [("", "{}")]
