import asyncio

from tests.drill.campaign_drill import run_drill


def test_killed_twice_nobody_gets_it_twice_and_nobody_is_left_out(tmp_path):
    result = asyncio.run(run_drill(tmp_path, count=40, kills=2, seed=4))

    assert result.kills == {"recorded, not heard of": 1, "on its way, never recorded": 1}
    assert result.recorded_unheard > 0
    assert result.faults == {}
