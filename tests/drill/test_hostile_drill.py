import pytest

from tests.drill import hostile_doors
from tests.drill.hostile_drill import DOORS, run_hostile_drill
from tests.drill.hostile_traffic import WEIGHTS, Traffic


@pytest.mark.parametrize("door", DOORS)
def test_two_hundred_hostile_requests_harm_nothing_and_honest_people_are_answered_meanwhile(tmp_path, door):
    drill = run_hostile_drill(tmp_path, count=200, seed=7, doors=[door])

    assert drill.faults == {}, drill.examples
    assert drill.requests == {door: 200}
    assert set(drill.kinds) == set(WEIGHTS)
    assert drill.rows > 40
    assert len(drill.waits) == 8


def test_the_same_seed_gives_the_same_bytes():
    def some() -> list[tuple[str, bytes]]:
        traffic = Traffic(hostile_doors.telegram(), 3)
        return [(request.kind, request.body) for request in (traffic.next() for _ in range(300))]

    assert some() == some()
