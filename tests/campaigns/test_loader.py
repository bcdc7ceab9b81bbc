"""A campaign file that could say something unfounded is refused, with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.campaigns.campaign import Button, Campaign
from bot.campaigns.loader import load_campaign, parse_campaign
from bot.campaigns.message import message_for
from bot.errors import ContentError
from bot.programmes.catalogue import load_programmes
from bot.programmes.loader import load_law
from bot.replies.campaign import poster_text, render

DAY = date(2026, 11, 23)


def parse(text: str, more: str = "") -> Campaign:
    law = load_law()
    body = "\n".join(f"  {line}" for line in text.splitlines())
    return parse_campaign(
        f"key: a-b\ntitle: T\ntopic: machinery\ntext: |\n{body}\n{more}", law, load_programmes(law), DAY
    )


def test_figures_of_law_and_own_values_are_said_by_babel() -> None:
    campaign = parse(
        "Không quá {machinery.ceiling}, từ ngày {opens}, còn {left} chỗ.", "values: {opens: 2027-03-01, left: 1200}"
    )

    said = render(message_for(campaign, DAY)).text

    assert said == "Không quá 300 triệu đồng, từ ngày 01/03/2027, còn 1.200 chỗ."


def test_a_figure_that_is_not_certain_is_said_with_its_doubt() -> None:
    said = render(message_for(parse("Gian hàng: {fair_domestic.share_low}."), DAY)).text

    assert "cần cán bộ xác nhận" in said


@pytest.mark.parametrize(
    ("text", "more", "line", "said"),
    [
        ("Hỗ trợ 300 triệu.", "", 5, "'300' comes neither"),
        ("Hỗ trợ\nđến 50%.", "", 6, "'50%.' comes neither"),
        ("Mức {machinery.nothing}.", "", 5, "there is no parameter"),
        ("Mức {trademark.share}.", "", 5, "unverified"),
        ("Mức {machinery.ceiling@1990-01-01}.", "", 5, "has no value"),
        ("Chào {ten}.", "", 5, "there is no value 'ten'"),
        ("Chào {Tên}.", "", 5, "a brace that is no variable"),
        ("Được {n}% chi phí.", "values: {n: 80}", 5, "money and shares come from the law"),
        ("Được {n} triệu đồng.", "values: {n: 80}", 5, "money and shares come from the law"),
        ("Chào.", "values: {n: 80}", 4, "does not use n"),
        ("Chào.", "values: {name: x}", 6, "may not be called 'name'"),
        ("Chào.", "buttons: [check, later]", 6, "'stop' is missing"),
        ("Chào.", "buttons: [stop, win]", 6, "there is no button 'win'"),
        ("Chào.", "attachment: no.pdf", 6, "there is no file"),
        ("Chào.", "attachment: ../secret.pdf", 6, "lies beside this one"),
        ("Chào.", "attachment: virus.exe", 6, "one of .png"),
        ("Chào.", "starts: tomorrow", 6, "a moment such as"),
        ("Chào.", "days_between: 0", 6, "at least one day"),
        ("Chào.", "goal: {what: money, count: 3}", 6, "there is no goal 'money'"),
        ("Chào.", "poster: {headline: Được 300 triệu, lines: [x]}", 6, "'300' comes neither"),
        ("Chào.", "poster: {headline: H, lines: ['{name} ơi']}", 6, "there is no value 'name'"),
        ("Chào.", "wat: 1", 6, "unknown key 'wat'"),
        ("x" * 1000, "", 4, "longer than"),
    ],
)
def test_a_fault_names_its_line(text: str, more: str, line: int, said: str) -> None:
    with pytest.raises(ContentError, match=f"campaign:{line}: .*{said}"):
        parse(text, more)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=r"gone\.yml:1: "):
        load_campaign(tmp_path / "gone.yml", load_law(), load_programmes(load_law()), DAY)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (None, "Anh/chị ơi."),
        ("Hoa", "Anh/chị Hoa ơi."),
        ("{machinery.ceiling}", "Anh/chị ơi."),
        ("**Hoa**", "Anh/chị ơi."),
        ("H" * 80, "Anh/chị ơi."),
        ("Chị Hoa bánh tráng", "Chị Hoa bánh tráng ơi."),
        ("bà Tư", "Bà Tư ơi."),
        ("Anh", "Anh/chị Anh ơi."),
        ("Cơ sở gốm Hoa", "Anh/chị ơi."),
        ("HTX Minh Long", "Anh/chị ơi."),
    ],
)
def test_a_name_is_said_only_when_it_can_be_one(name: str | None, said: str) -> None:
    assert render(message_for(parse("{name} ơi."), DAY, name=name)).text == said


def test_a_button_carries_the_campaign_and_the_support_kind() -> None:
    reply = render(message_for(parse("Chào."), DAY))

    assert reply.choices[0].data == {"campaign": "a-b", "programmes": ["machinery"]}
    assert parse("Chào.").buttons == (Button.CHECK, Button.LATER, Button.STOP)


def test_a_poster_without_words_of_its_own_says_what_the_support_kind_is() -> None:
    headline, lines = poster_text(parse("Chào."), DAY)

    assert headline
    assert load_programmes(load_law())["machinery"].about in lines
