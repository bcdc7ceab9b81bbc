"""Outside the free window nothing is lost and nothing is sent that may not be: a template, or later, with its reason."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.zalo_oa.codes import (
    FREE_USED_UP,
    NIGHT,
    NO_MONEY,
    NO_TEMPLATE,
    OPENED_BY_WRITING,
    QUOTA,
    WINDOW_CLOSED,
    failure,
)
from bot.channels.zalo_oa.settings import Night
from bot.channels.zalo_oa.windows import closed
from bot.errors import Held, Refused, RetryLater, Unreachable
from bot.leads.news import LeadTaken, LeadWaiting
from bot.outbox import enqueue
from bot.people import Purpose
from tests.channels.zalo_oa.conftest import Office, account_settings, running
from tests.messages.office import Intake
from tests.peers.zalo_oa import OaUser

HOURS, DAYS = timedelta(hours=1), timedelta(days=1)
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
TEMPLATES = {"lead_taken": "300001"}
BLANKS = {"300001": {"ma_ho_so", "trang_thai", "nguoi_phu_trach", "so_dien_thoai"}}
TAKEN = LeadTaken("KC-0127", "Nguyễn Văn Mẫu", "+84912345678", ("machinery",))


def tell(office: Office, user: OaUser, notice: object) -> None:
    """News about the person's case."""
    with office.inner.store.transaction() as db:
        enqueue(db, now=office.inner.clock.now(), channel="zalo_oa", chat=user.id, notice=notice)


async def somebody(office: Office) -> OaUser:
    """A person who wrote just now, and gave number and consent."""
    hoa = office.peer.user()
    await office.hears(hoa, lambda: hoa.sends("xin chào"))
    person = office.inner.people.known("zalo_oa", hoa.id)
    assert person is not None
    office.inner.people.set_phone(person, "+84903123456")
    office.inner.people.record_consent(person, Purpose.CONTACT, text_version="1", channel="zalo_oa")
    return hoa


@pytest.mark.parametrize(
    ("age", "sent", "paid", "why"),
    [
        (None, 0, False, None),
        (0 * HOURS, 0, False, None),
        (48 * HOURS, 7, False, None),
        (1 * HOURS, 8, False, FREE_USED_UP),
        (1 * HOURS, 8, True, None),
        (49 * HOURS, 0, False, FREE_USED_UP),
        (49 * HOURS, 0, True, None),
        (7 * DAYS, 0, True, None),
        (7 * DAYS + HOURS, 0, True, WINDOW_CLOSED),
        (30 * DAYS, 0, False, WINDOW_CLOSED),
    ],
)
def test_when_the_conversation_is_open(age, sent, paid, why, peer) -> None:
    rules = account_settings(peer, paid_replies=paid)

    assert closed(rules, NOON, None if age is None else NOON - age, sent) == why


async def test_inside_the_window_news_is_an_ordinary_message(office) -> None:
    hoa = await somebody(office)
    tell(office, hoa, TAKEN)
    await office.sender.send_due()

    assert "Nguyễn Văn Mẫu" in hoa.inbox[-1].text
    assert hoa.inbox[-1].template is None


async def test_the_ninth_message_waits_until_the_person_writes(office) -> None:
    hoa = await somebody(office)
    office.inner.put_out(hoa.id, *"bcdefgh", "thứ chín", channel="zalo_oa")
    await office.sender.send_due()
    parked = office.states()[-1]
    seen = await office.hears(hoa, lambda: hoa.sends("còn gì không"))

    assert parked == ("parked", FREE_USED_UP)
    assert [one.text for one in seen] == ["thứ chín", "nghe: còn gì không"]


async def test_outside_the_window_news_goes_as_a_template_with_its_values(peer, intake: Intake) -> None:
    peer.templates = BLANKS
    async with running(peer, intake, templates=TEMPLATES) as office:
        hoa = await somebody(office)
        office.turn(8 * DAYS)
        tell(office, hoa, TAKEN)
        await office.sender.send_due()

    assert hoa.inbox[-1].template == "300001"
    assert hoa.inbox[-1].values == {
        "ma_ho_so": "KC-0127",
        "trang_thai": "đã có người nhận",
        "nguoi_phu_trach": "Nguyễn Văn Mẫu",
        "so_dien_thoai": "0912 345 678",
    }
    assert intake.rows("SELECT external_id FROM outbox ORDER BY id DESC")[0][0].startswith("zns:")


async def test_the_platform_counts_better_than_we_do(peer, intake: Intake) -> None:
    peer.templates = BLANKS
    async with running(peer, intake, templates=TEMPLATES) as office:
        hoa = await somebody(office)
        peer.fault("message/cs", code=-230)
        tell(office, hoa, TAKEN)
        await office.sender.send_due()

    assert hoa.inbox[-1].template == "300001"


@pytest.mark.parametrize("notice", [LeadWaiting("KC-0127", with_centre=False), TAKEN])
async def test_without_a_template_news_is_parked_with_its_reason_and_comes_when_the_person_writes(
    office, notice
) -> None:
    hoa = await somebody(office)
    office.turn(8 * DAYS)
    tell(office, hoa, notice)
    await office.sender.send_due()
    parked = office.states()[-1]
    seen = await office.hears(hoa, lambda: hoa.sends("tới đâu rồi"))

    assert parked == ("parked", WINDOW_CLOSED)
    assert len(seen) == 2
    assert "KC-0127" in seen[0].text


async def test_what_waited_more_than_a_week_is_no_news_any_more(office) -> None:
    hoa = await somebody(office)
    office.turn(8 * DAYS)
    tell(office, hoa, TAKEN)
    await office.sender.send_due()
    office.turn(8 * DAYS)
    seen = await office.hears(hoa, lambda: hoa.sends("tới đâu rồi"))

    assert [one.text for one in seen] == ["nghe: tới đâu rồi"]


async def test_at_night_a_template_waits_for_the_morning_and_holds_nobody_up(peer, intake: Intake) -> None:
    peer.templates = BLANKS
    async with running(peer, intake, templates=TEMPLATES) as office:
        hoa = await somebody(office)
        office.turn(8 * DAYS + 14 * HOURS)  # 9:00 + 14 h: 23:00 in Vietnam
        tell(office, hoa, TAKEN)
        await office.sender.send_due()
        [(state, reason, not_before)] = intake.rows(
            "SELECT state, reason, not_before FROM outbox ORDER BY id DESC LIMIT 1"
        )
        office.turn(7 * HOURS)
        await office.sender.send_due()

    assert (state, reason, not_before) == ("queued", NIGHT, "2026-12-01T23:00:00.000000+00:00")
    assert hoa.inbox[-1].template == "300001"


async def test_who_writes_at_night_is_answered_at_night_and_gets_the_news_first(peer, intake: Intake) -> None:
    peer.templates = BLANKS
    async with running(peer, intake, templates=TEMPLATES) as office:
        hoa = await somebody(office)
        office.turn(8 * DAYS + 14 * HOURS)
        tell(office, hoa, TAKEN)
        await office.sender.send_due()
        seen = await office.hears(hoa, lambda: hoa.sends("tới đâu rồi"))

    assert [one.template for one in seen] == [None, None]
    assert ["KC-0127" in one.text for one in seen] == [True, False]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"templates": {}}, NO_TEMPLATE),
        ({"templates": {"300001": {"khac"}}}, NO_TEMPLATE),
        ({"money": False, "templates": BLANKS}, NO_MONEY),
    ],
)
async def test_a_template_that_zalo_refuses_is_parked_with_its_reason(peer, intake: Intake, change, reason) -> None:
    for name, value in change.items():
        setattr(peer, name, value)
    async with running(peer, intake, templates=TEMPLATES) as office:
        hoa = await somebody(office)
        office.turn(8 * DAYS)
        tell(office, hoa, TAKEN)
        await office.sender.send_due()

        assert office.states()[-1] == ("parked", reason)


async def test_nobody_is_written_to_by_number_without_their_consent(peer, intake: Intake) -> None:
    peer.templates = BLANKS
    async with running(peer, intake, templates=TEMPLATES) as office:
        hoa = await somebody(office)
        person = intake.people.known("zalo_oa", hoa.id)
        assert person is not None
        intake.people.withdraw_consent(person, Purpose.CONTACT)
        office.turn(8 * DAYS)
        tell(office, hoa, TAKEN)
        await office.sender.send_due()

        assert office.states()[-1] == ("parked", WINDOW_CLOSED)
        assert peer.called("message/template") == []


@pytest.mark.parametrize(
    ("code", "means", "reason"),
    [
        (-211, Held, QUOTA),
        (-218, Held, QUOTA),
        (-230, Held, WINDOW_CLOSED),
        (-232, Held, WINDOW_CLOSED),
        (-234, Held, NIGHT),
        (-133, Held, NIGHT),
        (-144, Held, QUOTA),
        (-147, Held, QUOTA),
        (-115, Held, NO_MONEY),
        (-321, Held, NO_MONEY),
        (-109, Held, NO_TEMPLATE),
        (-131, Held, NO_TEMPLATE),
        (-213, Unreachable, "Zalo OA -213"),
        (-227, Unreachable, "Zalo OA -227"),
        (-244, Unreachable, "Zalo OA -244"),
        (-114, Unreachable, "Zalo OA -114"),
        (-32, RetryLater, "Zalo OA -32"),
        (-216, RetryLater, "Zalo OA -216"),
        (-220, RetryLater, "Zalo OA -220"),
        (-124, RetryLater, "Zalo OA -124"),
        (-224, RetryLater, "Zalo OA -224"),
        (-201, Refused, "Zalo OA -201"),
        (-99999, Refused, "Zalo OA -99999"),
    ],
)
def test_what_a_code_means(code: int, means: type[Exception], reason: str) -> None:
    found = failure(code, NOON, Night())

    assert type(found) is means
    assert found.reason == reason
    assert not isinstance(found, Held) or found.reason in OPENED_BY_WRITING


@pytest.mark.parametrize(
    ("hour", "over"),
    [(21, None), (22, (24, 6)), (23, (24, 6)), (0, (23, 6)), (5, (23, 6)), (6, None), (12, None)],
)
def test_night_in_vietnam(hour: int, over: tuple[int, int] | None) -> None:
    now = datetime(2026, 11, 23, hour, 30, tzinfo=UTC) - 7 * HOURS
    ends = Night().over_at(now)

    assert (None if ends is None else (ends.day, ends.hour)) == over
