"""A yes to the first of two consents only: read where it stands alone, never out of a refusal or a question."""

from __future__ import annotations

import pytest

from bot.answers.consent import agrees_to_contact_only


@pytest.mark.parametrize(
    ("text", "agrees"),
    [
        ("chỉ điều 1 thôi", True),
        ("đồng ý điều 1", True),
        ("chi dieu 1", True),
        ("không đồng ý điều 2", True),
        ("Không đồng ý điều 1", False),
        ("không cho xem gì hết", False),
        ("điều 1 là gì?", False),
        ("Chị một mình không quyết được, để hỏi chồng", False),
        ("đồng ý", False),
    ],
)
def test_only_the_first_is_agreed_to(text: str, agrees: bool) -> None:
    assert agrees == agrees_to_contact_only(text)
