"""`make bench`: the stock Rasa shape and ours, on the same machine, data and messages, one after the other.

Each runs in a process of its own, so that memory is its own. Figures are for comparison with each other only.
Trained models are kept in `.cache/bench`, so that only the first run on the same data takes the better part of an hour.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console
from rich.table import Table

from bot.dialogue.training import fingerprint
from tests.bench.scoring import lines

ROOT = Path(__file__).parent.parent.parent
CONFIGS = {"stock": "tests/bench/stock_config.yml", "ours": "config.yml"}
OUR_CLASSIFIER = "  - name: nlu.components.voting_classifier.VotingClassifier"
KEPT = ROOT / ".cache" / "bench"
MESSAGES = 200
WARM_UP = 10
ROWS = (
    ("train", "training, s of processor time", "{:.0f}"),
    ("load", "load, s", "{:.1f}"),
    ("rss", "memory, MB", "{:.0f}"),
    ("p50", "turn p50, ms", "{:.1f}"),
    ("p95", "turn p95, ms", "{:.1f}"),
    ("intents", "intents right, held out, %", "{:.1f}"),
    ("stripped", "the same without diacritics, %", "{:.1f}"),
)


def measure(shape: str) -> dict[str, float]:
    """Everything about one shape; runs in a process of its own."""
    model, seconds = kept(shape) or train_and_keep(shape)
    served = subprocess.run(
        [sys.executable, "-m", "tests.bench.stock_and_ours", "--serve", shape, "--model", str(model)],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return {"train": seconds, **json.loads(served.stdout.splitlines()[-1])}


def _kept_under(shape: str) -> Path:
    made_of = hashlib.sha256((fingerprint() + (ROOT / CONFIGS[shape]).read_text("utf8")).encode())
    return KEPT / f"{shape}-{made_of.hexdigest()[:16]}.tar.gz"


def _processor_time() -> float:
    """Seconds that this process and its finished children computed: what else the machine does changes it little."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def kept(shape: str) -> tuple[Path, float] | None:
    """The model of *shape* from an earlier run on the same data, with the processor seconds of its training."""
    model = _kept_under(shape)
    seconds = model.with_suffix(".seconds")
    return (model, float(seconds.read_text("utf8"))) if model.exists() and seconds.exists() else None


def train_and_keep(shape: str) -> tuple[Path, float]:
    """Trains *shape* with nothing kept from before; the stock shape takes the better part of an hour on two cores."""
    from bot.logs import quiet

    quiet()
    model = _kept_under(shape)
    KEPT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["RASA_CACHE_DIRECTORY"] = str(Path(folder) / "cache")
        config = Path(folder) / "config.yml"
        # Our sentence vectors are kept between trainings; the first training has none.
        config.write_text(
            (ROOT / CONFIGS[shape]).read_text("utf8").replace(OUR_CLASSIFIER, f"{OUR_CLASSIFIER}\n    cache: {folder}"),
            "utf8",
        )
        import rasa.model_training

        begun = _processor_time()
        trained = rasa.model_training.train(
            domain="domain.yml",
            config=str(config),
            training_files=["nlu", "stories"],
            output=folder,
            fixed_model_name=shape,
            force_training=True,
        )
        seconds = _processor_time() - begun
        assert trained.model is not None
        shutil.copy(trained.model, model)
    model.with_suffix(".seconds").write_text(str(seconds), "utf8")
    return model, seconds


def serve(model: Path) -> dict[str, float]:
    """Load, memory, time per turn and accuracy of a trained model, in a fresh process."""
    from bot.assembly import build_services, migrate
    from bot.clock import SystemClock
    from bot.dialogue import Utterance
    from bot.logs import quiet
    from bot.people import People
    from bot.store import Store

    quiet()
    begun = time.perf_counter()
    from actions.registry import all_actions
    from bot.dialogue.embedded import EmbeddedDialogue

    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "bench.sqlite")
        migrate(store)
        clock = SystemClock()
        dialogue = EmbeddedDialogue.load(model, all_actions(build_services(store, clock)))
        loaded = time.perf_counter() - begun
        person = People(store, clock).person_for("bench", "1")
        texts = [line["text"] for name in ("questions", "intents") for line in lines(name)][: MESSAGES + WARM_UP]

        async def turns() -> list[float]:
            spent = []
            for text in texts:
                started = time.perf_counter()
                await dialogue.turn(Utterance(f"{person}.bench", text))
                spent.append(time.perf_counter() - started)
            return spent

        spent = sorted(asyncio.run(turns())[WARM_UP:])
        right, stripped = asyncio.run(accuracy(dialogue))
        return {
            "load": loaded,
            "rss": psutil.Process().memory_info().rss / 1e6,
            "p50": 1000 * spent[len(spent) // 2],
            "p95": 1000 * spent[int(len(spent) * 0.95)],
            "intents": right,
            "stripped": stripped,
        }


async def accuracy(dialogue: Any) -> tuple[float, float]:
    """Held-out intents named rightly, as typed by those who use diacritics, and the same texts without."""
    from bot.language import fold

    marked = [(line["text"], line["intent"]) for line in lines("intents") if line["style"] == "accented"]
    marked += [(line["text"], ["ask_policy"]) for line in lines("questions") if line["style"] == "accented"]
    shares = []
    for strip in (False, True):
        named = [await dialogue.intent_of(fold(text) if strip else text) for text, _ in marked]
        right = sum(name in wanted for name, (_, wanted) in zip(named, marked, strict=True))
        shares.append(100 * right / len(marked))
    return shares[0], shares[1]


def main() -> None:
    """Measures both and prints them with their ratios."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--shape", choices=sorted(CONFIGS))
    arguments.add_argument("--serve", choices=sorted(CONFIGS))
    arguments.add_argument("--model", type=Path)
    options = arguments.parse_args()
    if options.serve:
        print(json.dumps(serve(options.model)))
        return
    if options.shape:
        print(json.dumps(measure(options.shape)))
        return
    console = Console()
    found: dict[str, dict[str, float]] = {}
    for shape in CONFIGS:
        doing = "loading" if kept(shape) else "training (the stock shape: the better part of an hour), loading"
        with console.status(f"{shape}: {doing}, {MESSAGES} turns…"):
            done = subprocess.run(
                [sys.executable, "-m", "tests.bench.stock_and_ours", "--shape", shape],
                check=False,
                capture_output=True,
                text=True,
                cwd=ROOT,
            )
        if done.returncode:
            console.print(done.stderr[-3000:])
            sys.exit(1)
        found[shape] = json.loads(done.stdout.splitlines()[-1])
    table = Table("", "stock", "ours", "ours ÷ stock")
    for key, label, form in ROWS:
        stock, ours = found["stock"][key], found["ours"][key]
        table.add_row(label, form.format(stock), form.format(ours), f"{ours / stock:.2f}")
    console.print(table)


if __name__ == "__main__":
    main()
