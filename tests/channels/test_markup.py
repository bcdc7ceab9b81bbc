"""What is bold, and what is only stars."""

import pytest

from bot.channels.markup import Span, spans, visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tối đa **50%** chi phí", (Span("tối đa "), Span("50%", bold=True), Span(" chi phí"))),
        ("**300 triệu đồng**", (Span("300 triệu đồng", bold=True),)),
        ("**một** và **hai**", (Span("một", bold=True), Span(" và "), Span("hai", bold=True))),
        ("2 ** 3 ** 4", (Span("2 ** 3 ** 4"),)),
        ("**hở\nhai dòng**", (Span("**hở\nhai dòng**"),)),
        ("****", (Span("****"),)),
        ("", ()),
        ("nửa \ud83d", (Span("nửa \ufffd"),)),
    ],
)
def test_spans(text: str, expected: tuple[Span, ...]) -> None:
    assert expected == spans(text)
    assert "".join(span.text for span in expected) == visible(text)
