"""Rasa's own tools find nothing wrong with the dialogue."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.assembly import ensure_model
from bot.settings import read_settings

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.model
def test_every_test_story_is_predicted_as_written(tmp_path: Path) -> None:
    model = ensure_model(read_settings())
    stories = ROOT / "tests" / "stories" / "test_routing.yml"
    rasa = [sys.executable, "-W", "ignore", "-m", "rasa", "test", "core", "--fail-on-prediction-errors"]
    done = subprocess.run(
        [*rasa, "--model", str(model), "--stories", str(stories), "--out", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    failed = tmp_path / "failed_test_stories.yml"
    # Rasa leaves the file there with a remark when nothing failed.
    assert "story:" not in (failed.read_text("utf8") if failed.exists() else "")
    assert done.returncode == 0, done.stdout[-1500:] + done.stderr[-1500:]
