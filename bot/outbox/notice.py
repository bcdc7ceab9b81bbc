"""Typed notices to JSON and back: frozen dataclasses of plain values, listed by whoever reads them."""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, ClassVar, Protocol, Union, get_args, get_origin, get_type_hints

from bot.errors import StoreError


class Notice(Protocol):
    """Something to tell somebody: a frozen dataclass of plain values, dates, enums, tuples and such dataclasses."""

    kind: ClassVar[str]
    """Its name in the outbox; never changed once a message of it may be waiting."""


class Notices:
    """The kinds of notices that one reader understands."""

    def __init__(self, kinds: Iterable[type[Any]]) -> None:
        self._kinds: dict[str, type[Any]] = {}
        for cls in kinds:
            if self._kinds.setdefault(cls.kind, cls) is not cls:
                raise StoreError(f"two notices are called {cls.kind}")

    def __contains__(self, kind: str) -> bool:
        return kind in self._kinds

    def read(self, kind: str, payload: str) -> Any:
        """The notice that `enqueue` wrote; StoreError when the kind or the payload is not understood."""
        cls = self._kinds.get(kind)
        if cls is None:
            raise StoreError(f"no notice is called {kind}")
        return typed(cls, json.loads(payload))


def plain(value: Any) -> Any:
    """*value* as JSON can hold it; dataclasses become objects of their fields."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return value


def typed(hint: Any, value: Any) -> Any:  # noqa: PLR0911  # one line per sort of type
    """What `plain` made, as the type *hint* again; a field that is not in the JSON takes its default."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        options = [option for option in get_args(hint) if option is not type(None)]
        return None if value is None else typed(options[0], value) if len(options) == 1 else value
    if origin is tuple:
        return tuple(typed(get_args(hint)[0], item) for item in value)
    if origin is frozenset:
        return frozenset(typed(get_args(hint)[0], item) for item in value)
    if not isinstance(hint, type):
        return value
    if dataclasses.is_dataclass(hint):
        hints = _hints(hint)
        try:
            return hint(**{name: typed(hints[name], item) for name, item in value.items() if name in hints})
        except (TypeError, AttributeError) as error:
            raise StoreError(f"a stored {hint.__name__} cannot be read: {error}") from error
    if issubclass(hint, Enum):
        return hint(value)
    if issubclass(hint, datetime | date):
        return hint.fromisoformat(value)
    return value


@cache
def _hints(cls: type[Any]) -> Mapping[str, Any]:
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in dataclasses.fields(cls)}
