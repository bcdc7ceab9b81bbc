"""Administrative units before and after 1 July 2025: what they are, where they lie, and which of them a sentence names."""

from bot.places.craft_villages import CraftVillage, craft_villages, village_near
from bot.places.finder import PlaceMatch, find
from bot.places.gazetteer import Gazetteer, gazetteer
from bot.places.reader import GazetteerReader, readings_differ, unit_types
from bot.places.units import MERGER_DAY, OldUnit, Province, Reading, Unit, UnitType

__all__ = [
    "MERGER_DAY",
    "CraftVillage",
    "Gazetteer",
    "GazetteerReader",
    "OldUnit",
    "PlaceMatch",
    "Province",
    "Reading",
    "Unit",
    "UnitType",
    "craft_villages",
    "find",
    "gazetteer",
    "readings_differ",
    "unit_types",
    "village_near",
]
