"""What must hold of every reading, whatever was typed."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answer import Answer
from bot.answers.facts import read_facts
from bot.answers.read import QUESTIONS, read

DAY = date(2026, 11, 23)
WORDS = [
    "có",
    "không",
    "chưa",
    "rồi",
    "khoảng",
    "hơn",
    "dưới",
    "từ",
    "đến",
    "tỷ",
    "triệu",
    "trăm",
    "chục",
    "mươi",
    "mười",
    "hai",
    "ba",
    "năm",
    "bốn",
    "mấy",
    "rưỡi",
    "nửa",
    "người",
    "thợ",
    "vợ",
    "chồng",
    "máy",
    "mới",
    "cũ",
    "cọc",
    "mua",
    "vay",
    "tháng",
    "quý",
    "năm",
    "sau",
    "tết",
    "gấp",
    "mỗi",
    "một",
    "2",
    "15",
    "1.200.000",
    "2,5",
    "-",
    ",",
    "+",
    "x",
    "đô",
    "tr",
    "tam",
    "nam",
    "may",
    "k",
    "ko",
    "giấy",
    "hộ",
    "kinh",
    "doanh",
    "công",
    "ty",
    "làm",
    "gốm",
    "bún",
    "hội",
    "chợ",
    "0903123456",
    "?",
]
TEXTS = st.text(max_size=80) | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
NUMBERS = {"employees", "annual_revenue", "total_capital", "machine.price", "demonstration.cost"}
CHOICES = {"legal_form", "trade_group", "activity", "machine.condition"}


def shape_holds(question: str, answer: Answer) -> bool:
    if not answer.understood:
        return answer == Answer(understood=False)
    held = [answer.unknown, answer.value is not None, answer.range is not None, bool(answer.candidates)]
    if question == "phone" and answer.value:
        held[3] = False
    if sum(held) != 1:
        return False
    values = [answer.value] if answer.value is not None else list(answer.candidates)
    if question in NUMBERS:
        low_first = answer.range is None or answer.range[1] is None or answer.range[0] < answer.range[1]
        return low_first and all(type(value) is int and value >= 0 for value in values)
    if question in CHOICES | {"phone"}:
        return all(isinstance(value, str) for value in values)
    if question == "need":
        return all(isinstance(value, list) and value for value in values)
    if question == "timing":
        days = [date.fromisoformat(day) for day in answer.range or ()]
        return all(value in ("urgent", "can_wait") for value in values) and days == sorted(days)
    extra = {"machine.bought": "deposit", "own_capital_ready": "loan"}.get(question)
    return all(isinstance(value, bool) or value == extra for value in values)


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_every_reading_has_the_shape_of_the_contract(text: str) -> None:
    broken = [question for question in sorted(QUESTIONS) if not shape_holds(question, read(question, text, DAY))]
    assert broken == []


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_facts_never_raise_and_are_named(text: str) -> None:
    assert all(isinstance(name, str) for name in read_facts(text, DAY))


@given(st.integers(min_value=10, max_value=200_000))
def test_money_comes_back_from_every_way_to_write_it(millions: int) -> None:
    dong = millions * 1_000_000
    ways = [
        f"{dong:,}",
        f"{dong:,}".replace(",", "."),
        f"{dong:,}đ".replace(",", "."),
        f"{millions}tr",
        f"{millions} triệu",
        f"{millions} trieu",
    ]
    if millions % 100 == 0:
        ways.append(f"{millions / 1000:.1f} tỷ".replace(".", ","))
    if millions > 1000 and millions % 1000:
        ways.append(f"{millions // 1000} tỷ {millions % 1000} triệu")
    assert {dong} == {read("machine.price", way, DAY).value for way in ways}


DIGITS = ["", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def in_words(number: int) -> str:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = [DIGITS[hundreds], "trăm"] if hundreds else []
    if tens > 1:
        words += [DIGITS[tens], "mươi", {1: "mốt", 5: "lăm"}.get(ones, DIGITS[ones])]
    elif tens == 1:
        words += ["mười", {5: "lăm"}.get(ones, DIGITS[ones])]
    elif ones:
        words += ["lẻ", DIGITS[ones]] if hundreds else [DIGITS[ones]]
    return " ".join(word for word in words if word)


@given(st.integers(min_value=1, max_value=999))
def test_a_number_in_words_is_the_number_in_digits(number: int) -> None:
    assert (
        read("employees", f"{in_words(number)} người", DAY).value
        == read("employees", f"{number} người", DAY).value
        == number
    )
