"""Stores three messages, answers the first, and is killed in the middle of the second.

`python -m tests.messages.dying DATABASE reading|acting` says whether while it reads it or in its transaction.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.replies.reply import Reply
from tests.messages.office import Intake, text


async def main(path: Path, doing: str) -> None:
    """Ends by SIGKILL."""
    intake = Intake(path)

    async def reads(message):
        if message.text != "một" and doing == "reading":
            os.kill(os.getpid(), signal.SIGKILL)
        return {}

    async def acts(message, db):
        if message.text != "một":
            db.execute("INSERT INTO persons (id, created) VALUES ('half', 'now')")
            os.kill(os.getpid(), signal.SIGKILL)
        return [Reply(f"nghe: {message.text}")]

    intake.dialogue.reader, intake.dialogue.script = reads, acts
    await intake.turns.ask(text("một", 1))
    intake.turns.receive(text("hai", 2))
    intake.turns.receive(text("ba", 3))
    intake.turns.catch_up()
    await asyncio.sleep(10)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
