"""What a first message tells without being asked."""

from datetime import date

import pytest

from bot.answers.answer import NOT_UNDERSTOOD, Answer
from bot.answers.facts import read_facts

DAY = date(2026, 11, 23)
PHU_GIAO = {"old": "Huyện Phú Giáo", "new_unit": None, "unit_type": None, "province": None}


class PhuGiao:
    """Finds Phú Giáo only."""

    def read(self, text: str, day: date) -> Answer:
        return Answer(understood=True, value=PHU_GIAO) if "phú giáo" in text.lower() else NOT_UNDERSTOOD


MESSAGES = [
    (
        "em có xưởng gốm ở Phú Giáo, 8 thợ, muốn mua lò nung 400 triệu",
        {
            "trade_group": "handicraft",
            "product": "gốm",
            "place": PHU_GIAO,
            "employees": 8,
            "need": ["machinery"],
            "machine.price": 400_000_000,
        },
    ),
    (
        "xuong e sx banh trang 12 nguoi muon mua may trang 250tr",
        {
            "trade_group": "agro_food_processing",
            "product": "bánh tráng",
            "employees": 12,
            "need": ["machinery"],
            "machine.price": 250_000_000,
        },
    ),
    (
        "công ty em làm cơ khí, 30 công nhân, muốn dự hội chợ với mua máy cắt laser mới 1 tỷ 2",
        {
            "legal_form": "enterprise",
            "trade_group": "mechanical_electrical_supporting",
            "product": "cơ khí",
            "employees": 30,
            "need": ["fair_domestic", "machinery"],
            "machine.price": 1_200_000_000,
            "machine.condition": "new",
        },
    ),
    (
        "xưởng tôi 8 thợ, mua máy CNC 400 triệu thì được hỗ trợ bao nhiêu?",
        {"employees": 8, "need": ["machinery"], "machine.price": 400_000_000},
    ),
    ("xưởng em muốn mua máy, nghe nói hỗ trợ tới ba trăm triệu", {"need": ["machinery"]}),
    ("em làm bún muốn hỏi chính sách", {"trade_group": "agro_food_processing", "product": "bún"}),
    ("mua may khac go cnc dc ho tro bn z", {}),
    ("xin chào", {}),
    ("thằng bạn em có xưởng gốm 8 thợ", {}),
    ("nếu em có 8 thợ thì sao", {}),
    ("máy cũ có được hỗ trợ không", {}),
    ("khuyến công là gì", {}),
    ("hội chợ được hỗ trợ bao nhiêu", {}),
]


@pytest.mark.parametrize(("message", "facts"), MESSAGES, ids=[message for message, _ in MESSAGES])
def test_a_free_message_tells_facts(message: str, facts: dict[str, object]) -> None:
    assert facts == read_facts(message, DAY, PhuGiao())
