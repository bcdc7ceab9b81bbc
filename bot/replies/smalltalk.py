"""Greetings, thanks, doubts and refusals: sentences that carry no figure and no verdict."""

from __future__ import annotations

from bot.replies.reply import Choice, Outcome, Reply

CHECK = Choice("Kiểm tra xưởng của tôi", "start_screening")
WHAT_IS_THERE = Choice("Có những hỗ trợ gì?", "ask_policy", {"topic": "activities"})
MEET_A_PERSON = Choice("Gặp người phụ trách", "handover")
_FIRST_STEPS = (CHECK, WHAT_IS_THERE, MEET_A_PERSON)


def greeting(name: str | None = None) -> Reply:
    """The first words, and what one can do here."""
    hello = f"Chào anh/chị {name}." if name else "Chào anh/chị."
    return Reply(
        f"{hello} Đây là kênh hỏi đáp về khuyến công, tức là hỗ trợ của Nhà nước cho cơ sở sản xuất.\n"
        "Anh/chị cứ hỏi bằng lời của mình, có dấu hay không dấu đều được.\n"
        "Ví dụ: “mua máy được hỗ trợ bao nhiêu”, “xưởng ở xã có được không”.",
        _FIRST_STEPS,
        Outcome.SMALLTALK,
    )


def greeting_again() -> Reply:
    """A greeting in the middle of something."""
    return Reply("Chào anh/chị, anh/chị cần hỏi gì về khuyến công?", _FIRST_STEPS, Outcome.SMALLTALK)


def thanks() -> Reply:
    """An answer to thanks."""
    return Reply(
        "Không có gì, giúp được anh/chị là mừng rồi. Cần hỏi thêm lúc nào cũng được.", _FIRST_STEPS, Outcome.SMALLTALK
    )


def goodbye() -> Reply:
    """An answer to a goodbye."""
    return Reply(
        "Chào anh/chị, chúc xưởng làm ăn thuận lợi. Các câu đã trả lời vẫn được giữ, quay lại là làm tiếp.",
        (),
        Outcome.SMALLTALK,
    )


def introduction() -> Reply:
    """Who is talking, and what its word is worth."""
    return Reply(
        "Đây là máy trả lời tự động về chính sách khuyến công, không phải người thật.\n"
        "Câu trả lời nào cũng kèm căn cứ; chỗ nào chưa chắc sẽ nói là chưa chắc.\n"
        "Quyết định hỗ trợ là của cơ quan có thẩm quyền. Muốn gặp người, anh/chị bấm nút dưới đây.",
        _FIRST_STEPS,
        Outcome.SMALLTALK,
    )


def help_text() -> Reply:
    """What one can ask and do."""
    return Reply(
        "Anh/chị có thể:\n"
        "• Hỏi về chính sách: máy móc, hội chợ, nhãn hiệu, giấy tờ, ai được hưởng…\n"
        "• Nhắn “kiểm tra” để xem xưởng của mình có thể được hỗ trợ gì.\n"
        "• Nhắn “gặp người” để cán bộ gọi lại.\n"
        "• Nhắn “hồ sơ của tôi tới đâu” sau khi đã gửi hồ sơ.\n"
        "• Nhắn “mã” để làm tiếp trên kênh khác (Telegram, Zalo, trang web).\n"
        "• Nhắn “quyền của tôi” để xem, rút những điều đã đồng ý; “xóa dữ liệu của tôi” để xóa hết.",
        _FIRST_STEPS,
        Outcome.COMMAND,
    )


def calm(*, again: bool = False) -> Reply:
    """One calm line to an insult; other words when the message before was one too."""
    return Reply(
        "Khuyến công vẫn sẵn lòng giúp. Anh/chị bấm nút dưới đây, cán bộ sẽ gọi lại nói chuyện trực tiếp."
        if again
        else "Có chỗ làm anh/chị chưa vừa ý. Anh/chị cần hỏi gì về khuyến công, hay để cán bộ gọi lại?",
        (CHECK, MEET_A_PERSON),
        Outcome.REFUSED,
    )


def outside() -> Reply:
    """Something that is not khuyến công at all."""
    return Reply(
        "Chuyện này nằm ngoài khuyến công nên ở đây không trả lời được.\n"
        "Ở đây giúp được về hỗ trợ của Nhà nước cho cơ sở sản xuất công nghiệp, tiểu thủ công nghiệp.",
        (WHAT_IS_THERE, CHECK, MEET_A_PERSON),
        Outcome.OUT_OF_SCOPE,
    )


def outside_again() -> Reply:
    """The second thing in a row that is not ours."""
    return Reply(
        "Chỗ này chưa giúp được anh/chị. Chuyện máy móc, hội chợ, nhãn hiệu, đào tạo thợ… thì cứ hỏi, "
        "hoặc để cán bộ gọi lại.",
        (WHAT_IS_THERE, CHECK, MEET_A_PERSON),
        Outcome.OUT_OF_SCOPE,
    )


def outside_in_english() -> Reply:
    """One line for who writes in another language."""
    return Reply(
        "This service answers, in Vietnamese, questions about state support for small manufacturers (khuyến công). "
        "Anh/chị có thể hỏi bằng tiếng Việt, có dấu hay không dấu đều được.",
        (WHAT_IS_THERE, MEET_A_PERSON),
        Outcome.OUT_OF_SCOPE,
    )


def outside_in_english_again() -> Reply:
    """The second message in a row in another language."""
    return Reply(
        "Please write in Vietnamese, or press the last button and a person will call you back.\n"
        "Anh/chị nhắn bằng tiếng Việt giúp, hoặc bấm nút cuối để cán bộ gọi lại.",
        (WHAT_IS_THERE, MEET_A_PERSON),
        Outcome.OUT_OF_SCOPE,
    )


def steady(*, english: bool = False) -> Reply:
    """To who wants other rules, or what is not theirs."""
    text = (
        "That cannot be done here. This service only answers questions about khuyến công, in Vietnamese."
        if english
        else "Việc đó ở đây không làm được. Anh/chị cần hỏi về hỗ trợ cho xưởng thì cứ nhắn."
    )
    return Reply(text, (WHAT_IS_THERE, CHECK), Outcome.REFUSED)


def failed() -> Reply:
    """Something broke inside."""
    return Reply(
        "Có trục trặc nên chưa trả lời được câu này, đã báo cho cán bộ kỹ thuật.\n"
        "Anh/chị nhắn lại sau ít phút, hoặc để cán bộ gọi lại.",
        (MEET_A_PERSON,),
        Outcome.FAILED,
    )


def too_long() -> Reply:
    """A text longer than is read."""
    return Reply("Tin này dài quá nên chưa đọc hết được. Anh/chị tách ra, mỗi tin một ý giúp.", (), Outcome.REFUSED)


def nothing_said() -> Reply:
    """Nothing but spaces or invisible signs."""
    return Reply(
        "Chưa thấy chữ nào trong tin vừa rồi. Anh/chị cần hỏi gì về khuyến công?", _FIRST_STEPS, Outcome.REFUSED
    )


def stale_button() -> Reply:
    """A button that is not known in this chat."""
    return Reply("Nút này đã cũ. Anh/chị nhắn bằng lời cũng được nhé.", _FIRST_STEPS, Outcome.COMMAND)


def edited() -> Reply:
    """A message was changed after it had been read."""
    return Reply(
        "Tin đã sửa thì không đọc lại được. Điều cần đổi, anh/chị nhắn thành tin mới giúp.",
        (),
        Outcome.COMMAND,
        quiet=True,
    )


def not_understood() -> Reply:
    """The first time, when no reading is near."""
    return Reply(
        "Chưa hiểu ý anh/chị. Anh/chị nói cách khác giúp, hoặc chọn một việc dưới đây.", _FIRST_STEPS, Outcome.CLARIFY
    )


def offer_a_person() -> Reply:
    """The second time in a row."""
    return Reply(
        "Để cán bộ trả lời anh/chị cho chắc, được không?",
        (Choice("Được", "affirm"), Choice("Thôi, hỏi lại", "deny")),
        Outcome.CLARIFY,
    )


def ask_again_in_own_words() -> Reply:
    """After declining a person."""
    return Reply("Vâng. Anh/chị cứ hỏi lại theo cách của mình.", _FIRST_STEPS, Outcome.SMALLTALK)


_SHARED = {
    "photo": "hình",
    "voice": "tin thoại",
    "audio": "tin thoại",
    "video": "đoạn phim",
    "sticker": "nhãn dán",
}


def _how_opened(kind: str) -> str:
    return "nghe" if kind in {"voice", "audio"} else "xem"


def media(kind: str, *, again: bool = False) -> Reply:
    """A picture, a voice message or a file; other words when the message before was one too, as in an album."""
    what, open_it = _SHARED.get(kind, "tệp"), _how_opened(kind)
    return Reply(
        f"Có nhận thêm {what} nhưng cũng chưa {open_it} được. Cán bộ gọi lại thì anh/chị gửi trực tiếp cho họ."
        if again
        else f"Khuyến công chưa {open_it} được {what}. Anh/chị gõ vài chữ giúp, không dấu cũng được, hoặc để cán bộ gọi lại.",
        (MEET_A_PERSON, CHECK),
        Outcome.REFUSED,
    )


def words_only(kind: str) -> Reply:
    """A picture or a file with words to it: the words are answered."""
    return Reply(f"Chưa {_how_opened(kind)} được {_SHARED.get(kind, 'tệp')}, chỉ đọc được phần chữ.")


def slow_down() -> Reply:
    """Said once to who sends far more than can be read."""
    return Reply(
        "Tin đến dồn dập quá nên chưa đọc kịp. Anh/chị chờ một phút rồi gửi gọn trong một tin giúp, "
        "hoặc để cán bộ gọi lại.",
        (MEET_A_PERSON,),
        Outcome.REFUSED,
    )


def opted_out() -> Reply:
    """No more unasked messages."""
    return Reply(
        "Đã ghi nhận: từ nay không gửi tin giới thiệu nữa. Anh/chị hỏi thì vẫn được trả lời.\n"
        "Muốn xóa hết thông tin đã cho, nhắn “xóa dữ liệu của tôi”.",
        (Choice("Xóa dữ liệu của tôi", "erase_data"),),
        Outcome.COMMAND,
    )


def confirm_erasure() -> Reply:
    """Asked once before everything is erased."""
    return Reply(
        "Xóa hết những gì anh/chị đã cho biết: câu trả lời, tên, số điện thoại, hồ sơ đang chờ. Xóa rồi không lấy lại được. Anh/chị chắc muốn xóa chứ?",
        (Choice("Xóa hết", "affirm"), Choice("Giữ lại", "deny")),
        Outcome.COMMAND,
    )


def erased(receipt: str) -> Reply:
    """Done, with the receipt number."""
    return Reply(f"Đã xóa xong. Số biên nhận xóa: **{receipt}**.", (), Outcome.COMMAND)


def kept() -> Reply:
    """Nothing was erased."""
    return Reply("Vâng, thông tin của anh/chị vẫn được giữ.", _FIRST_STEPS, Outcome.COMMAND)
