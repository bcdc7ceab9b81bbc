"""The reader and the scorer of PhoATIS, on a few made-up sentences in its format."""

import sys
from pathlib import Path

import pytest

from tests.bench.phoatis_lines import Labelled, NotPhoAtis, read_split, stripped

SENTENCES = {
    "gạo": ["bao nhiêu tiền một ký {}", "giá {} hôm nay", "{} bán mấy đồng", "cho hỏi giá một bao {}"],
    "xe": ["chuyến {} nào chạy sáng mai", "mấy giờ có {} đi chợ", "{} cuối ngày chạy lúc nào", "lịch {} buổi chiều"],
}
LABELS = {"gạo": "price", "xe": "timetable"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for split in ("train", "dev", "test"):
        (tmp_path / "syllable-level" / split).mkdir(parents=True)
        lines = [(one.format(word), LABELS[word]) for word, ones in SENTENCES.items() for one in ones]
        (tmp_path / "syllable-level" / split / "seq.in").write_text("\n".join(text for text, _ in lines), "utf8")
        (tmp_path / "syllable-level" / split / "label").write_text("\n".join(label for _, label in lines), "utf8")
    return tmp_path


def test_a_split_is_read_whether_or_not_its_level_is_named(folder):
    assert read_split(folder, "test") == read_split(folder / "syllable-level", "test")
    assert read_split(folder, "test")[0] == Labelled("bao nhiêu tiền một ký gạo", "price")


def test_what_is_missing_or_does_not_fit_is_said(folder):
    with pytest.raises(NotPhoAtis, match=r"seq\.in and label"):
        read_split(folder / "none", "test")
    (folder / "syllable-level" / "test" / "label").write_text("price", "utf8")
    with pytest.raises(NotPhoAtis, match="8 sentences and 1 labels"):
        read_split(folder, "test")


def test_stripping_takes_every_diacritic_and_keeps_the_label():
    assert stripped([Labelled("giá gạo đỏ", "price")]) == [Labelled("gia gao do", "price")]


@pytest.mark.model
def test_the_components_learn_from_such_a_folder(folder, monkeypatch, capsys):
    from tests.bench import phoatis

    monkeypatch.setattr(sys, "argv", ["phoatis", str(folder)])
    phoatis.main()

    shown = capsys.readouterr().out
    assert shown.count("100.0 %") == 4
    assert "8 sentences" in shown
