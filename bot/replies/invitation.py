"""How an invited collaborator joins, for whoever passes the invitation on."""

from __future__ import annotations


def ways_to_join(name: str, code: str, *, telegram: str | None, zalo: str | None) -> str:
    """A line per channel; *telegram* is the bot's user name and *zalo* the account's address, where they are set."""
    start = f"/start {code}"
    if telegram is None:
        on_telegram = f"nhắn cho bot: {start}"
    else:
        on_telegram = f"mở https://t.me/{telegram}?start={code} rồi bấm Start, hoặc nhắn cho @{telegram}: {start}"
    at = f" ({zalo})" if zalo else ""
    return "\n".join(
        [
            f"{name}, chọn một trong hai, làm một lần:",
            f"  Telegram: {on_telegram}",
            f"  Zalo: nhắn cho bot hoặc trang OA của Trung tâm{at}: {start}",
        ]
    )
