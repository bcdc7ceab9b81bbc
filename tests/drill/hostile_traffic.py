"""What a hostile world sends to a door: honest, twisted, broken, oversized, forged, replayed, late and misplaced requests.

Everything is drawn from a seeded generator, so that the same seed gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from tests.drill.hostile_doors import FORGED, Door, Headers, Json

STRANGERS = 40
"""Chats from which the traffic comes."""
WEIGHTS = {
    "honest": 2,
    "twisted": 6,
    "broken": 4,
    "oversized": 1,
    "forged": 5,
    "replayed": 3,
    "late": 2,
    "misplaced": 1,
}
TEXTS = ("máy được hỗ trợ bao nhiêu", "/start", "/start c_abc", "/restart", "1", "12", "🙂", "a\x00b", "\u202eođ", " ")
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 2**31, 2**63, 2**64, -(2**63) - 1, 10**300, 1e308, float("nan"), float("inf"),
    "", " ", "\x00", "\ud800", "\udfff\ud800", "a" * 5000, "😀" * 100, "'; DROP TABLE inbox;--", "<script>1</script>",
    "/restart", "/start " + "x" * 300, "../../etc/passwd", "0", "-1", "null", [], {}, [[]], {"a": {"b": []}},
    [0] * 500, {"id": 1}, "1" * 400, "2026-11-23T00:00:00Z",
)  # fmt: skip


@dataclass(frozen=True)
class Request:
    """One HTTP request, and what is known of it beforehand."""

    kind: str
    body: bytes
    headers: Headers = field(default_factory=dict)
    method: str = "POST"
    path: str = ""
    update: tuple[str, str] | None = None
    """Chat and update id, when the body is an honest message that must be stored and answered once."""

    @property
    def is_forged(self) -> bool:
        return self.kind == "forged"


class Traffic:
    """Requests for one door, drawn from a seed."""

    def __init__(self, door: Door, seed: int) -> None:
        self.door = door
        self._chance = random.Random(f"{seed} {door.name}")
        self._number = 1_000_000
        self._earlier: list[Request] = []

    def next(self) -> Request:
        """One more request."""
        kind = self._chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        request = getattr(self, f"_{kind}")()
        if kind in {"honest", "late", "twisted"} and len(self._earlier) < 300:
            self._earlier.append(request)
        return replace(request, path=request.path or self.door.path)

    def _update(self, number: int | None = None) -> tuple[Json, tuple[str, str]]:
        self._number += 1
        chat = self.door.chats(str(5000 + self._chance.randrange(STRANGERS)))
        update = self.door.honest(self._chance, chat, self._chance.choice(TEXTS), number or self._number)
        return update, (chat, self.door.named(update))

    def _sealed(self, kind: str, body: bytes, **more: Any) -> Request:
        return Request(kind, body, self.door.proof(body), **more)

    def _honest(self) -> Request:
        update, name = self._update()
        update_text = update.get("message", update).get("text", "")
        return self._sealed("honest", _bytes(update), update=name if update_text.strip() else None)

    def _late(self) -> Request:
        """An update with a number far below those before it."""
        update, name = self._update(number=1000 + self._number % 1_000_000)
        update_text = update.get("message", update).get("text", "")
        return self._sealed("late", _bytes(update), update=name if update_text.strip() else None)

    def _twisted(self) -> Request:
        return self._sealed("twisted", _bytes(self._odd_update()))

    def _odd_update(self) -> Json:
        update, _ = self._update()
        if self.door.kinds and self._chance.random() < 0.6:
            self._chance.choice(self.door.kinds)(update, self._chance)
        for _ in range(self._chance.randint(0, 4)):
            _twist(update, self._chance)
        return update

    def _broken(self) -> Request:
        return self._sealed("broken", _break(_bytes(self._update()[0]), self._chance))

    def _oversized(self) -> Request:
        update, _ = self._update()
        much = self._chance.choice([self.door.largest + 1, self.door.largest // 2, 5000, 4001])
        holder = update if "text" in update else update["message"]
        holder["text"] = self._chance.choice(["a", "ă", "\n", "😀"]) * (
            much // 4 if self._chance.random() < 0.5 else much
        )
        return self._sealed("oversized", _bytes(update))

    def _forged(self) -> Request:
        """An update of somebody who cannot know the secret; on the web, in a conversation that nobody began."""
        self._number += 1
        stranger = {"telegram": "666", "zalo_oa": "666"}.get(self.door.name, FORGED)
        update = self.door.honest(self._chance, stranger, f"{FORGED} {self._number}", self._number)
        if self.door.name != "web":
            for _ in range(self._chance.choice([0, 0, 1, 3])):
                _twist(update, self._chance)
        body = _bytes(update)
        return Request("forged", body, self.door.forgeries(self._chance, body))

    def _replayed(self) -> Request:
        if not self._earlier:
            return self._honest()
        return replace(self._chance.choice(self._earlier), kind="replayed")

    def _misplaced(self) -> Request:
        body = _bytes(self._update()[0])
        method = self._chance.choice(["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "POST"])
        path = self.door.path + self._chance.choice(["", "/", "/..", "%00", "?x=1", "//"])
        kind = self._chance.choice(["text/plain", "multipart/form-data", "application/x-www-form-urlencoded", ";"])
        return Request("misplaced", body, {**self.door.proof(body), "Content-Type": kind}, method, path)


def _bytes(update: Any) -> bytes:
    return json.dumps(update).encode()


def _twist(tree: Json, chance: random.Random) -> None:
    """Changes one place of *tree*: another value, gone, under another name, doubled, or something more."""
    holder: Any = tree
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            return
        key = chance.choice(keys)
        if not isinstance(holder[key], dict | list) or not holder[key] or chance.random() < 0.3:
            break
        holder = holder[key]
    act = chance.randrange(5)
    if act == 0 and isinstance(holder, dict):
        del holder[key]
    elif act == 1 and isinstance(holder, dict):
        holder[chance.choice(["text", "id", "message", "chat", "from", "result", "", "\ud800"])] = holder.pop(key)
    elif act == 2:
        holder[key] = [holder[key], holder[key]]
    else:
        holder[key] = deepcopy(chance.choice(ODD))


def _break(body: bytes, chance: random.Random) -> bytes:
    """Bytes that are no update any more, mostly."""
    somewhere = chance.randrange(len(body))
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: body[:somewhere],
        lambda: body[:somewhere] + chance.randbytes(4) + body[somewhere:],
        lambda: chance.randbytes(chance.randint(0, 400)),
        lambda: b"\xef\xbb\xbf" + body,
        lambda: body.decode().encode("utf-16"),
        lambda: gzip.compress(body, mtime=0),
        lambda: b"[" * 100_000,
        lambda: b'{"a":' * 50_000,
        lambda: b'{"update_id":' + b"9" * 5000 + b"}",
        lambda: body.replace(b"1", b"9" * 400, 3),
        lambda: body[:-1] + b"," + body[1:],
        lambda: chance.choice([b"", b"null", b"[]", b"0", b'"x"', b"true", b"NaN", b"{}", b"[{}]", b'{"result":[[]]}']),
        lambda: b"a=1&text=" + body,
    )
    return chance.choice(ways)()
