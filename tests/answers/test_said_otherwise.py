"""Denials in the southern way are put plainly, and small talk is taken out, before an answer is read."""

import pytest

from bot.answers.rhetoric import plainly
from bot.answers.said import hear
from bot.answers.small_talk import without_small_talk

DENIALS = [
    ("có giấy gì đâu em", "không có giấy gì em"),
    ("co giay gi dau", "không có giay gi"),
    ("xuất khẩu gì đâu", "không xuất khẩu"),
    ("giấy tờ đâu mà có", "không giấy tờ"),
    ("cũ gì mà cũ, mới tinh", "không cũ, mới tinh"),
    ("đã mua đâu", "chưa mua"),
    ("chớ sản xuất gì, bán lại thôi", "không sản xuất, bán lại thôi"),
    ("ai lại cho coi", "không cho coi"),
    ("có vi phạm gì đâu mà phạt", "không có vi phạm gì"),
    ("có lần đầu", "có lần đầu"),
    ("đăng ký ở đâu", "đăng ký ở đâu"),
    ("làm ăn gì mà chậm như rùa", "làm ăn gì mà chậm như rùa"),
    ("không có gì đâu", "không có gì đâu"),
]


@pytest.mark.parametrize(("typed", "plain"), DENIALS, ids=[typed for typed, _ in DENIALS])
def test_a_rhetorical_denial_is_put_plainly(typed: str, plain: str) -> None:
    words = hear(plain).spelled.replace("Z", "").replace("chuWS ", "")
    assert words == plainly(hear(typed)).spelled.replace("Z", "").replace("chuWS ", "")


TALK = [
    ("ok cảm ơn", ""),
    ("dạ cảm ơn anh chị nhiều nha", ""),
    ("có, cảm ơn em", "có"),
    ("chào em, có 8 người", "có 8 người"),
    ("hôm nay trời mưa quá", ""),
    ("bot dở quá", ""),
    ("kkk", ""),
    ("dong ban ghe", "dong ban ghe"),
    ("rồi", "rồi"),
]


@pytest.mark.parametrize(("typed", "rest"), TALK, ids=[typed for typed, _ in TALK])
def test_small_talk_is_no_answer(typed: str, rest: str) -> None:
    assert hear(rest).spelled == without_small_talk(hear(typed)).spelled
