"""Passing a case on: the consent in plain words, the name, the phone, the reference number."""

from __future__ import annotations

from bot.replies import consents
from bot.replies.campaign import SUBSCRIBE
from bot.replies.lead_card import phone
from bot.replies.reply import Choice, Outcome, Reply


def ask(question: str) -> Reply:
    """One of the contact questions."""
    return {"consent": consents.ask, "name": _name, "phone": _phone, "exact_place": _exact_place}[question]()


def _name() -> Reply:
    return Reply("Anh/chị cho xin tên, hoặc tên xưởng, để cán bộ tiện gọi.", (), Outcome.SCREENING, question="name")


def _phone() -> Reply:
    return Reply("Số điện thoại nào tiện liên hệ?", (), Outcome.SCREENING, question="phone", asks_contact=True)


def _exact_place() -> Reply:
    return Reply(
        "Xưởng nằm ở xã, phường nào (tên mới từ 1/7/2025)? Cần để gửi đúng người phụ trách. "
        "Không chắc thì nhắn tên ấp, khu phố hoặc tên cũ cũng được.",
        (Choice("Không rõ", "answer", {"question": "exact_place", "value": None}),),
        Outcome.SCREENING,
        question="exact_place",
        asks_location=True,
    )


def handover_offered() -> Reply:
    """A person was asked for."""
    return Reply(
        "Vâng. Xin anh/chị vài thông tin để chuyển cho người phụ trách khuyến công nơi đặt xưởng gọi lại.",
        (),
        Outcome.HANDOVER,
    )


def bad_phone() -> Reply:
    """Not a phone number of Vietnam."""
    return Reply(
        "Số này chưa đúng số điện thoại Việt Nam (10 số, bắt đầu bằng 0). Anh/chị nhắn lại giúp.",
        (),
        Outcome.SCREENING,
        question="phone",
        asks_contact=True,
    )


def confirm_phone(number_e164: str) -> Reply:
    """Somebody else's number was shared: whether it is the one to call."""
    return Reply(
        f"Số {phone(number_e164)} không phải của tài khoản đang nhắn. Cán bộ gọi số này, đúng không?",
        (
            Choice("Đúng, gọi số này", "answer", {"question": "phone", "phone": number_e164, "sure": True}),
            Choice("Số khác", "pass_lead"),
        ),
        Outcome.SCREENING,
        question="phone",
        asks_contact=True,
    )


def too_many(number: str) -> Reply:
    """The sender began as many cases today as one may."""
    return Reply(
        f"Hôm nay anh/chị đã gửi nhiều hồ sơ rồi, gần nhất là **{number}**. Mời anh/chị mở lại hồ sơ đó, "
        "hoặc ngày mai gửi tiếp.",
        (Choice("Hồ sơ của tôi tới đâu?", "ask_status"),),
        Outcome.HANDOVER,
    )


def declined() -> Reply:
    """No consent: nothing is passed on."""
    return Reply(
        "Vâng, không gửi gì cho ai cả. Khi nào cần, anh/chị nhắn “gặp người” là được.\n"
        "Anh/chị cũng có thể đến hỏi trực tiếp ở UBND xã, phường nơi đặt xưởng.",
        (Choice("Hỏi tiếp", "help"),),
        Outcome.COMMAND,
    )


def passed_on(number: str, *, with_centre: bool, added: bool = False, offer_news: bool = False) -> Reply:
    """The case is with somebody; its reference number; who does not get news is offered them."""
    who = "Trung tâm" if with_centre else "cộng tác viên phụ trách nơi đặt xưởng"
    text = (
        f"Đã thêm nhu cầu này vào hồ sơ **{number}** đang có."
        if added
        else f"Đã chuyển cho {who}. Số hồ sơ: **{number}**."
    )
    return Reply(
        f"{text}\nKhi có người nhận, Khuyến công báo anh/chị ngay tại đây. Muốn xem tới đâu, nhắn “hồ sơ của tôi”.\n"
        "Anh/chị để sẵn giấy đăng ký nếu có. Nếu tính mua máy thì lấy sẵn báo giá, khoan đặt cọc trước khi hỏi cán bộ.",
        (Choice("Hồ sơ của tôi tới đâu?", "ask_status"), *((SUBSCRIBE,) if offer_news else ())),
        Outcome.HANDOVER,
    )


def nothing_passed_yet() -> Reply:
    """Asked for the status, and there is no case."""
    return Reply(
        "Anh/chị chưa gửi hồ sơ nào ở đây. Muốn cán bộ liên hệ, bấm nút dưới.",
        (Choice("Nhờ cán bộ liên hệ", "handover"), Choice("Kiểm tra xưởng của tôi", "start_screening")),
        Outcome.COMMAND,
    )
