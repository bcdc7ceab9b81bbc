"""python-zalo-bot as a client of the Zalo Bot peer: methods of its `Bot`, what it reads from webhook bodies, a bot of its own."""

from __future__ import annotations

import asyncio
from typing import Any

from lines import Order, serve
from zalo_bot import Bot, Update
from zalo_bot.ext import Application, CommandHandler, MessageHandler, filters

_polling: dict[str, asyncio.Task[None]] = {}


async def _start(update: Update, context: Any) -> None:
    await update.message.reply_action("typing")
    await update.message.reply_text(f"Chào {update.effective_user.display_name}")


async def _echo(update: Update, context: Any) -> None:
    await update.message.reply_text(update.message.text)


async def _poll(bot: Bot) -> None:
    """A bot as the package's own guide writes one, in its own polling loop."""
    application = Application(bot)
    application.add_handler(CommandHandler("start", _start))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, _echo))
    await application._polling_loop()  # what its run_polling runs, in a loop that is already there


def _read(update: Update | None) -> Any:
    if update is None or update.message is None:
        return None
    message = update.message
    return {
        "id": message.message_id,
        "text": message.text,
        "photo": message.photo_url,
        "sticker": message.sticker,
        "chat": message.chat.id,
        "chat_type": message.chat.type,
        "name": message.from_user.display_name,
        "year": message.date.year,
    }


async def perform(order: Order) -> Any:
    """Carries out one order: a method of `Bot` by its name, the reading of a body, or the life of the bot above."""
    arguments, base_url = order["with"], order["base_url"]
    bot = Bot(order["token"], base_url=base_url)
    match order["call"]:
        case "read":
            return _read(Update.de_json(arguments["body"], bot))
        case "poll":
            _polling[base_url] = asyncio.create_task(_poll(bot))
            return None
        case "get_update":
            return _read(await bot.get_update(**arguments))
        case "get_me":
            me = await bot.get_me()
            return {"id": me.id, "account_name": me.account_name, "account_type": me.account_type}
        case "send_message":
            sent = await bot.send_message(**arguments)
            return {"message_id": sent.message_id, "year": sent.date.year}
        case "set_webhook" | "delete_webhook":
            return await asyncio.to_thread(getattr(bot, order["call"]), **arguments)
        case "get_webhook_info":
            info = await asyncio.to_thread(bot.get_webhook_info)
            return {"url": info.url, "updated_at": info.updated_at}
    return await getattr(bot, order["call"])(**arguments)


if __name__ == "__main__":
    serve(perform)
