import random

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from bot.clock import TurnedClock
from bot.leads import Place, orphans, sample_territories
from bot.leads.geography import MapOfPlaces
from bot.leads.routing import Candidate, Flat, Pick, Ring, area_key, choose
from bot.places import gazetteer

NOW = TurnedClock().now()
MAP = MapOfPlaces(gazetteer())
PHU_GIAO = Place("Xã Phú Giáo")


def one(number, *areas, load=0, capacity=10, expertise=(), last_asked=None):
    keys = frozenset(area_key(area) for area in areas)
    return Candidate(number, keys, frozenset(expertise), capacity, load, last_asked)


@pytest.mark.parametrize(
    ("place", "candidates", "expected"),
    [
        pytest.param(
            PHU_GIAO,
            [one(1, "Huyện Phú Giáo"), one(2, "Xã Phú Giáo", load=9)],
            Pick(2, Ring.UNIT),
            id="the unit before its former district",
        ),
        pytest.param(
            PHU_GIAO,
            [one(1, "Xã Phước Hòa"), one(2, "Huyện Phú Giáo")],
            Pick(2, Ring.DISTRICT),
            id="the former district before neighbours",
        ),
        pytest.param(PHU_GIAO, [one(1, "Xã Phước Hòa")], Pick(1, Ring.NEIGHBOUR), id="a neighbour before the Centre"),
        pytest.param(PHU_GIAO, [one(1, "Phường Dĩ An")], None, id="not somebody far away"),
        pytest.param(
            Place(district="Huyện Phú Giáo"),
            [one(1, "Xã Dầu Tiếng"), one(2, "Xã An Long")],
            Pick(2, Ring.DISTRICT),
            id="an old district finds the units that it went into",
        ),
        pytest.param(
            Place("Phường Bình Cơ", "Huyện Bắc Tân Uyên"),
            [one(1, "Thành phố Tân Uyên"), one(2, "Huyện Bắc Tân Uyên", load=5)],
            Pick(2, Ring.DISTRICT),
            id="the district that was named before the others of the unit",
        ),
        pytest.param(
            PHU_GIAO,
            [one(1, "Xã Phú Giáo", expertise=["trademark"]), one(2, "Xã Phú Giáo", load=3, expertise=["machinery"])],
            Pick(2, Ring.UNIT),
            id="the field before the load",
        ),
        pytest.param(
            PHU_GIAO,
            [one(1, "Xã Phú Giáo", load=4, capacity=10), one(2, "Xã Phú Giáo", load=2, capacity=4)],
            Pick(1, Ring.UNIT),
            id="load is counted against capacity",
        ),
        pytest.param(
            PHU_GIAO,
            [one(1, "Xã Phú Giáo", last_asked=NOW), one(2, "Xã Phú Giáo")],
            Pick(2, Ring.UNIT),
            id="who has waited longest",
        ),
        pytest.param(
            PHU_GIAO,
            [one(1, "Xã Phú Giáo", load=3, capacity=3), one(2, "Xã Phước Hòa")],
            Pick(2, Ring.NEIGHBOUR),
            id="a neighbour with room before one who is full",
        ),
        pytest.param(
            PHU_GIAO,
            [one(1, "Xã Phú Giáo", load=3, capacity=3), one(2, "Xã Phước Hòa", load=3, capacity=3)],
            Pick(1, Ring.UNIT),
            id="when all are full the nearest carries one more",
        ),
        pytest.param(Place(), [one(1, "Xã Phú Giáo")], None, id="an unknown place goes to the Centre"),
    ],
)
def test_who_is_asked(place, candidates, expected):
    assert choose(place, ["machinery"], candidates, MAP) == expected


def test_who_said_no_is_not_asked_again():
    candidates = [one(1, "Xã Phú Giáo"), one(2, "Xã Phú Giáo", load=7)]

    assert choose(PHU_GIAO, [], candidates, Flat(), frozenset({1})) == Pick(2, Ring.UNIT)
    assert choose(PHU_GIAO, [], candidates, Flat(), frozenset({1, 2})) is None


def test_the_form_of_a_name_does_not_matter():
    assert choose(Place("xã  phú giáo"), [], [one(1, "Xã Phú Giáo")], Flat()) == Pick(1, Ring.UNIT)


@settings(max_examples=12, deadline=None)
@given(st.integers(1, 9), st.integers(1, 4), st.integers(20, 400), st.randoms(use_true_random=False))
def test_equal_collaborators_never_differ_by_more_than_one_lead(people, capacity, leads, chance):
    loads = dict.fromkeys(range(people), 0)
    asked = dict.fromkeys(range(people))
    order = list(loads)
    for number in range(leads):
        chance.shuffle(order)
        candidates = [
            one(who, "Xã Phú Giáo", load=loads[who], capacity=capacity, last_asked=asked[who]) for who in order
        ]
        pick = choose(PHU_GIAO, ["machinery"], candidates, Flat())
        loads[pick.collaborator_id] += 1
        asked[pick.collaborator_id] = NOW.replace(microsecond=number)

    assert max(loads.values()) - min(loads.values()) <= 1


def test_over_ten_thousand_leads_equal_collaborators_carry_the_same():
    chance = random.Random(5)
    places = [unit.name for unit in gazetteer().former_binh_duong_units()][:4]
    people = {number: places[number % len(places)] for number in range(12)}
    loads = dict.fromkeys(people, 0)
    for _ in range(10_000):
        candidates = [one(who, place, load=loads[who]) for who, place in people.items()]
        pick = choose(Place(chance.choice(places)), [], candidates, Flat())
        loads[pick.collaborator_id] += 1

    for place in places:
        same = [loads[who] for who, home in people.items() if home == place]
        assert max(same) - min(same) <= 1


def test_the_sample_covers_every_unit_and_every_former_district_of_binh_duong(office):
    assert sample_territories(office.collaborators) == 11
    assert sample_territories(office.collaborators) == 0
    units = [unit.name for unit in gazetteer().former_binh_duong_units()]
    districts = {district for unit in gazetteer().former_binh_duong_units() for district in unit.former_districts}
    coverage = office.collaborators.coverage([*units, *sorted(districts)], office.clock.today())

    assert len(units) == 36
    assert coverage.uncovered == ()
    assert coverage.idle == ()
    assert all(one.phone.startswith("+84000") for one in office.collaborators.all())


def test_coverage_names_holes_and_those_without_a_place(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo")
    office.collaborator("Chị Rảnh")
    gone = office.collaborator("Anh Nghỉ", "Xã An Long")
    office.collaborators.set_active(gone, active=False)
    coverage = office.collaborators.coverage(["Xã Phú Giáo", "Xã An Long"], office.clock.today())

    assert coverage.uncovered == ("Xã An Long",)
    assert [idle.name for idle in coverage.idle] == ["Chị Rảnh"]
    assert [one.name for one in coverage.without_work] == ["Anh Bình"]
    office.passed()
    assert office.collaborators.coverage([], office.clock.today()).without_work == ()


def test_a_unit_is_covered_by_who_has_its_former_district_as_routing_finds_it(office):
    office.collaborator("Anh Bình", "Huyện Phú Giáo")
    units = ["Xã Phú Giáo", "Xã Phước Hòa", "Phường Dĩ An"]

    assert office.collaborators.coverage(units, office.clock.today(), MAP).uncovered == ("Phường Dĩ An",)


def test_territories_count_on_their_days_only(office):
    past = office.collaborators.add("Anh Trước")
    future = office.collaborators.add("Anh Sau")
    today = office.clock.today()
    office.collaborators.give(past, "Xã Phú Giáo", today.replace(year=2025), today.replace(day=22))
    office.collaborators.give(future, "Xã Phú Giáo", today.replace(day=24))
    office.passed()

    assert office.kinds("centre") == ["lead_escalated"]


def test_absent_inactive_and_unreachable_ones_are_passed_over(office):
    today = office.clock.today()
    away = office.collaborator("Anh Vắng", "Xã Phú Giáo", chat="away")
    office.collaborators.away(away, today, today)
    office.collaborators.set_active(office.collaborator("Anh Nghỉ", "Xã Phú Giáo", chat="off"), active=False)
    office.collaborators.set_reachable(office.collaborator("Anh Chặn", "Xã Phú Giáo", chat="blocked"), reachable=False)
    office.collaborator("Chị Có", "Xã Phú Giáo", chat="here")
    office.passed()

    assert office.kinds("here") == ["lead_offered"]
    assert orphans(office.store.db) == ()


def test_leads_through_the_store_spread_evenly(office):
    people = [office.collaborator(f"Người {number}", "Xã Phú Giáo") for number in range(5)]
    for number in range(33):
        lead = office.passed(f"h{number}")
        if number % 3 == 0:
            offered = next(who for who in people if lead in [x.id for x in office.book.offered_to(who)])
            office.book.take(lead, offered)
    loads = [len(office.book.offered_to(who)) + len(office.book.work_of(who)) for who in people]

    assert sum(loads) == 33
    assert max(loads) - min(loads) <= 1
