"""The Official Account's peer, judged by zalo-sdk."""

from __future__ import annotations

import pytest

from tests.peers.foreign import ClientAtPeer, ForeignClient
from tests.peers.zalo_oa import APP_ID, APP_SECRET, ZaloOaPeer

pytestmark = pytest.mark.clients

APPLICATION = {"app_id": APP_ID, "secret_key": APP_SECRET}


async def signed_in(client: ForeignClient, peer: ZaloOaPeer) -> ClientAtPeer:
    """zalo-sdk before the Official Account, with the token that it got itself."""
    stranger = client.at(peer.base_url, "")
    access, _, _ = await stranger.gives(
        "refresh_acccess_token", application=APPLICATION, refresh_token=peer.refresh_token
    )
    return client.at(peer.base_url, access)


async def test_zalo_sdk_exchanges_a_refresh_token_once(zalo_sdk, zalo_oa) -> None:
    stranger = zalo_sdk.at(zalo_oa.base_url, "")
    wrong_secret, wrong_app = ({**APPLICATION, name: "wrong"} for name in ("secret_key", "app_id"))
    refused = [
        await stranger("refresh_acccess_token", application=application, refresh_token="refresh-0")
        for application in (wrong_secret, wrong_app)
    ]
    access, refresh, until = await stranger.gives(
        "refresh_acccess_token", application=APPLICATION, refresh_token="refresh-0"
    )
    again = await stranger("refresh_acccess_token", application=APPLICATION, refresh_token="refresh-0")

    assert (access, refresh) == (zalo_oa.access_token, zalo_oa.refresh_token)
    assert abs(until - zalo_oa.access_until) < 60, "expires_in is text, and seconds"
    assert [answer.error for answer in (*refused, again)] == ["ZaloOAException"] * 3
    assert ["(-14004)" in refused[0].says, "(-14002)" in refused[1].says, "(-14014)" in again.says] == [True] * 3


async def test_zalo_sdk_sends_text_buttons_and_a_file(zalo_sdk, zalo_oa) -> None:
    hoa = zalo_oa.user("186729651760683225")
    hoa.sends("chào")
    account = await signed_in(zalo_sdk, zalo_oa)
    sent = await account.gives("send_message", user_id=hoa.id, text="Chào chị 🙏")
    buttons = [{"title": "Có", "type": "oa.query.hide", "payload": "#kc:1"}]
    template = {"type": "template", "payload": {"buttons": buttons}}
    await account.gives("send_message", user_id=hoa.id, text="Có chứ?", attachment=template)
    file = await account.gives("upload_file", file_data="%PDF", file_name="phieu.pdf", mime_type="application/pdf")
    await account.gives("send_message", user_id=hoa.id, attachment={"type": "file", "payload": file["data"]})

    assert (sent["data"]["user_id"], len(sent["data"]["message_id"])) == (hoa.id, 20)
    assert [(seen.text, seen.buttons, seen.file) for seen in hoa.inbox] == [
        ("Chào chị 🙏", {}, None), ("Có chứ?", {"Có": "#kc:1"}, None), ("", {}, "phieu.pdf"),
    ]  # fmt: skip


async def test_zalo_sdk_tells_an_expired_token_from_a_wrong_one(zalo_sdk, zalo_oa) -> None:
    hoa = zalo_oa.user()
    hoa.sends("chào")
    account = await signed_in(zalo_sdk, zalo_oa)
    wrong = await zalo_sdk.at(zalo_oa.base_url, "wrong")("send_message", user_id=hoa.id, text="a")
    zalo_oa.clock.turn(25 * 3600 + 1)
    expired = await account("send_message", user_id=hoa.id, text="a")
    renewed = await signed_in(zalo_sdk, zalo_oa)

    assert (wrong.error, expired.error) == ("ZaloOAException", "ZaloOAAuthTokenExpiredException")
    assert "(-216)" in wrong.says
    assert (await renewed.gives("send_message", user_id=hoa.id, text="a"))["error"] == 0


async def test_zalo_sdk_knows_why_the_account_may_not_write(zalo_sdk, zalo_oa) -> None:
    account, hoa = await signed_in(zalo_sdk, zalo_oa), zalo_oa.user("hoa")
    answers = [await account("send_message", user_id="nobody", text="a")]
    answers.append(await account("send_message", user_id="hoa", text="a"))
    hoa.sends("chào")
    answers.append(await account("send_message", user_id="hoa", text="x" * 2001))
    answers.append(await account("send_message", user_id="hoa", text=""))
    answers += [await account("send_message", user_id="hoa", text="a") for _ in range(9)][-1:]
    words = ("not follow", "past 7 days", "outside permitted range", "Invalid parameters", "Out of quota")

    assert [answer.error for answer in answers] == ["ZaloOAException"] * 5
    assert [said for said, answer in zip(words, answers, strict=True) if said not in answer.says] == []


async def test_zalo_sdk_sees_a_broken_server_and_a_call_that_does_not_exist(zalo_sdk, zalo_oa) -> None:
    hoa = zalo_oa.user()
    hoa.sends("chào")
    account = await signed_in(zalo_sdk, zalo_oa)
    zalo_oa.fault("message/cs", raw="<html>bad gateway</html>")
    broken = await account("send_message", user_id=hoa.id, text="a")
    zalo_oa.fault("message/cs", cut="after")
    cut = await account("send_message", user_id=hoa.id, text="b")
    nothing = await account("get_followers", data={})

    assert (broken.error, "502" in broken.says, cut.error) == ("Exception", True, "ConnectionError")
    assert [seen.text for seen in hoa.inbox] == ["b"]
    assert (nothing.error, "(404)" in nothing.says) == ("ZaloOAException", True)


async def test_zalo_sdk_sends_an_approved_template(zalo_sdk, zalo_oa) -> None:
    hoa = zalo_oa.user(phone="84903123456")
    zalo_oa.templates["300001"] = {"ma_ho_so"}
    zalo_oa.clock.turn(_until_noon_in_vietnam(zalo_oa.clock.now()))
    account = await signed_in(zalo_sdk, zalo_oa)
    values = {"ma_ho_so": "KC-1"}
    news = {"contact_phone": "84903123456", "template_id": "300001", "template_data": values}
    sent = await account.gives("send_zns_message", **news)
    unknown = await account("send_zns_message", **{**news, "template_id": "1"})
    zalo_oa.clock.turn(11 * 3600)
    night = await account("send_zns_message", **news)
    zalo_oa.clock.turn(12 * 3600 + 2 * 3600)
    expired = await account("send_zns_message", **news)

    assert (sent["error"], [(seen.template, seen.values) for seen in hoa.inbox]) == (0, [("300001", values)])
    assert ["(-109)" in unknown.says, "(-133)" in night.says] == [True, True]
    assert expired.error == "ZaloOAAuthTokenExpiredException"


def _until_noon_in_vietnam(now: float) -> float:
    """Seconds until it is noon there (05:00 UTC)."""
    return (5 * 3600 - now) % 86400
