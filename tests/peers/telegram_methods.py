"""The Bot API methods, carried out on one bot's account."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.peers.telegram_text import ApiError, Json, bad_request, check_markup, read_text, utf16_length
from tests.peers.telegram_world import DEFAULT_UPDATES, Account, Chat, Message, Webhook

DELETABLE_SECONDS = 48 * 3600
Method = Callable[[Account, Json], Any]


def as_json(value: Any) -> Any:
    """A parameter that forms carry as JSON text."""
    return json.loads(value) if isinstance(value, str) and value[:1] in "[{" and value else value


def _get_me(account: Account, _params: Json) -> Json:
    return account.me


def _send(account: Account, params: Json, **what: Any) -> Message:
    chat = account.chat_for_sending(params.get("chat_id"))
    markup = as_json(params.get("reply_markup"))
    check_markup(markup, private=chat.type == "private")
    account.flood.check(chat, account.clock.now())
    return account.store_from_bot(chat, markup=markup, **what)


def _send_message(account: Account, params: Json) -> Json:
    text, entities = read_text(str(params.get("text") or ""), params.get("parse_mode"))
    return _send(account, params, text=text, entities=entities).json()


def _caption(params: Json) -> str:
    if not params.get("caption"):
        return ""
    caption, _ = read_text(str(params["caption"]), params.get("parse_mode"))
    if utf16_length(caption) > 1024:
        raise bad_request("message caption is too long")
    return caption


def _send_photo(account: Account, params: Json) -> Json:
    if not params.get("photo"):
        raise bad_request("there is no photo in the request")
    photo = {"file_id": "photo-1", "file_unique_id": "photo-1", "width": 640, "height": 480}
    return _send(account, params, text=_caption(params), extra={"photo": [photo]}).json()


def _send_document(account: Account, params: Json) -> Json:
    if not params.get("document"):
        raise bad_request("there is no document in the request")
    document = {"file_id": "document-1", "file_unique_id": "document-1", "file_name": "file"}
    return _send(account, params, text=_caption(params), extra={"document": document}).json()


def _editable(account: Account, params: Json) -> Message:
    account.chat_for_sending(params.get("chat_id"))
    message = account.find(params.get("chat_id"), params.get("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or (message.markup and "inline_keyboard" not in message.markup):
        raise bad_request("message can't be edited")
    return message


def _change(account: Account, message: Message, text: str, entities: list[Json], markup: Json | None) -> Json:
    check_markup(markup, private=message.chat.type == "private")
    if (message.text, message.entities, message.buttons) == (text, entities, (markup or {}).get("inline_keyboard", [])):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same"
            " as a current content and reply markup of the message"
        )
    account.flood.check(message.chat, account.clock.now())
    message.text, message.entities, message.markup = text, entities, markup
    message.edit_date = int(account.clock.now())
    account.something_sent.set()
    return message.json()


def _edit_message_text(account: Account, params: Json) -> Json:
    text, entities = read_text(str(params.get("text") or ""), params.get("parse_mode"))
    return _change(account, _editable(account, params), text, entities, as_json(params.get("reply_markup")))


def _edit_message_reply_markup(account: Account, params: Json) -> Json:
    message = _editable(account, params)
    return _change(account, message, message.text, message.entities, as_json(params.get("reply_markup")))


def _delete_message(account: Account, params: Json) -> bool:
    account.chat_for_sending(params.get("chat_id"))
    message = account.find(params.get("chat_id"), params.get("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if message.date + DELETABLE_SECONDS < account.clock.now():
        raise bad_request("message can't be deleted for everyone")
    account.messages.remove(message)
    return True


def _answer_callback_query(account: Account, params: Json) -> bool:
    if len(str(params.get("text") or "")) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    account.close_query(str(params.get("callback_query_id")))
    return True


def _send_chat_action(account: Account, params: Json) -> bool:
    chat = account.chat_for_sending(params.get("chat_id"))
    if not params.get("action"):
        raise bad_request("wrong parameter action in request")
    chat.actions.append(str(params["action"]))
    return True


def _get_chat(account: Account, params: Json) -> Json:
    chat: Chat = account.chat_for_sending(params.get("chat_id"))
    return {**chat.json(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}


_NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def _leave_chat(account: Account, params: Json) -> bool:
    chat = account.chat_for_sending(params.get("chat_id"))
    if chat.type == "private":
        raise bad_request("chat not found")
    chat.blocked = True
    return True


def _set_webhook(account: Account, params: Json) -> bool:
    url, secret = str(params.get("url") or ""), str(params.get("secret_token") or "")
    if not url:
        return _delete_webhook(account, params)
    if not re.match(r"https://|http://127\.0\.0\.1[:/]", url):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad_request("secret token contains unallowed characters")
    remember_allowed_updates(account, params)
    account.webhook = Webhook(url, secret)
    account.something_new.set()
    return True


def _delete_webhook(account: Account, params: Json) -> bool:
    account.webhook = None
    if str(params.get("drop_pending_updates")).lower() == "true":
        account.confirm_before(1 << 62)
    return True


def _get_webhook_info(account: Account, _params: Json) -> Json:
    hook = account.webhook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(account.pending()),
        "allowed_updates": list(account.allowed_updates),
    }
    if hook and hook.last_error:
        info |= {"last_error_message": hook.last_error, "last_error_date": hook.last_error_date}
    return info


def remember_allowed_updates(account: Account, params: Json) -> None:
    """Keeps the kinds that the bot wants; not given means as before, empty means the default."""
    if params.get("allowed_updates") is not None:
        account.allowed_updates = tuple(as_json(params["allowed_updates"])) or DEFAULT_UPDATES


def _set_my_commands(account: Account, params: Json) -> bool:
    commands = as_json(params.get("commands"))
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad_request("can't parse BotCommand")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    account.settings[f"commands {params.get('language_code') or ''}"] = commands
    return True


def _get_my_commands(account: Account, params: Json) -> list[Json]:
    commands: list[Json] = account.settings.get(f"commands {params.get('language_code') or ''}", [])
    return commands


def _setter(name: str, limit: int) -> Method:
    def change(account: Account, params: Json) -> bool:
        value = str(params.get(name) or "")
        if len(value) > limit:
            raise bad_request(f"{name.upper()}_TOO_LONG")
        account.settings[f"{name} {params.get('language_code') or ''}"] = value
        return True

    return change


METHODS: dict[str, Method] = {
    "getme": _get_me,
    "sendmessage": _send_message,
    "sendphoto": _send_photo,
    "senddocument": _send_document,
    "editmessagetext": _edit_message_text,
    "editmessagereplymarkup": _edit_message_reply_markup,
    "deletemessage": _delete_message,
    "answercallbackquery": _answer_callback_query,
    "sendchataction": _send_chat_action,
    "getchat": _get_chat,
    "leavechat": _leave_chat,
    "setwebhook": _set_webhook,
    "deletewebhook": _delete_webhook,
    "getwebhookinfo": _get_webhook_info,
    "setmycommands": _set_my_commands,
    "getmycommands": _get_my_commands,
    "setmydescription": _setter("description", 512),
    "setmyshortdescription": _setter("short_description", 120),
    "setmyname": _setter("name", 64),
}
"""By lower-case name; `getUpdates` waits, so the server itself does that one."""

NOT_FOUND = ApiError(404, "Not Found")
