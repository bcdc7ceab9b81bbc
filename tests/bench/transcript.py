"""`make transcript`: puts a real conversation into README.md and README.vi.md, between the transcript marks."""

from __future__ import annotations

import asyncio
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bot.clock import TurnedClock
from bot.messages.incoming import IncomingMessage, Kind

ROOT = Path(__file__).parent.parent.parent
READMES = ("README.md", "README.vi.md")
SAID = (
    "mua may khac go cnc dc ho tro bn z",
    "xưởng em làm gốm ở Phú Giáo 8 thợ tính mua lò nung gas 400tr",
    "hộ kinh doanh, có giấy từ 2019",
    "máy cũ có được không",
    "à lộn, 18 thợ chứ ko phải 8",
)
_MARKS = re.compile(r"(<!-- transcript -->\n).*?(<!-- end of transcript -->)", re.DOTALL)


def transcript() -> str:
    """The conversation as Markdown: `>` is the workshop owner."""
    from bot.assembly import ensure_model, migrate, turns_on
    from bot.logs import quiet
    from bot.settings import read_settings
    from bot.store import Store

    quiet()
    lines: list[str] = []
    clock = TurnedClock(datetime(2026, 11, 23, 2, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "transcript.sqlite")
        migrate(store)
        *_, turns = turns_on(store, clock, ensure_model(read_settings()))

        async def talk() -> None:
            for number, text in enumerate(SAID):
                answered = await turns.ask(IncomingMessage("transcript", "1", str(number), Kind.TEXT, text=text))
                lines.append(f"> {text}\n")
                for reply in answered.replies:
                    lines.append(reply.text)
                    if reply.choices:
                        lines.append(" ".join(f"[{choice.title}]" for choice in reply.choices))
                lines.append("")

        asyncio.run(talk())
        turns.close()
        store.close()
    return "```\n" + "\n".join(lines).replace("**", "").rstrip() + "\n```\n"


def placed(text: str, conversation: str) -> str:
    """*text* with *conversation* between its marks."""
    return _MARKS.sub(lambda marks: f"{marks[1]}{conversation}{marks[2]}", text)


def main() -> None:
    """Writes both files."""
    conversation = transcript()
    for name in READMES:
        path = ROOT / name
        path.write_text(placed(path.read_text("utf8"), conversation), "utf8")
    print("README.md, README.vi.md", file=sys.stderr)


if __name__ == "__main__":
    main()
