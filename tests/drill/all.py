"""The long kill runs, with progress; what they come to is written into docs/reliability.md.

python -m tests.drill.all [--leads 1000 --kills 200 --rounds 20 --seed 1] [--no-write]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from bot.assembly import ensure_model
from bot.clock import SystemClock
from bot.settings import read_settings
from tests.drill import campaign_drill, fuzz_drill, hostile_drill
from tests.drill.lead_drill import Drill, run_drill
from tests.drill.server_drill import ServerDrill, plan, run_server_drill
from tests.service import ROOT

REPORT = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


@dataclass(frozen=True)
class Size:
    """How much is run."""

    leads: int
    kills: int
    rounds: int
    seed: int

    @property
    def command(self) -> str:
        return (
            f"python -m tests.drill.all --leads {self.leads} --kills {self.kills}"
            f" --rounds {self.rounds} --seed {self.seed}"
        )


def run(size: Size, console: Console) -> tuple[Drill, ServerDrill]:
    """Both drills, one after the other."""
    model = ensure_model(read_settings())
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with tempfile.TemporaryDirectory() as folder, Progress(*columns, console=console) as progress:
        kills = progress.add_task("Leads without Rasa, kills", total=size.kills)
        rounds = progress.add_task("The whole service, rounds", total=size.rounds)
        leads = run_drill(
            Path(folder), leads=size.leads, kills=size.kills, seed=size.seed, on_kill=lambda: progress.advance(kills)
        )
        service = asyncio.run(
            run_server_drill(
                Path(folder),
                model,
                plan(size.rounds, size.seed),
                seed=size.seed,
                on_round=lambda: progress.advance(rounds),
            )
        )
    return leads, service


def figures(size: Size, leads: Drill, service: ServerDrill, seconds: float) -> str:
    """What the runs came to, in Markdown."""
    rows = [
        ("Leads passed on", leads.leads, service.leads),
        ("Kills (SIGKILL)", leads.kills, sum(service.kills.values())),
        ("Messages to be sent", leads.messages, service.messages),
        ("Cards to collaborators", leads.cards, service.cards),
        ("Taken by the channel, not yet noted when killed: go twice", leads.taken_unseen, service.taken_unseen),
        ("**Leads lost**", leads.lost_leads, service.lost_leads),
        ("**Leads doubled**", leads.doubled_leads, service.doubled_leads),
        ("**Leads that nobody has**", leads.without_owner, service.without_owner),
        ("**Messages of people left unanswered**", "–", service.unanswered),
        ("**Turns that broke**", "–", service.broken_turns),
        ("**Messages never sent**", leads.unsent, service.unsent),
        ("**Messages doubled beyond those above**", leads.doubled, service.doubled),
        ("**Cards doubled beyond those above**", leads.doubled_cards, service.doubled_cards),
    ]
    points = ", ".join(f"{name} {count}" for name, count in sorted(service.kills.items()))
    return "\n".join(
        [
            f"Run on {SystemClock().today().isoformat()}, {seconds / 60:.0f} minutes, seed {size.seed}:",
            f"`{size.command}`",
            "",
            "| | leads without Rasa | the whole service |",
            "|---|--:|--:|",
            *(f"| {name} | {one} | {other} |" for name, one, other in rows),
            "",
            f"Kills of the whole service by point: {points}. Slowest start afterwards: {service.slowest_start:.0f} s.",
            "",
            f"The machine had {os.cpu_count()} cores (load average at the end: {os.getloadavg()[1]:.0f}).",
        ]
    )


def write(text: str, begin: str = BEGIN, end: str = END) -> None:
    """Puts *text* between two marks of the report."""
    report = REPORT.read_text("utf8")
    before, after = report.split(begin)[0], report.split(end)[1]
    REPORT.write_text(f"{before}{begin}\n{text}\n{end}{after}", "utf8")


def run_campaign(recipients: int, kills: int, seed: int) -> campaign_drill.CampaignDrill:
    """The drill of a campaign's sender, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(campaign_drill.run_drill(Path(folder), count=recipients, kills=kills, seed=seed))


def run_fuzz(messages: int, seed: int) -> fuzz_drill.FuzzDrill:
    """Odd messages through the whole turn, on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return fuzz_drill.run_fuzz_drill(Path(folder), ensure_model(read_settings()), count=messages, seed=seed)


def run_hostile(requests: int, seed: int) -> tuple[hostile_drill.HostileDrill, str]:
    """Hostile requests at every door, and what that came to."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        drill = hostile_drill.run_hostile_drill(Path(folder), count=requests, seed=seed)
    return drill, hostile_drill.figures(drill, requests, seed, time.monotonic() - begun)


def main() -> None:
    """Runs, prints, writes; ends with status 1 when anything was lost or doubled."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--leads", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--recipients", type=int, default=10_000)
    parser.add_argument("--campaign-kills", type=int, default=50)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action=argparse.BooleanOptionalAction, default=True)
    told = parser.parse_args()
    size, console, begun = Size(told.leads, told.kills, told.rounds, told.seed), Console(stderr=True), time.monotonic()
    leads, service = run(size, console)
    text = figures(size, leads, service, time.monotonic() - begun)
    print(text)
    campaign = run_campaign(told.recipients, told.campaign_kills, told.seed)
    print(campaign_drill.figures(campaign))
    odd = run_fuzz(told.messages, told.seed)
    odd_text = fuzz_drill.figures(odd, told.messages, told.seed)
    print(odd_text)
    hostile, hostile_text = run_hostile(told.requests, told.seed)
    print(hostile_text)
    if told.write:
        write(text)
        write(campaign_drill.figures(campaign), campaign_drill.BEGIN, campaign_drill.END)
        write(odd_text, fuzz_drill.BEGIN, fuzz_drill.END)
        write(hostile_text, hostile_drill.BEGIN, hostile_drill.END)
    if faults := leads.faults | service.faults | campaign.faults | odd.faults | hostile.faults:
        console.print("[red]Not all is 0:[/red]", faults)
        sys.exit(1)


if __name__ == "__main__":
    main()
