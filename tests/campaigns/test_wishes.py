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


@pytest.mark.parametrize(
    "text",
    [
        "thôi đừng nhắn tui nữa nghen",
        "đừng gửi mấy tin này nữa",
        "đừng nhắn mấy cái này nữa nha em",
        "đừng gởi cho tui nữa nghe",
        "dung gui nx",
        "đừng nt nữa",
        "đừng phiền tôi nữa",
        "rời khỏi danh sách",
        "bỏ tui ra khỏi danh sách",
        "cho tui ra khỏi danh sách đi",
        "nhắn hoài mệt",
        "không có nhu cầu, đừng gửi tin nữa",
        "số này không phải xưởng, đừng nhắn nữa",
    ],
)
def test_nor_in_the_words_of_the_south_or_in_haste(text: str) -> None:
    assert read_wish(text) == NOTHING


@pytest.mark.parametrize(
    "text",
    [
        "dừng",
        "DỪNG!",
        "Dừng lại",
        "thôi dừng nha",
        "dừng nha em",
        "dừng giùm cái",
        "tui nói dừng rồi mà",
        "không quan tâm",
        "không quan tâm đâu",
        "không có nhu cầu đừng nhắn",
        "thôi khỏi nhắn",
        "thôi nha đừng gửi",
        "ngừng gửi",
        "k nhận tin nha",
        "chị không nhận tin đâu",
        "không theo dõi nữa",
        "huỷ theo dõi",
        "gỡ tôi ra",
        "đừng làm phiền",
        "phiền quá",
        "hủy",
        "spam",
        "block",
    ],
)
def test_a_bare_refusal_counts_only_after_a_message_of_ours(text: str) -> None:
    assert (read_wish(text, after_ours=True), read_wish(text)) == (NOTHING, None)


@pytest.mark.parametrize("text", ["không có nhu cầu", "ko cần", "thôi khỏi", "khỏi nha", "không muốn đâu"])
def test_what_may_refuse_something_else_later_counts_as_the_first_words(text: str) -> None:
    said = (read_wish(text, after_ours=True, first=True), read_wish(text, after_ours=True))

    assert said == (NOTHING, None)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("hội chợ thì đừng nhắn", Wish(Wanted.NOT, FAIRS)),
        ("tin đào tạo thì thôi khỏi gửi", Wish(Wanted.NOT, ("training",))),
        ("đừng gửi mấy tin máy móc này nữa", Wish(Wanted.NOT, ("machinery",))),
    ],
)
def test_one_topic_can_be_refused_after_a_message_of_ours(text: str, wish: Wish) -> None:
    assert wish == read_wish(text, after_ours=True)


@pytest.mark.parametrize(
    "text",
    [
        "hủy toàn bộ thông tin cá nhân của tôi",
        "đừng lưu thông tin của tôi nữa, xóa đi",
        "tôi rút đồng ý cho lưu thông tin",
        "hủy hết thông tin xưởng của em trong máy nha",
        "tôi không cung cấp thông tin đó",
        "stop kiểm tra ở đây thôi",
        "cho tôi danh sách những người đã nhắn ở đây hôm qua",
    ],
)
def test_a_wish_about_data_is_no_wish_about_messages(text: str) -> None:
    assert (read_wish(text), read_wish(text, after_ours=True, first=True)) == (None, None)


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
        "không phiền nữa, cảm ơn bạn đã tận tình",
        "tôi có giấy hộ với báo giá rồi, danh sách của tôi còn gì",
        "dung roi",
        "dung roi a",
        "da dung",
        "đúng rồi đó",
        "thôi để tháng sau",
        "chưa cần",
        "đang bận",
        "không cần giấy tờ gì hả",
        "không muốn mua máy cũ",
        "không có nhu cầu mua máy, muốn đi hội chợ",
        "hủy hồ sơ",
        "em nhận tin rồi",
        "xóa số cũ giùm",
        "gửi hồ sơ đi",
        "nhận",
        "muốn dự hội chợ",
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
