"""A reply as the messages of the Open API: texts with template buttons, the form for a phone number, a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.channels.capabilities import CAPABILITIES
from bot.channels.markup import visible
from bot.channels.numbered import messages, with_menu
from bot.messages.buttons import Button
from bot.replies.channel_lines import form_subtitle, form_title
from bot.replies.reply import Reply

CHANNEL = "zalo_oa"
PRESSED = "#kc:"
"""What a press of one of our buttons arrives as, before the button's id: the platform sends it as text."""

LIMIT = CAPABILITIES[CHANNEL].text_limit or 2000
MOST_BUTTONS = CAPABILITIES[CHANNEL].most_buttons or 5
LONGEST_TITLE = 100

Message = dict[str, Any]


def texts(reply: Reply, buttons: tuple[Button, ...]) -> Iterator[Message]:
    """The text of *reply* as messages in order; the buttons are on the last one."""
    pressed = len(buttons) <= MOST_BUTTONS
    parts = messages(visible(reply.text) if pressed else with_menu(reply.text, buttons), LIMIT)
    for part in parts[:-1]:
        yield {"text": part}
    for part in parts[-1:]:
        yield {"text": part, **(_template(buttons) if pressed and buttons else {})}


def _template(buttons: tuple[Button, ...]) -> Message:
    shown = [
        {"title": button.title[:LONGEST_TITLE], "type": "oa.query.hide", "payload": f"{PRESSED}{button.id}"}
        for button in buttons
    ]
    return {"attachment": {"type": "template", "payload": {"buttons": shown}}}


def form(image: str | None) -> Message:
    """The form by which a person hands over name and phone number."""
    element = {"title": form_title(), "subtitle": form_subtitle(), **({"image_url": image} if image else {})}
    payload = {"template_type": "request_user_info", "elements": [element]}
    return {"attachment": {"type": "template", "payload": payload}}


def file_message(token: str) -> Message:
    """The message that carries an uploaded file."""
    return {"attachment": {"type": "file", "payload": {"token": token}}}
