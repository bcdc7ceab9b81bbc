"""Topic files: what is read, and every fault named with its file and line."""

from __future__ import annotations

import unicodedata
from datetime import date
from pathlib import Path

import pytest

from bot.errors import ContentError, NotInForce
from bot.knowledge.loader import load_topics
from bot.knowledge.topic import Reference, RelatedTopic, Scope
from bot.programmes.loader import Law, load_law

TOPIC = """\
title: Hỗ trợ mua máy
scope: khuyen_cong
questions:
  - Mua máy được bao nhiêu?
phrases:
  - mua máy
versions:
  - from: 2014-04-08
    to: 2018-05-10
    answer: |
      Cũ: **{machinery.ceiling}**.
  - from: 2018-05-11
    answer: |
      Không quá **{machinery.ceiling}** một cơ sở.
      Trước kia {machinery.ceiling@2015-01-01}, theo Thông tư liên tịch 26/2014.
    more: |
      Xem khoản 4 Điều 8 Thông tư 28/2018/TT-BTC, giai đoạn 2026–2030, từ 15/10/2025.
    cites: [tt28-8-4, nd45-1-2@2025-10-14]
    unverified: [trademark.ceiling, "mức của địa phương"]
related: [other]
next: [screening:machinery, person]
"""
OTHER = """\
title: Việc khác
scope: neighbour
questions:
  - Việc khác hỏi ở đâu?
versions:
  - from: 2012-07-05
    held: false
    answer: Không thuộc khuyến công.
"""


@pytest.fixture(scope="module")
def law() -> Law:
    return load_law()


def folder_with(folder: Path, topic: str) -> Path:
    (folder / "topic.yml").write_text(topic, "utf8")
    (folder / "other.yml").write_text(OTHER, "utf8")
    return folder


def test_a_topic_is_read_as_it_stands(tmp_path: Path, law: Law) -> None:
    topics = load_topics(law, folder_with(tmp_path, TOPIC))
    topic = topics["topic"]
    assert sorted(topics) == ["other", "topic"]
    assert topic.questions == ("Mua máy được bao nhiêu?",)
    assert topic.phrases == ("mua máy",)
    assert (RelatedTopic("other", "Việc khác"),) == topic.related
    assert topic.next == ("screening:machinery", "person")
    version = topic.on(date(2026, 11, 23))
    assert (Reference("tt28-8-4"), Reference("nd45-1-2", date(2025, 10, 14))) == version.cites
    assert (Reference("machinery.ceiling"), Reference("machinery.ceiling", date(2015, 1, 1))) == version.figures()
    assert (version.held, topics["other"].on(date(2026, 11, 23)).held) == (True, False)
    assert Scope.NEIGHBOUR is topics["other"].scope


@pytest.mark.parametrize(
    ("day", "begins"),
    [
        (date(2014, 4, 8), date(2014, 4, 8)),
        (date(2018, 5, 10), date(2014, 4, 8)),
        (date(2018, 5, 11), date(2018, 5, 11)),
    ],
)
def test_the_version_of_the_day_is_used(tmp_path: Path, law: Law, day: date, begins: date) -> None:
    assert begins == load_topics(law, folder_with(tmp_path, TOPIC))["topic"].on(day).start


def test_before_the_first_version_there_is_none(tmp_path: Path, law: Law) -> None:
    topic = load_topics(law, folder_with(tmp_path, TOPIC))["topic"]
    with pytest.raises(NotInForce, match="topic: no version on 2014-04-07"):
        topic.on(date(2014, 4, 7))


@pytest.mark.parametrize(
    ("change", "line", "what"),
    [
        (("scope: khuyen_cong", "scope: khuyen_nong"), 2, "neither of khuyen_cong, neighbour"),
        (("scope: khuyen_cong", "scop: khuyen_cong"), 2, "unknown key 'scop'"),
        (("title: Hỗ trợ mua máy\n", ""), 1, "'title' is missing"),
        (("  - mua máy", '  - "  "'), 6, "a text was expected"),
        (("  - Mua máy được bao nhiêu?", "  - a\n  - a"), 4, "a question stands twice"),
        (("to: 2018-05-10", "to: 2018-05-11"), 12, "begins before the one above has ended"),
        (("    to: 2018-05-10\n", ""), 11, "begins before the one above has ended"),
        (("to: 2018-05-10", "to: 2013-05-10"), 9, "ends before it begins"),
        (("from: 2018-05-11", "from: 11/05/2018"), 12, "a day such as 2018-05-11"),
        (("tt28-8-4,", "tt28-8-99,"), 18, "there is no provision 'tt28-8-99'"),
        (("nd45-1-2@2025-10-14", "nd45-1-2@2011-01-01"), 18, "nd45-1-2 is not in force on 2011-01-01"),
        (("trademark.ceiling", "trademark.roof"), 19, "there is no parameter or provision 'trademark.roof'"),
        (("related: [other]", "related: [nothing]"), 20, "there is no other topic 'nothing'"),
        (("related: [other]", "related: [topic]"), 20, "there is no other topic 'topic'"),
        (("person]", "pray]"), 21, "there is no step 'pray'"),
        (("person]", "person:machinery]"), 21, "takes no programme"),
        (("một cơ sở", "một cơ sở, 5 lần"), 14, "'5' does not come from a parameter"),
        (("một cơ sở", "300 triệu"), 14, "'300' does not come from a parameter"),
        (("từ 15/10/2025", "từ 16/10/2025"), 17, "16/10/2025 is the day of no provision"),
        (("từ 15/10/2025", "từ 31/02/2025"), 17, "31/02/2025 is the day of no provision"),
        (("{machinery.ceiling}** một", "{machinery.roof}** một"), 14, "there is no parameter 'machinery.roof'"),
        (
            ("{machinery.ceiling}** một", "{trademark.ceiling}** một"),
            14,
            "trademark.ceiling is unverified on 2018-05-11",
        ),
        (("{machinery.ceiling}** một", "{machinery}** một"), 14, "a brace that is not a parameter"),
        (("ceiling@2015-01-01", "ceiling@2011-01-01"), 15, "machinery.ceiling has no value on 2011-01-01"),
        (("from: 2014-04-08", "from: 2012-04-08"), 11, "machinery.ceiling has no value on 2012-04-08"),
        (("một cơ sở.", "một cơ sở. " + "a" * 600), 13, "longer than 600 characters"),
    ],
)
def test_a_fault_is_named_with_its_line(
    tmp_path: Path, law: Law, change: tuple[str, str], line: int, what: str
) -> None:
    assert change[0] in TOPIC
    with pytest.raises(ContentError) as raised:
        load_topics(law, folder_with(tmp_path, TOPIC.replace(*change)))
    assert f"{tmp_path.name}/topic.yml:{line}: " in str(raised.value)
    assert what in str(raised.value)


def test_decomposed_text_is_refused(tmp_path: Path, law: Law) -> None:
    with pytest.raises(ContentError, match=r"topic\.yml:1: .*NFC"):
        load_topics(law, folder_with(tmp_path, unicodedata.normalize("NFD", TOPIC)))


def test_an_answer_without_any_source_is_refused(tmp_path: Path, law: Law) -> None:
    bare = OTHER.replace("neighbour", "khuyen_cong")
    with pytest.raises(ContentError, match=r"topic\.yml:6: an answer on khuyến công needs a citation"):
        load_topics(law, folder_with(tmp_path, bare))


def test_broken_yaml_is_named_with_its_line(tmp_path: Path, law: Law) -> None:
    with pytest.raises(ContentError, match=r"topic\.yml:2: "):
        load_topics(law, folder_with(tmp_path, 'title: "a\nscope: b: c'))


def test_an_empty_folder_is_refused(tmp_path: Path, law: Law) -> None:
    with pytest.raises(ContentError, match="no topics here"):
        load_topics(law, tmp_path)
