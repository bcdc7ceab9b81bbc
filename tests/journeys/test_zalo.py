"""The main job on Zalo, in the running service: a household on the bot by number, a collaborator on the Official Account."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import pytest

from bot.clock import SystemClock
from bot.leads import Collaborators
from tests.journeys.people import PATIENCE
from tests.peers.zalo_bot import ZaloBotPeer, ZaloUser
from tests.peers.zalo_oa import OaUser, ZaloOaPeer
from tests.service import Service

pytestmark = [pytest.mark.model, pytest.mark.asyncio(loop_scope="session")]


class Zalo:
    """Somebody on either Zalo channel, who waits for the whole answer."""

    def __init__(self, service: Service, channel: str, user: ZaloUser | OaUser) -> None:
        self._service = service
        self._channel = channel
        self.user = user
        self._seen = 0

    async def does(self, act: Callable[[], Any]) -> str:
        """Everything that came in answer, as one text."""
        before = self._count()
        act()
        async with asyncio.timeout(PATIENCE):
            while self._count() == before or self._busy():
                await asyncio.sleep(0.02)
        return self.new()

    async def says(self, text: str) -> str:
        return await self.does(lambda: self.user.sends(text))

    async def picks(self, title: str) -> str:
        """Types the number of the newest line with this title."""
        lines = "\n".join(reversed("\n".join(self._texts()).splitlines()))
        number = re.search(rf"^(\d+)\. {re.escape(title)}", lines, re.MULTILINE)
        assert number is not None, (title, self._texts()[-1])
        return await self.says(number[1])

    async def hears(self, *words: str) -> str:
        """What came, once all these words are in it."""
        async with asyncio.timeout(PATIENCE):
            while not all(word in "\n".join(self._texts()[self._seen :]) for word in words):
                await asyncio.sleep(0.02)
        return self.new()

    def new(self) -> str:
        new = self._texts()[self._seen :]
        self._seen += len(new)
        return "\n".join(new)

    def _texts(self) -> list[str]:
        return [one if isinstance(one, str) else one.text for one in self.user.inbox]

    def _count(self) -> int:
        return int(
            self._service.rows(
                "SELECT count(*) FROM inbox WHERE channel = ? AND chat = ? AND state != 'new'",
                self._channel,
                self.user.id,
            )[0][0]
        )

    def _busy(self) -> bool:
        return (
            self._service.rows(
                "SELECT 1 FROM outbox WHERE channel = ? AND chat = ? AND state IN ('queued', 'sending')",
                self._channel,
                self.user.id,
            )
            != []
        )


async def test_a_household_on_the_bot_and_a_collaborator_on_the_account(
    service: Service, zalo_bot: ZaloBotPeer, zalo_oa: ZaloOaPeer
) -> None:
    staff = Collaborators(service.store, SystemClock())
    [one] = [one.id for one in staff.all() if one.name == "Lê Văn Thử"]
    thu = Zalo(service, "zalo_oa", zalo_oa.user("thu"))
    hoa = Zalo(service, "zalo_bot", zalo_bot.user("hoa"))
    invitation = staff.invite(one)
    welcome = await thu.says(f"/start {invitation}")

    answer = await hoa.says("mua may duoc ho tro bao nhieu")
    menu = await hoa.says("cho tôi gặp cán bộ")
    name = await hoa.picks("Đồng ý")
    phone = await hoa.says("Chị Hoa bánh tráng")
    place = await hoa.says("0903 123 457")
    passed = await hoa.says("ở xã Thanh An")
    numbers = re.findall(r"KC-\d+", passed)

    assert "Lê Văn Thử" in welcome
    assert ("50%" in answer, "300 triệu" in answer, "**" in answer) == (True, True, False)
    assert "\n1. Đồng ý\n" in menu
    assert ("cho xin tên" in name, "Số điện thoại" in phone, "xã, phường" in place) == (True, True, True)
    assert numbers

    card = await thu.hears(numbers[0], "0903 123 457")
    assert isinstance(thu.user, OaUser)
    taken = await thu.does(lambda: thu.user.taps("Nhận"))  # type: ignore[union-attr]
    told = await hoa.hears("Lê Văn Thử", "sẽ gọi")
    status = await hoa.says("hồ sơ của tôi tới đâu rồi")

    assert "Chị Hoa" in card
    assert "nhận" in taken
    assert numbers[0] in told
    assert numbers[0] in status
    metrics = await _metrics(service)
    assert 'khuyencong_channel{channel="zalo_oa",figure="running"} 1.0' in metrics
    assert 'khuyencong_channel{channel="zalo_bot",figure="running"} 1.0' in metrics


async def _metrics(service: Service) -> str:
    import httpx

    async with httpx.AsyncClient() as http:
        return (await http.get(f"{service.url}/metrics")).text
