"""Parts, their HTML, and rows of buttons."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.markup import visible
from bot.channels.telegram.rendering import LIMIT, inline_keyboard, render
from bot.messages.buttons import Button
from tests.peers.telegram_text import read_text, utf16_length

LONG = st.builds(
    lambda pieces, times: "".join(pieces) * times,
    st.lists(
        st.text(max_size=30)
        | st.sampled_from(["**đậm**", "\n", " ", "🙏", "e\u0301", "👩\u200d🏭", "a" * 700, "<b>&amp;"]),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 20),
)


@settings(deadline=None)  # the two cores may be busy
@given(LONG)
def test_any_text_becomes_parts_within_the_limit_that_rejoin_to_what_a_person_reads(text: str) -> None:
    parts = render(text)
    assert visible(text) == "".join(part.plain for part in parts)
    for part in parts:
        assert 0 < utf16_length(part.plain) <= LIMIT
        part.plain.encode("utf-8")


@settings(deadline=None)  # the two cores may be busy
@given(LONG)
def test_the_html_of_any_part_shows_exactly_its_text(text: str) -> None:
    for part in render(text):
        if part.plain.strip():
            shown, _ = read_text(part.html, "HTML")
            assert part.plain.strip() == shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("giá < 5 & > 3", "giá &lt; 5 &amp; &gt; 3"),
        ("<script>**50%**</script>", "&lt;script&gt;<b>50%</b>&lt;/script&gt;"),
        ('khoản "a"', 'khoản "a"'),
    ],
)
def test_html_is_escaped(text: str, expected: str) -> None:
    assert [expected] == [part.html for part in render(text)]


def test_parts_end_at_line_ends_and_bold_goes_on_over_a_cut() -> None:
    text = "\n".join("dòng " + "x" * 95 for _ in range(100))
    assert all(part.plain.endswith("\n") for part in render(text)[:-1])
    bold = render("**" + "y" * 5000 + "**")
    assert [(len(part.plain), part.html == f"<b>{part.plain}</b>") for part in bold] == [(4096, True), (904, True)]


def test_a_cut_goes_through_no_letter() -> None:
    parts = render("e\u0301" * 4000)
    assert all(part.plain[0] == "e" for part in parts)
    assert [len(part.plain) for part in parts] == [4096, 3904]


def rows(*titles: str) -> list[list[str]]:
    keyboard = inline_keyboard(tuple(Button(title, f"id{n}") for n, title in enumerate(titles)))
    return [[button.text for button in row] for row in keyboard.inline_keyboard] if keyboard else []


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        ((), []),
        (("Chưa", "Rồi", "Không nhớ"), [["Chưa", "Rồi", "Không nhớ"]]),
        (
            ("Hộ kinh doanh", "Công ty", "Hợp tác xã", "Chưa đăng ký"),
            [["Hộ kinh doanh", "Công ty"], ["Hợp tác xã", "Chưa đăng ký"]],
        ),
        (("Đã mua máy rồi còn xin được không", "Ý khác"), [["Đã mua máy rồi còn xin được không"], ["Ý khác"]]),
        (("1", "2", "3", "4"), [["1", "2", "3"], ["4"]]),
    ],
)
def test_short_buttons_share_a_row(titles: tuple[str, ...], expected: list[list[str]]) -> None:
    assert expected == rows(*titles)
