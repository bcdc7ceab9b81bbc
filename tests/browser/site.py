"""Somebody's site with our one line in it, served on loopback under two names: the named one and another."""

import asyncio
from dataclasses import dataclass


@dataclass
class Site:
    """One page; `line` is what its makers put in."""

    port: int = 0
    line: str = ""

    @property
    def origin(self) -> str:
        """As the settings of the service name it."""
        return f"http://localhost:{self.port}"

    @property
    def other_origin(self) -> str:
        """The same page under a name that nobody allowed."""
        return f"http://127.0.0.1:{self.port}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        found = asked.startswith(b"GET / ")
        html = (
            '<!doctype html><html lang="vi"><meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>Trung tâm</title><main><h1>Trung tâm</h1></main>{self.line}</html>"
        )
        body = html.encode() if found else b""
        status = "200 OK" if found else "204 No Content"
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
        writer.write(head.encode() + b"Connection: close\r\n\r\n" + body)
        await writer.drain()
        writer.close()
