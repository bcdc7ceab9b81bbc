"""What a person says about the place of the workshop becomes the place, or the few it may be."""

import unicodedata
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer import NOT_UNDERSTOOD, UNKNOWN
from bot.language import fold
from bot.places import GazetteerReader, find, gazetteer, readings_differ, unit_types
from bot.places.words import hear
from bot.plain_yaml import read_yaml

TODAY = date(2026, 11, 23)
BEFORE = date(2025, 6, 30)
CITY = "Thành phố Hồ Chí Minh"


def _cases():
    for group in read_yaml(Path(__file__).with_name("read.yml")):
        for text in group["texts"]:
            yield pytest.param(text, group["readings"], id=text)


def _shown(answer):
    values = [answer.value] if answer.value else answer.candidates
    return [_line(value) for value in values]


def _line(value):
    line = f"{value['old'] or '-'} > {value['new_unit'] or '-'}"
    return line if value["province"] == CITY else f"{line} @ {value['province']}"


@pytest.mark.parametrize(("text", "readings"), _cases())
def test_an_answer_is_read(text, readings):
    answer = GazetteerReader().read(text, TODAY)
    assert answer.understood
    assert _shown(answer) == readings


@pytest.mark.parametrize("text", read_yaml(Path(__file__).with_name("no_place.yml")))
def test_words_that_name_no_place_are_not_understood(text):
    assert GazetteerReader().read(text, TODAY) == NOT_UNDERSTOOD


@pytest.mark.parametrize(
    "text", ["không biết", "ko nhớ xã nào", "hông biết nữa", "khong ro", "chưa biết", "em không nhớ"]
)
def test_not_knowing_is_an_answer(text):
    assert GazetteerReader().read(text, TODAY) == UNKNOWN


def test_the_way_to_say_unknown_can_be_passed_in():
    reader = GazetteerReader(does_not_know=lambda text: text == "chịu")
    assert reader.read("chịu", TODAY) == UNKNOWN
    assert reader.read("không biết", TODAY) == NOT_UNDERSTOOD


@pytest.mark.parametrize("unit", gazetteer().former_binh_duong_units(), ids=lambda unit: unit.name)
def test_every_unit_of_today_is_read_with_its_kind(unit):
    value = {"old": None, "new_unit": unit.name, "unit_type": unit.unit_type, "province": CITY}
    for text in (
        unit.name,
        fold(unit.name),
        unit.name.upper(),
        f"dạ ở {unit.name.lower()} nha",
        f"{unit.name}, TP.HCM",
    ):
        assert value == GazetteerReader().read(text, TODAY).value, text


@pytest.mark.parametrize("unit", gazetteer().former_binh_duong_units(), ids=lambda unit: unit.name)
def test_every_unit_of_today_is_among_the_readings_of_its_bare_name(unit):
    for text in (unit.short, fold(unit.short), f"xưởng ở {unit.short.lower()}"):
        answer = GazetteerReader().read(text, TODAY)
        first = answer.value or answer.candidates[0]
        assert first["new_unit"] == unit.name, text


@pytest.mark.parametrize("ward", gazetteer().old_wards, ids=lambda ward: f"{ward.name}, {ward.district}")
def test_every_old_ward_is_read_with_its_district(ward):
    full = f"{ward.name}, {ward.district}, tỉnh Bình Dương"
    short = f"{ward.short} {ward.district}"
    # Divided among units of one kind, it is read as the main one; among kinds, all are offered.
    main_of_kind = {unit.unit_type: unit for unit in reversed(ward.successors)}
    expected = {(ward.name, unit.name, kind) for kind, unit in main_of_kind.items()}
    for text in (full, fold(full), full.upper(), short, fold(short)):
        answer = GazetteerReader().read(text, TODAY)
        values = [answer.value] if answer.value else answer.candidates
        assert expected == {(value["old"], value["new_unit"], value["unit_type"]) for value in values}, text


@pytest.mark.parametrize("ward", gazetteer().old_wards, ids=lambda ward: f"{ward.name}, {ward.district}")
def test_every_old_ward_is_among_the_readings_of_its_bare_name(ward):
    for text in (ward.short, fold(ward.short)):
        answer = GazetteerReader().read(text, TODAY)
        values = [answer.value] if answer.value else answer.candidates
        assert ward.name in {value["old"] for value in values}, text


@pytest.mark.parametrize(
    ("text", "old", "unit_type", "province"),
    [
        ("phường Dĩ An", "Phường Dĩ An", "phuong", "Tỉnh Bình Dương"),
        ("xã An Linh", "Xã An Linh", "xa", "Tỉnh Bình Dương"),
        ("thị trấn Phước Vĩnh", "Thị trấn Phước Vĩnh", None, "Tỉnh Bình Dương"),
        ("Phú Giáo", "Huyện Phú Giáo", None, "Tỉnh Bình Dương"),
        ("Lái Thiêu, Thuận An", "Phường Lái Thiêu", "phuong", "Tỉnh Bình Dương"),
        ("Bình Dương", None, None, "Tỉnh Bình Dương"),
        ("Long An", None, None, "Tỉnh Long An"),
    ],
)
def test_before_the_merger_the_old_units_are_in_force(text, old, unit_type, province):
    value = {"old": old, "new_unit": None, "unit_type": unit_type, "province": province}
    assert value == GazetteerReader().read(text, BEFORE).value


@pytest.mark.parametrize("text", ["phường Bình Cơ", "Chánh Hiệp", "phường Tân Khánh"])
def test_a_unit_of_today_is_not_known_before_the_merger(text):
    assert GazetteerReader().read(text, BEFORE) == NOT_UNDERSTOOD


@pytest.mark.parametrize(
    ("text", "differ"),
    [
        ("Phú Giáo", False),
        ("Dĩ An", False),
        ("Thuận An", False),
        ("Phú Lợi", False),
        ("Dầu Tiếng", True),
        ("Bàu Bàng", True),
        ("An Bình", True),
        ("Bình Dương", True),
        ("Thanh Tuyền", True),
        ("Hòa Bình", True),
    ],
)
def test_it_matters_which_reading_is_meant_only_when_the_kinds_of_unit_differ(text, differ):
    answer = GazetteerReader().read(text, TODAY)
    assert len(answer.candidates) > 1
    assert readings_differ(answer.candidates) is differ


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("huyện Phú Giáo", {"xa"}),
        ("thành phố Dĩ An", {"phuong"}),
        ("huyện Bàu Bàng", {"xa", "phuong"}),
        ("tỉnh Bình Dương", {"xa", "phuong"}),
        ("xã An Linh", {"xa"}),
        ("Đồng Nai", set()),
    ],
)
def test_an_old_place_tells_the_kinds_of_unit_it_lies_in(text, types):
    assert unit_types(GazetteerReader().read(text, TODAY).value) == types


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("xưởng em làm gốm ở Phú Giáo 8 thợ", ["Phú Giáo"]),
        ("lò ở P. Lái Thiêu, TP. Thuận An nha", ["P. Lái Thiêu", "TP. Thuận An"]),
        ("xuong o phuong di an", ["phuong di an"]),
        ("cần thợ may ở thành phố Dĩ An", ["thành phố Dĩ An"]),
        ("q12 hay Hóc Môn", ["q12", "Hóc Môn"]),
        ("mua máy 350 triệu", []),
    ],
)
def test_a_place_is_found_where_it_stands(text, named):
    matches = find(text, TODAY)
    assert named == [match.text for match in matches]
    assert named == [text[match.start : match.end] for match in matches]


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text):
    answer = GazetteerReader().read(text, TODAY)
    assert (answer.value is not None) + bool(answer.candidates) + answer.unknown == answer.understood


NAMES = sorted({place.short for places in gazetteer().by_name.values() for place in places})
AROUND = [
    "ở",
    "xã",
    "phường",
    "huyện",
    "tp",
    "p.",
    ",",
    "không phải",
    "quê",
    "xưởng",
    "cũ",
    "mới",
    "trước",
    "12",
    "-",
    "(",
]


@given(st.lists(st.sampled_from(NAMES + AROUND * 20), max_size=12).map(" ".join), st.sampled_from([TODAY, BEFORE]))
def test_any_mixture_of_names_gives_a_well_formed_answer(text, day):
    answer = GazetteerReader().read(text, day)
    values = [answer.value] if answer.value else list(answer.candidates)
    assert len(values) == len({tuple(value.values()) for value in values})
    assert len(answer.candidates) != 1
    for value in values:
        assert value["province"]
        assert value["new_unit"] is None or value["unit_type"] in {"xa", "phuong", "dac_khu"}


@given(st.sampled_from([case.values[0] for case in _cases()]))
def test_typing_in_other_unicode_form_changes_nothing(text):
    reader = GazetteerReader()
    assert reader.read(text, TODAY) == reader.read(unicodedata.normalize("NFD", text), TODAY)


def test_an_answer_is_read_in_a_few_milliseconds_at_most():
    reader = GazetteerReader()
    texts = [case.values[0] for case in _cases()]
    reader.read("Dĩ An", TODAY)
    hear.cache_clear()
    started = process_time()
    for text in texts:
        reader.read(text, TODAY)
    # Measured: 0.3 ms; the limit leaves room for a busy machine.
    assert (process_time() - started) / len(texts) < 0.005
