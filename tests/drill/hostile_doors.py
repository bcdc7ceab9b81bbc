"""The doors that the internet sees: what honest updates look like at each, and how they prove where they come from."""

from __future__ import annotations

import hashlib
import hmac
import random
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from bot.channels.telegram.channel import PROOF_HEADER as TELEGRAM_PROOF
from bot.channels.zalo_bot.channel import PROOF_HEADER as ZALO_BOT_PROOF
from bot.channels.zalo_oa.channel import SIGNATURE_HEADER, TIMESTAMP_HEADER
from tests.peers.zalo_oa import APP_ID, OA_SECRET

Json = dict[str, Any]
Headers = Mapping[str, str | bytes]

SECRET = "s3cret-of-this-drill-0123456789"
FORGED = "GIA-MAO"
"""Stands in every forged text and chat: what of it is found in the database got in."""


@dataclass(frozen=True)
class Door:
    """One way in: what honest updates look like there, and how they prove where they come from."""

    name: str
    path: str
    largest: int
    honest: Callable[[random.Random, str, str, int], Json]
    """Chat, text and number to an update."""
    named: Callable[[Json], str]
    """The channel's own id of an update."""
    proof: Callable[[bytes], Headers]
    forgeries: Callable[[random.Random, bytes], Headers]
    kinds: tuple[Callable[[Json, random.Random], None], ...] = ()
    """What else than text an update may be."""
    chats: Callable[[str], str] = str


# --- Telegram --------------------------------------------------------------------------------------------------------


def _telegram(chance: random.Random, chat: str, text: str, number: int) -> Json:
    person = {"id": int(chat), "is_bot": False, "first_name": chance.choice(["Hoa", "Năm", "𝕏", " "])}
    return {
        "update_id": number,
        "message": {
            "message_id": number % 100_000 + 1,
            "date": 1795399200 + chance.randint(-(10**6), 10**6),
            "chat": {"id": int(chat), "type": "private", "first_name": "Hoa"},
            "from": person,
            "text": text,
        },
    }


def _instead(**content: Any) -> Callable[[Json, random.Random], None]:
    def change(update: Json, _: random.Random) -> None:
        del update["message"]["text"]
        update["message"] |= deepcopy(content)

    return change


def _own_contact(update: Json, chance: random.Random) -> None:
    of = chance.choice([update["message"]["from"]["id"], 5, None])
    _instead(contact={"phone_number": "84903123456", "first_name": "Hoa", "user_id": of})(update, chance)


def _press(update: Json, chance: random.Random) -> None:
    message = update.pop("message")
    data = chance.choice(["b1", "x" * 64, "", "\x00", "/erase_data"])
    update["callback_query"] = {
        "id": "1", "from": message["from"], "chat_instance": "1", "data": data, "message": message,
    }  # fmt: skip


def _edited(update: Json, _: random.Random) -> None:
    update["edited_message"] = update.pop("message")


def _member(update: Json, chance: random.Random) -> None:
    message = update.pop("message")
    states = [{"user": message["from"], "status": one} for one in chance.sample(["kicked", "member", "left"], 2)]
    states = [one | ({"until_date": 0} if one["status"] == "kicked" else {}) for one in states]
    update["my_chat_member"] = {
        "chat": message["chat"], "from": message["from"], "date": message["date"],
        "old_chat_member": states[0], "new_chat_member": states[1],
    }  # fmt: skip


def _group(update: Json, _: random.Random) -> None:
    update["message"]["chat"] = {"id": -1000123, "type": "supergroup", "title": "Nhóm"}


def _near_misses(header: str) -> Callable[[random.Random, bytes], Headers]:
    wrong: tuple[Headers, ...] = (
        {}, {header: ""}, {header: SECRET[:-1]}, {header: SECRET + "x"}, {header: SECRET.upper()},
        {header: f"{SECRET} x"}, {header: "bí mật".encode()}, {header: b"\xff" * 40}, {header: "a" * 6000},
        {"X-Secret": SECRET}, {"Authorization": f"Bearer {SECRET}"},
    )  # fmt: skip
    return lambda chance, _: chance.choice(wrong)


def telegram() -> Door:
    """The webhook of the Telegram bot."""
    place = {"latitude": 11.3, "longitude": 106.7}
    photo = [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]
    return Door(
        "telegram", "/telegram", 1 << 20, _telegram,
        named=lambda update: str(update["update_id"]),
        proof=lambda _: {TELEGRAM_PROOF: SECRET},
        forgeries=_near_misses(TELEGRAM_PROOF),
        kinds=(_own_contact, _instead(location=place), _instead(photo=photo), _press, _edited, _member, _group),
    )  # fmt: skip


# --- Zalo ------------------------------------------------------------------------------------------------------------


def _zalo_bot(chance: random.Random, chat: str, text: str, number: int) -> Json:
    return {
        "event_name": "message.text.received",
        "message": {
            "from": {"id": chat, "display_name": "Hoa", "is_bot": False},
            "chat": {"id": chat, "chat_type": "PRIVATE"},
            "text": text,
            "message_id": f"m{number}",
            "date": 1795399200000 + chance.randint(-(10**9), 10**9),
        },
    }


def _wrapped(update: Json, _: random.Random) -> None:
    inner = dict(update)
    update.clear()
    update.update({"ok": True, "result": inner})


def _zalo_group(update: Json, _: random.Random) -> None:
    update["message"]["chat"] = {"id": "g1", "chat_type": "GROUP"}


def _from_a_bot(update: Json, _: random.Random) -> None:
    update["message"]["from"]["is_bot"] = True


def zalo_bot() -> Door:
    """The webhook of the Zalo bot."""
    return Door(
        "zalo_bot", "/zalo-bot", 1 << 20, _zalo_bot,
        named=lambda update: str(update["message"]["message_id"]),
        proof=lambda _: {ZALO_BOT_PROOF: SECRET},
        forgeries=_near_misses(ZALO_BOT_PROOF),
        kinds=(_instead(photo_url="https://p.example/1.jpg"), _wrapped, _zalo_group, _from_a_bot),
        chats=lambda chat: f"u{chat}",
    )  # fmt: skip


def _zalo_oa(chance: random.Random, chat: str, text: str, number: int) -> Json:
    return {
        "event_name": "user_send_text",
        "app_id": APP_ID,
        "sender": {"id": chat},
        "recipient": {"id": "366200000000000001"},
        "message": {"text": text, "msg_id": f"m{number}"},
        "timestamp": str(1795399200000 + chance.randint(-(10**9), 10**9)),
    }


def _signed(body: bytes, secret: str = OA_SECRET, time: str = "1795399200007") -> Headers:
    mac = hashlib.sha256(APP_ID.encode() + body + time.encode() + secret.encode()).hexdigest()
    return {SIGNATURE_HEADER: f"mac={mac}", TIMESTAMP_HEADER: time}


def _wrongly_signed(chance: random.Random, body: bytes) -> Headers:
    keyed = hmac.new(OA_SECRET.encode(), body, "sha256").hexdigest()
    good = _signed(body)
    wrong: tuple[Headers, ...] = (
        {}, {SIGNATURE_HEADER: ""}, {SIGNATURE_HEADER: "mac="}, _signed(body, "another"), _signed(body + b" "),
        {**good, TIMESTAMP_HEADER: "1"}, {SIGNATURE_HEADER: f"mac={keyed}"}, {SIGNATURE_HEADER: b"\xff" * 64},
        {SIGNATURE_HEADER: "mac=" + "0" * 64}, {SIGNATURE_HEADER: "mac=é".encode() * 9},
    )  # fmt: skip
    return chance.choice(wrong)


def _submits(update: Json, chance: random.Random) -> None:
    update["event_name"] = "user_submit_info"
    update["info"] = {"name": "Hoa", "phone": chance.choice(["84903123456", "", "số"])}


def _event(name: str) -> Callable[[Json, random.Random], None]:
    def change(update: Json, _: random.Random) -> None:
        update |= {"event_name": name, "follower": update["sender"]}

    return change


def _located(update: Json, _: random.Random) -> None:
    update["event_name"] = "user_send_location"
    at = {"type": "location", "payload": {"coordinates": {"latitude": "11.3", "longitude": "106.7"}}}
    update["message"]["attachments"] = [at]


def zalo_oa() -> Door:
    """The webhook of the Official Account."""
    return Door(
        "zalo_oa", "/zalo-oa", 1 << 20, _zalo_oa,
        named=lambda update: str(update["message"]["msg_id"]),
        proof=_signed,
        forgeries=_wrongly_signed,
        kinds=(_submits, _located, *map(_event, ("follow", "unfollow", "user_send_image", "oa_send_text", "?"))),
        chats=lambda chat: f"8{chat}",
    )  # fmt: skip


# --- web -------------------------------------------------------------------------------------------------------------


def _web(_: random.Random, chat: str, text: str, number: int) -> Json:
    return {"conversation": chat, "text": text, "message_id": f"m{number}"}


def _presses(body: Json, chance: random.Random) -> None:
    del body["text"]
    body["payload"] = chance.choice(["b1", "x" * 64, "/erase_data", "'", "á"])


def web(conversations: tuple[str, ...]) -> Door:
    """The chat page's interface; it has no secret: what is forged there is a conversation that nobody began."""
    return Door(
        "web", "/api/chat", 64 * 1024, _web,
        named=lambda body: str(body["message_id"]),
        proof=lambda _: {},
        forgeries=lambda *_: {},
        kinds=(_presses,),
        chats=lambda chat: conversations[int(chat) % len(conversations)],
    )  # fmt: skip
