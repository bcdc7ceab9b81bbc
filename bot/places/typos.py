"""Names of former Bình Dương glued together ("laithieu") or one slip of the finger away ("lai thiu")."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from bot.places import wording
from bot.places.gazetteer import gazetteer
from bot.places.names import Keys, Name, long_names, names
from bot.places.units import MIN_TYPO_LENGTH
from bot.places.words import Agreement, Sentence, Word, agreement

_MOST_WORDS = 4


def mistyped(sentence: Sentence, taken: set[int]) -> Iterator[tuple[int, int, Keys, bool]]:
    """First and last position, the keys of the name that was meant, and whether a letter is wrong (else: glued).

    Words in *taken* spell a name already. A stretch that is another place of the country is not a slip.
    """
    for first, word in enumerate(sentence.words):
        for length in range(1, min(_MOST_WORDS, len(sentence) - first) + 1):
            part = sentence.words[first : first + length]
            if first + length - 1 in taken or (length > 1 and part[-1].gap.strip(" ")):
                break
            typed = "".join(one.key for one in part)
            for keys, joined in long_names().get(word.key[0], ()):
                if abs(len(typed) - len(joined)) > 1:
                    continue
                if length == 1 and typed == joined:
                    yield first, first + 1, keys, False
                elif length == len(keys) and OSA.distance(typed, joined, score_cutoff=1) <= 1 and _is_slip(part, keys):
                    yield first, first + length, keys, True


def _is_slip(part: tuple[Word, ...], keys: Keys) -> bool:
    """Whether at most one syllable is off and no other is contradicted by its marks."""
    typed = " ".join(word.key for word in part)
    if typed in gazetteer().near_names or typed in wording.NOT_SLIPS:
        return False
    slips = [index for index, (word, written) in enumerate(zip(part, keys, strict=True)) if word.key != written]
    if len(slips) > 1:
        return False
    conflicts = [_conflicts(part, name, slips) for name in names()[keys] if name.is_ours]
    if slips:
        return 0 in conflicts
    # Same letters, other marks: only a long name with one wrong tone mark is taken for a slip.
    return 1 in conflicts and sum(map(len, keys)) > MIN_TYPO_LENGTH + 1


def _conflicts(part: tuple[Word, ...], name: Name, slips: list[int]) -> int:
    return sum(
        index not in slips and agreement(word.text.lower(), syllable) is Agreement.CONFLICT
        for index, (word, syllable) in enumerate(zip(part, name.syllables, strict=True))
    )
