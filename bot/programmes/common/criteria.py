"""Conditions that most support kinds share: who the workshop is, what it makes, where, and with whose money."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.eligibility.criterion import Outcome, Rules, Ruling, by_value, criterion, only_when
from bot.eligibility.facts import ABSENT, Absent, Facts
from bot.language import fold

_CITIES = frozenset({"ho chi minh", "ha noi", "hai phong", "da nang", "can tho", "hue"})
_JOINED_A_CITY = frozenset(
    {"binh duong", "ba ria vung tau", "hai duong", "quang nam", "hau giang", "soc trang", "thua thien hue"}
)
"""Provinces that became part of a centrally-run city by 1/7/2025, as people still name them."""

_BRICK = re.compile(r"\bgach\b")
_OLD_KILN = re.compile(r"\blo (?:\w+ ){0,3}thu cong\b|\blo vong\b|\blo hoff?mann?\b|\bnung (?:bang )?thu cong\b")
_FIRED = re.compile(r"(?<!khong )\bnung\b|\bdat set\b|\bgach (?:the|ong|dinh|do|ngoi|thu cong)\b|\blo gach\b")
_NEW_KILN = re.compile(r"\btuy?nn?e[ln]+\b|\bkhong nung\b|\bkhong dung lo\b")


@criterion("legal_form")
def legal_form(facts: Facts, rules: Rules) -> Ruling:
    """The workshop has one of the forms that Điều 1 names; an artisan, a foreign firm or a branch is for an officer."""
    return by_value(
        facts,
        "legal_form",
        "nd45-1-2",
        met=("household_business", "enterprise", "cooperative", "cooperative_group", "cooperative_union"),
        not_met=("unregistered",),
        change="Đăng ký hộ kinh doanh ở UBND xã, phường nơi có xưởng (hoặc lập doanh nghiệp, hợp tác xã) rồi xem lại.",
    )


@criterion("registered")
def registered(facts: Facts, rules: Rules) -> Ruling:
    """The workshop can show its registration."""
    return by_value(
        facts,
        "registered",
        "nd45-1-2",
        met=(True,),
        not_met=(False,),
        change="Làm giấy đăng ký cho cơ sở; hộ kinh doanh thì đăng ký ở UBND xã, phường nơi có xưởng.",
    )


@criterion("legal_form", "employees", "annual_revenue", "total_capital")
def size(facts: Facts, rules: Rules) -> Ruling:
    """An enterprise is small or medium; other forms are not measured."""
    form = facts.get("legal_form")
    if form is not ABSENT and form not in (None, "enterprise"):
        return Ruling(Outcome.MET, "nd45-1-2")
    ruling = _enterprise_size(facts, rules)
    if form == "enterprise" or ruling.outcome is Outcome.MET:
        return ruling
    # Too big only matters for an enterprise, and we do not know yet whether it is one.
    if form is ABSENT:
        return Ruling(Outcome.UNKNOWN, "nd80-5-3", needs=("legal_form",))
    return Ruling(Outcome.OFFICER, "nd80-5-3")


def _enterprise_size(facts: Facts, rules: Rules) -> Ruling:
    people, revenue, capital = (facts.number(name) for name in ("employees", "annual_revenue", "total_capital"))
    most_people = int(rules.number("common.medium_people"))
    most_revenue, most_capital = int(rules.number("common.medium_revenue")), int(rules.number("common.medium_capital"))
    if isinstance(people, int) and people > most_people:
        return Ruling(
            Outcome.NOT_MET,
            "nd80-5-3",
            people,
            most_people,
            "Khi số lao động xuống trong mức doanh nghiệp vừa thì xem lại; riêng hướng sản xuất sạch hơn không giới hạn quy mô.",
            measured="employees",
        )
    small_money = _within(revenue, most_revenue) or _within(capital, most_capital)
    if _above(revenue, most_revenue) and _above(capital, most_capital):
        return Ruling(
            Outcome.NOT_MET,
            "nd80-5-3",
            revenue if isinstance(revenue, int) else None,
            most_revenue,
            "Khi doanh thu hoặc nguồn vốn trong mức doanh nghiệp vừa thì xem lại; riêng hướng sản xuất sạch hơn không giới hạn quy mô.",
            measured="annual_revenue",
        )
    needs = ["employees"] if people is ABSENT else []
    if not small_money and ABSENT in (revenue, capital):
        needs.append("annual_revenue" if revenue is ABSENT else "total_capital")
    if needs:
        return Ruling(Outcome.UNKNOWN, "nd80-5-3", required=most_people, needs=tuple(needs))
    outcome = Outcome.MET if small_money and people is not None else Outcome.OFFICER
    return Ruling(outcome, "nd80-5-3", people if isinstance(people, int) else None, most_people)


def _within(value: int | Absent | None, limit: int) -> bool:
    return isinstance(value, int) and value <= limit


def _above(value: int | Absent | None, limit: int) -> bool:
    return isinstance(value, int) and value > limit


@criterion("activity")
def manufactures(facts: Facts, rules: Rules) -> Ruling:
    """The workshop itself makes things; one step for others, repair or packing is for an officer."""
    return by_value(
        facts,
        "activity",
        "nd45-1-2",
        met=("manufactures",),
        not_met=("trade_only", "services_only", "farming_only"),
        change="Khuyến công dành cho nơi trực tiếp sản xuất; khi có khâu tự sản xuất, chế biến thì xem lại.",
    )


@criterion("trade_group", "product", "place.difficult_area")
def trade(facts: Facts, rules: Rules) -> Ruling:
    """The trade is on the list; bricks from old kilns are not, and mining is only in difficult areas."""
    rulings = [_brick(facts), _listed_trade(facts)]
    return min((ruling for ruling in rulings if ruling), key=lambda ruling: _GRAVITY.index(ruling.outcome))


_GRAVITY = (Outcome.NOT_MET, Outcome.UNKNOWN, Outcome.OFFICER, Outcome.MET)


def _listed_trade(facts: Facts) -> Ruling:
    if facts.get("trade_group") == "mining":
        ruling = by_value(
            facts,
            "place.difficult_area",
            "nd45-5-1-e",
            met=(True,),
            not_met=(False,),
            change="Khai thác, chế biến khoáng sản chỉ được xét ở địa bàn khó khăn; các sản phẩm khác của cơ sở thì xem riêng.",
        )
        return replace(ruling, actual="mining", required=True)
    return by_value(
        facts,
        "trade_group",
        "nd45-5-1",
        met=(
            "agro_food_processing",
            "consumer_export_goods",
            "chemicals_building_materials",
            "mechanical_electrical_supporting",
            "handicraft",
        ),
        not_met=("outside",),
        change="Ngành này nằm ngoài danh mục; nếu cơ sở còn làm sản phẩm thuộc danh mục thì xem lại theo sản phẩm đó.",
    )


def _brick(facts: Facts) -> Ruling | None:
    """Rule on fired-clay bricks by what the product text says of the kiln; None when it is not about them."""
    product = fold(facts.text("product"))
    if not _BRICK.search(product):
        return None
    old, new = bool(_OLD_KILN.search(product)), bool(_NEW_KILN.search(product))
    if old and not new:
        change = "Bỏ lò thủ công, lò vòng; chuyển sang gạch không nung hoặc công nghệ nung mới thì xem lại."
        return Ruling(Outcome.NOT_MET, "tt46-5-1", facts.text("product"), change=change)
    if old or (_FIRED.search(product) and not new):
        return Ruling(Outcome.OFFICER, "tt46-5-1", facts.text("product"))
    return None


@criterion("place.unit_type", "place.province", "place.in_industrial_park", "place.two_sites")
def place(facts: Facts, rules: Rules) -> Ruling:
    """The workshop stands where khuyến công reaches; a phường of a centrally-run city is for an officer, whatever else."""
    if facts.get("place.in_industrial_park") is True:
        return Ruling(Outcome.OFFICER, "nd45-1-2", "in_industrial_park")
    if facts.get("place.two_sites") is True:
        return Ruling(Outcome.OFFICER, "tt46-3-1-d", "two_sites")
    # Before the decree of 2025 a phường counted by the class of its city, which we do not hold.
    before = not rules.is_in_force("nd235")
    met = ("xa",) if before else ("xa", "dac_khu")
    ruling = by_value(facts, "place.unit_type", "nd45-1-2", met=met, ask="place")
    if before or facts.get("place.unit_type") != "phuong":
        return ruling
    return _ward(facts, ruling)


def _ward(facts: Facts, ruling: Ruling) -> Ruling:
    province = facts.get("place.province")
    if province is ABSENT:
        return Ruling(Outcome.UNKNOWN, ruling.provision, required=ruling.required, needs=("place",))
    if _is_province(facts.text("place.province")):
        return replace(ruling, outcome=Outcome.MET)
    return replace(ruling, would_help=("place.in_recognised_craft_village",))


def _is_province(name: str) -> bool:
    """Whether *name* is a province and not a centrally-run city, nor a province that has become part of one."""
    folded = " ".join(re.findall(r"[a-z]+", fold(name)))
    bare = re.sub(r"^(?:tinh|thanh pho|tp) ", "", folded)
    if not bare or bare in _CITIES | _JOINED_A_CITY or bare in {"hcm", "tphcm", "sai gon"}:
        return False
    return not folded.startswith(("thanh pho ", "tp "))


def money_conditions(rules: Rules) -> str:
    """Return the provision that held the conditions for money on the day; the joint circular of 2014 had the same ones."""
    return rules.first_in_force("tt28-conditions", "ttlt26-7")


@criterion("prior_support_same_item")
def prior_support(facts: Facts, rules: Rules) -> Ruling:
    """The same item has had no State money."""
    return by_value(
        facts,
        "prior_support_same_item",
        money_conditions(rules),
        met=(False,),
        not_met=(True,),
        change="Xin hỗ trợ cho máy, hạng mục khác, chưa nhận tiền của Nhà nước lần nào.",
    )


@criterion("own_capital_ready")
def own_capital(facts: Facts, rules: Rules) -> Ruling:
    """The workshop can pay the part that support does not; a loan is for an officer."""
    return by_value(
        facts,
        "own_capital_ready",
        money_conditions(rules),
        met=(True,),
        not_met=(False,),
        change="Thu xếp đủ phần vốn còn lại, hoặc chọn máy, hạng mục vừa sức hơn.",
    )


@criterion("timing")
def timing(facts: Facts, rules: Rules) -> Ruling:
    """The wish can wait for the next yearly plan; an urgent one is for an officer."""
    return only_when(facts, "timing", "tt36-10-2", value="urgent", outcome=Outcome.OFFICER)


@criterion("violations")
def law_abiding(facts: Facts, rules: Rules) -> Ruling:
    """No tax debt or environmental or fire-safety case is open; one is for an officer."""
    return only_when(facts, "violations", "tt36-9", value=True, outcome=Outcome.OFFICER)
