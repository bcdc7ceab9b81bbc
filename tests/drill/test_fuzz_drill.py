import pytest

from tests.drill.fuzz_drill import messages, run_fuzz_drill
from tests.drill.noise import NOISE


@pytest.mark.model
def test_two_hundred_odd_messages_are_answered_without_an_error_a_figure_or_a_word_in_the_log(tmp_path, model):
    drill = run_fuzz_drill(tmp_path, model, count=200, seed=11)

    assert drill.faults == {}, drill.examples
    assert drill.messages == 200
    assert len(drill.kinds) >= len(NOISE)


def test_the_same_seed_gives_the_same_messages():
    assert list(messages(100, 3)) == list(messages(100, 3))
