"""Makes the committed `units.json` from the data files bundled with vietnamadminunits (never its code or network)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from bot.errors import ContentError
from bot.language import fold
from bot.places.units import CITY, FORMER, MIN_TYPO_LENGTH, units_path

PACKAGE = "vietnamadminunits"
CITY_KEY = "thanhphohochiminh"
MERGED = (FORMER, "Tỉnh Bà Rịa - Vũng Tàu", CITY)
"""Old provinces that make up today's city; the wards of the first are held one by one."""
NEIGHBOURS = ("Tỉnh Đồng Nai", "Tỉnh Bình Phước", "Tỉnh Tây Ninh", "Tỉnh Long An")
"""Old provinces around the city whose districts are known by name, so that a workshop there is seen to be outside."""
KIND_KEYS = ("phuong", "xa", "thitran", "dackhu", "huyen", "quan", "thixa", "txa", "tx", "thanhpho", "tinh")


def bundled_data() -> Path:
    """The folder of data files inside the installed package; ContentError when it is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ContentError(f"units.json:1: {PACKAGE} is not installed, its data cannot be read")
    return Path(spec.origin).parent / "data"


def build(data: Path) -> str:
    """The text of `units.json`, one record a line, made from the package's *data* folder."""
    converter = json.loads((data / "converter_2025.json").read_text("utf-8"))
    successors = _successors(converter)
    with closing(sqlite3.connect(f"file:{data / 'dataset.db'}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        new = database.execute("SELECT * FROM admin_units").fetchall()
        old = database.execute("SELECT * FROM admin_units_legacy").fetchall()
    name_of = {row["wardKey"]: row["ward"] for row in new if row["province"] == CITY}
    return _as_text(
        {
            "source": [{"package": PACKAGE, "version": "1.0.4", "in_force_from": "2025-07-01"}],
            "provinces": _provinces(converter["DICT_PROVINCE"], new, old),
            "units": _units(new, old, successors),
            "old_districts": _old_districts(old, successors, name_of),
            "old_wards": _old_wards(old, successors, name_of),
            "near_names": _near_names(new, old),
        }
    )


def write() -> Path:
    """Writes `units.json` anew and returns where."""
    path = units_path()
    path.write_text(build(bundled_data()), "utf-8")
    return path


def _successors(converter: dict[str, Any]) -> dict[str, list[str]]:
    """Old `province_district_ward` key → keys of the new units it lies in, the main one first.

    Keys are taken as the package writes them: two (Thanh An, Thạnh An) keep their accents to stay apart, and every
    lookup by a key without accents, the package's own included, loses those two communes and the old Định Hiệp.
    """
    found: dict[str, list[str]] = {}
    for new, olds in converter["DICT_PROVINCE_WARD_NO_DIVIDED"][CITY_KEY].items():
        for old in olds:
            found.setdefault(old, []).append(new)
    for old, parts in converter["DICT_PROVINCE_WARD_DIVIDED"][CITY_KEY].items():
        ordered = sorted(parts, key=lambda part: not part["isDefaultNewWard"])
        found.setdefault(old, []).extend(part["newWardKey"] for part in ordered)
    return found


def _row_key(row: sqlite3.Row) -> str:
    return "_".join(row[f"{level}Key"] or "" for level in ("province", "district", "ward"))


def _provinces(
    dictionary: dict[str, list[str]], new: list[sqlite3.Row], old: list[sqlite3.Row]
) -> list[dict[str, Any]]:
    old_names = {row["provinceKey"]: row["province"] for row in old}
    names = {row["province"]: row["provinceKey"] for row in new}
    return [{"name": name, "merged": sorted(old_names[old] for old in dictionary[key])} for name, key in names.items()]


def _units(new: list[sqlite3.Row], old: list[sqlite3.Row], successors: dict[str, list[str]]) -> list[dict[str, Any]]:
    former = {row["provinceKey"]: row["province"] for row in old if row["province"] in MERGED}
    formers: dict[str, set[str]] = {}
    for key, units in successors.items():
        for unit in units:
            formers.setdefault(unit, set()).add(former[key.split("_")[0]])
    found = []
    for row in new:
        if row["province"] != CITY:
            continue
        was = formers[row["wardKey"]]
        if len(was) != 1:
            raise ContentError(f"units.json:1: {row['ward']} has more than one former province: {sorted(was)}")
        found.append(
            {
                "name": row["ward"],
                "former_province": was.pop(),
                "latitude": row["wardLat"],
                "longitude": row["wardLon"],
                "area_km2": row["wardAreaKm2"],
            }
        )
    return found


def _old_districts(
    old: list[sqlite3.Row], successors: dict[str, list[str]], name_of: dict[str, str]
) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in old:
        if row["province"] not in (*MERGED, *NEIGHBOURS):
            continue
        record = found.setdefault(
            (row["province"], row["district"]),
            {"name": row["district"], "province": row["province"], "once": _once(row["districtAlias"]), "new": []},
        )
        record["new"].extend(name_of[key] for key in successors.get(_row_key(row), []))
    for record in found.values():
        record["new"] = sorted(set(record["new"]))
    return list(found.values())


def _old_wards(
    old: list[sqlite3.Row], successors: dict[str, list[str]], name_of: dict[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "name": row["ward"],
            "district": row["district"],
            "once": _once(row["wardAlias"]),
            "new": [name_of[key] for key in successors[_row_key(row)]],
        }
        for row in old
        if row["province"] == FORMER
    ]


def _near_names(new: list[sqlite3.Row], old: list[sqlite3.Row]) -> list[dict[str, Any]]:
    """Places elsewhere in the country that one slip of the finger would turn into one of former Bình Dương."""
    ours = {fold(row[level]) for row in old if row["province"] == FORMER for level in ("wardShort", "districtShort")}
    others = {fold(row["wardShort"]) for row in new if row["wardShort"]}
    others |= {fold(row[level]) for row in old for level in ("wardShort", "districtShort") if row[level]}
    typed = [our.replace(" ", "") for our in sorted(ours) if len(our.replace(" ", "")) >= MIN_TYPO_LENGTH]
    near = {
        name
        for name in others - ours
        if any(OSA.distance(name.replace(" ", ""), our, score_cutoff=1) == 1 for our in typed)
    }
    return [{"name": name} for name in sorted(near)]


def _once(aliases: str | None) -> list[str]:
    """The kinds (folded) that the unit bore earlier, from aliases such as `thixabencat`."""
    kinds = {kind for alias in json.loads(aliases or "[]") for kind in KIND_KEYS if alias.startswith(kind)}
    return sorted(kind for kind in kinds if kind in {"xa", "thixa"})


def _as_text(sections: dict[str, Iterable[dict[str, Any]]]) -> str:
    """JSON with one record a line, so that a change shows as one line."""
    parts = []
    for name, records in sections.items():
        lines = ",\n".join("    " + json.dumps(record, ensure_ascii=False) for record in records)
        parts.append(f"  {json.dumps(name)}: [\n{lines}\n  ]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    print(write())
