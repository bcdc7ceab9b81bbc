"""Sends to Telegram what the sender asks for, and says in our own errors why it could not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial

import httpx
import structlog
from telegram import Bot, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyKeyboardMarkup, ReplyKeyboardRemove
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.capabilities import CAPABILITIES
from bot.channels.parts import Parts
from bot.channels.telegram.rendering import Part, inline_keyboard, render, sharing_hint, sharing_keyboard
from bot.documents import rendered
from bot.errors import DeliveryError, Refused, RetryLater, Unreachable
from bot.messages.buttons import Button
from bot.replies.reply import Attachment, Reply

log = structlog.get_logger(__name__)

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

BETWEEN_PARTS_SECONDS = CAPABILITIES["telegram"].rate.chat_interval.total_seconds()
NETWORK_PAUSE_SECONDS = 5.0
TOKEN_PAUSE_SECONDS = 60.0
_DEAD_CHAT = ("chat not found", "user not found", "peer_id_invalid", "chat_write_forbidden", "not enough rights")
_NOT_OURS = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramCarrier:
    """The way out to Telegram, as a `bot.channels.carrier.Carrier`."""

    name = "telegram"

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._parts = Parts(BETWEEN_PARTS_SECONDS)
        # Chats that were last shown the keys for sharing; forgotten at a restart, when such keys merely stay usable.
        self._with_keys: set[int] = set()

    async def send(self, chat: str, reply: Reply, buttons: tuple[Button, ...]) -> str:
        """Delivers *reply* in as many parts as it needs; the id is that of the part with the buttons.

        When it stops between two parts, the next `send` of the same text goes on after the last one.
        Raises RetryLater, Unreachable or Refused.
        """
        target = _chat_id(chat)
        steps = [(part, None) for part in render(reply.text) if part.plain.strip()]
        if not steps:
            raise Refused("the message has no text")
        main = len(steps) - 1
        keyboard = inline_keyboard(buttons)
        keys = sharing_keyboard(reply) if target > 0 else None
        if keys is None and keyboard is not None:
            with _as_delivery_errors():
                await self._put_keys_away(target)
        todo: list[tuple[Part | Attachment, Markup | None]] = [
            *steps[:-1],
            (steps[-1][0], keyboard or keys or self._away(target)),
        ]
        if keyboard is not None and keys is not None:
            todo.append((sharing_hint(keys), keys))
        if reply.document is not None:
            todo.append((reply.document, None))
        calls = [partial(self._send_one, target, part, markup, reply.quiet) for part, markup in todo]
        return (await self._parts.send(chat, reply.text, calls))[main]

    async def _send_one(self, target: int, part: Part | Attachment, markup: Markup | None, silent: bool) -> str:
        with _as_delivery_errors():
            if isinstance(part, Attachment):
                return await self._send_file(target, part, silent=silent)
            return await self._send_part(target, part, markup, silent=silent)

    async def _send_file(self, target: int, document: Attachment, *, silent: bool) -> str:
        # Drawing takes a good part of a second, in which everybody else would wait.
        content = await asyncio.to_thread(rendered, document)
        file = InputFile(content, filename=document.filename)
        if document.media_type.startswith("image/"):
            # A picture that Telegram cannot show as one (too long a side, too many bytes) still goes as a file.
            with suppress(BadRequest):
                return str((await self._bot.send_photo(target, file, disable_notification=silent)).message_id)
        sent = await self._bot.send_document(target, file, disable_notification=silent)
        return str(sent.message_id)

    async def _send_part(self, target: int, part: Part, markup: Markup | None, *, silent: bool) -> str:
        async def attempt(text: str, mode: str | None) -> str:
            message = await self._bot.send_message(
                target,
                text,
                parse_mode=mode,
                reply_markup=markup,
                link_preview_options=_NO_PREVIEW,
                disable_notification=silent,
            )
            return str(message.message_id)

        sent = await _html_or_plain(part, attempt)
        if isinstance(markup, ReplyKeyboardMarkup):
            self._with_keys.add(target)
        elif isinstance(markup, ReplyKeyboardRemove):
            self._with_keys.discard(target)
        return sent

    def _away(self, target: int) -> ReplyKeyboardRemove | None:
        return ReplyKeyboardRemove() if target in self._with_keys else None

    async def _put_keys_away(self, target: int) -> None:
        """Removes the sharing keys before a message whose own buttons leave no room to say so.

        Telegram takes one markup a message, so a silent line removes the keys and is itself removed at once.
        """
        if away := self._away(target):
            line = await self._send_part(target, Part("…", "…"), away, silent=True)
            with suppress(TelegramError):
                await self._bot.delete_message(target, int(line))

    async def edit(self, chat: str, message_id: str, reply: Reply, buttons: tuple[Button, ...]) -> None:
        """Replaces text and buttons of a message; Refused when the text needs more than one.

        Raises RetryLater, Unreachable or Refused.
        """
        target = _chat_id(chat)
        parts = render(reply.text)
        if len(parts) != 1:
            raise Refused("the new text does not fit into one message")

        async def attempt(text: str, mode: str | None) -> str:
            await self._bot.edit_message_text(
                text,
                target,
                int(message_id),
                parse_mode=mode,
                reply_markup=inline_keyboard(buttons),
                link_preview_options=_NO_PREVIEW,
            )
            return message_id

        with _as_delivery_errors():
            try:
                await _html_or_plain(parts[0], attempt)
            except BadRequest as error:
                if "message is not modified" not in error.message.lower():
                    raise

    async def find(self, chat: str, ids: Sequence[int], buttons: tuple[Button, ...]) -> str | None:
        """Which of *ids* is a message of ours in this private chat, renewing its buttons; None when none is.

        Telegram has no way to ask what arrived; but what is not there cannot be edited. Raises RetryLater, Unreachable
        or Refused.
        """
        target, keyboard = _chat_id(chat), inline_keyboard(buttons)
        with _as_delivery_errors():
            for number in ids:
                try:
                    await self._bot.edit_message_reply_markup(target, number, reply_markup=keyboard)
                except BadRequest as error:
                    if "message is not modified" in error.message.lower():
                        return str(number)
                    if not any(sign in error.message.lower() for sign in _NOT_OURS):
                        raise
                else:
                    return str(number)
        return None

    async def typing(self, chat: str) -> None:
        """Shows "đang nhập…" for some seconds; never raises."""
        with suppress(TelegramError, Refused):
            await self._bot.send_chat_action(_chat_id(chat), ChatAction.TYPING)


def _chat_id(chat: str) -> int:
    try:
        return int(chat)
    except ValueError:
        raise Refused("not a Telegram chat id") from None


async def _html_or_plain(part: Part, attempt: Callable[[str, str | None], Awaitable[str]]) -> str:
    try:
        return await attempt(part.html, ParseMode.HTML)
    except BadRequest as error:
        if "can't parse entities" not in error.message.lower():
            raise
        log.warning("telegram_html_refused")
        return await attempt(part.plain, None)


@contextmanager
def _as_delivery_errors() -> Iterator[None]:
    try:
        yield
    except TelegramError as error:
        raise as_delivery_error(error) from error


def as_delivery_error(error: TelegramError) -> DeliveryError:
    """What a failure of the library means for the sender."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
        return RetryLater(seconds, "Telegram asks to wait")
    if isinstance(error, (Forbidden, ChatMigrated)):
        return Unreachable(error.message)
    if isinstance(error, InvalidToken):
        return RetryLater(TOKEN_PAUSE_SECONDS, "Telegram refuses the token")
    if isinstance(error, BadRequest):
        dead = any(sign in error.message.lower() for sign in _DEAD_CHAT)
        return Unreachable(error.message) if dead else Refused(error.message)
    # The library hides whether there was an answer: a network failure has its cause, a 5xx has none.
    cause = error.__cause__
    maybe_sent = isinstance(cause, httpx.HTTPError) and not isinstance(cause, _NOT_SENT)
    return RetryLater(NETWORK_PAUSE_SECONDS, type(error).__name__, maybe_sent=maybe_sent)
