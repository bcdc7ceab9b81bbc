"""One person on several channels: proven by a code, a link or a number that two channels vouched for; asked first."""

from datetime import timedelta

import pytest

from bot.leads import NewLead, Place
from bot.messages import buttons
from bot.messages.incoming import Contact, IncomingMessage, Kind
from bot.messages.links import GUESSES, LIFETIME
from bot.people import Purpose
from bot.replies.reply import Reply
from bot.screening.draft import Draft, load_draft, save_draft
from tests.messages.office import Intake, press

WEB, TELEGRAM = ("web", "w-1"), ("telegram", "42")


class Both:
    """Somebody with a web page and a Telegram open."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self._number = 0

    async def says(self, where: tuple[str, str], said: str = "", **more) -> list[Reply]:
        self._number += 1
        kind = more.pop("kind", Kind.TEXT)
        message = IncomingMessage(*where, str(self._number), kind, text=said, **more)
        return list((await self.intake.turns.ask(message)).replies)

    async def code(self, where: tuple[str, str] = WEB) -> str:
        [reply] = await self.says(where, "mã")
        return reply.text.split("**")[1]

    async def payload(self) -> str:
        [reply] = await self.says(WEB, "tiếp tục trên Telegram")
        return reply.text.rpartition("?start=")[2]

    async def taps(self, where: tuple[str, str], reply: Reply, title: str) -> list[Reply]:
        choice = next(one for one in reply.choices if one.title == title)
        with self.intake.store.transaction() as db:
            [button] = buttons.issue(db, *where, (choice,), self.intake.clock.now())
        self._number += 1
        return list((await self.intake.turns.ask(press(button.id, self._number, where[1], where[0]))).replies)

    def person(self, where: tuple[str, str]) -> str:
        return self.intake.people.known(*where)


@pytest.fixture
async def both(intake: Intake) -> Both:
    both = Both(intake)
    await both.says(WEB, "chào")
    await both.says(TELEGRAM, "chào")
    with intake.store.transaction() as db:
        save_draft(db, Draft(both.person(WEB), {"employees": 8}), intake.clock.now())
    return both


@pytest.mark.parametrize("way", ["code", "link"])
async def test_a_screening_begun_on_the_web_goes_on_in_telegram(both, way):
    if way == "code":
        [ask] = await both.says(TELEGRAM, f"ma {(await both.code()).lower()}")
    else:
        [ask] = await both.says(TELEGRAM, "/start", kind=Kind.STARTED, start=await both.payload())
    apart = both.person(WEB) != both.person(TELEGRAM)
    done, goes_on = await both.taps(TELEGRAM, ask, "Nối lại")

    assert ("trang web" in ask.text, apart) == (True, True)
    assert both.person(WEB) == both.person(TELEGRAM)
    assert load_draft(both.intake.store.db, both.person(TELEGRAM)).facts == {"employees": 8}
    assert ("Đã nối" in done.text, goes_on.text) == (True, "nghe: resume")
    assert both.intake.dialogue.heard[-1].conversation == f"{both.person(TELEGRAM)}.telegram"
    assert "vừa được nối với Telegram" in both.intake.texts(WEB[1], WEB[0])[-1]


async def test_without_anything_begun_nothing_goes_on(both):
    with both.intake.store.transaction() as db:
        save_draft(db, Draft(both.person(WEB), {}), both.intake.clock.now())
    [ask] = await both.says(TELEGRAM, f"mã {await both.code()}")
    [done] = await both.taps(TELEGRAM, ask, "Nối lại")

    assert [choice.intent for choice in done.choices] == ["ask_status"]


async def test_who_says_no_stays_apart(both):
    [ask] = await both.says(TELEGRAM, f"mã {await both.code()}")
    [answer] = await both.taps(TELEGRAM, ask, "Không nối")

    assert "để riêng" in answer.text
    assert both.person(WEB) != both.person(TELEGRAM)


@pytest.mark.parametrize("spoiled", ["used", "old", "replaced", "wrong"])
async def test_a_code_is_good_once_and_for_a_short_time(both, spoiled):
    code = await both.code()
    if spoiled == "used":
        await both.says(("telegram", "43"), f"mã {code}")
    elif spoiled == "old":
        both.intake.clock.turn(LIFETIME)
    elif spoiled == "replaced":
        await both.code()
    else:
        code = "AAAAAA" if code != "AAAAAA" else "BBBBBB"
    [answer] = await both.says(TELEGRAM, f"mã {code}")

    assert (answer.choices, "không đúng hoặc đã hết hạn" in answer.text) == ((), True)


async def test_the_question_can_only_be_answered_where_it_was_asked_and_in_time(both):
    [ask] = await both.says(TELEGRAM, f"mã {await both.code()}")
    [elsewhere] = await both.taps(("telegram", "666"), ask, "Nối lại")
    both.intake.clock.turn(LIFETIME)
    [late] = await both.taps(TELEGRAM, ask, "Nối lại")

    assert ("đã quá hạn" in elsewhere.text, "đã quá hạn" in late.text) == (True, True)
    assert both.person(WEB) != both.person(TELEGRAM)


async def test_guessing_ends_after_a_few_codes_for_an_hour(both):
    code = await both.code()
    for number in range(GUESSES):
        await both.says(TELEGRAM, f"mã AAAAA{'BCDEF'[number]}")
    [stopped] = await both.says(TELEGRAM, f"mã {code}")
    both.intake.clock.turn(timedelta(hours=1))
    [again] = await both.says(TELEGRAM, f"mã {await both.code()}")

    assert ("chờ một giờ" in stopped.text, [choice.title for choice in again.choices]) == (
        True,
        ["Nối lại", "Không nối"],
    )


async def test_many_chats_do_not_help_in_guessing(both, monkeypatch):
    monkeypatch.setattr("bot.messages.links.GUESSES_OF_ALL", 4)
    code = await both.code()
    for number in range(4):
        await both.says(("web", f"guesser-{number}"), "mã AAAAAA")
    [stopped] = await both.says(TELEGRAM, f"mã {code}")

    assert "chờ một giờ" in stopped.text


@pytest.mark.parametrize("vouched", [True, False])
async def test_ones_own_number_that_two_channels_vouch_for_is_asked_about(both, vouched):
    both.intake.people.set_phone(both.person(WEB), "+84903123456", own=vouched)
    await both.says(TELEGRAM, kind=Kind.CONTACT, contact=Contact("84903123456", own=True))
    asked = [said for said in both.intake.texts(TELEGRAM[1]) if "Số điện thoại này đã có" in said]

    assert len(asked) == vouched


async def test_a_number_of_somebody_else_is_never_asked_about(both):
    both.intake.people.set_phone(both.person(WEB), "+84903123456", own=True)
    await both.says(TELEGRAM, kind=Kind.CONTACT, contact=Contact("84903123456", own=False))

    assert not [said for said in both.intake.texts(TELEGRAM[1]) if "Số điện thoại này đã có" in said]


@pytest.mark.parametrize(
    "said", ["mã lực máy là bao nhiêu", "mã số thuế", "ma 2", "machines", "mã hs 847989", "mã: máy cũ nha"]
)
async def test_other_words_about_codes_go_to_the_dialogue(both, said):
    await both.says(TELEGRAM, said)

    assert both.intake.dialogue.heard[-1].text == said


async def test_two_open_leads_become_one_with_both_wishes(both):
    staff = both.intake.leads.collaborators
    binh = staff.add("Anh Bình")
    staff.give(binh, "Xã Phú Giáo", both.intake.clock.today())
    leads = []
    for where, need in ((WEB, "machinery"), (TELEGRAM, "trademark")):
        person = both.person(where)
        both.intake.people.record_consent(person, Purpose.CONTACT, text_version="v1", channel=where[0])
        new = NewLead(person, Place("Xã Phú Giáo"), (need,), channel=where[0], chat=where[1])
        leads.append(both.intake.leads.create(new).lead.id)
    both.intake.leads.take(leads[1], binh)
    [ask] = await both.says(TELEGRAM, f"mã {await both.code()}")
    await both.taps(TELEGRAM, ask, "Nối lại")
    standing = both.intake.leads.open_lead_of(both.person(TELEGRAM))

    assert (standing.id, standing.needs) == (leads[1], ("trademark", "machinery"))
    assert both.intake.leads.get(leads[0]).state == "withdrawn"


async def test_the_same_person_twice_is_nothing_to_join(both):
    [answer] = await both.says(WEB, f"mã {await both.code()}")

    assert "đã nối rồi" in answer.text


async def test_only_fingerprints_of_codes_are_kept(both):
    code, payload = await both.code(), await both.payload()
    stored = "".join(str(row) for row in both.intake.rows("SELECT code, payload FROM links"))

    assert [secret for secret in (code, payload) if secret in stored] == []
