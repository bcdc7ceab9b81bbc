"""One conversation on several channels: the code, the question before anything is joined, and what was done."""

from __future__ import annotations

from dataclasses import dataclass

from bot.replies.reply import Choice, Outcome, Reply

GET_CODE = Choice("Tiếp tục trên kênh khác", "link_code")
ANSWER = "link_answer"
"""The intent of the answer to the question whether to join."""

_CHANNELS = {
    "telegram": "Telegram",
    "zalo_oa": "Zalo",
    "zalo_bot": "Zalo",
    "web": "trang web",
    "terminal": "cửa sổ lệnh",
}


def _name(channel: str) -> str:
    return _CHANNELS.get(channel, "kênh khác")


@dataclass(frozen=True, slots=True)
class Onward:
    """How to go on elsewhere, as a page shows it."""

    title: str
    lines: tuple[str, ...]
    opens: str
    """On the button that opens the other channel, below the lines."""
    notes: tuple[str, ...]
    """Below that button."""


def onward_title(channel: str) -> str:
    """On the button that leads there."""
    return f"Tiếp tục trên {_name(channel)}"


def onward(channel: str, secret: str, address: str, *, carried: bool) -> Onward:
    """How the conversation goes on at *address*; *carried* when the link itself hands the code over."""
    name, where = _name(channel), address.removeprefix("https://")
    written = f"**mã {secret}**"
    if carried:
        step = f"Bấm “Mở {name}”, ở đó bấm **Bắt đầu** (Start), rồi bấm **Nối lại**."
        other_way: tuple[str, ...] = (f"{name} ở máy khác thì mở {where} và nhắn: {written}",)
    else:
        step = f"Bấm “Mở {name}”, ở đó nhắn: {written}, rồi chọn **Nối lại**."
        other_way = ()
    return Onward(
        onward_title(channel),
        ("Các câu đã trả lời theo anh/chị sang đó, làm tiếp từ câu đang dở.", step),
        f"Mở {name}",
        (*other_way, "Chỉ dùng một lần, trong 15 phút. Đừng đưa cho ai."),
    )


def code(secret: str, telegram: str | None) -> Reply:
    """The code, where to type it, and the link that opens Telegram where there is one."""
    link = f"\nTiếp tục trên Telegram: {telegram}" if telegram else ""
    return Reply(
        f"Mã của anh/chị: **{secret}**, dùng một lần trong 15 phút. Sang kênh kia (Telegram, Zalo hoặc trang web), "
        f"nhắn: mã {secret}\nĐừng đưa mã cho ai: ai có mã là xem được các câu anh/chị đã trả lời.{link}",
        (),
        Outcome.COMMAND,
    )


def ask(link: int, channel: str, *, by_phone: bool = False) -> Reply:
    """Asked before two conversations become one person's."""
    how = "Số điện thoại này đã có trong một cuộc trò chuyện" if by_phone else "Mã đúng, là của một cuộc trò chuyện"
    return Reply(
        f"{how} trên **{_name(channel)}**. Nối hai nơi lại thì dùng chung các câu đã trả lời, hồ sơ đã gửi "
        "và những điều đã đồng ý. Chỉ nối khi cả hai đều là của anh/chị.",
        (
            Choice("Nối lại", ANSWER, {"link": link, "yes": True}),
            Choice("Không nối", ANSWER, {"link": link, "yes": False}),
        ),
        Outcome.COMMAND,
    )


RESUME = Choice("Làm tiếp", "resume")
"""What a person wants who takes a screening along."""


def joined(*, going_on: bool) -> Reply:
    """Done; what was begun on the other channel goes on here, with its open question after this."""
    if going_on:
        return Reply("Đã nối. Các câu anh/chị đã trả lời có ở đây, mình làm tiếp.", (), Outcome.COMMAND)
    return Reply(
        "Đã nối. Từ giờ nhắn ở kênh nào cũng xem được như nhau.",
        (Choice("Hồ sơ của tôi tới đâu?", "ask_status"),),
        Outcome.COMMAND,
    )


def joined_there(channel: str) -> Reply:
    """To the other conversation, so that nobody is joined without knowing it."""
    return Reply(
        f"Cuộc trò chuyện này vừa được nối với {_name(channel)} của anh/chị. "
        "Nếu không phải anh/chị làm, nhắn “xóa dữ liệu của tôi” để xóa hết ở cả hai nơi.",
        (),
        Outcome.COMMAND,
    )


def wrong_code() -> Reply:
    """No such code, used, or too old."""
    return Reply("Mã này không đúng hoặc đã hết hạn. Lấy mã mới ở kênh kia: nhắn “mã”.", (), Outcome.COMMAND)


def too_many() -> Reply:
    """Too many wrong codes."""
    return Reply("Mã sai nhiều lần quá. Anh/chị chờ một giờ rồi lấy mã mới giúp.", (), Outcome.COMMAND)


def same_already() -> Reply:
    """The code came from the same person."""
    return Reply("Hai kênh này đã nối rồi, anh/chị cứ hỏi tiếp.", (), Outcome.COMMAND)


def too_late() -> Reply:
    """The question was answered, or nobody answered it in time."""
    return Reply("Câu hỏi này đã quá hạn trả lời. Muốn nối thì lấy mã mới: nhắn “mã” ở kênh kia.", (), Outcome.COMMAND)


def left_apart() -> Reply:
    """Nothing was joined."""
    return Reply("Vâng, hai nơi vẫn để riêng.", (), Outcome.COMMAND)
