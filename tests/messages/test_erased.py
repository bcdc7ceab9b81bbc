"""Who asked to be erased is nowhere: not in any byte of the home folder, not in the log, not in a restored backup."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot.cli import app
from bot.errors import StoreError
from bot.leads import DeclineReason, NewLead, Place
from bot.messages.incoming import Contact, IncomingMessage, Kind
from bot.messages.retention import Retention
from bot.messages.upkeep import Upkeep
from bot.people import Purpose, read_ledger
from bot.personal_data import all_erasures
from bot.replies.reply import Choice, Reply
from bot.screening.draft import Draft, save_draft
from bot.screening.memory import Memory, Task, remember
from bot.store import Store
from tests.messages.office import Intake, ScriptedCarrier, press, text

CHAT, NAME, PHONE = "7261554881", "Huỳnh Thị Thủy Tiên", "+84937222618"
WORDS = (CHAT, NAME, "937222618", "cúng giỗ cụ Mười", "lò nung xanh lơ", "tienThuy88", "bà con nói xấu")


def everything(home: Path) -> bytes:
    return b"\0".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


def readable(home: Path, log: str = "") -> list[str]:
    content = everything(home) + log.encode()
    spelled = {word: (word.encode(), json.dumps(word)[1:-1].encode()) for word in WORDS}
    return [word for word, forms in spelled.items() if any(form in content for form in forms)]


async def talks(message, db):
    return [Reply(f"Ghi nhận: {message.text}", (Choice("Có", "affirm"), Choice("Không", "deny")))]


async def a_life(intake: Intake, carrier: ScriptedCarrier) -> tuple[str, int]:
    """A household that told us much, and a lead that went through two collaborators' hands."""
    intake.dialogue.script = talks
    staff = intake.leads.collaborators
    desks = {}
    for number, name in enumerate(("Anh Bình", "Chị Lan")):
        desks[name] = staff.add(name)
        staff.link(desks[name], "post", f"staff-{number}")
        staff.give(desks[name], "Xã Phú Giáo", intake.clock.today() - timedelta(days=9))
    for number, said in enumerate(("xưởng lò nung xanh lơ", "bận cúng giỗ cụ Mười", f"tôi là {NAME}")):
        message = IncomingMessage("post", CHAT, str(number), Kind.TEXT, text=said, sender_name="tienThuy88")
        await intake.turns.ask(message)
    contact = IncomingMessage("post", CHAT, "c", Kind.CONTACT, contact=Contact(PHONE, own=True))
    await intake.turns.ask(contact)
    person = intake.people.known("post", CHAT)
    intake.people.set_name(person, NAME)
    intake.people.set_phone(person, PHONE, own=True)
    for purpose in Purpose:
        intake.people.record_consent(person, purpose, text_version="v1", channel="post")
    facts = {"product": "lò nung xanh lơ", "employees": 8}
    with intake.store.transaction() as db:
        save_draft(db, Draft(person, facts), intake.clock.now())
        remember(db, Memory(f"{person}.post", Task.SCREENING, "employees"), intake.clock.now())
    lead = intake.leads.create(
        NewLead(person, Place("Xã Phú Giáo"), ("machinery",), facts, call_after="cúng giỗ cụ Mười", transcript_ok=True,
                channel="post", chat=CHAT)
    ).lead.id  # fmt: skip
    sender = intake.sender(carrier)
    await sender.send_due()
    first = next(one for one in desks.values() if intake.leads.offered_to(one))
    second = next(one for one in desks.values() if one != first)
    intake.leads.decline(lead, first, DeclineReason.OTHER, note="bà con nói xấu")
    intake.leads.take(lead, second)
    await sender.send_due()
    chat = staff.get(second).chat
    shown = [button for buttons in carrier.shown for button in buttons if button.title == "Xem câu trả lời"]
    await intake.turns.ask(press(shown[-1].id, 1, chat, "post"))
    await intake.turns.ask(text("việc", 2, chat, "post"))
    await sender.send_due()
    return person, lead


@pytest.fixture
def carrier():
    return ScriptedCarrier()


def upkeep_of(intake: Intake) -> Upkeep:
    return Upkeep(intake.store, intake.clock, Retention(), intake.path.parent / "erasures.jsonl")


async def erase_in_chat(intake: Intake, person: str) -> None:
    """The turn in which the person says yes to being erased, as the action does it."""

    async def erases(message, db):
        receipt = intake.people.erase(person, all_erasures(intake.store, intake.clock))
        return [Reply(f"Đã xóa xong. Số biên nhận xóa: **{receipt.number}**.")]

    intake.dialogue.script = erases
    await intake.turns.ask(text("xóa hết giùm, lò nung xanh lơ", 99, CHAT, "post"))


async def test_no_word_of_an_erased_household_is_left_in_the_home_folder_or_the_log(intake, carrier, logged):
    person, lead = await a_life(intake, carrier)
    before = readable(intake.path.parent)
    await erase_in_chat(intake, person)
    await intake.sender(carrier).send_due()
    upkeep_of(intake).tick()

    assert before == list(WORDS)
    assert readable(intake.path.parent, logged()) == []
    assert person.encode() not in everything(intake.path.parent)
    assert [text for chat, text in carrier.taken if chat == CHAT][-1].startswith("Đã xóa xong")
    assert intake.leads.get(lead).state == "erased"


async def test_what_stands_in_the_collaborators_chats_is_replaced(intake, carrier):
    person, _ = await a_life(intake, carrier)
    answers = [text for chat, text in carrier.taken if "lò nung xanh lơ" in text and chat != CHAT]
    await erase_in_chat(intake, person)
    await intake.sender(carrier).send_due()

    assert len(answers) >= 2
    replaced = [text for _, _, text in carrier.edited if text.endswith("đã xóa theo yêu cầu của cơ sở.")]
    assert len(replaced) >= 2


async def test_a_farewell_that_cannot_be_delivered_is_forgotten_too(intake, carrier):
    person, _ = await a_life(intake, carrier)
    await erase_in_chat(intake, person)
    upkeep = upkeep_of(intake)
    upkeep.tick()
    waiting = readable(intake.path.parent)
    intake.clock.turn(timedelta(days=3))
    upkeep.tick()

    assert (waiting, readable(intake.path.parent)) == ([CHAT], [])


async def test_what_the_person_says_afterwards_is_a_new_beginning(intake, carrier):
    person, _ = await a_life(intake, carrier)
    await erase_in_chat(intake, person)
    intake.dialogue.script = talks
    await intake.turns.ask(text("chào", 100, CHAT, "post"))
    anew = intake.people.known("post", CHAT)

    assert anew not in {None, person}
    assert (intake.people.consents(anew), intake.leads.leads_of(anew)) == ((), ())


def tables_that_name_people(intake: Intake) -> set[str]:
    keys = {"person", "person_id", "chat", "conversation", "former_id"}
    tables = intake.store.db.table_names()
    return {table for table in tables if keys & {column.name for column in intake.store.db.table(table).columns}}


async def test_every_table_that_names_people_is_known_to_this_test(intake):
    assert tables_that_name_people(intake) == {
        "accounts", "buttons", "campaign_answers", "campaign_recipients", "campaign_wishes", "collaborators", "consents",
        "contacts", "drafts", "former_ids", "inbox", "lead_parties", "leads", "link_guesses", "links", "memories", "outbox", "relays",
        "wordings",
    }  # fmt: skip


@pytest.fixture
def command(home, monkeypatch) -> Callable[..., Result]:
    """Runs `khuyencong …` on that home folder."""
    monkeypatch.setenv("KHUYENCONG_HOME", str(home))

    def run(*arguments: str) -> Result:
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, done.output
        return done

    return run


@pytest.fixture
async def home(intake, carrier, tmp_path):
    """The home folder of an installation with one household in it, nothing running."""
    await a_life(intake, carrier)
    home = tmp_path / "home"
    home.mkdir()
    with intake.store.alone() as db:
        db.execute("VACUUM INTO ?", [str(home / "khuyencong.sqlite")])
    return home


async def test_staff_export_and_erase_somebody_by_phone_and_a_restored_backup_does_not_bring_it_back(
    home, tmp_path, command
):
    backup = tmp_path / "backup.sqlite"
    command("backup", str(backup))
    exported = json.loads(command("people", "export", "--phone", "0937 222 618").stdout)
    erased = command("people", "erase", "--phone", "0937 222 618", "--yes")
    after = readable(home, erased.output)
    restored = command("restore", str(backup), "--yes")

    assert exported["contact"]["name"] == NAME
    assert "bận cúng giỗ cụ Mười" in [line["text"] for line in exported["messages"]]
    assert "XD-" in erased.stdout
    assert after == []
    assert "1 người" in restored.output
    assert readable(home, restored.output) == []
    assert len(read_ledger(home / "erasures.jsonl")) == 1


async def test_what_waited_when_the_copy_was_made_is_not_sent_after_a_restore(home, tmp_path, command):
    database = Store(home / "khuyencong.sqlite")
    database.db.execute("UPDATE outbox SET state = 'queued' WHERE id = (SELECT max(id) FROM outbox)")
    backup = tmp_path / "backup.sqlite"
    command("backup", str(backup))
    command("restore", str(backup), "--yes")
    states = dict(database.db.conn.execute("SELECT state, reason FROM outbox WHERE state != 'sent'").fetchall())
    database.close()

    assert states == {"parked": "restored from a backup"}


@pytest.mark.parametrize("content", [b"", b"no database", None])
async def test_what_is_no_backup_is_refused_and_changes_nothing(home, tmp_path, monkeypatch, content):
    monkeypatch.setenv("KHUYENCONG_HOME", str(home))
    database = Store(home / "khuyencong.sqlite")
    before = list(database.db.conn.iterdump())
    wrong = tmp_path / "wrong.sqlite"
    if content is not None:
        wrong.write_bytes(content)
    done = CliRunner().invoke(app, ["restore", str(wrong), "--yes"])

    assert isinstance(done.exception, StoreError)
    assert list(database.db.conn.iterdump()) == before
    database.close()
