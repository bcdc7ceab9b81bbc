import pytest

from tests.drill.server_drill import Kill, plan, run_server_drill


@pytest.mark.model
async def test_the_whole_service_killed_while_a_lead_is_passed_on_loses_and_doubles_nothing(tmp_path, model):
    kills = (Kill("place", "answering"), Kill("place", "after sending"))
    result = await run_server_drill(tmp_path, model, kills, seed=1)

    assert result.faults == {}
    assert (result.leads, result.cards) == (6, 6)
    assert result.kills == {"answering": 1, "after sending": 1}
    assert result.taken_unseen >= 1


def test_a_plan_is_the_same_for_the_same_seed_and_falls_on_every_step_and_point():
    kills = plan(200, 1)

    assert plan(200, 1) == kills
    assert len({kill.step for kill in kills}) == 6
    assert len({kill.point for kill in kills}) == 6
