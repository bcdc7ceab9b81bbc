"""`khuyencong train` compares with the model before, refuses what is worse, and never makes a first start slow."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.dialogue.training import archive_name
from bot.guard import Figures, ModelRefused, Share, Shelf, sets_digest
from bot.settings import Settings, read_settings
from bot.shipping import ship, ship_or_go_on


class Measure:
    """Gives the next figures, and counts how often it was asked."""

    def __init__(self, *right: int, unverified: int = 0) -> None:
        self._right = iter(right)
        self._unverified = unverified
        self.times = 0

    def __call__(self, model, lines, sets) -> Figures:
        self.times += 1
        return Figures(model.name, sets, {"intents: greet": Share(next(self._right), 9)}, self._unverified)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A folder with the model of the files as they are, and one from before."""
    (tmp_path / archive_name()).write_bytes(b"new")
    (tmp_path / "old.tar.gz").write_bytes(b"old")
    return replace(read_settings(), model=tmp_path)


@pytest.fixture
def before(settings: Settings) -> None:
    share = {"intents: greet": Share(9, 9)}
    Shelf(settings.model).ship(settings.model / "old.tar.gz", Figures("old.tar.gz", sets_digest(), share, 0))


def test_a_first_model_is_not_measured(settings):
    measure = Measure()

    assert ship(settings, measuring=measure) == settings.model / archive_name()
    assert measure.times == 0


def test_a_first_model_is_measured_when_that_is_asked_for_and_only_once(settings):
    measure = Measure(9)
    ship(settings, guard=True, measuring=measure)
    ship(settings, guard=True, measuring=measure)

    assert measure.times == 1


@pytest.mark.usefixtures("before")
def test_a_model_as_good_as_the_one_before_serves_and_is_the_next_to_compare_with(settings):
    measure = Measure(8)

    assert ship(settings, measuring=measure) == settings.model / archive_name()
    assert Shelf(settings.model).last_shipped(sets_digest(), but=Path("next.tar.gz")).model == archive_name()


@pytest.mark.usefixtures("before")
@pytest.mark.parametrize("measure", [Measure(6), Measure(9, unverified=1)], ids=["a class fell", "states unverified"])
def test_a_worse_model_is_refused_every_time_and_the_one_before_serves(settings, measure, capsys):
    with pytest.raises(ModelRefused):
        ship(settings, measuring=measure)
    with pytest.raises(ModelRefused):
        ship(settings, measuring=measure)

    assert ship_or_go_on(settings) == settings.model / "old.tar.gz"
    assert "old.tar.gz" in capsys.readouterr().err
    assert measure.times == 1


@pytest.mark.usefixtures("before")
def test_a_worse_model_can_be_accepted(settings):
    with pytest.raises(ModelRefused):
        ship(settings, measuring=Measure(6))

    assert ship(settings, accept=True, measuring=Measure(6)) == settings.model / archive_name()
    assert ship_or_go_on(settings) == settings.model / archive_name()


def test_one_archive_named_in_the_settings_serves_as_it_is(settings):
    one = settings.model / "old.tar.gz"

    assert ship(replace(settings, model=one), guard=True, measuring=Measure()) == one
