"""Finds the support kinds: every folder that holds a `programme.yml` is one, and nothing else lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from bot.eligibility.criterion import Criterion
from bot.eligibility.facts import FACTS
from bot.eligibility.programme import CriterionWords, Document, PriorityNote, Programme, SupportRule
from bot.errors import ContentError
from bot.programmes.faults import Faults
from bot.programmes.loader import FOLDER, Law
from bot.programmes.source import Source, read

_KEYS = frozenset({"name", "short", "about", "topic", "order", "criteria", "documents", "provisions"})
_OPTIONAL = frozenset({"support", "notes"})


class Programmes(Mapping[str, Programme]):
    """All support kinds by id, the most asked for first."""

    def __init__(self, programmes: Mapping[str, Programme]) -> None:
        self._programmes = dict(sorted(programmes.items(), key=lambda item: item[1].order))

    def __getitem__(self, programme: str) -> Programme:
        return self._programmes[programme]

    def __iter__(self) -> Iterator[str]:
        return iter(self._programmes)

    def __len__(self) -> int:
        return len(self._programmes)

    def __hash__(self) -> int:
        return id(self)


def load_programmes(law: Law, folder: Path | None = None) -> Programmes:
    """Read and check the programmes under *folder* (default: ours), once; `ContentError("file:line: what")`."""
    return _load(law, folder or FOLDER)


@cache
def _load(law: Law, folder: Path) -> Programmes:
    return read_programmes(law, folder, Faults())


def read_programmes(law: Law, folder: Path, faults: Faults) -> Programmes:
    """Read the programmes anew, leaving out those with a fault when *faults* gathers them."""
    shared = folder / "common"
    programmes: dict[str, Programme] = {}
    with faults.entry():
        notes, priority = _shared_notes(read(shared / "notes.yml"), law)
        common = _criteria_in(shared / "criteria.py")
        reader = _Reader(law, common, _words_in(shared / "words.yml"), notes, priority)
        for path in sorted(folder.glob("*/programme.yml")):
            with faults.entry():
                programmes[path.parent.name] = reader.programme(path)
    return Programmes(programmes)


def _shared_notes(source: Source, law: Law) -> tuple[tuple[str, ...], tuple[PriorityNote, ...]]:
    entries = source.entries(frozenset({"notes", "priority"}))
    priority: list[PriorityNote] = []
    for item in entries["priority"].items():
        parts = item.entries(frozenset({"fact", "note", "provision"}))
        _existing(parts["fact"], FACTS, "fact")
        _existing(parts["provision"], law.provisions, "provision")
        priority.append(PriorityNote(parts["fact"].text(), parts["note"].text(), parts["provision"].text()))
    return entries["notes"].texts(), tuple(priority)


def _criteria_in(path: Path) -> dict[str, Criterion]:
    """The criteria that a `criteria.py` defines or imports; none when there is no such file."""
    if not path.exists():
        return {}
    spec = spec_from_file_location(f"bot_programme_{path.parent.name}", path)
    if spec is None or spec.loader is None:
        raise ContentError(f"{path.parent.name}/{path.name}:1: this file cannot be loaded")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return {value.id: value for value in vars(module).values() if isinstance(value, Criterion)}


def _words_in(path: Path) -> dict[str, CriterionWords]:
    """How the criteria of a folder are said; none when there is no such file."""
    if not path.exists():
        return {}
    return {key.text(): _words(value) for key, value in read(path).pairs()}


def _words(source: Source) -> CriterionWords:
    entries = source.entries(frozenset({"met", "not_met", "officer", "unknown"}), frozenset({"by_actual"}))
    closer = entries.pop("by_actual", None)
    by_actual = {key.text(): value.text() for key, value in closer.pairs()} if closer else {}
    return CriterionWords(**{name: text.text() for name, text in entries.items()}, by_actual=by_actual)


def _existing(source: Source, known: Mapping[str, object], what: str) -> str:
    name = source.text()
    if name not in known:
        source.fail(f"there is no {what} {name!r}")
    return name


@dataclass(frozen=True, slots=True)
class _Reader:
    law: Law
    common: Mapping[str, Criterion]
    words: Mapping[str, CriterionWords]
    notes: tuple[str, ...]
    priority: tuple[PriorityNote, ...]

    def programme(self, path: Path) -> Programme:
        entries = read(path).entries(_KEYS, _OPTIONAL)
        own = _criteria_in(path.parent / "criteria.py")
        criteria = self._criteria(entries["criteria"], own)
        words = {**self.words, **_words_in(path.parent / "words.yml")}
        if silent := [criterion.id for criterion in criteria if criterion.id not in words]:
            entries["criteria"].fail(f"words.yml says nothing of {', '.join(silent)}")
        order = entries["order"].number()
        if not isinstance(order, int):
            entries["order"].fail("a whole number was expected")
        return Programme(
            id=path.parent.name,
            name=entries["name"].text(),
            short=entries["short"].text(),
            about=entries["about"].text(),
            topic=entries["topic"].text(),
            order=order,
            criteria=criteria,
            words={criterion.id: words[criterion.id] for criterion in criteria},
            support=self._support(entries["support"]) if "support" in entries else None,
            documents=tuple(_document(item) for item in entries["documents"].items()),
            provisions=tuple(_existing(i, self.law.provisions, "provision") for i in entries["provisions"].items()),
            notes=(*(entries["notes"].texts() if "notes" in entries else ()), *self.notes),
            priority_notes=self.priority,
        )

    def _criteria(self, source: Source, own: Mapping[str, Criterion]) -> tuple[Criterion, ...]:
        found: dict[str, Criterion] = {}
        for item in source.items():
            name = _existing(item, {**self.common, **own}, "criterion")
            if name in found:
                item.fail(f"criterion {name!r} stands twice")
            found[name] = own.get(name) or self.common[name]
            if unknown := [need for need in found[name].needs if need not in FACTS]:
                item.fail(f"criterion {name!r} looks at unknown facts: {', '.join(unknown)}")
        if unused := [name for name in own if name not in found]:
            source.fail(f"criteria.py defines {', '.join(unused)}, which is not listed")
        return tuple(found.values())

    def _support(self, source: Source) -> SupportRule:
        entries = source.entries(frozenset({"price", "share", "ceiling"}), frozenset({"line", "line_ceiling"}))
        if ("line" in entries) != ("line_ceiling" in entries):
            source.fail("line and line_ceiling go together")
        figures = {
            n: _existing(e, self.law.parameters, "parameter") for n, e in entries.items() if n not in ("price", "line")
        }
        return SupportRule(
            price=_existing(entries["price"], FACTS, "fact"),
            share=figures["share"],
            ceiling=figures["ceiling"],
            line=_existing(entries["line"], FACTS, "fact") if "line" in entries else None,
            line_ceiling=figures.get("line_ceiling"),
        )


def _document(source: Source) -> Document:
    entries = source.entries(frozenset({"name", "why"}))
    return Document(entries["name"].text(), entries["why"].text())
