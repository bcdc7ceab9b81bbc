"""A conversation in a terminal, typed by a script."""

import io

import pytest
from rich.console import Console

from bot.channels.terminal import converse
from bot.errors import DialogueError
from bot.messages.buttons import Button
from bot.messages.incoming import IncomingMessage, Kind
from bot.replies.reply import Reply

CHOICES = (Button("Hộ kinh doanh", "b-household"), Button("Công ty", "b-company"), Button("Chưa đăng ký", "b-none"))


class Talk:
    """Feeds lines in and keeps what the conversation was asked."""

    def __init__(self, reply: Reply, buttons: tuple[Button, ...] = CHOICES) -> None:
        self.reply = reply
        self.buttons = buttons
        self.heard: list[IncomingMessage] = []
        self.broken = False

    async def ask(self, message: IncomingMessage) -> list[tuple[Reply, tuple[Button, ...]]]:
        if self.broken:
            raise DialogueError("no model")
        self.heard.append(message)
        return [(self.reply, self.buttons)]

    async def run(self, *lines: str) -> str:
        rest = list(lines)

        async def reader() -> str | None:
            return rest.pop(0) if rest else None

        out = io.StringIO()
        await converse(self.ask, reader, Console(file=out, width=80, force_terminal=True, no_color=True))
        return out.getvalue()


@pytest.mark.parametrize(
    ("question", "line", "kind", "button"),
    [
        ("legal_form", "2", Kind.BUTTON, "b-company"),
        ("legal_form", " 3. ", Kind.BUTTON, "b-none"),
        ("legal_form", "#1", Kind.BUTTON, "b-household"),
        ("legal_form", "công ty", Kind.BUTTON, "b-company"),
        ("legal_form", "4", Kind.TEXT, None),
        ("legal_form", "0", Kind.TEXT, None),
        ("legal_form", "bên mình là công ty nhỏ", Kind.TEXT, None),
        ("employees", "2", Kind.TEXT, None),
        ("employees", "#2", Kind.BUTTON, "b-company"),
        (None, "/restart", Kind.TEXT, None),
    ],
)
async def test_numbers_titles_and_words(question: str | None, line: str, kind: Kind, button: str | None) -> None:
    talk = Talk(Reply("Cơ sở là hình thức nào?", question=question))
    await talk.run(line)
    assert [Kind.STARTED, kind] == [message.kind for message in talk.heard]
    assert (line.strip(), button) == (talk.heard[1].text, talk.heard[1].button)


async def test_bold_is_bold_and_what_looks_like_markup_is_text() -> None:
    shown = await Talk(Reply("Tối đa **50%** [red]chi phí[/red]")).run()
    assert "Tối đa \x1b[1m50%\x1b[0m [red]chi phí[/red]" in shown
    assert "[1] Hộ kinh doanh" in shown


async def test_choices_under_a_question_for_a_number_are_marked() -> None:
    assert "[#1] Hộ kinh doanh" in await Talk(Reply("Mấy thợ?", question="employees")).run()


async def test_leaving_and_empty_lines() -> None:
    talk = Talk(Reply("Chào"))
    await talk.run("", "  ", "/thoat", "sau đó")
    assert [message.kind for message in talk.heard] == [Kind.STARTED]


async def test_an_error_is_told_and_the_choices_stay() -> None:
    talk = Talk(Reply("Chọn"))

    async def ask(message: IncomingMessage) -> list[tuple[Reply, tuple[Button, ...]]]:
        talk.broken = message.text == "hỏng"
        return await Talk.ask(talk, message)

    lines = ["hỏng", "1"]

    async def reader() -> str | None:
        return lines.pop(0) if lines else None

    out = io.StringIO()
    await converse(ask, reader, Console(file=out, width=80))
    assert "DialogueError" in out.getvalue()
    assert talk.heard[-1].button == "b-household"


async def test_every_message_has_an_id_of_its_own() -> None:
    talk = Talk(Reply("Chào"))
    await talk.run("một", "một")
    assert len({message.update_id for message in talk.heard}) == 3
