"""`make eval`: the held-out sets through the product's own paths, with intervals; `--wrong` prints what failed."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.clock import SystemClock, TurnedClock
from bot.guard import cited, holds
from bot.guard import held_out_lines as lines
from tests.bench.beside_stock import kept_stock, side_by_side
from tests.bench.scoring import Score, answer_holds, wrong_reading

DAY = date(2026, 11, 23)


def score_answers(name: str) -> tuple[Score, float]:
    """Readings of answers, and the share of stated readings that are right."""
    from bot.answers.read import parse_line
    from bot.places import GazetteerReader

    places, score, stated, wrong = GazetteerReader(), Score(), 0, 0
    for line in lines(name):
        got = parse_line({key: line[key] for key in ("id", "question", "text")}, DAY, places)
        bad = wrong_reading(line["want"], got)
        stated += bool(got["understood"] and (got["value"] is not None or got["range"] is not None))
        wrong += bad
        told = {key: value for key, value in got.items() if key != "id" and value not in (None, [], False)}
        score.count(
            line["style"],
            answer_holds(line["want"], got),
            f"{'WRONG ' if bad else ''}{line['question']}: {line['text']!r} {told}, want {line['want']}",
        )
    return score, 100 * (1 - wrong / max(1, stated))


def score_assess() -> Score:
    """Verdicts and criteria."""
    from bot.programmes.assess_lines import assess_line
    from bot.programmes.catalogue import load_programmes
    from bot.programmes.loader import load_law

    law = load_law()
    programmes, score = load_programmes(law), Score()
    for line in lines("assess"):
        day = date.fromisoformat(line.get("as_of", DAY.isoformat()))
        got = assess_line({k: line[k] for k in ("id", "facts", "need") if k in line}, day, programmes, law)
        found = {result["programme"]: result for result in got["results"]}
        wrong = [name for name, want in line["want"].items() if not _assessed(want, found.get(name, {}))]
        score.count("assess", not wrong, f"{line['id']}: {wrong}")
    return score


def _assessed(want: dict[str, Any], got: dict[str, Any]) -> bool:
    outcomes = {criterion["id"]: criterion["outcome"] for criterion in got.get("criteria", [])}
    return (
        got.get("verdict") == want["verdict"]
        and ("max_support" not in want or got.get("max_support") == want["max_support"])
        and all(outcomes.get(name) == outcome for name, outcome in want.get("criteria", {}).items())
    )


@contextmanager
def asking() -> Iterator[Any]:
    """The `ask` path, on the day the sets were written for."""
    from bot.settings import read_settings
    from bot.talking import answering_once

    with answering_once(read_settings(), SystemClock(DAY)) as answer:
        yield answer


def score_questions(answer: Any, name: str) -> tuple[Score, Score, Counter[str]]:
    """Right outcome and topic; with the right citation; and which topics were taken for which."""
    right, citations, confusions = Score(), Score(), Counter[str]()
    for line in track(lines(name), name, console=Console(stderr=True)):
        got = answer(line)
        wanted_cite = got["outcome"] != "answered" or cited(line["cites"], got["citations"])
        right_answer = holds(line, got)
        what = f"{line['text']} → {got['outcome']}/{got['topic']}, want {line['outcome']}/{line['topics']}"
        right.count(line["style"], right_answer, what)
        citations.count(line["style"], right_answer and wanted_cite, what)
        if not right_answer:
            confusions[f"{line['topics'][0]} → {got['topic'] or got['outcome']}"] += 1
    return right, citations, confusions


def score_outside(answer: Any, name: str) -> Score:
    """What is not ours is refused or sent elsewhere."""
    score = Score()
    for line in track(lines(name), name, console=Console(stderr=True)):
        got = answer(line)
        score.count(line["style"], holds(line, got), f"{line['text']} → {got['outcome']}/{got['topic']}")
    return score


def score_intents(names: tuple[str, ...]) -> dict[str, Score]:
    """The intent of everything that is not a policy question."""
    from actions.registry import all_actions
    from bot.assembly import build_services, ensure_model, migrate
    from bot.dialogue.embedded import EmbeddedDialogue
    from bot.logs import quiet
    from bot.settings import read_settings
    from bot.store import Store

    quiet()
    scores = {name: Score() for name in names}
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "eval.sqlite")
        migrate(store)
        clock = TurnedClock(datetime(2026, 11, 23, 3, tzinfo=UTC))
        dialogue = EmbeddedDialogue.load(ensure_model(read_settings()), all_actions(build_services(store, clock)))

        async def all_lines() -> None:
            for name, score in scores.items():
                for line in lines(name):
                    named = await dialogue.intent_of(line["text"])
                    score.count(
                        line["style"], named in line["intent"], f"{line['text']} → {named}, want {line['intent']}"
                    )

        asyncio.run(all_lines())
        store.close()
    return scores


def main() -> None:
    """Prints every table; exit status 0 whatever the figures, since a figure is not a test."""
    from bot.assembly import ensure_model
    from bot.settings import read_settings

    arguments = argparse.ArgumentParser()
    arguments.add_argument("--wrong", action="store_true", help="print every line that does not hold")
    options = arguments.parse_args()
    console = Console(width=140)
    table = Table("set", "group", "right  [95 % interval]  lines")
    wrong: list[str] = []

    def add(name: str, score: Score) -> None:
        for group, share in score.table():
            table.add_row(name, group, share)
        wrong.extend(f"{name} {line}" for line in score.wrong)

    for name in ("answers", "answers_second", "answers_third"):
        answers, precision = score_answers(name)
        add(name, answers)
        table.add_row(name, "precision", f"{precision:5.1f} % of what is stated")
    add("assess", score_assess())
    with asking() as answer:
        confusions = Counter[str]()
        for name in ("questions", "questions_second"):
            questions, citations, taken_for = score_questions(answer, name)
            add(name, questions)
            table.add_row(name, "with citation", citations.table()[-1][1])
            confusions += taken_for
        for name in ("outside", "outside_second"):
            add(name, score_outside(answer, name))
    for name, score in score_intents(("intents", "intents_second")).items():
        add(name, score)
    console.print(table)
    console.print(side_by_side(ensure_model(read_settings()), kept_stock()))
    for pair, times in confusions.most_common(15):
        console.print(f"{times}×  {pair}")
    if options.wrong:
        for line in wrong:
            print(line)
    sys.exit(0)


if __name__ == "__main__":
    main()
