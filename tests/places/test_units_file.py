"""The committed gazetteer is what the package gives, and counts what the resolution counts."""

from collections import Counter
from datetime import date

import pytest

from bot.errors import ContentError
from bot.places import MERGER_DAY, Reading, craft_villages, gazetteer, village_near
from bot.places.build import build, bundled_data
from bot.places.gazetteer import distance_km, load
from bot.places.units import readings, units_path

XA = {
    "Xã An Long",
    "Xã Bàu Bàng",
    "Xã Bắc Tân Uyên",
    "Xã Dầu Tiếng",
    "Xã Long Hòa",
    "Xã Minh Thạnh",
    "Xã Phú Giáo",
    "Xã Phước Hòa",
    "Xã Phước Thành",
    "Xã Thanh An",
    "Xã Thường Tân",
    "Xã Trừ Văn Thố",
}


def test_the_committed_file_is_what_the_package_gives():
    assert build(bundled_data()) == units_path().read_text("utf-8")


def test_the_city_has_168_units():
    assert Counter(unit.unit_type for unit in gazetteer().units) == {"phuong": 113, "xa": 54, "dac_khu": 1}


def test_former_binh_duong_has_24_phuong_and_12_xa():
    units = gazetteer().former_binh_duong_units()
    assert Counter(unit.unit_type for unit in units) == {"phuong": 24, "xa": 12}
    assert {unit.name for unit in units if unit.unit_type == "xa"} == XA


def test_old_binh_duong_had_9_districts_and_91_wards():
    places = gazetteer()
    districts = [district for district in places.old_districts if district.province == "Tỉnh Bình Dương"]
    assert len(districts) == 9
    assert len(places.old_wards) == 91
    assert Counter(ward.kind for ward in places.old_wards) == {"phuong": 47, "xa": 39, "thi_tran": 5}


def test_every_old_ward_lies_in_units_of_today():
    for ward in gazetteer().old_wards:
        assert ward.successors, ward.name
        assert {unit.former_province for unit in ward.successors} == {"Tỉnh Bình Dương"}


def test_every_unit_of_former_binh_duong_covers_an_old_ward():
    places = gazetteer()
    for unit in places.former_binh_duong_units():
        assert places.covering_old_units(unit), unit.name


@pytest.mark.parametrize(
    ("ward", "units"),
    [
        ("Xã Định Hiệp", ["Xã Thanh An", "Xã Dầu Tiếng"]),
        ("Xã Thanh An", ["Xã Thanh An"]),
        ("Phường Tương Bình Hiệp", ["Phường Chánh Hiệp"]),
    ],
)
def test_the_two_names_that_the_package_spoils_are_mended(ward, units):
    found = [[unit.name for unit in old.successors] for old in gazetteer().old_wards if old.name == ward]
    assert found == [units]


def test_34_provinces_of_today_and_63_of_before():
    provinces = gazetteer().provinces
    assert sum(province.exists for province in provinces) == 34
    assert sum(province.existed for province in provinces) == 63


def test_the_days_around_the_merger_have_different_units():
    phu_giao = gazetteer().unit("Xã Phú Giáo")
    assert phu_giao is not None
    assert readings(phu_giao, date(2025, 6, 30)) == ()
    assert readings(phu_giao, MERGER_DAY) == (Reading(None, "Xã Phú Giáo", "xa", "Thành phố Hồ Chí Minh"),)


def test_former_districts_of_a_unit():
    unit = gazetteer().unit("Phường Tân Uyên")
    assert unit is not None
    assert set(unit.former_districts) == {"Thành phố Tân Uyên", "Huyện Bắc Tân Uyên"}


def test_each_centre_lies_in_its_own_unit():
    places = gazetteer()
    for unit in places.units:
        assert places.unit_by_location(unit.latitude, unit.longitude) == unit


@pytest.mark.parametrize(("latitude", "longitude"), [(21.03, 105.85), (10.0, 108.5), (0.0, 0.0), (12.3, 107.5)])
def test_a_point_far_from_all_lies_in_none(latitude, longitude):
    assert gazetteer().unit_by_location(latitude, longitude) is None


def test_neighbours_are_the_nearest_first():
    places = gazetteer()
    unit = places.unit("Phường Lái Thiêu")
    assert unit is not None
    near = places.neighbours(unit, 4)
    assert "Phường Bình Hòa" in {other.name for other in near}
    distances = [distance_km(unit, other) for other in near]
    assert len(near) == 4
    assert distances == sorted(distances)


def test_data_that_is_not_shaped_so_is_an_error():
    with pytest.raises(KeyError):
        load({"provinces": []})


def test_a_missing_package_is_said(monkeypatch):
    monkeypatch.setattr("bot.places.build.PACKAGE", "no_such_package")
    with pytest.raises(ContentError, match="not installed"):
        bundled_data()


def test_craft_villages_are_hints_with_a_status_and_a_source():
    villages = craft_villages()
    assert {village.name for village in villages} >= {"Làng nghề sơn mài Tương Bình Hiệp"}
    for village in villages:
        assert village.status == "secondhand"
        assert village.source.startswith("https://")


@pytest.mark.parametrize(
    ("old", "unit", "name"),
    [
        ("Phường Tương Bình Hiệp", "Phường Chánh Hiệp", "Làng nghề sơn mài Tương Bình Hiệp"),
        (None, "Phường Chánh Hiệp", "Làng nghề sơn mài Tương Bình Hiệp"),
        ("Phường Định Hòa", "Phường Chánh Hiệp", None),
        (None, "Phường Lái Thiêu", None),
    ],
)
def test_a_place_hints_at_the_craft_village_in_it(old, unit, name):
    village = village_near(Reading(old, unit, "phuong", "Thành phố Hồ Chí Minh"))
    assert (village.name if village else None) == name
