"""What kind of question it is: for a figure, in two parts, going on from the last."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.question import asks_figure, asks_how_much, follow_up, meant_instead, two_parts, with_abroad

ANY_TEXT = st.text(max_size=200)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("được bao nhiêu tiền", True),
        ("duoc bn", True),
        ("cho mấy phần trăm", True),
        ("mức hỗ trợ nhãn hiệu", True),
        ("tối đa mấy chục triệu", True),
        ("hỗ trợ 50% phải không", True),
        ("xưởng tôi có được không", False),
        ("nộp hồ sơ ở đâu", False),
        ("máy cũ có được hỗ trợ không", False),
        ("", False),
    ],
)
def test_asks_figure(text: str, asks: bool) -> None:
    assert asks is asks_figure(text)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("mua may ep go duoc may phan tram", True),
        ("mua máy 400 triệu thì được bao nhiêu", True),
        ("muốn mua lò nung 400 triệu", False),
        ("vốn tự có 30% rồi", False),
    ],
)
def test_an_amount_that_is_asked_for_is_told_from_one_that_is_mentioned(text: str, asks: bool) -> None:
    assert asks is asks_how_much(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("hỗ trợ máy bao nhiêu và hồ sơ gồm gì", ["hỗ trợ máy bao nhiêu", "hồ sơ gồm gì"]),
        ("ho tro may bao nhieu va ho so gom gi", ["ho tro may bao nhieu", "ho so gom gi"]),
        ("máy cũ có được không? còn hội chợ thì sao", ["máy cũ có được không", "còn hội chợ thì sao"]),
        ("đăng ký nhãn hiệu được bao nhiêu, còn nộp ở đâu", ["đăng ký nhãn hiệu được bao nhiêu", "nộp ở đâu"]),
        ("ai được hưởng; ngành nào; ở đâu vậy", ["ai được hưởng", "ngành nào"]),
        ("doanh nghiệp nhỏ và vừa là gì", ["doanh nghiệp nhỏ và vừa là gì"]),
        ("máy móc và chuyển giao công nghệ được bao nhiêu", ["máy móc và chuyển giao công nghệ được bao nhiêu"]),
        ("xưởng tôi làm gỗ và có 5 thợ", ["xưởng tôi làm gỗ và có 5 thợ"]),
        ("mua máy được bao nhiêu?", ["mua máy được bao nhiêu?"]),
        ("", [""]),
    ],
)
def test_two_parts(text: str, parts: list[str]) -> None:
    assert parts == two_parts(text)


@pytest.mark.parametrize(
    "text",
    [
        "còn máy cũ thì sao?",
        "con may cu thi sao",
        "vậy bao nhiêu?",
        "thế hồ sơ gồm gì",
        "cái đó mấy năm",
        "được bao nhiêu",
    ],
)
def test_a_question_that_leans_on_the_last_takes_its_title(text: str) -> None:
    assert f"{text} Hỗ trợ mua máy" == follow_up(text, "Hỗ trợ mua máy")


@pytest.mark.parametrize(
    "text",
    [
        "đề án khuyến công quốc gia điểm là gì",
        "xưởng tôi ở xã Phú Giáo có được không",
        "còn một chuyện nữa là xưởng tôi ở phường Dĩ An thì có được hưởng khuyến công không",
        "",
    ],
)
def test_a_whole_question_stands_alone(text: str) -> None:
    assert follow_up(text, "Hỗ trợ mua máy") is None


@given(ANY_TEXT)
@settings(max_examples=100, deadline=None)
def test_no_text_breaks_the_reading(text: str) -> None:
    assert 1 <= len(two_parts(text)) <= 2
    assert asks_figure(text) in (True, False)
    assert (follow_up(text, "x") or "x").endswith("x")


@pytest.mark.parametrize(
    ("text", "abroad"),
    [
        ("hội chợ ở Nhật có được lo vé không", True),
        ("di trien lam ben han", True),
        ("hội chợ Quảng Châu", True),
        ("hội chợ ở Thái Nguyên", False),
        ("đi hội chợ ở Mỹ Phước", False),
        ("hội chợ ở Lào Cai cho mấy gian", False),
        ("máy của Đức được hỗ trợ không", False),
    ],
)
def test_a_fair_in_a_country_named_is_a_fair_abroad(text: str, abroad: bool) -> None:
    assert abroad == ("nước ngoài" in with_abroad(text))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("không phải, ý em là máy cũ", "máy cũ"),
        ("Không, tôi hỏi về hội chợ nước ngoài cơ", "hội chợ nước ngoài cơ"),
        ("khong phai, em hoi thue dat", "thue dat"),
        ("ý tôi là đăng ký nhãn hiệu", "đăng ký nhãn hiệu"),
        ("hiểu sai rồi, tui đang hỏi vụ hồ sơ nộp ở đâu", "hồ sơ nộp ở đâu"),
        ("trả lời sai rồi", ""),
        ("không phải cái đó", ""),
        ("Hông phải vậy", ""),
        ("tôi đâu có hỏi cái đó", ""),
        ("lạc đề rồi", ""),
        ("không phải làng nghề thì có được không", None),
        ("không phải hộ kinh doanh có được không", None),
        ("tôi hỏi về máy cũ", None),
        ("sai phạm thì có bị sao không", None),
        ("không", None),
        ("ý tưởng mới có được hỗ trợ không", None),
        ("", None),
    ],
)
def test_who_says_that_an_answer_missed_is_heard(text: str, meant: str | None) -> None:
    assert meant == meant_instead(text)


@given(ANY_TEXT)
def test_what_was_meant_is_part_of_the_text(text: str) -> None:
    assert (meant_instead(text) or "") in text
