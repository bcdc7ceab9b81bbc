"""Ten thousand odd messages through the whole turn: every one is answered, none breaks it, none is told a figure.

python -m tests.drill.fuzz_drill --messages 10000 --seed 1

The turn is the real one (trained model, rules, actions, database on disk); only the channel is left out, so that a
message is nothing but its text. The same seed gives the same messages.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import io
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.assembly import ensure_model
from bot.logs import quiet
from bot.replies.reply import Reply
from bot.settings import read_settings
from nlu.examples import all_examples
from tests.drill.noise import NOISE
from tests.nlu.talk import Office, Person, office

BEGIN, END = "<!-- fuzz figures: begin -->", "<!-- fuzz figures: end -->"
MESSAGES_A_PERSON = 40
FIGURE = re.compile(r"\d[\d.,]*\s*(?:%|triệu|tỷ|nghìn|đồng)")


class Sentences:
    """What people really ask, spoilt: the answer may be anything but an error."""

    def __init__(self) -> None:
        self._texts = [example.text for example in all_examples()]

    def shuffled(self, chance: random.Random) -> str:
        """The words of a sentence in any order, some letters dropped or doubled."""
        words = chance.choice(self._texts).split()
        chance.shuffle(words)
        letters = [letter * chance.choices([1, 0, 3], [30, 1, 1])[0] for letter in " ".join(words)]
        return "".join(letters) or "?"

    def mixed(self, chance: random.Random) -> str:
        """A sentence with noise in the middle of it."""
        text, at = chance.choice(self._texts), chance.random()
        place = int(at * len(text))
        return text[:place] + chance.choice(list(NOISE.values()))(chance)[:300] + text[place:]


@dataclass
class FuzzDrill:
    """What a drill came to; the faults must be 0."""

    messages: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    unanswered: int = 0
    broken_turns: int = 0
    figures_for_noise: int = 0
    english_without_english: int = 0
    logged: int = 0
    """Characters in the log: nothing of this kind belongs there."""
    examples: list[str] = field(default_factory=list)
    """The first messages that went wrong, for reading."""

    @property
    def faults(self) -> dict[str, int]:
        """Everything that must be 0 and is not."""
        names = ("unanswered", "broken_turns", "figures_for_noise", "english_without_english", "logged")
        return {name: getattr(self, name) for name in names if getattr(self, name)}

    def note(self, kind: str, text: str, replies: tuple[Reply, ...], *, first: bool) -> None:
        """Counts one message and what was wrong with its answer."""
        said = "\n".join(reply.text for reply in replies)
        wrong = {
            "unanswered": not said.strip(),
            "broken_turns": any(reply.outcome is not None and reply.outcome.value == "failed" for reply in replies),
            # A question put again may name an amount as an example; that is no answer.
            "figures_for_noise": kind in NOISE
            and any(FIGURE.search(reply.text) for reply in replies if not reply.question),
            "english_without_english": kind == "English" and first and "This service" not in said,
        }
        self.messages += 1
        self.kinds[kind] += 1
        for name, holds in wrong.items():
            setattr(self, name, getattr(self, name) + holds)
            if holds:
                self.examples.append(f"{name} · {kind} · {text[:80]!r} → {said[:80]!r}")


def messages(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Kind and text of each message, drawn from *seed*."""
    chance, sentences = random.Random(seed), Sentences()
    kinds = {**NOISE, "shuffled": sentences.shuffled, "mixed": sentences.mixed}
    # Very long ones cost most and say least; spoilt sentences are where a figure or an error could hide.
    weights = [{"very long": 1, "shuffled": 8, "mixed": 8}.get(kind, 3) for kind in kinds]
    for _ in range(count):
        kind = chance.choices(list(kinds), weights)[0]
        yield kind, kinds[kind](chance)


async def _talk(drill: FuzzDrill, open_office: Office, count: int, seed: int, on_message: Callable[[], None]) -> None:
    person: Person | None = None
    for number, (kind, text) in enumerate(messages(count, seed)):
        first = kind == "English" or number % MESSAGES_A_PERSON == 0 or person is None
        if first or person is None:
            person = open_office.person()
        begun = time.perf_counter()
        await person.says(text)
        drill.milliseconds.append(1000 * (time.perf_counter() - begun))
        drill.note(kind, text, person.replies, first=first)
        on_message()


def run_fuzz_drill(
    folder: Path, model: Path, *, count: int, seed: int, on_message: Callable[[], None] = lambda: None
) -> FuzzDrill:
    """*count* messages through the whole turn, on a database in *folder*."""
    drill, log = FuzzDrill(), io.StringIO()
    with office(folder, model) as open_office, contextlib.redirect_stderr(log):
        quiet()
        asyncio.run(_talk(drill, open_office, count, seed, on_message))
    quiet()
    drill.logged = len(log.getvalue())
    if drill.logged:
        drill.examples.append(f"log · {log.getvalue()[:500]}")
    return drill


def figures(drill: FuzzDrill, count: int, seed: int) -> str:
    """What the run came to, in Markdown."""
    middle = statistics.median(drill.milliseconds)
    slow = statistics.quantiles(drill.milliseconds, n=20)[-1]
    rows = [
        ("Messages", drill.messages),
        ("**Turns that broke**", drill.broken_turns),
        ("**Messages without an answer**", drill.unanswered),
        ("**Figures told to noise**", drill.figures_for_noise),
        ("**English without a line in English**", drill.english_without_english),
        ("**Characters written to the log**", drill.logged),
    ]
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(drill.kinds.items()))
    return "\n".join(
        [
            f"`python -m tests.drill.fuzz_drill --messages {count} --seed {seed}`", "", "| | |", "|---|--:|",
            *(f"| {name} | {count} |" for name, count in rows), "",
            f"By kind: {kinds}. A turn took {middle:.0f} ms (half of them), {slow:.0f} ms (19 in 20).",
        ]
    )  # fmt: skip


def main() -> None:
    """Runs and prints; ends with status 1 when anything went wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        drill = run_fuzz_drill(Path(folder), ensure_model(read_settings()), count=told.messages, seed=told.seed)
    print(figures(drill, told.messages, told.seed))
    print(*drill.examples[:40], sep="\n", file=sys.stderr)
    sys.exit(1 if drill.faults else 0)


if __name__ == "__main__":
    main()
