"""What may stand in a line of a campaign's text: words, its own values, and figures of law by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NoReturn

from bot.campaigns.campaign import PERSONAL, VARIABLE, Value
from bot.eligibility.citation import Status
from bot.errors import NotInForce
from bot.knowledge.topic import FIGURE
from bot.programmes.loader import Law
from bot.programmes.source import Source

_LAW_LIKE = re.compile(r"\}\s*(?:\*\*)?\s*(?:%|phần trăm|nghìn|ngàn|triệu|tỷ|tỉ|đồng|đ\b)", re.IGNORECASE)


class Line:
    """One line of a text, and where it stands in its file."""

    def __init__(self, line: str, source: Source, down: int) -> None:
        self._line, self._source, self._down = line, source, down

    def _fail(self, what: str) -> NoReturn:
        self._source.fail(what, down=self._down)

    def check(
        self, values: Mapping[str, Value | None], law: Law, day: date, personal: tuple[str, ...] = PERSONAL
    ) -> None:
        """Fails for an unknown variable, for a figure that may not be stated on *day*, and for a loose digit."""
        for figure in FIGURE.finditer(self._line):
            self._figure(figure["name"], date.fromisoformat(figure["day"]) if figure["day"] else day, law)
        rest = FIGURE.sub("", self._line)
        if said := _LAW_LIKE.search(rest):
            self._fail(f"{said[0].lstrip('} *')!r} after a value: money and shares come from the law, as {{a.figure}}")
        for variable in VARIABLE.finditer(rest):
            if variable["name"] not in values and variable["name"] not in personal:
                self._fail(f"there is no value {variable['name']!r}")
        rest = VARIABLE.sub("", rest)
        if digit := re.search(r"\S*\d\S*", rest):
            self._fail(f"{digit[0]!r} comes neither from the law nor from the campaign's values")
        if "{" in rest or "}" in rest:
            self._fail("a brace that is no variable")

    def _figure(self, name: str, day: date, law: Law) -> None:
        if name not in law.parameters:
            self._fail(f"there is no parameter {name!r}")
        try:
            status = law.parameter(name).on(day).status
        except NotInForce as error:
            self._fail(str(error))
        if status is Status.UNVERIFIED:
            self._fail(f"{name} is unverified on {day.isoformat()} and may not be stated")
