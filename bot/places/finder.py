"""Finds the places that a sentence names, however they are typed; a name that may be an ordinary word needs support."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.language import is_accented, nfc
from bot.places import wording
from bot.places.names import Keys, Name, is_ours, longest, names
from bot.places.support import Span, Support, backs, goes_on, is_something_else, kind_before, needed, support
from bot.places.typos import mistyped
from bot.places.units import CITY, Kind, OldUnit, Place, Province, bears_kind, readings
from bot.places.words import Agreement, Sentence, Word, agreement, hear

READ_CHARACTERS = 1000
"""What follows is not read: an answer about a place is short."""


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A stretch of the text that names places: offsets with the kind word, the kind when said, what it may be."""

    start: int
    end: int
    text: str
    kind: Kind | None
    places: tuple[Place, ...]
    first_word: int
    last_word: int
    """Positions in the words of the text, the kind included."""
    typo: bool = False


def find(text: str, day: date) -> list[PlaceMatch]:
    """The places named in *text* that exist, or once existed, on *day*, in order; each kept with all it may be."""
    text = text[:READ_CHARACTERS]
    sentence = hear(text)
    spans = _written(sentence, day)
    taken = {index for span in spans for index in range(span.first, span.last)}
    for first, last, keys, typo in mistyped(sentence, taken):
        places = [place for name in names()[keys] for place in name.places if is_ours(place)]
        span = _span(sentence, first, last, keys, places, Agreement.PARTIAL, day)
        spans += [replace(span, typo=typo)] if span else []
    believed = _believed(sentence, _with_answer_alone(sentence, spans))
    return [_match(text, sentence, span) for span in _without_overlaps(believed)]


def _match(text: str, sentence: Sentence, span: Span) -> PlaceMatch:
    start, end = sentence[span.start].start, sentence[span.last - 1].end
    return PlaceMatch(start, end, nfc(text[start:end]), span.kind, span.places, span.start, span.last, span.typo)


def _written(sentence: Sentence, day: date) -> list[Span]:
    """Every stretch that spells a name, overlapping ones included."""
    found = []
    for first, word in enumerate(sentence.words):
        for length in range(1, min(longest().get(word.key, 0), len(sentence) - first) + 1):
            part = sentence.words[first : first + length]
            if length > 1 and part[-1].gap.strip(" -\t"):
                break
            keys = tuple(word.key for word in part)
            written = names().get(keys)
            if written is None:
                continue
            places, level = _agreeing(part, written, accented=sentence.accented)
            span = _span(sentence, first, first + length, keys, places, level, day) if places else None
            found += [span] if span else []
    return found


def _agreeing(part: tuple[Word, ...], written: tuple[Name, ...], *, accented: bool) -> tuple[list[Place], Agreement]:
    """The places whose marks agree best with the typed words; none when all contradict them."""
    marked = accented or len(part) == 1 or any(is_accented(word.text) for word in part)
    levels: dict[Agreement, list[Name]] = {}
    for name in written:
        level = max(agreement(word.text.lower(), syllable) for word, syllable in zip(part, name.syllables, strict=True))
        # "long an" in unaccented text says nothing about its marks.
        level = level if marked else max(level, Agreement.PARTIAL)
        levels.setdefault(level, []).append(name)
    level = min(levels)
    if level is Agreement.CONFLICT:
        return [], level
    # Unaccented "thanh an" may be Thanh An or Thạnh An: then it is the one in former Bình Dương.
    best = [name for name in levels[level] if name.is_ours] or levels[level]
    return [place for name in best for place in name.places], level


def _span(  # noqa: PLR0917 (the parts of one record)
    sentence: Sentence, first: int, last: int, keys: Keys, places: list[Place], level: Agreement, day: date
) -> Span | None:
    """The span with its kind, held to the places of that kind; None when the words around make it something else."""
    name = " ".join(keys)
    kind, kind_words = kind_before(sentence, first)
    chosen = [place for place in dict.fromkeys(places) if readings(place, day)]
    of_kind = [place for place in chosen if kind and bears_kind(place, kind)]
    if of_kind:
        chosen = of_kind
    elif kind:
        # A wrong kind ("phường Phú Giáo") is taken for a slip of the tongue, except between a province and a part of it.
        chosen = [place for place in chosen if kind != "tinh" and not isinstance(place, Province)]
        kind = None
    if not of_kind:
        # Said alone, "Tân An" is the old ward here and "Tây Ninh" the province, not a town in another province.
        chosen = [place for place in chosen if not _is_town_elsewhere(place)] or chosen
    if not chosen or (name.isdigit() and not kind):
        return None
    if goes_on(sentence, last, name) or (not kind_words and is_something_else(sentence, first)):
        return None
    return Span(
        first=first,
        last=last,
        name=name,
        places=tuple(chosen),
        kind=kind,
        kind_words=kind_words,
        level=level,
        typo=False,
        support=support(sentence, first, last, kind_words),
    )


def _is_town_elsewhere(place: Place) -> bool:
    return isinstance(place, OldUnit) and place.province_today != CITY


def _with_answer_alone(sentence: Sentence, spans: list[Span]) -> list[Span]:
    """Adds the support of standing alone: besides names and polite words there is nothing in the text."""
    named = {index for span in spans for index in range(span.start, span.last)}
    if any(index not in named and word.key not in wording.FILLERS for index, word in enumerate(sentence.words)):
        return spans
    return [replace(span, support=_alone(sentence, span)) for span in spans]


def _alone(sentence: Sentence, span: Span) -> Support:
    """After "ở" or with capitals, and its marks or capitals right, it is a name, whatever else the word means."""
    sure = span.level is Agreement.EXACT or sentence[span.first].capital
    return Support.KIND if sure and span.support >= Support.PLACE else max(span.support, Support.PLACE)


def _believed(sentence: Sentence, spans: list[Span]) -> list[Span]:
    """The spans with enough support; a believed neighbour that holds, or lies in, a span supports it."""
    believed = [span for span in spans if span.support >= needed(span)]
    waiting = [span for span in spans if span.support < needed(span)]
    while supported := [span for span in waiting if any(backs(sentence, other, span) for other in believed)]:
        believed += [replace(span, support=Support.KIND) for span in supported]
        waiting = [span for span in waiting if span not in supported]
    return believed


def _without_overlaps(spans: list[Span]) -> list[Span]:
    """The longest of overlapping spans, then the better supported, then the earlier."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.first - one.last, -one.support, one.typo, one.first)):
        if all(span.last <= other.start or other.last <= span.start for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda one: one.first)
