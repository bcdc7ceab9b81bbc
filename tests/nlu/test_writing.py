"""A new training sentence changes one line of one file, and none that judges the work is ever written."""

import difflib
import json
from pathlib import Path

import pytest

from bot.knowledge.loader import FOLDER as TOPICS
from nlu.examples import FOLDER
from nlu.writing import CannotBeLearned, Fault, TrainingFiles, _read, _write
from tests.nlu.few import copy_few

FILES = [*sorted(FOLDER.glob("*.yml")), *sorted(TOPICS.glob("*.yml"))]


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    nlu, topics, judged = (tmp_path / name for name in ("nlu", "topics", "judged"))
    copy_few(nlu)
    judged.mkdir()
    topics.mkdir()
    for name in ("machinery", "personal_data"):
        alone = "".join(line for line in _lines(TOPICS / f"{name}.yml") if not line.startswith("related:"))
        (topics / f"{name}.yml").write_text(alone, "utf8")
    (judged / "set.jsonl").write_text(json.dumps({"text": "câu của bộ chấm nè"}), "utf8")
    return nlu, topics, judged


def _lines(path: Path) -> list[str]:
    return path.read_text("utf8").splitlines(keepends=True)


def added(before: str, after: str) -> list[str]:
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_that_is_read_and_written_is_the_same_to_the_byte(path, tmp_path):
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    _write(copy, _read(copy), offset=0 if path.parent == FOLDER else 2)

    assert path.read_bytes() == copy.read_bytes()


def test_a_sentence_goes_under_its_intent_and_changes_nothing_else(folders):
    before = (folders[0] / "contact.yml").read_text("utf8")
    path = TrainingFiles(*folders).add("cho tui nói chuyện với ai đó đi trời", intent="handover")

    assert added(before, path.read_text("utf8")) == ["+     - cho tui nói chuyện với ai đó đi trời"]


def test_a_question_goes_to_its_topic_and_changes_nothing_else(folders):
    before = (folders[1] / "machinery.yml").read_text("utf8")
    path = TrainingFiles(*folders).add("sắm máy bào mới: có đồng nào hông", intent="ask_policy", topic="machinery")

    assert len(added(before, path.read_text("utf8"))) == 1
    assert "sắm máy bào mới" in added(before, path.read_text("utf8"))[0]


def test_comments_stay_where_they_were(folders):
    path = folders[1] / "machinery.yml"
    lines = path.read_text("utf8").splitlines()
    at = lines.index("phrases:")
    lines[at:at] = ["# what follows are bare phrases"]
    path.write_text("# about machines\n" + "\n".join(lines) + "\n", "utf8")
    before = path.read_text("utf8")
    TrainingFiles(*folders).add("sắm máy bào mới có đồng nào hông", intent="ask_policy", topic="machinery")

    assert added(before, path.read_text("utf8")) == ["+   - sắm máy bào mới có đồng nào hông"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("CAU CUA BO CHAM NE", Fault.JUDGED),
        ("goi nguoi that giup toi", Fault.KNOWN),
        ("…", Fault.NO_SENTENCE),
        ("a" * 201, Fault.NO_SENTENCE),
        ("[máy](machine) nè", Fault.READ_OTHERWISE),
        ("/restart", Fault.READ_OTHERWISE),
    ],
)
def test_what_must_not_be_learned_is_refused_and_nothing_is_written(folders, text, fault):
    files = TrainingFiles(*folders)
    if "goi nguoi" in text:
        files.add("gọi người thật giúp tôi", intent="handover")
    before = {path: path.read_bytes() for path in folders[0].glob("*")}

    with pytest.raises(CannotBeLearned) as refused:
        files.add(text, intent="handover")
    assert refused.value.fault == fault
    assert {path: path.read_bytes() for path in folders[0].glob("*")} == before


@pytest.mark.parametrize("place", [{"intent": "no_such"}, {"intent": "ask_policy", "topic": "no_such"}])
def test_a_place_that_is_none_is_refused(folders, place):
    with pytest.raises(CannotBeLearned) as refused:
        TrainingFiles(*folders).add("một câu hoàn toàn mới", **place)
    assert refused.value.fault == Fault.NO_SUCH_PLACE
