"""Nothing that names a person or a workshop is left in a sentence that is kept; what is asked is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.review import redacted

GONE = [
    ("gọi tôi số 0903 123 456 nha", ["0903", "123", "456"], ["gọi tôi"]),
    ("sdt 0274.3822.123 gap ai", ["3822"], ["gap ai"]),
    ("+84 (90) 312-3456 mua may dc ko", ["312", "3456"], ["mua may"]),
    ("số tui không chín không ba một hai ba bốn năm sáu", ["một hai ba"], []),
    ("khong chin khong ba mot hai ba bon nam sau goi nha", ["khong chin", "mot hai"], ["goi nha"]),
    ("cccd 074089001234 gửi đâu", ["074089001234"], ["gửi đâu"]),
    ("mst 3700123456-001 có được không", ["3700123456"], ["có được không"]),
    ("tên tôi là Nguyễn Thị Hoa muốn hỏi vụ máy", ["Nguyễn", "Hoa"], ["muốn hỏi vụ máy"]),
    ("em ten le van tam, xin ho so o dau", ["le van", "tam"], ["xin ho so o dau"]),
    ("toi ten hanh hoi may cnc", ["hanh"], ["hoi may cnc"]),
    ("chị Thu Hồng nói vậy có đúng không", ["Thu", "Hồng"], ["nói vậy có đúng không"]),
    ("ong tran van be xin bao nhieu", ["tran van be"], ["xin bao nhieu"]),
    ("Phạm Ngọc Lan đây, hồ sơ sao rồi", ["Ngọc", "Lan"], ["hồ sơ sao rồi"]),
    ("xưởng gốm Minh Sáng của tôi được gì", ["Minh", "Sáng"], ["xưởng gốm", "được gì"]),
    ("công ty TNHH Hưng Phát mua máy", ["Hưng", "Phát"], ["mua máy"]),
    ("nhà tôi 12/4A đường Lê Hồng Phong hỏi chính sách", ["12/4A", "Lê Hồng", "Phong"], ["hỏi chính sách"]),
    ("số nhà 45 hẻm 12/3 tới xã hỏi ai", ["45", "12/3"], ["tới xã hỏi ai"]),
    ("mail cho hoa.gom@gmail.com nhé", ["gmail", "hoa.gom"], ["nhé"]),
    ("coi https://fb.com/gomhoa rồi trả lời", ["fb.com", "gomhoa"], ["rồi trả lời"]),
    ("xe 61C-123.45 chở hàng có tính không", ["123.45"], ["chở hàng có tính không"]),
    ("tôi sinh năm 1975 có được ưu tiên", ["1975"], ["có được ưu tiên"]),
    ("mã KC-0127 sao chưa ai gọi", ["0127"], ["sao chưa ai gọi"]),
]


@pytest.mark.parametrize(("typed", "gone", "left"), GONE)
def test_what_names_somebody_is_taken_out_and_the_rest_stays(typed, gone, left):
    kept = redacted(typed)

    assert [word for word in gone if word in kept] == []
    assert [words for words in left if words not in kept] == []


@pytest.mark.parametrize(
    "typed",
    [
        "mua máy cnc 400 triệu được hỗ trợ bao nhiêu",
        "máy giá 400.000.000 đồng thì sao",
        "Thông tư số 28/2018/TT-BTC còn hiệu lực không",
        "khoản 4 Điều 8 nói gì",
        "xưởng ở Phú Giáo có được không",
        "MÁY CŨ CÓ ĐƯỢC HỖ TRỢ KHÔNG",
        "từ 15/10/2025 thì phường có được không",
    ],
)
def test_a_question_without_a_name_stays_as_it_is(typed):
    assert redacted(typed) == typed


def test_a_name_that_is_known_is_taken_out_however_it_is_typed():
    assert redacted("gom hoa binh cua toi xin gi duoc", names=["Hòa Bình"]) == "gom … cua toi xin gi duoc"


@pytest.mark.parametrize("typed", ["0903123456", "😀", "", "\u200b\u202e", "a@b.vn"])
def test_nothing_is_left_of_what_says_nothing(typed):
    assert redacted(typed) == ""


@given(st.text(max_size=60), st.from_regex(r"\A0[35789]\d{8}\Z"), st.text(max_size=60))
def test_no_phone_number_is_left_whatever_stands_around_it(before, phone, after):
    kept = redacted(f"{before} {phone} {after}")

    assert phone not in re.sub(r"\D", "", kept) or phone in re.sub(r"\D", "", before + after)
