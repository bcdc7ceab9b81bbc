"""What speaks for and against a stretch of words being the name of a place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from bot.places import wording
from bot.places.names import is_ours
from bot.places.units import MIN_TYPO_LENGTH, Kind, Place, contains
from bot.places.words import Agreement, Sentence


class Support(IntEnum):
    """How much the words around speak for a name."""

    NONE = 0
    CUE = 1
    """A weaker word: "bên", "gần", "xưởng em"."""
    PLACE = 2
    """ "ở", "tại", capitals, or nothing else in the answer."""
    KIND = 3
    """Its kind, a place around it, or capitals with nothing else in the answer."""


@dataclass(frozen=True, slots=True)
class Span:
    """A possible name in the words [first, last): how well it agrees and what supports it."""

    first: int
    last: int
    name: str
    places: tuple[Place, ...]
    kind: Kind | None
    kind_words: int
    level: Agreement
    typo: bool
    support: Support

    @property
    def start(self) -> int:
        """Position of the first word, the kind included."""
        return self.first - self.kind_words


def kind_before(sentence: Sentence, first: int) -> tuple[Kind | None, int]:
    """The kind said just before position *first*, and in how many words."""
    for kind, phrases in wording.KIND_WORDS:
        count = phrases.before(sentence, first, strict=False)
        if not count or sentence[first].gap.strip(" ."):
            continue
        word = sentence[first - count]
        if word.key in wording.NEEDS_DOT and "." not in sentence[first - count + 1].gap:
            continue
        if kind in wording.DOUBTFUL_KINDS and sentence.accented and not phrases.before(sentence, first):
            continue
        if wording.COOPERATIVE.before(sentence, first, strict=False):
            continue
        return kind, count
    return None, 0


def goes_on(sentence: Sentence, last: int, name: str) -> bool:
    """Whether the next word makes the name part of an ordinary phrase: "phương án phù hợp" typed without marks."""
    beside = last < len(sentence) and not sentence[last].gap.strip()
    return beside and sentence[last].key in wording.NOT_BEFORE.get(name, ())


def is_something_else(sentence: Sentence, first: int) -> bool:
    """Whether the words before make it a street, a firm or a person."""
    if not first or sentence[first].gap.strip(" "):
        return False
    before = sentence[first - 1]
    # The last word of "Bình Dương" is not the street of the name that follows it.
    after_province = first > 1 and before.key == "duong" and sentence[first - 2].key == "binh"
    if wording.STREET_WORDS.before(sentence, first) and not after_province:
        return True
    if before.capital and sentence[first].capital and before.key in wording.FAMILY_NAMES and first > 1:
        return not after_province
    return _is_firm(sentence, first)


def _is_firm(sentence: Sentence, first: int) -> bool:
    """Whether a word for a firm stands up to three words before, with nothing between that points to a place."""
    for end in range(first, max(first - 3, 0), -1):
        if wording.COMPANY_WORDS.before(sentence, end):
            return not any(word.key in wording.PERSONAL for word in sentence.words[end:first])
        cue = wording.STRONG_CUES.before(sentence, end) or wording.WEAK_CUES.before(sentence, end)
        if cue or sentence[end - 1].gap.strip(" "):
            return False
    return False


def support(sentence: Sentence, first: int, last: int, kind_words: int) -> Support:
    """How much the words before the name, and its capitals, speak for it."""
    if kind_words:
        return Support.KIND
    if _has_telling_capitals(sentence, first, last):
        return Support.PLACE
    end, found = first, Support.NONE
    for _ in range(4):
        if wording.STRONG_CUES.before(sentence, end):
            return Support.PLACE
        if wording.WEAK_CUES.before(sentence, end):
            found = Support.CUE
        elif not (end and sentence[end - 1].key in wording.SKIPPED):
            break
        end -= 1
    return found


def _has_telling_capitals(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the name has capitals where most other words have none."""
    others = len(sentence) - (last - first)
    capitals = sum(word.capital for word in sentence.words)
    mine = sum(word.capital for word in sentence.words[first:last])
    return last - first > 1 and mine == last - first and 2 * (capitals - mine) <= others


def needed(span: Span) -> Support:
    """The support without which the span is not believed."""
    letters = len(span.name.replace(" ", ""))
    exact = span.level is Agreement.EXACT
    ours = any(map(is_ours, span.places))
    if span.typo:
        least = Support.PLACE if letters > MIN_TYPO_LENGTH else Support.KIND
    elif span.name in wording.KIND_ONLY:
        least = Support.KIND
    elif span.name in wording.HARD_LOOKALIKES:
        least = Support.PLACE if exact else Support.KIND
    elif span.name in wording.LOOKALIKES or span.name in wording.NEED_EVIDENCE:
        least = Support.PLACE
    elif span.name in wording.SAFE or span.name.count(" ") > 1:
        least = Support.NONE
    elif ours:
        least = Support.NONE if exact else Support.CUE
    else:
        least = Support.CUE if exact else Support.PLACE
    return least


def backs(sentence: Sentence, other: Span, span: Span) -> bool:
    """Whether *other* stands right beside *span* and one lies in the other."""
    first, second = (other, span) if other.first < span.first else (span, other)
    if second.start != first.last or second.typo or first.typo or sentence[first.last].gap.strip(" ,-()/"):
        return False
    return any(contains(one, two) or contains(two, one) for one in other.places for two in span.places)
