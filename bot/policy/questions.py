"""What a person must find out before the bot goes to the public, from whom, and what is not certain until then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from bot.programmes.source import Source, read

FILE = Path(__file__).parent / "questions.yml"


class Whom(StrEnum):
    """Who can answer."""

    DEPARTMENT = "so_cong_thuong"
    """Sở Công Thương of the city."""
    INSTRUMENT = "van_ban"
    """The instrument itself, in full and in Vietnamese, from the ministry that issued it."""
    LAWYER = "luat_su"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask."""

    id: str
    whom: Whom
    ask: str
    """The question in the words to use."""
    then: str
    """What to do in the files with the answer."""
    about: tuple[str, ...]
    """Names of figures, provisions, instruments (`văn bản 235/2025/NĐ-CP`), or topics with a doubt in plain words
    (`chủ đề machinery`); `*` stands for any letters."""

    def covers(self, name: str) -> bool:
        """Whether the answer would settle *name*."""
        return any(fnmatchcase(name, pattern) for pattern in self.about)


def load_questions(path: Path | None = None) -> tuple[Question, ...]:
    """Read the questions, ours by default; `ContentError("file:line: what")` for the first fault."""
    return _load(path or FILE)


@cache
def _load(path: Path) -> tuple[Question, ...]:
    return tuple(_question(key, value) for key, value in read(path).pairs())


def _question(key: Source, source: Source) -> Question:
    entries = source.entries(frozenset({"whom", "ask", "then", "about"}))
    whom = entries["whom"].text()
    if whom not in set(Whom):
        entries["whom"].fail(f"whom must be one of {', '.join(Whom)}")
    return Question(key.text(), Whom(whom), entries["ask"].text(), entries["then"].text(), entries["about"].texts())
