"""What workshop owners answer to each question, and what is made of it."""

from datetime import date
from pathlib import Path

import pytest

from bot.answers.answer import NOT_UNDERSTOOD, UNKNOWN, Answer
from bot.answers.read import QUESTIONS, UnknownQuestion, parse_line, read, to_json
from bot.errors import BotError
from bot.plain_yaml import read_yaml

DAY = date(2026, 11, 23)
CASES = [
    pytest.param(path.stem, text, want, id=f"{path.stem}: {text}")
    for path in sorted(Path(__file__).parent.glob("cases/*.yml"))
    for text, want in read_yaml(path).items()
]


@pytest.mark.parametrize(("question", "text", "want"), CASES)
def test_an_answer_is_read(question: str, text: str, want: dict[str, object]) -> None:
    expected = {"understood": True, "value": None, "range": None, "unknown": False, "candidates": []} | want
    assert expected == to_json(read(question, text, DAY))


OFF_TOPIC = [
    "hôm nay trời mưa dữ quá",
    "giá vàng bao nhiêu",
    "alo",
    "chào anh",
    "máy bay",
    "abc",
    "...",
    "???",
    "😀",
    "",
    "   ",
    "anh tên gì",
    "khi nào có kết quả",
    "làm sao để được hỗ trợ",
    "em không hiểu",
    "câu khác đi",
    "nói chuyện với người thật",
    "lát nữa em trả lời",
    "hỏi chi vậy",
    "không muốn nói",
    "sao phải hỏi cái đó",
    "cái này bí mật",
    "có được hỗ trợ không?",
    "máy cũ có được không",
    "bao nhiêu thì được",
]


@pytest.mark.parametrize("text", OFF_TOPIC)
@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_what_is_no_answer_is_not_understood(question: str, text: str) -> None:
    assert read(question, text, DAY) == NOT_UNDERSTOOD


@pytest.mark.parametrize(
    "text",
    [
        "không biết",
        "ko bik",
        "hổng biết nữa",
        "hong nho",
        "em không rõ",
        "chưa rõ",
        "quên rồi",
        "để em hỏi lại vợ",
        "để coi lại",
        "ai mà biết",
    ],
)
@pytest.mark.parametrize("question", sorted(QUESTIONS))
def test_who_does_not_know_says_so(question: str, text: str) -> None:
    assert read(question, text, DAY) == UNKNOWN


class OnePlace:
    """Knows one place."""

    def read(self, text: str, day: date) -> Answer:
        return (
            Answer(understood=True, value={"old": None, "new_unit": "Xã Phú Giáo"}) if "Phú" in text else NOT_UNDERSTOOD
        )


def test_a_place_is_read_by_the_reader_of_places() -> None:
    assert read("place", "ở Phú Giáo", DAY, OnePlace()).value == {"old": None, "new_unit": "Xã Phú Giáo"}
    assert read("place", "không biết", DAY, OnePlace()) == UNKNOWN
    assert read("place", "Phú Giáo được không?", DAY, OnePlace()) == NOT_UNDERSTOOD
    assert read("place", "ở Phú Giáo", DAY) == NOT_UNDERSTOOD


def test_a_question_nobody_asks_is_named() -> None:
    with pytest.raises(UnknownQuestion, match="shoe_size") as caught:
        read("shoe_size", "42", DAY)
    assert isinstance(caught.value, BotError)


def test_a_line_keeps_its_id() -> None:
    line = {"id": "p1", "question": "employees", "text": "dạ có 15 người"}
    expected = {"id": "p1", "understood": True, "value": 15, "range": None, "unknown": False, "candidates": []}
    assert expected == parse_line(line, DAY)
