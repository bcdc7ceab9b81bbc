"""`make eval-phoatis PHOATIS=folder`: the same intent components, trained and scored on PhoATIS.

PhoATIS (Dao et al., Interspeech 2021) is for research and education: whoever has it names its folder, nothing of it is
kept here. The folder holds `train`, `dev` and `test` (or one folder deeper, `syllable-level`), each with `seq.in` and
`label`: a sentence and its intent a line.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rich.console import Console
from rich.table import Table

from nlu.components.voting_classifier import VotingClassifier
from tests.bench.phoatis_lines import Labelled, NotPhoAtis, read_split, stripped
from tests.bench.scoring import interval


class Trained:
    """Our classifier, trained by the same graph component that `rasa train` runs."""

    def __init__(self, lines: Sequence[Labelled], folder: Path) -> None:
        storage = LocalModelStorage.create(folder)
        config = {**VotingClassifier.get_default_config(), "cache": str(folder / "vectors")}
        context = ExecutionContext(GraphSchema({}), model_id="phoatis")
        self._classifier = VotingClassifier.create(config, storage, Resource("phoatis"), context)
        examples = [Message(data={TEXT: line.text, INTENT: line.intent}) for line in lines]
        self._classifier.train(TrainingData(training_examples=examples))

    def intent_of(self, text: str) -> str:
        """The intent that is named for *text*."""
        message = Message(data={TEXT: text})
        self._classifier.process([message])
        return str(message.get(INTENT)["name"])


def right(trained: Trained, lines: Sequence[Labelled]) -> int:
    """How many are named as labelled; a line of PhoATIS with two intents joined by # counts for either, as is usual."""
    return sum(trained.intent_of(line.text) in {line.intent, *line.intent.split("#")} for line in lines)


def main() -> None:
    """Trains on `train`, scores `dev` and `test`, each as it is and without diacritics."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    folder: Path = arguments.parse_args().folder
    console = Console()
    try:
        splits = {split: read_split(folder, split) for split in ("train", "dev", "test")}
    except NotPhoAtis as error:
        raise SystemExit(f"PHOATIS: {error}") from error
    table = Table("split", "text", "intent right", "95 % interval", "lines")
    with tempfile.TemporaryDirectory() as kept:
        begun = time.perf_counter()
        trained = Trained(splits["train"], Path(kept))
        console.print(f"{len(splits['train'])} sentences, trained in {time.perf_counter() - begun:.0f} s")
        for split in ("dev", "test"):
            for name, lines in (("as written", splits[split]), ("no diacritics", stripped(splits[split]))):
                hits = right(trained, lines)
                low, high = interval(hits, len(lines))
                share = f"{100 * hits / max(1, len(lines)):.1f} %"
                table.add_row(split, name, share, f"{low:.1f}–{high:.1f}", str(len(lines)))
    console.print(table)


if __name__ == "__main__":
    main()
