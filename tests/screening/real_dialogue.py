"""Plays every persona through the whole dialogue and prints what was asked; `--show ID` prints one transcript."""

from __future__ import annotations

import asyncio
import sys

from bot.clock import TurnedClock
from bot.rehearsal import as_text, installation, replay
from tests.screening.simulation import Played, personas, report

if __name__ == "__main__":
    only = sys.argv[2:] if sys.argv[1:2] == ["--show"] else None
    runs = []
    with installation(TurnedClock()) as app:
        for persona in personas():
            if only and persona.id not in only:
                continue
            transcript = asyncio.run(replay(app, persona))
            wrong = {
                name: transcript.verdicts.get(name)
                for name, verdict in persona.expected.items()
                if transcript.verdicts.get(name) != verdict
            }
            runs.append(Played(persona, transcript.asked, transcript.verdicts))
            print(
                f"{persona.group:12} {len(transcript.asked):2}  {persona.id:28} {' '.join(transcript.asked)}",
                f"WRONG {wrong}" if wrong else "",
            )
            if only:
                print(as_text(transcript))
    print(report(runs))
