"""What people want of our messages, in many wordings; and what only sounds like it."""

from __future__ import annotations

import pytest

from bot.campaigns.wishes import Wanted, Wish, read_wish

FAIRS = ("fair_domestic", "fair_abroad")
NOTHING = Wish(Wanted.NOTHING)


@pytest.mark.parametrize(
    "text",
    [
        "đừng gửi nữa",
        "dung gui nua",
        "Đừng gửi tin cho tôi nữa",
        "đừng nhắn cho tui nữa nha",
        "thôi đừng nhắn nữa",
        "không nhận tin nữa",
        "ko nhan tin nua",
        "hong nhan tin nua dau",
        "tôi không muốn nhận thông báo",
        "hủy nhận tin",
        "tắt thông báo giùm",
        "ngưng gửi tin quảng cáo",
        "phiền quá, đừng gửi nữa",
        "xin đừng làm phiền tôi nữa",
        "dừng gửi tin",
        "STOP",
        "unsubscribe",
        "bỏ nhận tin đi",
        "khỏi gửi tin cho tui",
        "nhắn hoài, thôi đi",
    ],
)
def test_no_messages_any_more_in_any_wording(text: str) -> None:
    assert read_wish(text) == NOTHING


@pytest.mark.parametrize("text", ["dừng", "Dừng lại", "thôi dừng nha", "không quan tâm", "phiền quá", "hủy", "spam"])
def test_a_bare_refusal_counts_only_after_a_message_of_ours(text: str) -> None:
    assert (read_wish(text, after_ours=True), read_wish(text)) == (NOTHING, None)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("chỉ nhận tin hội chợ", Wish(Wanted.ONLY, FAIRS)),
        ("chi nhan tin hoi cho thoi", Wish(Wanted.ONLY, FAIRS)),
        ("tôi chỉ muốn nhận tin về máy móc", Wish(Wanted.ONLY, ("machinery",))),
        ("chỉ gửi tin nhãn hiệu với hội chợ thôi", Wish(Wanted.ONLY, (*FAIRS, "trademark"))),
        ("đừng gửi tin hội chợ nữa", Wish(Wanted.NOT, FAIRS)),
        ("không nhận tin hội chợ nữa", Wish(Wanted.NOT, FAIRS)),
        ("nhận tin lại", Wish(Wanted.ALL)),
        ("bật lại thông báo", Wish(Wanted.ALL)),
        ("cho tôi nhận tin lại", Wish(Wanted.ALL)),
    ],
)
def test_some_topics_and_all_again(text: str, wish: Wish) -> None:
    assert wish == read_wish(text)


@pytest.mark.parametrize(
    "text",
    [
        "không nhận được tin",
        "sao tôi không nhận được thông báo gì",
        "chưa thấy tin nhắn nào",
        "tôi không đi hội chợ",
        "hội chợ tháng 3 ở đâu",
        "đừng gửi hồ sơ của tôi cho ai",
        "không có giấy đăng ký",
        "máy cũ thì không được hả",
        "dừng sản xuất hai tháng rồi có được hỗ trợ không",
        "không",
        "thôi",
        "được hỗ trợ bao nhiêu vậy",
        "khong nhan tien mat duoc khong",
        "chỉ làm gốm",
        "tôi muốn hủy hợp đồng mua máy",
        "",
    ],
)
def test_what_is_no_wish_is_left_to_the_dialogue(text: str) -> None:
    assert read_wish(text, after_ours=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "Chị muốn nhận hỗ trợ mua máy",
        "chi muon nhan ho tro mua may",
        "xin địa chỉ gửi đơn mua máy",
        "không có thu nhập ổn định",
        "không tin tưởng lắm",
        "không nhận hỗ trợ nhà xưởng",
        "Tôi muốn mua máy dùng để thu hồi bụi gỗ",
        "không có nhãn hiệu nha",
        "Thời gian thông báo kết quả là bao lâu?",
        "Đúng ạ",
    ],
)
def test_what_is_said_of_other_things_is_no_wish_about_messages(text: str) -> None:
    assert (read_wish(text), read_wish(text, after_ours=True)) == (None, None)
