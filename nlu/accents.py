"""Puts the diacritics back into text typed without them: a bigram model over syllables, trained on our own texts.

It is exact where our texts are unambiguous and harmless elsewhere: its output is only ever embedded or searched,
never shown and never stored.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.language import fold, nfc

START = "^"
# Under this share of accented syllables some diacritics are missing; those that were typed are never changed.
RESTORE_UNDER = 0.6
# A text with fewer accented syllables teaches nothing about accents.
LEARN_FROM = 0.25
_BACKOFF = 0.4


def syllables(text: str) -> list[str]:
    """Lower-case runs of letters and digits, in order."""
    out: list[str] = []
    word: list[str] = []
    for character in nfc(text).lower():
        if character.isalnum():
            word.append(character)
        elif word:
            out.append("".join(word))
            word = []
    if word:
        out.append("".join(word))
    return out


@dataclass(frozen=True)
class AccentModel:
    """Counts of syllables and of pairs of them, with the accented forms of each bare syllable."""

    unigrams: dict[str, int]
    bigrams: dict[tuple[str, str], int]
    forms: dict[str, tuple[str, ...]]

    @classmethod
    def train(cls, texts: Iterable[str]) -> AccentModel:
        """Counts *texts* that carry diacritics; texts without are passed over."""
        unigrams: Counter[str] = Counter()
        bigrams: Counter[tuple[str, str]] = Counter()
        for text in texts:
            words = syllables(text)
            if not words or _accented_share(words) < LEARN_FROM:
                continue
            unigrams.update(words)
            bigrams.update(zip([START, *words], words, strict=False))
        forms: defaultdict[str, set[str]] = defaultdict(set)
        for word in unigrams:
            forms[fold(word)].add(word)
        return cls(dict(unigrams), dict(bigrams), {bare: tuple(sorted(found)) for bare, found in forms.items()})

    def restore(self, text: str) -> str:
        """*text* as bare lower-case syllables, with its most likely diacritics when it was typed with (nearly) none."""
        words = syllables(text)
        if words and _accented_share(words) < RESTORE_UNDER:
            words = self._best_path(words)
        return " ".join(words)

    def _best_path(self, words: list[str]) -> list[str]:
        """The likeliest sequence of accented forms (Viterbi)."""
        total = sum(self.unigrams.values()) or 1
        paths: dict[str, tuple[float, list[str]]] = {START: (0.0, [])}
        for word in words:
            choices = self.forms.get(fold(word), (word,)) if fold(word) == word else (word,)
            paths = {
                choice: max(
                    (
                        (score + self._step(previous, choice, total), [*path, choice])
                        for previous, (score, path) in paths.items()
                    ),
                    key=lambda candidate: candidate[0],
                )
                for choice in choices
            }
        return max(paths.values(), key=lambda candidate: candidate[0])[1]

    def _step(self, previous: str, word: str, total: int) -> float:
        """Log probability of *word* after *previous*, with stupid back-off to its own frequency."""
        pair = self.bigrams.get((previous, word), 0)
        before = self.unigrams.get(previous, 0) if previous != START else total
        if pair and before:
            return math.log(pair / before)
        return math.log(_BACKOFF * (self.unigrams.get(word, 0) + 0.5) / total)


def _accented_share(words: list[str]) -> float:
    """The share of *words* that carry a diacritic."""
    return sum(fold(word) != word for word in words) / len(words)
