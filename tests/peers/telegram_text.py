"""How a Bot API server reads message text and keyboards: entities, limits, and its error wording."""

from __future__ import annotations

import html
import re
from typing import Any

Json = dict[str, Any]

MAX_TEXT = 4096
MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-spoiler": "spoiler",
    "blockquote": "blockquote",
}
_ENTITY = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|\w+);")
_NAMED_ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


class ApiError(Exception):
    """An `ok: false` answer."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad_request(what: str) -> ApiError:
    return ApiError(400, f"Bad Request: {what}")


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def read_text(text: str, parse_mode: str | None) -> tuple[str, list[Json]]:
    """Visible text and entities, trimmed as the server trims; raises the server's 400s."""
    if not text:
        raise bad_request("message text is empty")
    mode = (parse_mode or "").lower()
    if mode == "html":
        visible, entities = _parse_html(text)
    elif not mode:
        visible, entities = text, []
    else:
        raise bad_request("unsupported parse_mode")
    visible, entities = _trim(visible, entities)
    if not visible:
        raise bad_request("text must be non-empty")
    if utf16_length(visible) > MAX_TEXT:
        raise bad_request("message is too long")
    return visible, entities[:100]


def _trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    cut = utf16_length(text[: len(text) - len(text.lstrip())])
    trimmed = text.strip()
    total = utf16_length(trimmed)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - cut)
        end = min(total, entity["offset"] + entity["length"] - cut)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return trimmed, kept


def _cannot_parse(what: str) -> ApiError:
    return bad_request(f"can't parse entities: {what}")


def _parse_html(text: str) -> tuple[str, list[Json]]:
    visible: list[str] = []
    length = 0
    open_tags: list[tuple[str, int, Json]] = []
    entities: list[Json] = []
    at = 0
    while at < len(text):
        sign = text[at]
        if sign == "<":
            where = len(text[:at].encode("utf-8", "surrogatepass"))
            end = text.find(">", at)
            if end < 0:
                raise _cannot_parse(f"Unclosed start tag at byte offset {where}")
            tag = text[at + 1 : end]
            if tag.startswith("/"):
                _close_tag(tag[1:].strip().lower(), where, length, open_tags, entities)
            else:
                open_tags.append(_open_tag(tag, where, length))
            at = end + 1
            continue
        if sign == "&" and (match := _ENTITY.match(text, at)):
            name = match[1]
            decoded = html.unescape(match[0]) if name.startswith("#") else _NAMED_ENTITIES.get(name, match[0])
            visible.append(decoded)
            length += utf16_length(decoded)
            at = match.end()
            continue
        visible.append(sign)
        length += 2 if ord(sign) > 0xFFFF else 1
        at += 1
    if open_tags:
        raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return "".join(visible), sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _open_tag(tag: str, where: int, length: int) -> tuple[str, int, Json]:
    name, _, rest = tag.partition(" ")
    name = name.lower()
    if name not in _TAGS:
        raise _cannot_parse(f'Unsupported start tag "{name}" at byte offset {where}')
    extra: Json = {}
    if name == "a":
        href = re.search(r'href="([^"]*)"', rest)
        extra = {"url": html.unescape(href[1]) if href else ""}
    return name, length, extra


def _close_tag(
    name: str, where: int, length: int, open_tags: list[tuple[str, int, Json]], entities: list[Json]
) -> None:
    if not open_tags:
        raise _cannot_parse(f"Unexpected end tag at byte offset {where}")
    opened, start, extra = open_tags.pop()
    if name != opened:
        raise _cannot_parse(f'Unmatched end tag at byte offset {where}, expected "</{opened}>", found "</{name}>"')
    if length > start:
        entities.append({"type": _TAGS[name], "offset": start, "length": length - start, **extra})


def check_markup(markup: Json | None, *, private: bool) -> None:
    """Raises what the server says of a keyboard that it cannot show."""
    if not markup:
        return
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check_inline_button(button)
    if sum(len(row) for row in markup.get("inline_keyboard", [])) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    for row in markup.get("keyboard", []):
        for button in row:
            if isinstance(button, str):
                continue
            if not str(button.get("text", "")).strip():
                raise bad_request("can't parse keyboard button: Text must be non-empty")
            if not private and button.get("request_contact"):
                raise bad_request("phone number can be requested in private chats only")
            if not private and button.get("request_location"):
                raise bad_request("location can be requested in private chats only")


def _check_inline_button(button: Json) -> None:
    if not str(button.get("text", "")).strip():
        raise bad_request("can't parse inline keyboard button: Text must be non-empty")
    if "callback_data" in button:
        data = str(button["callback_data"])
        if not 1 <= len(data.encode()) <= MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" not in button:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
