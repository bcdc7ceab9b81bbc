"""Following the page on adding a programme is enough to have one: nothing else is touched."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.places import gazetteer
from bot.programmes.catalogue import load_programmes
from bot.programmes.loader import load_law
from bot.screening.draft import Draft
from bot.screening.interview import Interview
from bot.screening.persona import Persona
from tests.screening.simulation import TODAY, play

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "add-a-programme.md"
BLOCK = re.compile(r"<!-- create: (?P<path>\S+) -->\n```\w+\n(?P<text>.*?)```", re.DOTALL)
FACTS = {
    "legal_form": "cooperative",
    "activity": "manufactures",
    "trade_group": "handicraft",
    "product": "gốm",
    "place": {"new_unit": "Xã Phước Hòa", "unit_type": "xa", "province": "Thành phố Hồ Chí Minh"},
    "need": ["export_packaging"],
    "prior_support_same_item": False,
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the code with what the page tells to create."""
    shutil.copytree(ROOT / "bot", tmp_path / "bot")
    for block in BLOCK.finditer(PAGE.read_text("utf8")):
        path = tmp_path / block["path"]
        assert not path.exists()
        path.parent.mkdir(exist_ok=True)
        path.write_text(block["text"], "utf8")
    return tmp_path


@pytest.fixture
def interview(checkout: Path) -> Interview:
    folder = checkout / "bot" / "programmes"
    law = load_law(folder)
    return Interview(load_programmes(law, folder), law, gazetteer())


def somebody(exports: bool | None) -> Persona:
    facts = {**FACTS, "exports": exports}
    return Persona("p", "typical", "Hợp tác xã gốm", "bao bì", "accented", "kiểm tra giúp", facts, {}, None, {})


@pytest.mark.parametrize(("exports", "verdict"), [(True, "eligible"), (False, "not_eligible"), (None, "needs_officer")])
def test_a_household_is_screened_with_it(exports: bool | None, verdict: str, interview: Interview) -> None:
    played = play(interview, somebody(exports))

    assert {"export_packaging": verdict} == played.verdicts
    assert "exports" in played.asked
    assert played.asked[0] == "need"


def test_it_may_be_asked_for_by_its_short_name(interview: Interview) -> None:
    reading = interview.take(Draft("p", {}), "need", "em cần bao bì xuất khẩu", TODAY)

    assert reading.draft is not None
    assert "export_packaging" in reading.draft.facts["need"]


def test_it_is_asked_about_among_all_kinds(interview: Interview) -> None:
    assert "export_packaging" in {result.programme for result in interview.results(Draft("p", {}), TODAY)}


def test_the_command_line_knows_it(checkout: Path) -> None:
    line = {"id": "1", "facts": {**FACTS, "registered": True, "exports": False}, "need": ["export_packaging"]}
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "assess", "--jsonl", "--as-of", TODAY.isoformat()],
        input=json.dumps(line),
        capture_output=True,
        text=True,
        check=True,
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )

    [result] = json.loads(done.stdout)["results"]
    assert (result["programme"], result["verdict"]) == ("export_packaging", "not_eligible")
    assert [criterion["change"] for criterion in result["criteria"] if criterion["outcome"] == "not_met"] == [
        "Khi có đơn hàng xuất khẩu thì xem lại."
    ]


def test_the_policy_check_has_nothing_to_say(checkout: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "policy", "check"],
        capture_output=True,
        text=True,
        check=False,
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )

    assert (done.stdout if done.returncode else "") == ""
