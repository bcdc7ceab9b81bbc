"""A campaign as the Centre's clerk runs it from the command line, with people on Telegram and Zalo who answer it."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import pytest_asyncio

from bot.clock import SystemClock, TurnedClock
from bot.people import People, Purpose
from bot.screening.draft import Draft, save_draft
from tests.by_day import SHIFT
from tests.campaigns.centre import ELIGIBLE
from tests.journeys.people import Chatter, collaborator, question_in, texts
from tests.peers.telegram import TelegramPeer
from tests.peers.zalo_bot import ZaloBotPeer, ZaloUser
from tests.service import Service

pytestmark = [pytest.mark.model, pytest.mark.asyncio(loop_scope="session")]

MORNING = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
"""Tuesday, 9 o'clock in Vietnam; no holiday is near."""
STARTS_WITHIN = 40.0
"""The service looks every twenty seconds whether a campaign is due."""
OPENS = "mở ngày 12/03/2027"
STOPPED = "từ nay không gửi tin giới thiệu nữa"


class ServiceByDay(Service):
    """The service and its commands on a Tuesday morning, whatever the time is."""

    module = "tests.by_day"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def telegram() -> AsyncIterator[TelegramPeer]:
    async with TelegramPeer() as peer:
        yield peer


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def zalo() -> AsyncIterator[ZaloBotPeer]:
    async with ZaloBotPeer() as peer:
        yield peer


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def centre(
    tmp_path_factory: pytest.TempPathFactory, model: Path, telegram: TelegramPeer, zalo: ZaloBotPeer
) -> AsyncIterator[Service]:
    home = tmp_path_factory.mktemp("campaign") / "home"
    async with ServiceByDay(
        home,
        model,
        telegram_token=telegram.token,
        telegram_base_url=telegram.base_url,
        zalo_bot_token=zalo.token,
        zalo_bot_base_url=zalo.base_url,
    ) as service:
        service.environment[SHIFT] = str((MORNING - datetime.now(UTC)).total_seconds())
        await service.start()
        yield service


def agreed(service: Service, channel: str, chat: str, **facts: Any) -> str:
    """Somebody who agreed to news and was screened last week."""
    clock = TurnedClock(MORNING)
    people = People(service.store, clock)
    with service.store.transaction() as db:
        person = people.person_for(channel, chat)
        people.record_consent(person, Purpose.CAMPAIGN, text_version="t", channel=channel)
        save_draft(db, Draft(person, {**ELIGIBLE, **facts}), clock.now())
    return person


def filled_in(file: Path) -> None:
    """Does what the sample asks its reader to do."""
    text = file.read_text("utf8")
    for name, value in (("ngay_mo", "2027-03-12"), ("noi_mo", "Nhà thi đấu tỉnh"), ("han_dang_ky", "2027-02-10")):
        text = re.sub(rf"^(  {name}:) *#.*$", rf"\1 {value}", text, flags=re.MULTILINE)
    file.write_text(text, "utf8")


async def until(holds: Callable[[], bool], seconds: float = STARTS_WITHIN) -> None:
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.05)


async def hoa_agrees_in_the_chat(service: Service, peer: TelegramPeer) -> Chatter:
    hoa = Chatter(service, peer, 2001, "Hoa")
    await hoa.starts()
    assert "mỗi tuần nhiều nhất một tin" in texts(await hoa.says("cho tôi nhận tin"))
    assert "sẽ báo anh/chị" in texts(await hoa.taps("Đồng ý"))
    await hoa.says("xưởng em làm gốm ở xã Phú Giáo 8 thợ, muốn dự hội chợ")
    await hoa.says("thôi để sau")
    return hoa


def others_agreed_before(service: Service, peer: TelegramPeer) -> list[Chatter]:
    others = [Chatter(service, peer, number, name) for number, name in ((2002, "Bình"), (2003, "Lan"), (2004, "Tư"))]
    for one in others:
        one.user.chat.started = True
        agreed(service, "telegram", str(one.user.id))
    return others


async def nam_is_on_zalo(service: Service, peer: ZaloBotPeer) -> ZaloUser:
    nam = peer.user("nam")
    nam.sends("xin chào")
    await until(lambda: bool(nam.inbox))
    agreed(service, "zalo_bot", "nam")
    return nam


def nobody_can_write_to_one_of_them(service: Service) -> None:
    unreached = agreed(service, "web", "w-1", trade_group="agro_food_processing")
    people = People(service.store, SystemClock())
    people.set_phone(unreached, "+84903123456")
    people.record_consent(unreached, Purpose.CONTACT, text_version="t", channel="web")


async def the_clerk_prepares(service: Service, peer: TelegramPeer, folder: Path) -> None:
    """Sample, check, draft, preview, a trial to herself, then "go"."""
    clerk = await collaborator(service, peer, "Trần Thị Mẫu", 2009)
    file = folder / "fairs.yml"
    await service.command("campaign", "samples", "--into", str(folder))
    filled_in(file)
    assert "dùng được ngay" in await service.command("campaign", "check", str(file))
    await service.command("campaign", "new", str(file))
    preview = await service.command("campaign", "preview", "hoi-cho")
    assert "6 người, trong 6 người đồng ý nhận tin." in preview
    assert "Nhắn được 5 người: Telegram 4, Zalo Bot 1." in preview
    assert preview.count("\n• Xã Phú Giáo, ") == 6
    assert preview.count("Hội chợ trong nước: ") == 6
    await service.command("campaign", "test", "hoi-cho")
    [trial] = await clerk.hears("Tin gửi thử", f"hội chợ hàng công nghiệp nông thôn {OPENS}")
    assert "Không nhận nữa" in trial.titles
    assert "Tin gửi thử: bấm nút này thì người nhận" in texts(await clerk.taps("Không nhận nữa"))
    assert "chờ tới giờ" in await service.command("campaign", "schedule", "hoi-cho")


async def test_a_campaign_from_the_sample_to_the_report(
    centre: Service, telegram: TelegramPeer, zalo: ZaloBotPeer, tmp_path: Path
) -> None:
    hoa = await hoa_agrees_in_the_chat(centre, telegram)
    binh, lan, tu = others_agreed_before(centre, telegram)
    nam = await nam_is_on_zalo(centre, zalo)
    nobody_can_write_to_one_of_them(centre)
    await the_clerk_prepares(centre, telegram, tmp_path)

    # It goes to everybody who agreed and can be reached.
    for one in (hoa, binh, lan, tu):
        await one.user.until(lambda seen: any(OPENS in message.text for message in seen), STARTS_WITHIN)
        one.new()
    await until(lambda: any(OPENS in text for text in nam.inbox))

    # A reply lands in the campaign: "how much" is about fairs; the button begins its screening.
    answer = texts(await hoa.says("được bao nhiêu vậy"))
    assert "hội chợ" in answer.lower()
    assert question_in(await hoa.taps("Kiểm tra xem tôi có được không")) is not None

    # Whoever has enough says so in any words, on any channel, also while a question is open.
    stopped = [
        texts(await binh.says("thôi đừng nhắn tui nữa nghen")),
        texts(await lan.says("dừng")),
        texts(await hoa.says("thôi đừng gửi tin cho tui nữa nghen")),
    ]
    nam.sends("đừng gửi nữa")
    await until(lambda: any(STOPPED in text for text in nam.inbox))
    later = texts([*await tu.taps("Nhắc tôi sau"), *await tu.taps("Ngày mai")])
    assert [said for said in stopped if STOPPED not in said] == []
    assert "Sẽ nhắc lại anh/chị vào ngày 02/12/2026." in later

    # What came of it, on paper.
    files = {kind: tmp_path / f"report.{kind}" for kind in ("csv", "xlsx", "chart", "calls")}
    paths = [part for kind, path in files.items() for part in (f"--{kind}", str(path))]
    report = await centre.command("campaign", "report", "hoi-cho", *paths)
    assert [
        line
        for line in ("Trong danh sách: 6", "Kênh đã nhận gửi: 5", "Thôi nhận tin: 4", "nhắn được: 1")
        if line not in report
    ] == []
    assert "0903 123 456" in files["calls"].read_text("utf-8-sig")
    assert files["csv"].read_text("utf-8-sig").startswith("Theo,Nhóm,Trong danh sách")
    assert openpyxl.load_workbook(files["xlsx"]).sheetnames[0] == "Tổng hợp"
    assert files["chart"].read_bytes().startswith(b"\x89PNG")

    # The next one is for those who stayed.
    await centre.command("campaign", "new", str(tmp_path / "trademark.yml"))
    assert "trong 2 người đồng ý nhận tin" in await centre.command("campaign", "preview", "nhan-hieu")
