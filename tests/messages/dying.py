"""Stores three messages, answers the first, and is killed in the middle of the second: `python -m tests.messages.dying DATABASE`."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.replies.reply import Reply
from tests.messages.office import Intake, text


async def main(path: Path) -> None:
    """Ends by SIGKILL."""
    intake = Intake(path)

    async def dies_at_the_second(message, db):
        if message.text != "một":
            db.execute("INSERT INTO persons (id, created) VALUES ('half', 'now')")
            os.kill(os.getpid(), signal.SIGKILL)
        return [Reply(f"nghe: {message.text}")]

    intake.dialogue.script = dies_at_the_second
    await intake.turns.ask(text("một", 1))
    intake.turns.receive(text("hai", 2))
    intake.turns.receive(text("ba", 3))
    intake.turns.catch_up()
    await asyncio.sleep(10)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
