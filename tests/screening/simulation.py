"""Plays personas through the interview alone: every question asked is answered from the persona's true facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from statistics import median

from bot.places import gazetteer
from bot.programmes.catalogue import load_programmes
from bot.programmes.loader import load_law
from bot.screening.draft import Draft
from bot.screening.interview import Interview
from bot.screening.persona import NEVER_SAID, Persona, load_persona

FOLDER = Path(__file__).parent / "personas"
TODAY = date(2026, 11, 23)
MOST = 30


@dataclass(frozen=True, slots=True)
class Played:
    """One persona's way through the screening."""

    persona: Persona
    asked: tuple[str, ...]
    verdicts: dict[str, str]


def personas() -> list[Persona]:
    return [load_persona(path) for path in sorted(FOLDER.glob("*.yml"))]


def an_interview() -> Interview:
    law = load_law()
    return Interview(load_programmes(law), law, gazetteer())


def play(interview: Interview, persona: Persona, day: date = TODAY, *, own_words: bool = True) -> Played:
    """The questions put to *persona* after its first message, and the verdicts in the end.

    With *own_words* it answers in the words of its file, which may have to be asked again, and truly otherwise.
    """
    draft = interview.take_from_text(Draft(persona.id, {}), persona.opening, day)
    asked: list[str] = []
    chosen = False
    while len(asked) < MOST:
        question = interview.next_question(draft, day)
        if question is None and persona.chooses and not chosen:
            chosen = True
            asked.append("need")
            draft = draft.with_fact("need", [persona.chooses])
            continue
        if question is None:
            break
        plainly = not own_words or question in asked
        asked.append(question)
        draft = _answer(interview, draft.having_asked(question), persona, question, day, plainly=plainly)
    return Played(persona, tuple(asked), {r.programme: str(r.verdict) for r in interview.results(draft, day)})


def _answer(interview: Interview, draft: Draft, persona: Persona, question: str, day: date, *, plainly: bool) -> Draft:
    if question in persona.answers and not plainly:
        reading = interview.take(draft, question, persona.answers[question], day)
        return reading.draft or draft
    truth = persona.truth(question)
    if question == "trade_group" and persona.truth("activity") not in {"manufactures", NEVER_SAID}:
        # The question has these buttons beside the products.
        return draft.with_fact("activity", persona.truth("activity"))
    if question == "legal_form" and truth == "household_business" and persona.truth("registered") is True:
        # The button reads "Hộ kinh doanh có giấy".
        draft = draft.with_fact("registered", True)
    return interview.answered(draft, question, None if truth is NEVER_SAID else truth)


def report(played: Iterable[Played]) -> str:
    """The table that docs/screening.md shows."""
    runs = list(played)
    groups = sorted({run.persona.group for run in runs})
    lines = ["| group | households | median | most |", "|---|---|---|---|"]
    for name in [*groups, "all but excluded", "all"]:
        of_group = [
            len(run.asked)
            for run in runs
            if name in {run.persona.group, "all"} or (name == "all but excluded" and run.persona.group != "excluded")
        ]
        lines.append(f"| {name} | {len(of_group)} | {median(of_group):g} | {max(of_group)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    interview = an_interview()
    runs = [play(interview, persona) for persona in personas()]
    for run in runs:
        print(f"{run.persona.group:12} {len(run.asked):2}  {run.persona.id:28} {' '.join(run.asked)}")
    print(report(runs))
    print("\nThe same households when their first message tells nothing:\n")
    print(report(play(interview, replace(persona, opening="kiểm tra giúp tôi")) for persona in personas()))
