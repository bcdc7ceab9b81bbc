"""Reads what a free message already tells, so that it is not asked again."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from bot.answers.answer import Answer
from bot.answers.choices import mentioned
from bot.answers.corrections import corrected
from bot.answers.counts import find_employees
from bot.answers.dong import find_money
from bot.answers.places import PlaceReader
from bot.answers.said import Said, hear
from bot.answers.trades import OUTSIDE, find_products
from bot.answers.unknown import asks
from bot.language.spelling import lenient

_OWN = (
    "xưởng|cơ sở|nhà em|nhà tôi|nhà mình|em có|em làm|em đang|tôi có|tôi làm|tôi đang|bên em|bên tôi|bên mình|mình có|mình làm|lò em|lò tôi|tiệm|tổ em|hợp tác xã em|công ty em"
    "|em muốn|em cần|em tính|em định|tôi muốn|tôi cần|tôi tính|tôi định|mình muốn|mình cần|hộ kinh doanh"
)
_WISH = "muốn|cần|xin|tính|định|nhờ|mong|dự định|mua|sắm|đang coi|có nhu cầu|quan tâm|đăng ký|tham gia"
_MACHINE = "máy|lò|dây chuyền|thiết bị|giàn|dàn"
_MAKING = "làm|sản xuất|xưởng|cơ sở|lò|chế biến|nghề|đóng|chuyên|nhà máy|hợp tác xã|tổ|hộ|may|dệt|nấu|đan|se|rang|sấy|đúc|tráng|ép"
_MADE = (
    "làm|sản xuất|xưởng|cơ sở|lò|chế biến|nghề|đóng|chuyên|nhà máy|hợp tác xã|dệt|nấu|đan|đúc|rang|sấy|ép|tráng|xay|se|in"
    "|làm (?:nghề|đồ|hàng|cái|mấy)"
)
"""What stands right before a product that is named in one word: "kiểm tra" is no tea, "điều kiện" no cashew."""
_PLACE_OF_WORK = re.compile(r"^(?:làm |xưởng |trại |lò (?=gốm|rèn))")
"""What some names of the lexicon begin with and the product does not: "làm nhang", "xưởng mộc"."""
_MORE_OFTEN_NOT_MADE = frozenset({"giấy", "máy móc"})
"""Goods whose bare name is more often something else: a paper of registration, what one wants to buy."""
_BECOMING = "(?:lập|thành lập|mở|lên|chuyển lên|chuyển thành|chuyển sang|nâng lên|thành)"
_ADVICE = "tư vấn|cố vấn|thiết kế|cải tiến|đổi (?:mẫu|bao bì)|mẫu mã|lập dự án|marketing|tiếp thị"
_WORKWEAR = "(?:đồ|áo|quần áo|găng tay|giày|nón) bảo hộ|bảo hộ lao động"
_FORM = "hộ kinh doanh|hộ cá thể|công ty|doanh nghiệp|dntn|hợp tác xã|tổ hợp tác|liên hiệp|nghệ nhân|chưa đăng ký|chưa có giấy"
_SUPPOSING = "nếu|giả sử|ví dụ|lỡ như|trường hợp|người ta|thằng bạn|bạn em|hàng xóm|hỏi dùm|hỏi giùm"


def read_facts(text: str, day: date, places: PlaceReader | None = None, *, own: bool = False) -> dict[str, Any]:
    """The facts that *text* tells for certain, by name ("machine.price"); a place as the dict of the `parse` contract.

    What is only asked about, supposed or said of somebody else is left out; *own* says that what is asked about is
    the person's own case: "làm nước đá có được không".
    """
    said = corrected(hear(text))
    if said.has(_SUPPOSING) or (asks(said) and not own and not said.has(_OWN)):
        return {}
    facts: dict[str, Any] = {}
    facts.update(_business(said))
    facts.update(_wishes(said))
    if places and (place := _certain(places.read(text, day))) is not None:
        facts["place"] = place
    return facts


def _business(said: Said) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    forms = (
        mentioned("legal_form", said.spelled)
        if said.has(_FORM)
        and not said.has(
            f"(?:cho|của|với|{_BECOMING}) (?:các |những )?(?:công ty|doanh nghiệp|hợp tác xã|hộ)(?!(?: kinh doanh)? (?:em|tôi|tui|mình|nhà))"
        )
        else []
    )
    if len(forms) == 1:
        facts["legal_form"] = forms[0]
    products = [
        product
        for product in find_products(said, fuzzy=False)
        if product.group != OUTSIDE
        and (" " in product.name or lenient(rf"(?:.*(?<!\w))?(?:{_MADE}) ").fullmatch(said.spelled[: product.start]))
        and product.name not in _MORE_OFTEN_NOT_MADE
        and not lenient(r"(?:.*\W)?(?:máy|dây chuyền|thiết bị|giàn|dàn|mua|bằng|thuê)(?: [^\W\d_]+)? ?").fullmatch(
            said.spelled[: product.start]
        )
    ]
    if products and len({product.group for product in products}) == 1 and said.has(_MAKING):
        facts["trade_group"], facts["product"] = products[0].group, _PLACE_OF_WORK.sub("", products[0].name)
    employees = find_employees(said)
    if employees:
        facts["employees"] = employees
    revenue = said.find(r"doanh thu|doanh số")
    money = find_money(said)
    if revenue and len(money) == 1 and money[0].exact and not said.has("tháng|ngày|tuần|quý"):
        facts["annual_revenue"] = money[0].low
    return facts


def _wishes(said: Said) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    wish = said.find(_WISH)
    need = mentioned("need", said.spelled[wish.start() :]) if wish else []
    if "consulting" in need and not said.has(_ADVICE):
        need.remove("consulting")
    if "trademark" in need and said.has(_WORKWEAR) and not said.has("nhãn hiệu|thương hiệu|logo"):
        need.remove("trademark")
    if "machinery" in need and not said.has(
        rf"(?:{_WISH}|đổi|thay|lắp|trang bị|đầu tư)(?: [^\W\d_]+){{0,3}} (?:{_MACHINE}|máy móc)"
    ):
        need.remove("machinery")
    if not need:
        return facts
    facts["need"] = need
    if "machinery" not in need:
        return facts
    money = find_money(said)
    if (
        len(money) == 1
        and money[0].exact
        # Without accents and digits "xưởng của toi" would be a billion.
        and (said.accented or any(letter.isdigit() for letter in said.spelled))
        # "hỗ trợ tới 300 triệu" is no price; "mua máy 400 triệu thì được hỗ trợ bao nhiêu" tells one.
        and not said.has(r"doanh thu|doanh số|vốn|lương|cọc|vay|tối đa|hỗ trợ .*(?:\d|trăm|triệu|tỷ)")
    ):
        facts["machine.price"] = money[0].low
    asked = asks(said)
    kind = said.find(
        rf"(?:{_MACHINE})(?: [^\W\d_]+){{0,3}}? (?P<kind>cũ|bãi|đã qua sử dụng|second hand|mới|đập thùng)(?! (?:mua|hơn|có))"
    )
    if kind and not asked:
        facts["machine.condition"] = "new" if lenient("mới|đập thùng").fullmatch(kind["kind"]) else "used"
    return facts


def _certain(answer: Answer) -> Any:
    return answer.value if answer.understood and answer.value else None
