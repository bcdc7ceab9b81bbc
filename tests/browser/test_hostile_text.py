"""Text is shown as text, whoever wrote it, and the pages run nothing but their own script."""

import re

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.model, pytest.mark.asyncio(loop_scope="session")]

SCRIPTS = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "**<b onclick=window.pwned=1>đậm</b>** và **không đóng",
    '</p><a href="javascript:window.pwned=1">bấm</a> ✅ [1] 0903 123 456',
)


@pytest.mark.parametrize("text", SCRIPTS)
async def test_what_a_person_types_is_shown_letter_by_letter(household, text):
    await household.says(text)

    assert await household.own.last.text_content() == text
    assert await household.page.locator(".mine p *").count() == 0
    await household.page.reload()
    assert await household.own.last.text_content() == text
    assert await household.page.evaluate("window.pwned") is None


async def test_what_the_service_says_is_never_read_as_html(household):
    said = {
        "id": 10**9,
        "text": f"{SCRIPTS[0]}\n{SCRIPTS[1]}\n{SCRIPTS[2]}\nCăn cứ: <i>điều</i> 1",
        "buttons": [{"title": SCRIPTS[1], "payload": "x"}],
        "citations": [],
        "sources": [SCRIPTS[1]],
        "question": None,
        "assessment": None,
    }
    conversation = await household.conversation()
    await household.page.route(
        "**/api/chat", lambda route: route.fulfill(json={"conversation": conversation, "messages": [said]})
    )
    await household.says("chào")

    assert await household.last.locator("p").all_text_contents() == [
        SCRIPTS[0], SCRIPTS[1], "<b onclick=window.pwned=1>đậm</b> và **không đóng",
    ]  # fmt: skip
    assert await household.last.locator("strong").all_text_contents() == ["<b onclick=window.pwned=1>đậm</b>"]
    assert await household.page.locator("img, .bubble script, .bubble i, .bubble b").count() == 0
    await expect(household.button(SCRIPTS[1])).to_be_visible()
    assert await household.page.evaluate("window.pwned") is None


@pytest.mark.parametrize("path", ["/", "/ctv", "/ctv/centre", "/static/chat.js", "/healthz"])
async def test_pages_allow_only_their_own_scripts(context, path):
    answer = await context.request.get(path)
    policy = answer.headers["content-security-policy"]
    page = await answer.text()

    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    assert ("frame-ancestors 'none'" in policy) == path.startswith("/ctv")
    if path in {"/", "/ctv"}:
        assert re.findall(r"<style|style=|\son\w+=|<script(?! src=\"/static/)", page) == []
        assert re.findall(r"(?:src|href)=\"(?!/|#)", page) == []


async def test_a_script_that_gets_in_after_all_does_not_run(household, context):
    await household.page.evaluate(
        """() => { const script = document.createElement('script'); script.textContent = 'window.pwned = 1';
            document.body.append(script); }"""
    )
    blocked, context.problems[:] = list(context.problems), []

    assert await household.page.evaluate("window.pwned") is None
    assert ["Content Security Policy" in said for said in blocked] == [True]
