"""What one answer says besides: facts that follow from others, so that nobody is asked what they have said already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.answers.said import hear
from bot.answers.trades import find_products
from bot.language import fold, nfc, normalise
from bot.screening.draft import Draft

_EXISTS_BY_REGISTRATION = frozenset({"enterprise", "cooperative", "cooperative_union", "foreign_enterprise", "branch"})
"""Legal forms that come into being by being entered in the register. A household's business exists without."""
LISTED_TRADES = frozenset(
    {
        "agro_food_processing",
        "consumer_export_goods",
        "chemicals_building_materials",
        "mechanical_electrical_supporting",
        "handicraft",
    }
)
"""Trades of the list that are judged alike."""
_NOT_MADE = frozenset({"outside", "mining"})
_LONGEST_PRODUCT = 80
_BRICK = "gạch"
_KINDS_OF_BRICK = re.compile(
    r"khong nung|tuy?n|thu cong|lo vong|hoff|bong|\bmen\b|block|terrazzo|\blat\b|trang tri|xi mang|be tong|gom"
)
"""What tells how bricks are made; "gạch", "gạch nung" and "lò gạch" do not."""
_HOUSEHOLD = re.compile(r"\bh[ộo] kinh doanh\b", re.IGNORECASE)
_PAPERS = re.compile(r"\bco giay\b(?! gi)|\bda dang ky (?:kinh doanh|ho|roi)\b|\bco dang ky(?: kinh doanh)?\b")
_NO_PAPERS = re.compile(r"\b(?:chua|khong|ko|chang|hong) (?:co )?(?:giay|dang ky)")
_OTHER_MATTERS = frozenset("muon can tinh dinh xin mua o tai cua gan dang voi va nho coi xem".split())  # noqa: SIM905


def with_implied(facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """*facts* with what follows from them for certain; nothing that was told is changed, nothing is stored."""
    if facts.get("legal_form") in _EXISTS_BY_REGISTRATION and "registered" not in facts:
        return {**facts, "registered": True}
    return facts


def with_making(draft: Draft) -> Draft:
    """*draft* after "what do you make yourselves?" was answered with something that is made."""
    trade = draft.facts.get("trade_group")
    if trade is None or trade in _NOT_MADE or draft.knows("activity"):
        return draft
    return draft.with_fact("activity", "manufactures")


def product_named(text: str) -> str | None:
    """What *text* says is made, as a few words; None when it names nothing known."""
    products = find_products(hear(text), fuzzy=False)
    if not products:
        return None
    return product_of(products[0].name, text)


def product_of(name: str, text: str) -> str:
    """The product *name* as it is kept: of bricks the words of *text* around it, because the kiln decides."""
    return _bricks(text) if _BRICK in name else name


def without_form(text: str) -> str:
    """*text* without "hộ kinh doanh", which sells nothing."""
    return _HOUSEHOLD.sub(" ", nfc(text))


def shows_papers(text: str) -> bool:
    """Whether a message that names the legal form says, too, that it is registered."""
    folded = fold(normalise(text))
    return bool(_PAPERS.search(folded)) and not _NO_PAPERS.search(folded)


def _bricks(text: str) -> str:
    words = [word.strip(",.;:!?") for word in nfc(text).split()]
    folded = [fold(word) for word in words]
    at = folded.index("gach") if "gach" in folded else 0
    first = at - 1 if at and folded[at - 1] == "lo" else at
    last = next((place for place in range(at, len(words)) if folded[place] in _OTHER_MATTERS), len(words))
    return " ".join(words[first:last])[:_LONGEST_PRODUCT]


def kiln_is_open(draft: Draft) -> bool:
    """Whether bricks are made and nothing is known yet of how."""
    product = draft.facts.get("product")
    if not isinstance(product, str):
        return False
    folded = fold(normalise(product))
    return "gach" in folded.split() and not _KINDS_OF_BRICK.search(folded)


def with_kiln(draft: Draft, said: str) -> Draft:
    """*draft* after the question about the kiln."""
    told = " ".join(said.split())[:_LONGEST_PRODUCT]
    product = told if "gach" in fold(told).split() else f"{_BRICK} {told}"
    return with_making(draft.with_fact("product", product).with_fact("trade_group", "chemicals_building_materials"))
