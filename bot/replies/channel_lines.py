"""The few words that a channel adds to a message because it cannot show everything."""

from __future__ import annotations

from collections.abc import Sequence

_LISTED = 3
"""Up to so many numbers are named one by one."""


def numbered_menu(items: Sequence[tuple[int, str]]) -> str:
    """Choices as lines with their numbers, and how to answer."""
    lines = [f"{number}. {title}" for number, title in items]
    numbers = [number for number, _ in items]
    if len(numbers) > _LISTED:
        how = f"Trả lời một số từ {numbers[0]} đến {numbers[-1]}."
    else:
        *first, last = map(str, numbers)
        how = f"Trả lời {', '.join(first)} hoặc {last}." if first else f"Trả lời {last} để chọn."
    return "\n".join([*lines, how])


def worded_menu(titles: Sequence[str]) -> str:
    """Choices to be typed in words, where a number would answer the question itself."""
    return f"Hoặc nhắn: {' · '.join(f'“{title}”' for title in titles)}"


def document_elsewhere(filename: str) -> str:
    """Said in place of a file on a channel that takes none."""
    return f"Tệp {filename} chưa gửi được qua kênh này. Anh/chị nhờ cán bộ gửi giúp, hoặc lấy ở trang hỏi đáp của Trung tâm."


def form_title() -> str:
    """Over the form by which a person hands over name and phone number."""
    return "Gửi số điện thoại"


def form_subtitle() -> str:
    """What the form is for."""
    return "Để cán bộ khuyến công gọi lại cho anh/chị"


def share_contact() -> str:
    """On the key that hands over one's own number."""
    return "Gửi số điện thoại của tôi"


def share_location() -> str:
    """On the key that hands over where one is."""
    return "Gửi vị trí của tôi"


def keys_below(titles: Sequence[str]) -> str:
    """Above such keys, where the message has buttons of its own."""
    return "Hoặc bấm nút bên dưới khung nhắn tin: " + " · ".join(titles)


def not_in_groups(address: str) -> str:
    """Said once to a group, before leaving it."""
    return (
        "Khuyến công chỉ trò chuyện riêng với từng người, để thông tin của cơ sở không lộ ra nhóm."
        f" Mời anh/chị nhắn riêng: {address}"
    )
