"""Reads the law (instruments, provisions, figures) from YAML and refuses what is undated, uncited or dangling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path

from bot.eligibility.citation import Citation, Status
from bot.eligibility.parameter import DatedValue, Figure, Parameter
from bot.eligibility.provision import Instrument, Provision, Wording
from bot.errors import ContentError, NotInForce
from bot.programmes.faults import Faults
from bot.programmes.source import Source, read

FOLDER = Path(__file__).parent
MARKS = {
    "SEEN": Status.VERIFIED,
    "SEEN-ORIG": Status.SECONDHAND,
    "SEEN-EN": Status.SECONDHAND,
    "SEEN-2nd": Status.SECONDHAND,
    "INF": Status.UNVERIFIED,
    "MEM": Status.UNVERIFIED,
}
UNITS = frozenset(
    [
        "VND",
        "percent",
        "people",
        "days",
        "months",
        "years",
        "date",
        "day_of_year",
        "count",
        "points",
        "times",
        "sets",
        "year_number",
    ]
)
STALE_AFTER = timedelta(days=180)
_SURENESS = (Status.VERIFIED, Status.SECONDHAND, Status.UNVERIFIED)
_INSTRUMENT_KEYS = frozenset(
    [
        "short",
        "number",
        "kind",
        "title",
        "issued",
        "in_force_from",
        "in_force_to",
        "amended_by",
        "replaced_by",
        "status",
        "addresses",
        "note",
    ]
)
_WORDING_KEYS = frozenset({"from", "to", "amended_by", "status", "mark", "source", "gist"})


@dataclass(frozen=True, eq=False)
class Law:
    """Everything held of the law, cross-checked; compared and hashed by identity."""

    instruments: Mapping[str, Instrument]
    """By number, e.g. `28/2018/TT-BTC`."""
    provisions: Mapping[str, Provision]
    parameters: Mapping[str, Parameter]
    """By full name, e.g. `machinery.ceiling`."""

    def cite(self, provision_id: str, day: date) -> Citation:
        """Cite the wording in force on *day*; `NotInForce` when there is none, `ContentError` for an unknown id."""
        if provision_id not in self.provisions:
            raise ContentError(f"law: there is no provision {provision_id!r}")
        return self.provisions[provision_id].cite(day)

    def parameter(self, name: str) -> Parameter:
        """Return the figure called *name*; `ContentError` when there is none."""
        if name not in self.parameters:
            raise ContentError(f"law: there is no parameter {name!r}")
        return self.parameters[name]

    def cite_figure(self, name: str, day: date) -> Citation:
        """Cite where a figure stands, as sure as the less sure of the figure and its provision."""
        dated = self.parameter(name).on(day)
        citation = self.cite(dated.provision, day)
        return replace(citation, status=max(citation.status, dated.status, key=_SURENESS.index))

    @cached_property
    def days(self) -> frozenset[date]:
        """All days on which an instrument, a wording or a figure begins, ends or was issued."""
        days = {value.in_force_from for parameter in self.parameters.values() for value in parameter.values}
        days |= {value.value for p in self.parameters.values() for value in p.values if isinstance(value.value, date)}
        for instrument in self.instruments.values():
            days |= {d for d in (instrument.issued, instrument.in_force_from, instrument.in_force_to) if d}
        for provision in self.provisions.values():
            days |= {wording.in_force_from for wording in provision.wordings}
            days |= {wording.in_force_to for wording in provision.wordings if wording.in_force_to}
        return frozenset(days)

    def stale_figures(self, today: date, after: timedelta = STALE_AFTER) -> tuple[Parameter, ...]:
        """Figures that nobody has compared with their source for longer than *after*, by default half a year."""
        return tuple(p for p in self.parameters.values() if today - p.last_checked > after)


def load_law(folder: Path | None = None) -> Law:
    """Read and check the law under *folder* (default: ours), once; `ContentError("file:line: what")`."""
    return _load_law(folder or FOLDER)


@cache
def _load_law(folder: Path) -> Law:
    return read_law(folder, Faults())


def read_law(folder: Path, faults: Faults) -> Law:
    """Read the law anew; figures only once their provisions are sound, and those only once the instruments are."""
    instruments: dict[str, Instrument] = {}
    provisions: dict[str, Provision] = {}
    parameters: dict[str, Parameter] = {}
    with faults.entry():
        for item in read(folder / "law" / "instruments.yml").items():
            with faults.entry():
                _add_instrument(item, instruments)
    for path in [] if faults.found else sorted((folder / "law" / "provisions").glob("*.yml")):
        with faults.entry():
            for key, value in read(path).pairs():
                with faults.entry():
                    if key.node.value in provisions:
                        key.fail(f"provision {key.node.value!r} stands in another file too")
                    provisions[key.node.value] = _provision(key, value, instruments)
    for path in [] if faults.found else sorted(folder.glob("*/parameters.yml")):
        with faults.entry():
            for key, value in read(path).pairs():
                with faults.entry():
                    parameter = _parameter(f"{path.parent.name}.{key.text()}", value, provisions)
                    parameters[parameter.name] = parameter
    return Law(instruments, provisions, parameters)


def _add_instrument(item: Source, instruments: dict[str, Instrument]) -> None:
    instrument = _instrument(item)
    if instrument.number in instruments or any(i.short == instrument.short for i in instruments.values()):
        item.fail(f"instrument {instrument.number!r} or its short name stands twice")
    instruments[instrument.number] = instrument


def _status(source: Source) -> Status:
    try:
        return Status(source.text())
    except ValueError:
        source.fail(f"status must be one of {', '.join(Status)}")


def _instrument(source: Source) -> Instrument:
    entries = source.entries(_INSTRUMENT_KEYS)
    addresses = entries["addresses"].texts()
    if not addresses:
        entries["addresses"].fail("an instrument needs the address it was seen at")
    return Instrument(
        short=entries["short"].text(),
        number=entries["number"].text(),
        kind=entries["kind"].text(),
        title=entries["title"].text(),
        issued=entries["issued"].optional_day(),
        in_force_from=entries["in_force_from"].optional_day(),
        in_force_to=entries["in_force_to"].optional_day(),
        amended_by=entries["amended_by"].texts(),
        replaced_by=entries["replaced_by"].optional_text(),
        status=_status(entries["status"]),
        addresses=addresses,
        note=entries["note"].optional_text(),
    )


def _provision(key: Source, source: Source, instruments: Mapping[str, Instrument]) -> Provision:
    entries = source.entries(frozenset({"document", "article", "wordings"}))
    instrument = instruments.get(entries["document"].text())
    if instrument is None:
        entries["document"].fail(f"there is no instrument {entries['document'].text()!r}")
    provision_id = key.text()
    if provision_id != instrument.short and not provision_id.startswith(f"{instrument.short}-"):
        key.fail(f"the id must begin with {instrument.short!r}")
    wordings: list[Wording] = []
    for item in entries["wordings"].items():
        wording = _wording(item)
        if wordings and (wordings[-1].in_force_to is None or wordings[-1].in_force_to >= wording.in_force_from):
            item.fail("this wording begins before the one above has ended")
        wordings.append(wording)
    if not wordings:
        source.fail("a provision needs a wording")
    document = instrument.title if instrument.is_press else instrument.number
    return Provision(provision_id, document, entries["article"].text_or_empty(), tuple(wordings))


def _wording(source: Source) -> Wording:
    entries = source.entries(_WORDING_KEYS)
    begins, ends = entries["from"].day(), entries["to"].optional_day()
    if ends is not None and ends < begins:
        entries["to"].fail("the wording ends before it begins")
    mark, status = entries["mark"].text(), _status(entries["status"])
    if MARKS.get(mark) is not status:
        entries["mark"].fail(f"mark {mark!r} does not make status {status.value!r}")
    address = entries["source"].text()
    if not address.startswith(("https://", "http://", "docs/")):
        entries["source"].fail("the source must be an address, or a page of our own under docs/")
    return Wording(begins, ends, entries["amended_by"].optional_text(), status, mark, address, entries["gist"].text())


def _parameter(name: str, source: Source, provisions: Mapping[str, Provision]) -> Parameter:
    entries = source.entries(frozenset({"label", "unit", "last_checked", "values"}))
    unit = entries["unit"].text()
    if unit not in UNITS:
        entries["unit"].fail(f"unit must be one of {', '.join(sorted(UNITS))}")
    values: list[DatedValue] = []
    for item in entries["values"].items():
        dated = _dated_value(item, unit, provisions)
        if values and values[-1].in_force_from >= dated.in_force_from:
            item.fail("values must stand in the order of their first days, each day once")
        values.append(dated)
    if not values or (values[0].value is None and values[0].status is not Status.UNVERIFIED):
        entries["values"].fail("a figure needs a first value")
    return Parameter(name, entries["label"].text(), unit, entries["last_checked"].day(), tuple(values))


def _dated_value(source: Source, unit: str, provisions: Mapping[str, Provision]) -> DatedValue:
    entries = source.entries(frozenset({"from", "value", "provision", "status"}))
    begins, status, provision_id = entries["from"].day(), _status(entries["status"]), entries["provision"].text()
    if provision_id not in provisions:
        entries["provision"].fail(f"there is no provision {provision_id!r}")
    value = None if entries["value"].is_null() else _figure(entries["value"], unit)
    if value is not None:
        try:
            provisions[provision_id].on(begins)
        except NotInForce:
            entries["provision"].fail(f"{provision_id!r} was not in force on {begins.isoformat()}")
    return DatedValue(begins, value, provision_id, status)


def _figure(source: Source, unit: str) -> Figure:
    if unit == "date":
        return source.day()
    if unit == "day_of_year":
        text = source.text()
        try:
            date.fromisoformat(f"2024-{text}")
        except ValueError:
            source.fail("a day of the year such as 06-20 was expected")
        return text
    number = source.number()
    if number < 0 or (unit == "VND" and not isinstance(number, int)):
        source.fail(f"{number} cannot be an amount in {unit}")
    return number
