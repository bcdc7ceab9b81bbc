"""`khuyencong policy …`: for those who keep the policy up to date."""

# ruff: noqa: PLC0415  imports inside commands keep the other commands' start light

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from bot.cli_days import typed_day_or_today

policy_app = typer.Typer(help="Nội dung chính sách: kiểm tra, xem, so sánh, nguồn.", no_args_is_help=True)

Jsonl = Annotated[bool, typer.Option("--jsonl", help="Mỗi mục một dòng JSON.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="Ngày áp dụng; mặc định hôm nay.")]


def _print_lines(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))


@policy_app.command()
def check(as_of: AsOf = None, jsonl: Jsonl = False) -> None:
    """Kiểm tra mọi văn bản, con số, điều kiện, chủ đề; có lỗi thì in từng dòng tệp:dòng và kết thúc với mã 1."""
    from bot.policy.check import inspect, summary
    from bot.replies.policy_desk import render_problems, render_summary

    day = typed_day_or_today(as_of)
    found = inspect(day)
    if jsonl:
        _print_lines([{"problem": problem} for problem in found.problems])
    else:
        print(render_problems(found.problems) if found.problems else render_summary(summary(found.content, day)))
    if found.problems:
        raise typer.Exit(1)


@policy_app.command()
def show(
    topic: Annotated[str, typer.Argument(help="Tên chủ đề, ví dụ machinery.")],
    as_of: AsOf = None,
    long: Annotated[bool, typer.Option("--long", help="Cả phần sau nút Xem thêm.")] = False,
) -> None:
    """In một chủ đề như người dân thấy vào ngày đó, kèm các nút."""
    from rich.console import Console
    from rich.text import Text

    from bot.channels.markup import spans
    from bot.policy.content import load_content
    from bot.policy.nearest import nearest_topics
    from bot.replies.policy import render_topic
    from bot.replies.policy_desk import render_shown, render_unknown_topic

    day, content = typed_day_or_today(as_of), load_content()
    if topic not in content.topics:
        near = [(found.id, found.title) for found in nearest_topics(topic, content.topics)]
        print(render_unknown_topic(topic, near), file=sys.stderr)
        raise typer.Exit(2)
    shown = render_shown(render_topic(content.topics[topic], day, content.law, long=long))
    bold = Text.assemble(*((span.text, "bold" if span.bold else "") for span in spans(shown)))
    Console(highlight=False, soft_wrap=True).print(bold)


@policy_app.command()
def diff(
    day1: Annotated[str, typer.Argument(metavar="NGÀY_1", help="Ngày trước, YYYY-MM-DD.")],
    day2: Annotated[str, typer.Argument(metavar="NGÀY_2", help="Ngày sau, YYYY-MM-DD.")],
    jsonl: Jsonl = False,
) -> None:
    """Nói bằng lời những gì khác nhau giữa hai ngày."""
    from bot.policy.content import load_content
    from bot.policy.difference import compare
    from bot.policy.rows import difference_rows
    from bot.replies.policy_difference import render_difference

    first, second = sorted((typed_day_or_today(day1, "DAY1"), typed_day_or_today(day2, "DAY2")))
    content = load_content()
    difference = compare(content, first, second)
    if jsonl:
        _print_lines(difference_rows(difference))
    else:
        print(render_difference(difference, content))


@policy_app.command()
def sources(as_of: AsOf = None, jsonl: Jsonl = False) -> None:
    """In mọi nguồn, những gì dựa vào đó, và những điều phải hỏi trước khi đưa vào dùng."""
    from bot.policy.content import load_content
    from bot.policy.rows import doubt_rows
    from bot.replies.policy_sources import render_sources

    day, content = typed_day_or_today(as_of), load_content()
    if jsonl:
        _print_lines(doubt_rows(content, day))
    else:
        print(render_sources(content, day), end="")


@policy_app.command()
def stale(
    days: Annotated[int, typer.Option("--days", min=0, help="Quá bao nhiêu ngày thì phải kiểm lại.")] = 180,
    as_of: AsOf = None,
    jsonl: Jsonl = False,
) -> None:
    """Kể những con số đã lâu không ai kiểm lại và những chủ đề đã hết hạn."""
    from bot.policy.content import load_content
    from bot.policy.rows import stale_rows
    from bot.policy.stale import find_stale
    from bot.replies.policy_desk import render_stale

    today = typed_day_or_today(as_of)
    found = find_stale(load_content(), today, days)
    if jsonl:
        _print_lines(stale_rows(found))
    else:
        print(render_stale(found, today, days))
