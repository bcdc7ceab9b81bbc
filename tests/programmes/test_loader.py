"""The law as we hold it, and the faults that the loader refuses with file and line."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.eligibility.citation import Status
from bot.errors import ContentError, NotInForce
from bot.programmes.catalogue import Programmes, load_programmes
from bot.programmes.loader import FOLDER, Law, load_law
from tests.programmes.conftest import TODAY

INSTRUMENT = """\
- short: tt1
  number: 1/2020/TT-BTC
  kind: Thông tư
  title: Thông tư mẫu
  issued: 2020-01-01
  in_force_from: 2020-02-01
  in_force_to: null
  amended_by: []
  replaced_by: null
  status: verified
  addresses: [https://example.vn]
  note: null
"""
PROVISION = """\
tt1-8-4:
  document: 1/2020/TT-BTC
  article: khoản 4 Điều 8
  wordings:
    - from: 2020-02-01
      to: 2024-12-31
      amended_by: null
      status: verified
      mark: SEEN
      source: https://example.vn
      gist: Mức cũ.
    - from: 2025-01-01
      to: null
      amended_by: 2/2024/TT-BTC
      status: secondhand
      mark: SEEN-EN
      source: https://example.vn
      gist: Mức mới.
"""
PARAMETER = """\
ceiling:
  label: Trần
  unit: VND
  last_checked: 2026-11-23
  values:
    - from: 2020-02-01
      value: 200000000
      provision: tt1-8-4
      status: verified
    - from: 2025-01-01
      value: 300000000
      provision: tt1-8-4
      status: verified
"""


def a_law(folder: Path, instrument: str = INSTRUMENT, provision: str = PROVISION, parameter: str = PARAMETER) -> Law:
    for name, text in (
        ("law/instruments.yml", instrument),
        ("law/provisions/tt1.yml", provision),
        ("grant/parameters.yml", parameter),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf8")
    return load_law(folder)


def test_a_small_law_is_read(tmp_path: Path) -> None:
    law = a_law(tmp_path)

    assert law.parameter("grant.ceiling").on(date(2024, 12, 31)).value == 200_000_000
    assert law.cite("tt1-8-4", date(2025, 1, 1)).amended_by == "2/2024/TT-BTC"
    assert law.cite_figure("grant.ceiling", date(2025, 1, 1)).status is Status.SECONDHAND
    assert date(2025, 1, 1) in law.days
    assert law.stale_figures(date(2026, 12, 1)) == ()
    assert [p.name for p in law.stale_figures(date(2027, 11, 23))] == ["grant.ceiling"]


@pytest.mark.parametrize(
    ("part", "old", "new", "message"),
    [
        ("instrument", "  note: null\n", "  note: null\n  colour: red\n", "law/instruments.yml:13: unknown key 'colour'"),
        ("instrument", "[https://example.vn]", "[]", "law/instruments.yml:11: an instrument needs the address"),
        ("instrument", "2020-02-01", "soon", "law/instruments.yml:6: a day such as"),
        ("instrument", "Thông tư mẫu", "Tho\u0302ng tư mẫu", "law/instruments.yml:4: the text is not in composed Unicode"),
        ("provision", "tt1-8-4:", "tt9-8-4:", "provisions/tt1.yml:1: the id must begin with 'tt1'"),
        ("provision", "document: 1/2020/TT-BTC", "document: 9/2020/TT-BTC", "provisions/tt1.yml:2: there is no instrument"),
        ("provision", "to: 2024-12-31", "to: 2025-06-30", "provisions/tt1.yml:12: this wording begins before"),
        ("provision", "to: 2024-12-31", "to: 2019-12-31", "provisions/tt1.yml:6: the wording ends before it begins"),
        ("provision", "mark: SEEN\n", "mark: INF\n", "provisions/tt1.yml:9: mark 'INF' does not make status 'verified'"),
        ("provision", "status: secondhand", "status: sure", "provisions/tt1.yml:15: status must be one of"),
        ("provision", "      source: https://example.vn\n      gist: Mức cũ.", "      gist: Mức cũ.", "provisions/tt1.yml:5: 'source' is missing"),
        ("provision", "source: https://example.vn\n      gist: Mức cũ", "source: somewhere\n      gist: Mức cũ", "provisions/tt1.yml:10: the source must be an address"),
        ("parameter", "from: 2025-01-01", "from: 2020-02-01", "grant/parameters.yml:10: values must stand in the order"),
        ("parameter", "from: 2025-01-01", "from: 2020-01-31", "grant/parameters.yml:12: 'tt1-8-4' was not in force"),
        ("parameter", "provision: tt1-8-4", "provision: tt1-8-5", "grant/parameters.yml:8: there is no provision"),
        ("parameter", "      provision: tt1-8-4\n      status: verified\n    - from: 2025", "      status: verified\n    - from: 2025", "grant/parameters.yml:6: 'provision' is missing"),
        ("parameter", "unit: VND", "unit: USD", "grant/parameters.yml:3: unit must be one of"),
        ("parameter", "value: 200000000", "value: nhiều", "grant/parameters.yml:7: a number was expected"),
        ("parameter", "value: 200000000", "value: 1.5", "grant/parameters.yml:7: 1.5 cannot be an amount"),
        ("parameter", "value: 200000000", "value: null", "grant/parameters.yml:6: a figure needs a first value"),
        ("parameter", "ceiling:\n", "ceiling: 5\nceiling:\n", "grant/parameters.yml:1: a mapping was expected"),
        ("parameter", "label: Trần", "label: [", "grant/parameters.yml:4: did not find expected"),
    ],
)  # fmt: skip
def test_a_fault_is_reported_with_file_and_line(tmp_path: Path, part: str, old: str, new: str, message: str) -> None:
    parts = {"instrument": INSTRUMENT, "provision": PROVISION, "parameter": PARAMETER}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)

    with pytest.raises(ContentError) as fault:
        a_law(tmp_path, **parts)

    assert str(fault.value).startswith(message)


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"grant/parameters\.yml:14: key 'ceiling' stands twice"):
        a_law(tmp_path, parameter=PARAMETER + PARAMETER)


def test_every_figure_has_a_value_on_every_day_since_its_first(law: Law) -> None:
    for parameter in law.parameters.values():
        first = parameter.values[0].in_force_from
        for days in range(0, max((TODAY - first).days, 0), 97):
            dated = parameter.on(first + timedelta(days=days))
            assert dated.in_force_from <= first + timedelta(days=days)
        with pytest.raises(NotInForce):
            parameter.on(first - timedelta(days=1))


@pytest.mark.parametrize(
    ("name", "day", "value"),
    [
        ("machinery.ceiling", date(2018, 5, 10), 200_000_000),
        ("machinery.ceiling", date(2018, 5, 11), 300_000_000),
        ("machinery.line_ceiling", TODAY, 450_000_000),
        ("machinery.share", TODAY, 50),
        ("demonstration_model.ceiling", date(2018, 5, 10), 500_000_000),
        ("demonstration_model.ceiling", date(2018, 5, 11), 1_000_000_000),
        ("demonstration_model.share", TODAY, 30),
        ("typical_product.vote_national", date(2018, 5, 10), 200_000_000),
        ("typical_product.vote_national", date(2018, 5, 11), 400_000_000),
        ("typical_product.validity_year", date(2018, 8, 15), 3),
        ("typical_product.validity_year", date(2018, 8, 16), 4),
        ("common.registration_deadline", date(2018, 8, 22), "06-15"),
        ("common.registration_deadline", date(2018, 8, 23), "06-20"),
        ("common.cluster_infrastructure_ceiling", date(2018, 5, 10), 3_000_000_000),
        ("common.cluster_infrastructure_ceiling", date(2018, 5, 11), 6_000_000_000),
        ("common.tax_threshold", date(2026, 1, 1), 1_000_000_000),
        ("common.medium_people", date(2021, 10, 15), 200),
        ("common.medium_revenue", TODAY, 200_000_000_000),
        ("common.medium_capital", TODAY, 100_000_000_000),
        ("common.budget_2023", TODAY, 4_800_000_000),
    ],
)
def test_a_figure_on_a_day(name: str, day: date, value: int | str, law: Law) -> None:
    assert law.parameter(name).on(day).value == value


@pytest.mark.parametrize(
    "name",
    [
        "trademark.ceiling",
        "consulting.ceiling",
        "pollution_repair.ceiling",
        "common.relocation_interest_ceiling",
        "typical_product.prize_region",
    ],
)
def test_what_was_only_in_the_dead_circular_is_unverified_today(name: str, law: Law) -> None:
    assert law.parameter(name).on(date(2018, 5, 10)).status is Status.VERIFIED
    assert law.parameter(name).on(TODAY).status is Status.UNVERIFIED


def test_support_is_only_counted_from_verified_figures(law: Law, programmes: Programmes) -> None:
    counted = {
        figure
        for programme in programmes.values()
        if programme.support
        for figure in (programme.support.share, programme.support.ceiling, programme.support.line_ceiling)
        if figure
    }

    assert {law.parameter(name).on(TODAY).status for name in counted} == {Status.VERIFIED}


NEW_PROGRAMME = """\
name: Hỗ trợ mẫu
short: Mẫu
about: Một khoản chỉ có trong bài kiểm tra.
topic: machinery
order: 99
criteria: [legal_form, exports_something]
documents:
  - {name: Đơn, why: để xét}
provisions: [tt28-8]
"""
NEW_CRITERIA = """\
from bot.eligibility.criterion import by_value, criterion


@criterion("exports")
def exports_something(facts, rules):
    return by_value(facts, "exports", "tt46-6-2-a", met=(True,))
"""
NEW_WORDS = """\
exports_something: {met: Có xuất khẩu, not_met: Không xuất khẩu, officer: Cán bộ xem, unknown: Chưa rõ}
"""


def with_new_programme(folder: Path, programme: str = NEW_PROGRAMME, words: str = NEW_WORDS) -> Programmes:
    shutil.copytree(FOLDER / "common", folder / "common")
    shutil.copytree(FOLDER / "machinery", folder / "machinery")
    (folder / "sample").mkdir()
    (folder / "sample" / "programme.yml").write_text(programme, "utf8")
    (folder / "sample" / "criteria.py").write_text(NEW_CRITERIA, "utf8")
    (folder / "sample" / "words.yml").write_text(words, "utf8")
    return load_programmes(load_law(), folder)


def test_a_new_folder_is_a_new_programme(tmp_path: Path) -> None:
    programmes = with_new_programme(tmp_path)

    assert list(programmes) == ["machinery", "sample"]
    assert [c.id for c in programmes["sample"].criteria] == ["legal_form", "exports_something"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("exports_something]", "exports_nothing]", "sample/programme.yml:6: there is no criterion 'exports_nothing'"),
        (", exports_something]", "]", "sample/programme.yml:6: criteria.py defines exports_something"),
        ("[legal_form, ", "[legal_form, legal_form, ", "sample/programme.yml:6: criterion 'legal_form' stands twice"),
        ("[tt28-8]", "[tt28-88]", "sample/programme.yml:9: there is no provision 'tt28-88'"),
        ("order: 99", "order: first", "sample/programme.yml:5: a number was expected"),
        ("topic: machinery\n", "", "sample/programme.yml:1: 'topic' is missing"),
        ("order: 99", "order: 99\ncolour: red", "sample/programme.yml:6: unknown key 'colour'"),
    ],
)
def test_a_fault_in_a_programme_is_reported(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in NEW_PROGRAMME

    with pytest.raises(ContentError) as fault:
        with_new_programme(tmp_path, NEW_PROGRAMME.replace(old, new, 1))

    assert str(fault.value).startswith(message)


def test_a_criterion_without_words_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"sample/programme\.yml:6: words\.yml says nothing of exports_something"):
        with_new_programme(tmp_path, words=NEW_WORDS.replace("exports_something", "something_else"))


def test_every_programme_has_a_topic_that_explains_it(programmes: Programmes) -> None:
    topics = {path.stem for path in (FOLDER.parent / "knowledge" / "topics").glob("*.yml")}

    assert {programme.topic for programme in programmes.values()} <= topics


def test_no_figure_is_surer_than_the_provision_it_stands_in(law: Law) -> None:
    sureness = [Status.VERIFIED, Status.SECONDHAND, Status.UNVERIFIED]

    for parameter in law.parameters.values():
        for dated in parameter.values:
            if dated.value is not None:
                wording = law.provisions[dated.provision].on(dated.in_force_from)
                assert sureness.index(dated.status) >= sureness.index(wording.status), parameter.name
