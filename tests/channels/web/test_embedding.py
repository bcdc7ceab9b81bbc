"""Which sites may show the chat page in a frame, and what every answer carries."""

import httpx
import pytest
from starlette.responses import PlainTextResponse

from bot.errors import SettingsError
from bot.server import SecurityHeaders
from bot.settings import read_settings


def allowed(text, tmp_path):
    return read_settings({"KHUYENCONG_ALLOWED_ORIGINS": text, "KHUYENCONG_HOME": str(tmp_path)}).allowed_origins


async def policy(path, origins=()):
    app = SecurityHeaders(PlainTextResponse("here"), origins)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here.vn") as http:
        return (await http.get(path)).headers["content-security-policy"]


@pytest.mark.parametrize(
    ("text", "origins"),
    [
        ("", ()),
        ("https://a.vn", ("https://a.vn",)),
        ("https://a.vn/, http://b.c.vn:8080  https://a.vn", ("https://a.vn", "http://b.c.vn:8080")),
    ],
)
def test_origins_are_read(text, origins, tmp_path):
    assert allowed(text, tmp_path) == origins


@pytest.mark.parametrize(
    "text", ["*", "a.vn", "https://*", "https://*.a.vn", "https://a.vn/page", "https://a.vn;script-src", "ftp://a.vn"]
)
def test_what_would_open_the_page_to_more_is_refused(text, tmp_path):
    with pytest.raises(SettingsError, match="KHUYENCONG_ALLOWED_ORIGINS"):
        allowed(text, tmp_path)


@pytest.mark.parametrize(
    ("path", "origins", "ancestors"),
    [
        ("/", (), "'self'"),
        ("/", ("https://a.vn", "https://b.vn"), "'self' https://a.vn https://b.vn"),
        ("/ctv", ("https://a.vn",), "'none'"),
        ("/ctv/centre/bam", ("https://a.vn",), "'none'"),
        ("/%63tv", ("https://a.vn",), "'none'"),
    ],
)
async def test_only_named_sites_may_frame_the_chat_and_none_the_staff_page(path, origins, ancestors):
    assert (await policy(path, origins)).endswith(f"frame-ancestors {ancestors}")
