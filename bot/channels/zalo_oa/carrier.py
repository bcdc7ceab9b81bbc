"""Sends to an Official Account's people: in the conversation while it is open, else as an approved template, else later."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from bot.channels.parts import Parts, Step
from bot.channels.zalo_oa.client import OaError, ZaloOaClient
from bot.channels.zalo_oa.codes import NIGHT, QUOTA, TOKEN, WINDOW_CLOSED, failure
from bot.channels.zalo_oa.rendering import CHANNEL, file_message, form, texts
from bot.channels.zalo_oa.settings import ZaloOaSettings
from bot.channels.zalo_oa.tokens import Tokens
from bot.channels.zalo_oa.windows import closed
from bot.clock import Clock
from bot.documents import rendered
from bot.errors import Held, Refused
from bot.messages import inbox
from bot.messages.buttons import Button
from bot.outbox import sent_since
from bot.people import People, Purpose
from bot.replies.reply import Attachment, Reply
from bot.store import Store

TEMPLATE_MARK = "zns:"
"""Before the id of what was sent as a template."""


class ZaloOaCarrier:
    """The way out to an Official Account's people, as a `bot.channels.carrier.Carrier`."""

    name = CHANNEL

    def __init__(
        self,
        settings: ZaloOaSettings,
        client: ZaloOaClient,
        tokens: Tokens,
        *,
        store: Store,
        clock: Clock,
        people: People,
    ) -> None:
        self._settings = settings
        self._client = client
        self._tokens = tokens
        self._store = store
        self._clock = clock
        self._people = people
        self._parts = Parts()

    async def send(self, chat: str, reply: Reply, buttons: tuple[Button, ...]) -> str:
        """Delivers *reply*; the id is that of the last message with text, or of the template.

        Raises RetryLater, Unreachable, Held or Refused.
        """
        why_closed = await asyncio.to_thread(self._why_closed, chat)
        if why_closed is not None:
            return await self._as_template(chat, reply, why_closed)
        try:
            return await self._in_conversation(chat, reply, buttons)
        except Held as held:
            # The platform counts better than we do.
            if held.reason not in {WINDOW_CLOSED, QUOTA} or held.until is not None:
                raise
            return await self._as_template(chat, reply, held.reason)

    async def edit(self, chat: str, message_id: str, reply: Reply, buttons: tuple[Button, ...]) -> None:
        """Sends the new words as a new message: what was sent on this platform stays as it is.

        Raises RetryLater, Unreachable, Held or Refused.
        """
        del message_id
        await self.send(chat, reply, buttons)

    async def typing(self, chat: str) -> None:
        """The platform has no sign for it."""

    # --- in the conversation -------------------------------------------------------------------------------------

    def _why_closed(self, chat: str) -> str | None:
        last_heard = inbox.last_heard(self._store.db, CHANNEL, chat)
        sent = 0 if last_heard is None else sent_since(self._store.db, CHANNEL, chat, last_heard)
        return closed(self._settings, self._clock.now(), last_heard, sent)

    async def _in_conversation(self, chat: str, reply: Reply, buttons: tuple[Button, ...]) -> str:
        steps: list[Step] = [partial(self._message, chat, message) for message in texts(reply, buttons)]
        if not steps:
            raise Refused("the message has no text")
        main = len(steps) - 1
        if reply.asks_contact:
            steps.append(partial(self._form, chat))
        if reply.document is not None:
            steps.append(partial(self._document, chat, reply.document))
        return (await self._parts.send(chat, reply.text, steps))[main]

    async def _message(self, chat: str, message: dict[str, Any]) -> str:
        return await self._call(lambda token: self._client.message(token, chat, message))

    async def _form(self, chat: str) -> str:
        """Offers the form; an account that may not use it loses nothing, since the number can be typed."""
        try:
            return await self._message(chat, form(self._settings.form_image))
        except Refused:
            return ""

    async def _document(self, chat: str, document: Attachment) -> str:
        content = await asyncio.to_thread(rendered, document)
        uploaded = await self._call(
            lambda token: self._client.upload(token, document.filename, content, document.media_type)
        )
        return await self._message(chat, file_message(uploaded))

    # --- outside it ----------------------------------------------------------------------------------------------

    async def _as_template(self, chat: str, reply: Reply, why: str) -> str:
        """Sends *reply* to the person's phone number as an approved template; Held, for the reason *why*, without one."""
        news = reply.news
        template = self._settings.templates.get(news.name) if news else None
        phone = await asyncio.to_thread(self._phone, chat)
        if news is None or template is None or phone is None:
            raise Held(why)
        night_over = self._settings.night.over_at(self._clock.now())
        if night_over is not None:
            raise Held(NIGHT, night_over)
        tracking = hashlib.sha256(f"{chat}\0{news.name}\0{reply.text}".encode()).hexdigest()[:32]
        sent = await self._call(lambda token: self._client.template(token, phone, template, news.values, tracking))
        return f"{TEMPLATE_MARK}{sent}"

    def _phone(self, chat: str) -> str | None:
        """The number that the person gave to be called about the case."""
        person = self._people.known(CHANNEL, chat)
        if person is None or not self._people.has_consent(person, Purpose.CONTACT):
            return None
        return self._people.contact(person).phone

    # --- both ----------------------------------------------------------------------------------------------------

    async def _call(self, call: Callable[[str], Awaitable[str]]) -> str:
        """Makes *call* with a valid token; with a new one once more when the platform refuses the first."""
        token = await self._tokens.access()
        try:
            return await call(token)
        except OaError as error:
            if error.code not in TOKEN:
                raise self._failure(error) from None
        token = await self._tokens.access(refused=token)
        try:
            return await call(token)
        except OaError as error:
            raise self._failure(error) from None

    def _failure(self, error: OaError) -> Exception:
        return failure(error.code, self._clock.now(), self._settings.night)
