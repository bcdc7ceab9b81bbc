"""A staff member walks through what was not understood; what they say lands in the training files."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from actions.doubt import FALLBACK
from bot.assembly import migrate
from bot.cli import app
from bot.knowledge.loader import FOLDER as TOPICS
from bot.knowledge.loader import load_topics
from bot.programmes.loader import load_law
from bot.replies.nlu_desk import INTENTS
from bot.review import Reason, Wording, keep, waiting
from bot.store import Store
from bot.teaching import Walk
from nlu.examples import intents, same
from nlu.writing import TrainingFiles
from tests.nlu.few import copy_few

NOW = datetime.now(UTC)


@pytest.fixture
def store() -> Iterable[Store]:
    store = Store(None)
    migrate(store)
    yield store
    store.close()


@pytest.fixture
def training(tmp_path: Path) -> TrainingFiles:
    copy_few(tmp_path / "nlu")
    (tmp_path / "topics").mkdir()
    for name in ("machinery", "personal_data"):
        lines = (TOPICS / f"{name}.yml").read_text("utf8").splitlines(keepends=True)
        alone = "".join(line for line in lines if not line.startswith("related:"))
        (tmp_path / "topics" / f"{name}.yml").write_text(alone, "utf8")
    return TrainingFiles(tmp_path / "nlu", tmp_path / "topics", tmp_path)


def wait(store: Store, *texts: str, guesses: tuple[str, ...] = ()) -> None:
    with store.transaction() as db:
        for number, text in enumerate(texts):
            for person in range(len(texts) - number):
                keep(db, f"p{person}", Wording(text, same(text), Reason.NOT_SURE, guesses), NOW)


def walk(store: Store, training: TrainingFiles, *typed: str) -> tuple[Walk, str]:
    said: list[str] = []
    keys = iter(typed)

    def ask(_: str) -> str:
        try:
            return next(keys)
        except StopIteration:
            raise EOFError from None

    walk = Walk(store, load_topics(load_law()), training, said.append, ask)
    walk.through(waiting(store.db, NOW))
    return walk, "\n".join(said)


def test_a_number_a_search_a_name_and_outside_each_teach(store, training, tmp_path):
    wait(
        store,
        "máy bào máy cưa vụ đó nè",
        "thông tin tui có ai dòm",
        "nói chuyện với ai đây trời",
        "trời nắng dữ thần",
        guesses=("machinery",),
    )
    done, _ = walk(store, training, "1", "thông tin của anh/chị được giữ", "1", "handover", "o")

    assert done.written == 4
    assert waiting(store.db, NOW) == ()
    lines = {
        path.stem: path.read_text("utf8") for folder in ("nlu", "topics") for path in (tmp_path / folder).glob("*.yml")
    }
    assert "  - máy bào máy cưa vụ đó nè\n" in lines["machinery"]
    assert "  - thông tin tui có ai dòm\n" in lines["personal_data"]
    assert "    - nói chuyện với ai đây trời\n" in lines["contact"]
    assert "    - trời nắng dữ thần\n" in lines["outside"]


def test_skipping_leaves_throwing_away_removes_quitting_stops(store, training):
    wait(store, "để sau nè một", "bỏ hẳn nè hai", "chưa tới nè ba")
    done, _ = walk(store, training, "", "x", "q")

    assert done.written == 0
    assert [one.text for one in waiting(store.db, NOW)] == ["để sau nè một", "chưa tới nè ba"]


def test_a_sentence_can_be_put_in_better_words_first(store, training, tmp_path):
    wait(store, "anh Tư nói … có máy bào hông ta")
    walk(store, training, "e", "có hỗ trợ máy bào hông ta", "machinery")

    assert "  - có hỗ trợ máy bào hông ta\n" in (tmp_path / "topics" / "machinery.yml").read_text("utf8")


def test_what_is_known_goes_off_the_list_and_what_cannot_be_used_is_asked_again(store, training):
    wait(store, "mua may khac go CNC thi nha nuoc cho bao nhieu phan tram", "[máy](a) bào nè")
    done, said = walk(store, training, "machinery", "machinery", "e", "máy bào lưỡi đôi nè", "machinery")

    assert "đã có ở" in said
    assert done.written == 1
    assert waiting(store.db, NOW) == ()


def test_the_end_of_what_is_typed_ends_the_walk(store, training):
    wait(store, "một câu nè", "hai câu nè")
    walk(store, training)

    assert len(waiting(store.db, NOW)) == 2


def test_every_intent_can_be_named_in_words_and_none_is_a_topic():
    assert set(INTENTS) == set(intents())
    assert not set(INTENTS) & set(load_topics(load_law()))
    assert FALLBACK not in INTENTS


def test_the_command_works_with_what_is_piped_in(tmp_path, monkeypatch):
    monkeypatch.setenv("KHUYENCONG_HOME", str(tmp_path))
    store = Store(tmp_path / "khuyencong.sqlite")
    migrate(store)
    wait(store, "câu này để sau nè", "câu này bỏ nè")

    said = CliRunner().invoke(app, ["nlu", "review"], input="\nx\n").stdout

    assert "câu này để sau nè" in said
    assert "còn 1 câu chờ xem" in said
    assert [one.text for one in waiting(store.db, NOW)] == ["câu này để sau nè"]
    store.close()
