"""A refresh token works once: the new pair is stored before it is used, by one refresher, and its end is announced."""

import asyncio
import sqlite3
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.channels.carrier import State
from bot.channels.zalo_oa import token_state
from bot.channels.zalo_oa.client import ZaloOaClient
from bot.channels.zalo_oa.tokens import BRAND_NEW, Tokens
from bot.errors import RetryLater
from tests.channels.zalo_oa.conftest import account_settings, running
from tests.messages.office import Intake
from tests.peers.zalo_oa import TOKEN_SECONDS, ZaloOaPeer

HOURS = timedelta(hours=1)


@asynccontextmanager
async def keeper(peer: ZaloOaPeer, inner: Intake, **more):
    settings = account_settings(peer, **more)
    client = ZaloOaClient(settings)
    yield Tokens(settings, client, inner.store, inner.clock)
    await client.close()


def turn(peer: ZaloOaPeer, inner: Intake, by: timedelta) -> None:
    inner.clock.turn(by)
    peer.clock.turn(by.total_seconds())


def stored(inner: Intake) -> tuple[str, str]:
    [row] = inner.rows("SELECT access_token, refresh_token FROM zalo_tokens")
    return row[0], row[1]


async def test_one_refresh_serves_everybody_and_both_tokens_are_stored(peer, intake: Intake) -> None:
    async with keeper(peer, intake) as tokens:
        given = await asyncio.gather(*(tokens.access() for _ in range(20)))

    assert set(given) == {peer.access_token}
    assert peer.refreshes == 1
    assert stored(intake) == (peer.access_token, peer.refresh_token)


async def test_the_next_start_goes_on_with_the_stored_pair(peer, intake: Intake) -> None:
    async with keeper(peer, intake) as tokens:
        await tokens.access()
    async with keeper(peer, intake) as tokens:
        again = await tokens.access()
        turn(peer, intake, timedelta(seconds=TOKEN_SECONDS))
        later = await tokens.access()

    assert again != later == peer.access_token
    assert peer.refreshes == 2


async def test_a_token_is_exchanged_hours_before_it_ends(peer, intake: Intake) -> None:
    async with keeper(peer, intake) as tokens:
        first = await tokens.access()
        turn(peer, intake, 18 * HOURS)
        same = await tokens.access()
        turn(peer, intake, 1.5 * HOURS)
        second = await tokens.access()

    assert first == same != second


async def test_when_a_refresh_fails_the_old_token_is_used_while_it_lives(peer, intake: Intake) -> None:
    async with keeper(peer, intake) as tokens:
        first = await tokens.access()
        turn(peer, intake, 20 * HOURS)
        peer.fault("access_token", raw="<html>", times=2)
        still = await tokens.access()
        turn(peer, intake, 6 * HOURS)
        with pytest.raises(RetryLater):
            await tokens.access()
        recovered = await tokens.access()

    assert first == still
    assert recovered == peer.access_token


async def test_an_answer_that_was_lost_breaks_the_chain_and_says_so(peer, intake: Intake, capsys) -> None:
    async with keeper(peer, intake) as tokens:
        peer.fault("access_token", cut="after")
        for _ in range(2):
            with pytest.raises(RetryLater):
                await tokens.access()
    standing = token_state(intake.store, account_settings(peer), intake.clock.now())
    out, err = capsys.readouterr()

    assert standing is not None
    assert standing.trouble == "refused (-14014)"
    assert "zalo_oa_consent_needed" in out + err


@pytest.mark.parametrize(("wrong", "code"), [({"app_id": "1"}, -14002), ({"app_secret": "another"}, -14004)])
async def test_a_wrong_application_is_not_taken_for_a_lost_consent(
    peer, intake: Intake, capsys, wrong: dict[str, str], code: int
) -> None:
    async with keeper(peer, intake, **wrong) as tokens:
        with pytest.raises(RetryLater):
            await tokens.access()
    standing = token_state(intake.store, account_settings(peer, **wrong), intake.clock.now())
    async with keeper(peer, intake) as tokens:
        mended = await tokens.access()
    out, err = capsys.readouterr()

    assert standing is not None
    assert standing.trouble == f"application refused ({code})"
    assert ("zalo_oa_application_refused" in out + err, "zalo_oa_consent_needed" in out + err) == (True, False)
    assert mended == peer.access_token, "the refresh token was not used up"


async def test_a_refused_consent_is_not_asked_about_at_every_message(peer, intake: Intake) -> None:
    peer.refresh_token = "somebody-elses"
    async with keeper(peer, intake) as tokens:
        for _ in range(5):
            with pytest.raises(RetryLater):
                await tokens.access()
        turn(peer, intake, timedelta(minutes=6))
        with pytest.raises(RetryLater):
            await tokens.access()

    assert len(peer.called("access_token")) == 2


async def test_who_stops_waiting_does_not_lose_the_pair(peer, intake: Intake) -> None:
    async with keeper(peer, intake) as tokens:
        waiting = asyncio.create_task(tokens.access())
        while tokens._refreshing is None:
            await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await tokens.settle()

    assert peer.refreshes == 1
    assert stored(intake) == (peer.access_token, peer.refresh_token)


async def test_a_pair_that_cannot_be_stored_now_is_stored_later_and_not_used_before(
    peer, intake: Intake, monkeypatch
) -> None:
    trouble = [sqlite3.OperationalError("database is locked")] * 2
    monkeypatch.setattr("bot.channels.zalo_oa.tokens.WAIT_SECONDS", 0.01)
    async with keeper(peer, intake) as tokens:
        keep = tokens._keep

        def busy(pair):
            if trouble:
                raise trouble.pop()
            keep(pair)

        monkeypatch.setattr(tokens, "_keep", busy)
        given = await tokens.access()

    assert stored(intake) == (given, peer.refresh_token)


async def test_a_new_consent_in_the_settings_begins_the_chain_anew(peer, intake: Intake) -> None:
    async with keeper(peer, intake) as tokens:
        await tokens.access()
    peer.refresh_token = "given-again"
    async with keeper(peer, intake, refresh_token="given-again") as tokens:
        again = await tokens.access()

    assert again == peer.access_token
    assert stored(intake) == (peer.access_token, peer.refresh_token)


async def test_two_processes_never_use_the_same_refresh_token(peer, intake: Intake) -> None:
    peer.fault("access_token", hang=0.2, cut="before")
    async with keeper(peer, intake) as one, keeper(peer, intake) as other:
        first = asyncio.create_task(one.access())
        async with asyncio.timeout(5):
            while not intake.rows("SELECT 1 FROM zalo_tokens WHERE refreshing_until IS NOT NULL"):
                await asyncio.sleep(0.001)
        with pytest.raises(RetryLater) as refused:
            await other.access()
        with pytest.raises(RetryLater):
            await first

    assert refused.value.reason == "another process refreshes the token"


async def test_a_refresher_that_died_is_not_waited_for_for_ever(peer, intake: Intake) -> None:
    async with keeper(peer, intake) as tokens:
        tokens._claim(tokens._current())
        with pytest.raises(RetryLater):
            await tokens.access()
        turn(peer, intake, timedelta(minutes=1))
        given = await tokens.access()

    assert given == peer.access_token


@pytest.mark.parametrize("code", [-216, -220])
async def test_an_expired_token_is_exchanged_and_the_message_goes_out(office, code: int) -> None:
    office.peer.expired_code = code
    hoa = office.peer.user()
    await office.hears(hoa, lambda: hoa.sends("một"))
    office.turn(BRAND_NEW)
    office.peer.access_until = 0
    seen = await office.hears(hoa, lambda: hoa.sends("hai"))

    assert [one.text for one in seen] == ["nghe: hai"]
    assert office.peer.refreshes == 2


async def test_a_missing_permission_does_not_use_up_refresh_tokens(office) -> None:
    hoa = office.peer.user()
    office.peer.fault("message/cs", code=-216, times=100)
    await office.hears(hoa, lambda: hoa.sends("một"))
    for _ in range(5):
        office.turn(20 * timedelta(minutes=1))
        await office.sender.send_due()

    assert office.peer.refreshes <= 1 + 5
    assert office.states()[0][0] == "queued"


async def test_the_alarm_rings_before_the_refresh_token_lapses(peer, intake: Intake, capsys) -> None:
    async with running(peer, intake) as office:
        office.channel._alarm()
        quiet = "".join(capsys.readouterr())
        intake.clock.turn(timedelta(days=77))
        office.channel._alarm()
        loud = "".join(capsys.readouterr())
        figures = office.channel.figures()

    assert ("zalo_oa_token_alarm" in quiet, "zalo_oa_token_alarm" in loud) == (False, True)
    assert figures["refresh_token_seconds_left"] == 13 * 86400
    assert figures["access_token_seconds_left"] < 0


async def test_a_refused_consent_is_the_state_of_the_channel(peer, intake: Intake) -> None:
    peer.refresh_token = "somebody-elses"
    async with running(peer, intake) as office:
        state, figures = office.channel.state, office.channel.figures()

    assert (state, figures["running"], figures["token_trouble"]) == (State.REJECTED, 0.0, 1.0)
