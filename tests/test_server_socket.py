"""The socket that the service listens on."""

import asyncio
import socket

from bot.listening import listen
from bot.settings import read_settings


async def test_answers_leave_without_the_delay_of_gathering_small_packets(tmp_path):
    seen = []
    done = asyncio.Event()

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()
        done.set()

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    listening = listen(read_settings({"KHUYENCONG_HOME": str(tmp_path), "KHUYENCONG_PORT": str(port)}))
    async with await asyncio.start_server(answer, sock=listening):
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        await done.wait()
        writer.close()

    assert [value != 0 for value in seen] == [True]
