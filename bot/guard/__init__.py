"""Keeps a model that understands less than the one before from being used."""

from bot.guard.figures import Figures, Share, Worse, worse
from bot.guard.measure import Judged, cited, held_out_lines, holds, judged_lines, measure, sets_digest
from bot.guard.shelf import ModelRefused, Shelf

__all__ = [
    "Figures",
    "Judged",
    "ModelRefused",
    "Share",
    "Shelf",
    "Worse",
    "cited",
    "held_out_lines",
    "holds",
    "judged_lines",
    "measure",
    "sets_digest",
    "worse",
]
