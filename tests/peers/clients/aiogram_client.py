"""aiogram 3 as a client of the Telegram peer: single methods of its `Bot`, and a bot of its own by polling or webhook."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import BufferedInputFile, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from aiogram.utils.backoff import BackoffConfig
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from lines import Order, serve
from pydantic import BaseModel

_QUICKLY = BackoffConfig(min_delay=0.05, max_delay=0.1, factor=1.1, jitter=0)
_KEYBOARD = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Có", callback_data="1")]])


@cache
def _bot(base_url: str, token: str, timeout: float) -> Bot:
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(base_url), timeout=timeout))


@cache
def _dispatcher(base_url: str) -> Dispatcher:
    """A bot as aiogram's own guide writes one: Start with its payload, a button, an echo."""
    dispatcher = Dispatcher(name=base_url)

    @dispatcher.message(CommandStart(deep_link=True))
    async def start(message: Message, command: CommandObject) -> None:
        await message.answer(f"<b>{command.args}</b>", parse_mode="HTML", reply_markup=_KEYBOARD)

    @dispatcher.callback_query()
    async def press(query: CallbackQuery) -> None:
        await query.answer()
        if isinstance(query.message, Message):
            await query.message.edit_text(f"Đã chọn {query.data}")

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    return dispatcher


async def _listen(bot: Bot, dispatcher: Dispatcher, secret: str) -> str:
    """The address at which aiogram's own handler now takes updates."""
    app = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=secret)
    handler.register(app, path="/hook")
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}/hook"


def _plain(result: Any) -> Any:
    if isinstance(result, list):
        return [_plain(one) for one in result]
    if isinstance(result, BaseModel):
        return result.model_dump(mode="json", exclude_none=True, by_alias=True, warnings=False)
    return result


async def perform(order: Order) -> Any:
    """Carries out one order: a method of `Bot` by its name, or a life of the bot above."""
    arguments = order["with"]
    bot = _bot(order["base_url"], order["token"], arguments.pop("session_timeout", 5.0))
    dispatcher = _dispatcher(order["base_url"])
    match order["call"]:
        case "poll":
            await asyncio.wait_for(
                dispatcher.start_polling(bot, polling_timeout=1, handle_signals=False, backoff_config=_QUICKLY), 30
            )
            return None
        case "stop_polling":
            return await dispatcher.stop_polling()
        case "listen":
            return await _listen(bot, dispatcher, arguments["secret"])
    if "document" in arguments:
        arguments["document"] = BufferedInputFile(arguments["document"].encode(), filename="phiếu.pdf")
    return _plain(await getattr(bot, order["call"])(**arguments))


if __name__ == "__main__":
    serve(perform)
