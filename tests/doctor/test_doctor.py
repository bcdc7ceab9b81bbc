"""The doctor beside loopback platforms, on real files."""

import os
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.assembly import open_store
from bot.channels.installed import ChannelSettings
from bot.channels.standing import Contact, Standing
from bot.channels.telegram import TelegramSettings
from bot.channels.zalo_oa import TokenState, ZaloOaSettings
from bot.cli import app
from bot.clock import SystemClock, TurnedClock
from bot.doctor import examine, machine, platforms
from bot.replies.doctor_lines import Mark, Observation, line, mark
from bot.settings import SETTINGS_FILE, Settings, read_settings
from tests.peers.telegram import TelegramPeer
from tests.peers.zalo_bot import ZaloBotPeer

HOOK = "https://kc.example.vn/telegram"


@dataclass
class House:
    """An installation with nothing wrong."""

    home: Path
    model: Path

    def settings(self, **more: str) -> Settings:
        given = {"HOME": str(self.home), "MODEL": str(self.model), **more}
        return read_settings({f"KHUYENCONG_{name}": value for name, value in given.items()})

    def opened(self) -> Settings:
        settings = self.settings()
        open_store(settings).close()
        return settings


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "home", tmp_path / "models")


async def codes(settings: Settings, clock: SystemClock | TurnedClock | None = None) -> list[str]:
    return [found.code async for found in examine(settings, clock or SystemClock())]


def lines(observed: Sequence[Observation]) -> list[str]:
    return [line(found) for found in observed]


async def test_a_new_folder_is_told_what_to_do_first(house: House) -> None:
    found = await codes(house.settings())

    assert [code for code in found if not code.startswith("disk_")] == [
        "settings_good", "home_absent", "clock_alone", "model_absent",
        "telegram_absent", "zalo_bot_absent", "zalo_oa_absent", "staff_local", "backup_absent",
    ]  # fmt: skip


async def test_what_is_right_is_told_as_right(house: House) -> None:
    house.opened()
    async with TelegramPeer() as telegram, ZaloBotPeer() as zalo:
        settings = house.settings(
            TELEGRAM_TOKEN=telegram.token,
            TELEGRAM_BASE_URL=telegram.base_url,
            TELEGRAM_NAME="@khuyencong_0_bot",
            ZALO_BOT_TOKEN=zalo.token,
            ZALO_BOT_BASE_URL=zalo.base_url,
            STAFF_TOKEN="mot-ma-rat-dai-123",
        )
        observed = [found async for found in examine(settings, SystemClock())]
        asked = {call.method for call in [*telegram.account().calls, *zalo.calls]}

    told = {found.code for found in observed}
    good = {"database_good", "clock_good", "telegram_good", "telegram_polls", "zalo_bot_good", "zalo_bot_polls"}
    assert good <= told
    assert "staff_good" in told
    assert not asked & {"getUpdates", "setWebhook", "deleteWebhook"}, "it must not disturb the running service"
    assert not [one for one in lines(observed) if telegram.token.split(":")[1] in one or zalo.token in one]


@pytest.mark.parametrize(("method", "code", "expected"), [("getMe", 401, "refused"), ("getMe", 502, "silent")])
async def test_a_platform_that_does_not_talk(house: House, method: str, code: int, expected: str) -> None:
    async with TelegramPeer() as telegram, ZaloBotPeer() as zalo:
        telegram.fault(method, code=code, times=9)
        zalo.fault(method, code=code, times=9)
        settings = house.settings(
            TELEGRAM_TOKEN=telegram.token,
            TELEGRAM_BASE_URL=telegram.base_url,
            ZALO_BOT_TOKEN=zalo.token,
            ZALO_BOT_BASE_URL=zalo.base_url,
        )
        found = await codes(settings)

    assert {f"telegram_{expected}", f"zalo_bot_{expected}"} <= set(found)


TALKS = Standing(Contact.TALKS, "kc_bot")


@pytest.mark.parametrize(
    ("wanted", "standing", "name", "expected"),
    [
        (None, TALKS, None, ["telegram_good", "telegram_polls"]),
        (None, TALKS, "@KC_bot", ["telegram_good", "telegram_polls"]),
        (None, TALKS, "khac_bot", ["telegram_name", "telegram_polls"]),
        (None, Standing(Contact.TALKS, "kc_bot", HOOK), None, ["telegram_good", "hook_foreign"]),
        (HOOK, TALKS, None, ["telegram_good", "hook_lost"]),
        (HOOK, Standing(Contact.TALKS, "kc_bot", HOOK + "2"), None, ["telegram_good", "hook_lost"]),
        (HOOK, Standing(Contact.TALKS, "kc_bot", HOOK, 3), None, ["telegram_good", "telegram_hooked"]),
        (HOOK, Standing(Contact.TALKS, "kc_bot", HOOK, 3, "500"), None, ["telegram_good", "hook_trouble"]),
    ],
)
def test_the_name_and_the_way_in(wanted: str | None, standing: Standing, name: str | None, expected: list[str]) -> None:
    settings = TelegramSettings("1:a", webhook_url=wanted)

    assert [found.code for found in platforms.telegram(settings, standing, name)] == expected


async def test_a_webhook_that_fails_is_told_with_its_reason(house: House) -> None:
    async with TelegramPeer() as telegram:
        account = telegram.account()
        settings = house.settings(
            TELEGRAM_TOKEN=telegram.token,
            TELEGRAM_BASE_URL=telegram.base_url,
            TELEGRAM_WEBHOOK_URL=HOOK,
            TELEGRAM_SECRET="x" * 20,
        )
        assert "hook_lost" in await codes(settings)
        from tests.peers.telegram_world import Webhook

        account.webhook = Webhook(HOOK, "x" * 20)
        account.webhook.last_error = "Wrong response from the webhook: 500"
        account.webhook.last_error_date = int(time.time())
        observed = [found async for found in examine(settings, SystemClock())]

    [told] = [found for found in observed if found.code == "hook_trouble"]
    assert "Wrong response from the webhook: 500" in line(told)


async def test_a_clock_that_is_off_is_told_with_the_seconds() -> None:
    async with TelegramPeer() as telegram:
        chosen = ChannelSettings(TelegramSettings("1:a", telegram.base_url), None, None)
        late = TurnedClock(datetime.now(UTC) - timedelta(minutes=5))
        found = await platforms.clock(chosen, late)

    assert found.code == "clock_wrong"
    assert -302 <= int(found.values["seconds"]) <= -298


@pytest.mark.parametrize(
    ("tokens", "secret", "expected"),
    [
        (None, "s", ["zalo_oa_fresh", "zalo_oa_signed"]),
        (TokenState(9e4, 80 * 86400, None), None, ["zalo_oa_good", "zalo_oa_unsigned"]),
        (TokenState(9e4, 13 * 86400, None), "s", ["zalo_oa_lapsing", "zalo_oa_signed"]),
        (TokenState(-1, 80 * 86400, "refused (-14014)"), "s", ["zalo_oa_refused", "zalo_oa_signed"]),
        (TokenState(-1, 80 * 86400, "application refused (-14004)"), "s", ["zalo_oa_application", "zalo_oa_signed"]),
        (TokenState(9e4, 80 * 86400, "ConnectError"), "s", ["zalo_oa_trouble", "zalo_oa_signed"]),
    ],
)
def test_the_official_account(tokens: TokenState | None, secret: str | None, expected: list[str]) -> None:
    settings = ZaloOaSettings("1", "a", "r", oa_secret=secret)

    assert [found.code for found in platforms.zalo_oa(settings, tokens)] == expected


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "database_good"), (b"not a database at all " * 500, "database_damaged")]
)
def test_the_database_file_is_looked_through(house: House, content: bytes, code: str) -> None:
    settings = house.opened()
    if content:
        for leftover in house.home.glob("khuyencong.sqlite-*"):
            leftover.unlink()
        settings.database.write_bytes(content)

    assert [found.code for found in machine.files(settings)] == [code]


def test_a_database_with_a_spoilt_page_is_damaged(house: House) -> None:
    settings = house.opened()
    with settings.database.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 4096)

    assert [found.code for found in machine.files(settings)] == ["database_damaged"]


@pytest.mark.parametrize(("free", "code"), [(100 << 20, "disk_full"), (1 << 30, "disk_low"), (50 << 30, "disk_good")])
def test_room_on_the_disk(house: House, free: int, code: str) -> None:
    assert machine.disk(house.settings(), free).code == code


@pytest.mark.parametrize(("hours", "code"), [(5, "backup_good"), (47, "backup_good"), (50, "backup_old")])
def test_the_age_of_the_newest_backup(house: House, hours: int, code: str) -> None:
    folder = house.home / "backups"
    folder.mkdir(parents=True)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    for age, name in ((hours, "new.sqlite"), (400, "old.sqlite"), (1, "notes.txt")):
        (folder / name).write_bytes(b"")
        at = (now - timedelta(hours=age)).timestamp()
        os.utime(folder / name, (at, at))

    found = machine.backup(house.settings(), now)
    assert (found.code, found.values["name"]) == (code, "new.sqlite")


def test_a_model_of_other_files_is_seen(house: House) -> None:
    house.model.mkdir()
    assert machine.model(house.settings()).code == "model_absent"
    other = house.model / "0123456789abcdef.tar.gz"
    other.write_bytes(b"")
    assert machine.model(house.settings(MODEL=str(other))).code == "model_other"
    from bot.dialogue.training import archive_name

    (house.model / archive_name()).write_bytes(b"")
    assert machine.model(house.settings()).code == "model_good"


def test_a_settings_file_that_others_can_read(house: House) -> None:
    house.home.mkdir()
    path = house.home / SETTINGS_FILE
    path.write_text("KHUYENCONG_STAFF_TOKEN=ngan\n", "utf8")
    path.chmod(0o644)
    assert machine.settings_file(house.settings()).code == "settings_open"
    path.chmod(0o600)
    settings = house.settings()
    assert (machine.settings_file(settings).code, machine.staff_page(settings).code) == ("settings_good", "staff_short")


def test_the_command_ends_with_1_only_when_something_must_be_done(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.dialogue.training import archive_name

    monkeypatch.setenv("KHUYENCONG_HOME", str(house.home))
    monkeypatch.setenv("KHUYENCONG_MODEL", str(house.model))
    house.opened()
    house.model.mkdir()
    runner = CliRunner()
    missing = runner.invoke(app, ["doctor"])
    (house.model / archive_name()).write_bytes(b"")
    well = runner.invoke(app, ["doctor"])
    monkeypatch.setenv("KHUYENCONG_TELEGRAM_TOKEN", "khong phai token")
    wrong = runner.invoke(app, ["doctor"])

    assert (missing.exit_code, well.exit_code, wrong.exit_code) == (1, 0, 1)
    assert "❌ Mô hình: chưa có cho dữ liệu hiện tại → khuyencong train" in missing.output.splitlines()
    assert well.output.splitlines()[-1] == "Không có việc gì phải làm."
    assert "KHUYENCONG_TELEGRAM_TOKEN" in wrong.output
    assert "khong phai token" not in wrong.output


async def test_every_part_of_the_settings_that_is_wrong_is_told_in_one_go(house: House) -> None:
    settings = house.settings(TELEGRAM_TOKEN="x", ZALO_BOT_TOKEN="x", ZALO_OA_APP_ID="x", LEADS_OFFER_HOURS="x")
    found = await codes(settings)

    assert [code for code in found if code.startswith("settings")] == ["settings_wrong"] * 4
    assert not [code for code in found if code.startswith(("telegram", "zalo"))]


def test_a_line_that_asks_for_something_names_the_next_step() -> None:
    from bot.replies.doctor_lines import CODES

    blanks: dict[str, str] = defaultdict(lambda: "x")
    for code in CODES:
        found = Observation(code, blanks)
        needs = mark(found) in {Mark.WRONG, Mark.LOOK}
        assert ("→" in line(found)) == needs, code
        assert "\n" not in line(found)
