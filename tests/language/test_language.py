"""How messages are typed, and what they say."""

import pytest

from bot.language import fold, is_mostly_unaccented, nfc, normalise, tokens
from bot.language.spelling import lenient, spell

PLAIN = [
    ("dduowcj roi nha", "được roi nha"),
    ("xin dduwojc ko", "xin được không"),
    ("xuongwr ddoox gox", "xưởng đỗ gõ"),
    ("d9uo7c5 ho6 tro75", "được hô trợ"),
    ("cos 5 nguowif", "có 5 người"),
    ("quy2 sang nam", "quy2 sang nam"),
    ("lò gas inox laser", "lò gas inox laser"),
    ("mua máy CNC 3D A4", "mua máy CNC 3D A4"),
    ("hoà thuỷ khoẻ", "hòa thủy khỏe"),
    ("đựơc", "được"),
    ("lămmmm", "lăm"),
    ("quáaaa rồiiii", "quá rồi"),
    ("kooo", "không"),
    ("room xoong", "room xoong"),
    ("hông có", "không có"),
    ("hổng biết nữa", "không biết nữa"),
    ("hong biet", "không biet"),
    ("hoa hồng", "hoa hồng"),
    ("hoa hong", "hoa hong"),
    ("máy hỏng rồi", "máy hỏng rồi"),
    ("hỏng có", "không có"),
    ("Hok bik", "Không biết"),
    ("KHÔNG CÓ", "KHÔNG CÓ"),
    ("8ng", "8 người"),
    ("8 cn", "8 công nhân"),
    ("650tr", "650 triệu"),
    ("1ty2", "1 ty 2"),
    ("400k", "400 nghìn"),
    ("k biết", "không biết"),
    ("5kg", "5 kg"),
    ("2vc", "2 vợ chồng"),
    ("đk kinh doanh chưa", "đăng ký kinh doanh chưa"),
    ("đủ đk không", "đủ điều kiện không"),
    ("co dc k", "co được không"),
    ("cho xin dc", "cho xin địa chỉ"),
    ("hỗ trợ bn tiền", "hỗ trợ bao nhiêu tiền"),
    ("bn ơi", "bạn ơi"),
    ("mua máy mắc quá", "mua máy đắt quá"),
    ("mắc nợ", "mắc nợ"),
    ("kiếm tiền", "kiếm tiền"),
    ("kiếm máy", "tìm máy"),
    ("thức dậy", "thức dậy"),
    ("gì dậy", "gì vậy"),
    ("ổng với bả", "ông ấy với bà ấy"),
    ("nhiều quá trời", "nhiều rất nhiều"),
    ("cty tnhh sx gốm", "công ty trách nhiệm hữu hạn sản xuất gốm"),
    ("0 có", "không có"),
    ("có 0 đồng", "có 0 đồng"),
    ("www.abc.vn", "www.abc.vn"),
]


@pytest.mark.parametrize(("typed", "plain"), PLAIN, ids=[typed for typed, _ in PLAIN])
def test_a_message_is_spelled_out(typed: str, plain: str) -> None:
    assert plain == normalise(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Đường",
        "ĐƯỜNG",
        "đường",
        "duong",
        "d\u0111uong"[1:],
        "Ðường",
        "đu\u031bo\u031b\u0300ng",
        "đư\u200bờng",
        "\u202eđường\u202c",
    ],
)
def test_every_way_to_type_a_word_folds_to_the_same(typed: str) -> None:
    assert fold(typed) == "duong"


def test_cleaning_drops_what_cannot_be_seen_and_keeps_lines() -> None:
    assert nfc("a\u200b\u202eb\x00c\ud800\u00a0d\r\ne") == "abc d\n\ne"


def test_tokens_stand_where_they_were_typed() -> None:
    text = "Xưởng gô\u0301m, 1.200.000đ ở P. Dĩ An!"
    assert [token.text for token in tokens(text)] == ["Xưởng", "gô\u0301m", "1.200.000đ", "ở", "P", "Dĩ", "An"]
    assert [token.folded for token in tokens(text)] == ["xuong", "gom", "1.200.000d", "o", "p", "di", "an"]


@pytest.mark.parametrize(
    ("text", "unaccented"),
    [("mua may moi duoc ho tro khong", True), ("mua máy mới được không", False), ("12345", False), ("", False)],
)
def test_text_without_accents_is_recognised(text: str, *, unaccented: bool) -> None:
    assert unaccented is is_mostly_unaccented(text)


@pytest.mark.parametrize(
    ("typed", "matches"),
    [
        ("không biết", True),
        ("khong biet", True),
        ("KHONG BIẾT", True),
        ("không  biết", True),
        ("không biêt", False),
        ("chưa biết", True),
        ("không biệt", False),
        ("không biếtt", False),
        ("chừa biết", False),
    ],
)
def test_a_lenient_pattern_forgives_missing_marks_only(typed: str, *, matches: bool) -> None:
    assert matches is bool(lenient("(?:không|chưa) biết").search(spell(typed)))


def test_hoi_and_nga_are_the_same_sound_in_the_south() -> None:
    assert lenient("đã mua máy cũ").fullmatch(spell("đả mua máy củ"))


def test_the_place_of_a_tone_mark_does_not_matter() -> None:
    assert spell("hoà quý tỷ kĩ") == spell("hòa quý tỉ kỹ")


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("rồif", "rồi"),
        ("đúngs", "đúng"),
        ("ddungss", "đúng"),
        ("chuwaa", "chưa"),
        ("chưaw", "chưa"),
        ("khoongg", "không"),
        ("mườiif", "mười"),
        ("muwowwi", "mươi"),
        ("trieuej", "triệu"),
        ("muaa", "mua"),
        ("nguofi", "nguoi"),
        ("kb", "không biết"),
        ("kb zalo", "kb zalo"),
        ("sptb", "sản phẩm tiêu biểu"),
        ("kkk", "kkk"),
        ("cc", "cc"),
        ("nghị định 45/2012/nd-cp", "nghị định 45/2012/nd-cp"),
        ("app zoom logo", "app zoom logo"),
        ("rơ moóc", "rơ moóc"),
    ],
)
def test_slips_of_the_fingers_are_forgiven_and_codes_kept(typed: str, plain: str) -> None:
    assert plain == normalise(typed)
