"""Sends to a Zalo bot's chats what the sender asks for: plain text, choices as a menu answered by number."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from bot.channels.capabilities import CAPABILITIES
from bot.channels.numbered import messages, with_menu
from bot.channels.parts import Parts
from bot.channels.zalo_bot.client import ZaloBotClient
from bot.channels.zalo_bot.updates import CHANNEL
from bot.errors import DeliveryError, Refused
from bot.messages.buttons import Button
from bot.replies.channel_lines import document_elsewhere
from bot.replies.reply import Reply

LIMIT = CAPABILITIES[CHANNEL].text_limit or 2000


class ZaloBotCarrier:
    """The way out to Zalo Bot chats, as a `bot.channels.carrier.Carrier`."""

    name = CHANNEL

    def __init__(self, client: ZaloBotClient) -> None:
        self._client = client
        self._parts = Parts()

    async def send(self, chat: str, reply: Reply, buttons: tuple[Button, ...]) -> str:
        """Delivers *reply* in as many messages as it needs; the id is that of the last, which has the menu.

        Raises RetryLater, Unreachable or Refused.
        """
        parts = render(reply, buttons)
        if not parts:
            raise Refused("the message has no text")
        sent = await self._parts.send(chat, reply.text, [partial(self._send_text, chat, part) for part in parts])
        return sent[-1]

    async def _send_text(self, chat: str, text: str) -> str:
        result = await self._client.call("sendMessage", chat_id=chat, text=text)
        return str(result.get("message_id", "")) if isinstance(result, dict) else ""

    async def edit(self, chat: str, message_id: str, reply: Reply, buttons: tuple[Button, ...]) -> None:
        """Sends the new words as a new message: what was sent on this platform stays as it is.

        Raises RetryLater, Unreachable or Refused.
        """
        del message_id
        await self.send(chat, reply, buttons)

    async def typing(self, chat: str) -> None:
        """Shows that an answer is being prepared; never raises."""
        with suppress(DeliveryError):
            await self._client.call("sendChatAction", chat_id=chat, action="typing")


def render(reply: Reply, buttons: tuple[Button, ...]) -> tuple[str, ...]:
    """A reply as the messages that are sent."""
    text = reply.text
    if reply.document is not None:
        text = f"{text}\n{document_elsewhere(reply.document.filename)}"
    return messages(with_menu(text, buttons), LIMIT)
