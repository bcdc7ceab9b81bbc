"""Time passes and what nobody needs goes; what a lead under way needs stays."""

from datetime import timedelta

from bot.leads import CloseReason, NewLead, Place
from bot.messages.retention import Retention, prune
from bot.messages.upkeep import Upkeep
from bot.people import Purpose
from bot.replies.reply import Choice, Reply
from bot.screening.draft import Draft, save_draft
from bot.screening.memory import Memory, remember
from bot.store import scrub_owed
from tests.messages.office import Intake, ScriptedCarrier, text

KEEP = Retention(messages=timedelta(days=100), buttons=timedelta(days=50), drafts=timedelta(days=150))
TABLES = ("inbox", "outbox", "buttons", "drafts", "memories", "accounts", "persons", "contacts", "consents")


def left(intake: Intake) -> dict[str, int]:
    counts = {table: intake.store.db.table(table).count for table in TABLES}
    return {table: count for table, count in counts.items() if count}


async def visit(intake: Intake, chat: str = "a") -> str:
    """Somebody writes, is answered with buttons, and leaves a screening unfinished."""

    async def offers(message, db):
        return [Reply("Chọn:", (Choice("Có", "affirm"),))]

    intake.dialogue.script = offers
    await intake.turns.ask(text("chào", 1, chat, "post"))
    await intake.sender(ScriptedCarrier()).send_due()
    person = intake.people.known("post", chat)
    with intake.store.transaction() as db:
        save_draft(db, Draft(person, {"employees": 8}), intake.clock.now())
        remember(db, Memory(f"{person}.post"), intake.clock.now())
    return person


def passed_on(intake: Intake, person: str, chat: str = "a") -> int:
    intake.people.set_phone(person, "+84903123456")
    intake.people.record_consent(person, Purpose.CONTACT, text_version="v1", channel="post")
    return intake.leads.create(NewLead(person, Place("Xã Phú Giáo"), (), channel="post", chat=chat)).lead.id


def after(intake: Intake, days: int) -> dict[str, int]:
    intake.clock.turn(timedelta(days=days))
    prune(intake.store, KEEP, intake.clock.now())
    return left(intake)


async def test_everything_goes_in_its_own_time_and_at_last_the_visitor(intake):
    await visit(intake)
    whole = left(intake)

    assert after(intake, 49) == whole
    assert "buttons" not in after(intake, 2)
    assert after(intake, 50) == {"drafts": 1, "memories": 1, "accounts": 1, "persons": 1}
    assert after(intake, 50) == {}


async def test_nothing_that_an_open_lead_needs_is_lost_and_it_goes_after_the_end(intake):
    person = await visit(intake)
    lead = passed_on(intake, person)
    whole = left(intake)
    after_years = after(intake, 1000)
    intake.leads.withdraw(lead)

    assert after_years == whole
    assert set(after(intake, 1000)) == {"accounts", "persons", "contacts", "consents"}
    assert intake.leads.get(lead).person_id == person


async def test_cards_and_their_buttons_stay_with_the_collaborator_while_the_lead_is_open(intake):
    binh = intake.leads.collaborators.add("Anh Bình")
    intake.leads.collaborators.link(binh, "post", "binh")
    intake.leads.collaborators.give(binh, "Xã Phú Giáo", intake.clock.today())
    person = await visit(intake)
    lead = passed_on(intake, person)
    await intake.sender(ScriptedCarrier()).send_due()
    of_binh = "SELECT count(*) FROM {} WHERE chat = 'binh'"
    before = [intake.rows(of_binh.format(table)) for table in ("outbox", "buttons")]
    after(intake, 400)
    later = [intake.rows(of_binh.format(table)) for table in ("outbox", "buttons")]
    intake.leads.take(lead, binh)
    intake.leads.close(lead, binh, CloseReason.HELPED)
    await intake.sender(ScriptedCarrier()).send_due()
    after(intake, 400)

    assert later == before
    assert [intake.rows(of_binh.format(table)) for table in ("outbox", "buttons")] == [[(0,)], [(0,)]]


async def test_a_visitor_who_wants_news_stays_until_that_is_withdrawn(intake):
    person = await visit(intake)
    intake.people.record_consent(person, Purpose.CAMPAIGN, text_version="v1", channel="post")
    wanted = after(intake, 1000)
    intake.people.withdraw_consent(person, Purpose.CAMPAIGN)

    assert wanted == {"accounts": 1, "persons": 1, "consents": 1}
    assert after(intake, 1) == {}


async def test_what_can_never_be_delivered_ends_with_a_reason(intake):
    intake.put_out("a", "không ai lấy", channel="gone")
    intake.put_out("b", "chặn rồi")
    intake.outbox.park_chat("post", "b", "bot was blocked by the user")
    after(intake, 31)

    assert intake.rows("SELECT state, reason FROM outbox ORDER BY id") == [
        ("failed", "never delivered"),
        ("failed", "never delivered: bot was blocked by the user"),
    ]


async def test_more_rows_than_one_transaction_takes_all_go(intake, monkeypatch):
    monkeypatch.setattr("bot.messages.retention.AT_ONCE", 3)
    for number in range(7):
        await intake.turns.ask(text("chào", number, "a", "post"))
    await intake.sender(ScriptedCarrier()).send_due()

    assert after(intake, 1000) == {}


async def test_an_unanswered_message_is_never_too_old(intake):
    intake.turns.receive(text("chờ", 1, "a", "post"))

    assert after(intake, 1000) == {"inbox": 1}


async def test_the_service_does_it_once_a_day_and_scrubs_the_file(intake):
    await visit(intake)
    intake.clock.turn(timedelta(days=149, hours=12))
    upkeep = Upkeep(intake.store, intake.clock, KEEP, None)
    kept = []
    for hours in (0, 23, 2):
        intake.clock.turn(timedelta(hours=hours))
        upkeep.tick()
        kept.append("drafts" in left(intake))

    assert kept == [True, True, False]
    assert not scrub_owed(intake.store.db)
