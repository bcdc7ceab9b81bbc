"""What a Telegram update means to us; pure, so that every odd update can be tried in a table."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from datetime import datetime

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram import Location as TelegramLocation
from telegram.constants import ChatMemberStatus, ChatType, UpdateType

from bot.channels.typed import encodable, with_text
from bot.messages.incoming import Contact, IncomingMessage, Kind, Location

CHANNEL = "telegram"

ALLOWED_UPDATES = (
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.MY_CHAT_MEMBER,
)
"""What we ask Telegram for."""


@dataclass(frozen=True, slots=True)
class MenuCommand:
    """An entry of the commands menu, and the plain words that it stands for."""

    name: str
    description: str
    says: str


MENU = (
    MenuCommand("start", "Bắt đầu", ""),
    MenuCommand("kiemtra", "Xem xưởng tôi có được hỗ trợ không", "kiểm tra xưởng của tôi có được hỗ trợ không"),
    MenuCommand("hoso", "Hồ sơ của tôi tới đâu rồi", "hồ sơ của tôi tới đâu rồi"),
    MenuCommand("gapnguoi", "Gặp người phụ trách", "cho tôi gặp người phụ trách"),
    MenuCommand("xoadulieu", "Xóa dữ liệu của tôi", "xóa hết dữ liệu của tôi"),
    MenuCommand("dung", "Ngừng nhận tin", "ngừng nhắn tin cho tôi"),
    MenuCommand("trogiup", "Cách dùng", "trợ giúp"),
)
_SAYS = {command.name: command.says for command in MENU if command.says} | {
    "help": "trợ giúp",
    "stop": "ngừng nhắn tin cho tôi",
}

_COMMAND = re.compile(r"/(\w+)(?:@\w+)?(?:\s.*)?", re.DOTALL)

# Telegram sets `document` beside `animation`, and `location` beside `venue`: the first that is there counts.
_MEDIA = {
    "photo": "photo",
    "voice": "voice",
    "video": "video",
    "video_note": "video",
    "audio": "audio",
    "animation": "video",
    "sticker": "sticker",
    "document": "file",
    "poll": "other",
    "dice": "other",
    "story": "other",
    "game": "other",
    "paid_media": "other",
}


def to_incoming(update: Update) -> IncomingMessage | None:
    """What a person did in a private chat; None for everything that is no turn of a conversation."""
    if update.message is not None:
        return _from_message(update.update_id, update.message)
    if update.edited_message is not None:
        return _from_edit(update.update_id, update.edited_message)
    if update.callback_query is not None:
        return _from_press(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _from_membership(update.update_id, update.my_chat_member)
    return None


def group_to_decline(update: Update) -> int | None:
    """The group in which the bot was added or spoken to, None for anything else."""
    if update.my_chat_member is not None:
        member = update.my_chat_member
        gone = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}
        return None if member.chat.type == ChatType.PRIVATE or member.new_chat_member.status in gone else member.chat.id
    if update.message is not None and update.message.chat.type in {ChatType.GROUP, ChatType.SUPERGROUP}:
        left = update.message.left_chat_member
        return None if left is not None else update.message.chat.id
    return None


def _from_message(update_id: int, message: Message) -> IncomingMessage | None:
    bare, sender = _bare(update_id, message), message.from_user
    if bare is None or sender is None:
        return None
    return _with_text(bare, message.text) if message.text is not None else _with_shared(bare, message, sender)


def _from_edit(update_id: int, message: Message) -> IncomingMessage | None:
    """Changed words; None for a place that moves and all else that Telegram calls an edit."""
    bare, text = _bare(update_id, message), message.text or message.caption
    return None if bare is None or not text else replace(bare, kind=Kind.EDITED, text=encodable(text))


def _bare(update_id: int, message: Message) -> IncomingMessage | None:
    """Who wrote and when; None for groups and other bots."""
    sender = message.from_user
    if message.chat.type != ChatType.PRIVATE or sender is None or sender.is_bot:
        return None
    return IncomingMessage(
        channel=CHANNEL,
        chat=str(message.chat.id),
        update_id=str(update_id),
        kind=Kind.TEXT,
        reply_to=str(message.reply_to_message.message_id) if message.reply_to_message else None,
        sender_name=_name(sender),
        sent_at=_moment(message.date),
    )


def _with_text(bare: IncomingMessage, text: str) -> IncomingMessage:
    said = with_text(bare, text)
    return said if said.kind is Kind.STARTED else replace(said, text=encodable(_plain_words(text)))


def _with_shared(bare: IncomingMessage, message: Message, sender: User) -> IncomingMessage | None:
    if message.contact is not None:
        own = message.contact.user_id is not None and message.contact.user_id == sender.id
        phone = encodable(message.contact.phone_number)
        return replace(bare, kind=Kind.CONTACT, contact=Contact(_international(phone) if own else phone, own))
    if message.location is not None:
        where = _location(message.location)
        return replace(bare, kind=Kind.LOCATION, location=where) if where else None
    for attribute, media in _MEDIA.items():
        if getattr(message, attribute):
            return replace(bare, kind=Kind.MEDIA, text=encodable(message.caption or ""), media=media)
    return None


def _from_press(update_id: int, query: CallbackQuery) -> IncomingMessage | None:
    # The message is missing when it is too old for Telegram to look up; then a private chat is the person's own id.
    chat = query.message.chat if query.message is not None else None
    if query.data is None or query.from_user.is_bot or (chat is not None and chat.type != ChatType.PRIVATE):
        return None
    return IncomingMessage(
        channel=CHANNEL,
        chat=str(chat.id if chat is not None else query.from_user.id),
        update_id=str(update_id),
        kind=Kind.BUTTON,
        button=encodable(query.data),
        sender_name=_name(query.from_user),
    )


def _from_membership(update_id: int, member: ChatMemberUpdated) -> IncomingMessage | None:
    if member.chat.type != ChatType.PRIVATE:
        return None
    left = member.new_chat_member.status in {ChatMemberStatus.BANNED, ChatMemberStatus.LEFT}
    return IncomingMessage(
        channel=CHANNEL,
        chat=str(member.chat.id),
        update_id=str(update_id),
        kind=Kind.LEFT if left else Kind.STARTED,
        sender_name=_name(member.from_user),
        sent_at=_moment(member.date),
    )


def _plain_words(text: str) -> str:
    """What a command of the menu stands for; any other text, also one that begins with a slash, as it is."""
    command = _COMMAND.fullmatch(text)
    return _SAYS.get(command[1].lower(), text) if command else text


def _name(sender: User) -> str | None:
    return encodable(sender.full_name).strip() or None


def _international(phone: str) -> str:
    """Telegram gives a person's own number in international form, with or without the plus sign."""
    return phone if phone.startswith(("+", "0")) else f"+{phone}"


def _location(location: TelegramLocation) -> Location | None:
    latitude, longitude = float(location.latitude), float(location.longitude)
    on_earth = math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180
    return Location(latitude, longitude) if on_earth else None


def _moment(date: datetime | None) -> datetime | None:
    """Telegram gives 0 for a message it can no longer date."""
    return date if date is not None and date.timestamp() > 0 else None
