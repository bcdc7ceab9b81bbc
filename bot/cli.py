"""The command line: `khuyencong COMMAND`. Each command imports what it needs, so that the light ones start at once."""

# ruff: noqa: PLC0415  imports inside commands keep `parse` and `assess` free of Rasa's seconds of loading

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import Annotated, Any

import typer

from bot.cli_campaign import campaign_app
from bot.cli_days import typed_day_or_today
from bot.cli_doctor import doctor
from bot.cli_leads import leads_app, report
from bot.cli_nlu import nlu_app
from bot.cli_people import backup, people_app, restore
from bot.cli_policy import policy_app
from bot.cli_roster import roster_app
from bot.cli_screen import screen
from bot.clock import SystemClock
from bot.errors import BotError

app = typer.Typer(
    help="Khuyến công: hỏi đáp chính sách, sơ tuyển, chuyển hồ sơ cho cộng tác viên.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
leads_app.add_typer(roster_app)
app.add_typer(leads_app, name="leads")
app.command()(screen)
app.add_typer(policy_app, name="policy")
app.add_typer(campaign_app, name="campaign")
app.add_typer(nlu_app, name="nlu")
app.add_typer(people_app, name="people")
app.command()(backup)
app.command()(restore)
app.command()(report)
app.command()(doctor)

Jsonl = Annotated[bool, typer.Option("--jsonl", help="Mỗi dòng một đối tượng JSON, vào và ra.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="Ngày áp dụng; mặc định hôm nay.")]


def main() -> None:
    """Run the command line; what goes wrong on purpose is one line on standard error and exit status 2."""
    try:
        app()
    except BotError as error:
        print(f"khuyencong: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(141)


def _lines() -> Iterable[tuple[int, Any]]:
    for number, line in enumerate(sys.stdin, 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as error:
                raise BotError(f"line {number}: not JSON: {error}") from error


def _filter(work: Callable[[Any], dict[str, Any]]) -> None:
    """Each line of standard input through *work* to standard output, in order; a bad line names its number."""
    for number, line in _lines():
        try:
            answer = work(line)
        except BotError as error:
            raise BotError(f"line {number}: {error}") from error
        print(json.dumps(answer, ensure_ascii=False), flush=True)


@app.command()
def parse(jsonl: Jsonl = True, as_of: AsOf = None) -> None:
    """Đọc câu trả lời của người dân thành giá trị."""
    from bot.answers.read import parse_line
    from bot.places import GazetteerReader

    day, places = typed_day_or_today(as_of), GazetteerReader()
    _filter(lambda line: parse_line(line, day, places))


@app.command()
def assess(jsonl: Jsonl = True, as_of: AsOf = None) -> None:
    """Xét các thông tin đã biết theo từng nội dung hỗ trợ."""
    from bot.programmes.assess_lines import assess_line
    from bot.programmes.catalogue import load_programmes
    from bot.programmes.loader import load_law

    day, law = typed_day_or_today(as_of), load_law()
    programmes = load_programmes(law)
    _filter(lambda line: assess_line(line, day, programmes, law))


@app.command()
def ask(jsonl: Jsonl = True, as_of: AsOf = None) -> None:
    """Trả lời từng câu hỏi, mỗi dòng một cuộc trò chuyện mới."""
    from bot.settings import read_settings
    from bot.talking import answering_once

    day = typed_day_or_today(as_of)
    with answering_once(read_settings(), SystemClock(None if as_of is None else day)) as answer:
        _filter(answer)


@app.command()
def train(
    force: Annotated[bool, typer.Option("--force", help="Huấn luyện lại dù không có gì đổi.")] = False,
    guard: Annotated[
        bool, typer.Option("--guard", help="Chấm trên bộ câu giữ riêng dù chưa có lần nào trước.")
    ] = False,
    accept: Annotated[bool, typer.Option("--accept", help="Dùng mô hình dù hiểu kém hơn lần trước.")] = False,
) -> None:
    """Huấn luyện mô hình khi dữ liệu đã đổi; so với lần trước, kém hơn thì không dùng."""
    from bot.settings import read_settings
    from bot.shipping import ship

    model = ship(read_settings(), force=force, guard=guard, accept=accept)
    print(f"Mô hình: {model.name}", file=sys.stderr)


@app.command()
def serve(
    port: Annotated[str | None, typer.Option("--port", help="Cổng của trang hỏi đáp.")] = None,
    host: Annotated[str | None, typer.Option("--host", help="Địa chỉ lắng nghe.")] = None,
) -> None:
    """Chạy trang hỏi đáp và các kênh đã cài đặt, đến khi nhận SIGTERM."""
    from bot.listening import listen
    from bot.settings import prepare_home, read_settings
    from bot.sole import sole_service

    settings = read_settings(port=port, host=host)
    prepare_home(settings)
    with sole_service(settings.home):
        listening = listen(settings)
        from bot.server import run  # last, it takes longest: what is wrong with the settings is said at once

        run(settings, listening)


@app.command()
def chat() -> None:
    """Trò chuyện ngay trong cửa sổ lệnh."""
    from bot.settings import read_settings
    from bot.talking import chat_in_terminal

    chat_in_terminal(read_settings())


if __name__ == "__main__":
    main()
