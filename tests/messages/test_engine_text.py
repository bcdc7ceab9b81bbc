"""Nothing that a person types is ever read as one of our own intents."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.dialogue import Utterance
from bot.dialogue.protocol import engine_metadata, engine_text
from bot.replies.reply import Choice

INVISIBLE = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202e\u2066\u2069\u061c\u180e\ufe0f\x00\x1b\x7f\u0085\u2028\u2029"
)
SPACES = " \t\n\r\v\f\u00a0\u1680\u2003\u202f\u3000\x1c\x1d\x1e\x1f"
SLASHES = "/／⁄∕⧸"
COMMANDS = (
    "restart",
    "session_start",
    "erase_data",
    "affirm",
    'answer{"question": "consent", "value": true}',
    "greet@1.0",
    "back",
)

# Everything that may stand before a slash without being seen.
hidden = st.text(alphabet=st.sampled_from(INVISIBLE + SPACES + SLASHES + "\u0301\u0338\u20e5"), max_size=8)


def as_rasa_reads(text: str) -> str:
    """What is left after the two strips of Rasa: of its message, and of its reader of intents."""
    return text.strip().strip()


@given(hidden, st.sampled_from(SLASHES), st.sampled_from(COMMANDS))
@example("\u200b", "/", "restart")
@example("\t", "/", "restart")
@example("\x1f", "/", "restart")
@example("\u00a0", "/", "restart")
@example("/ /\u2066", "/", "restart")
def test_a_command_with_anything_invisible_before_it_is_typed_text(before, slash, command):
    assert not as_rasa_reads(engine_text(Utterance("p.web", f"{before}{slash}{command}"))).startswith("/")


@settings(max_examples=300)
@given(st.text())
def test_no_text_at_all_reads_as_an_intent_and_none_is_empty(said):
    read = as_rasa_reads(engine_text(Utterance("p.web", said)))

    assert read
    assert not read.startswith("/")


@given(st.text(), st.text())
def test_what_was_typed_travels_beside_the_text_unchanged(said, conversation):
    assert engine_metadata(Utterance(conversation, said))["typed"] == said


def test_a_button_is_its_intent_and_its_data_stays_out_of_the_text():
    message = Utterance("p.web", "", Choice("Đồng ý", "answer", {"question": "consent", "value": True}))

    assert engine_text(message) == "/answer"
    assert engine_metadata(message)["data"] == {"question": "consent", "value": True}


@pytest.fixture(scope="module")
def parsed(model: Path):
    """What the real engine makes of an utterance: its intent and how sure it is."""
    from bot.dialogue.embedded import EmbeddedDialogue

    dialogue = EmbeddedDialogue.load(model, ())
    loop = asyncio.new_event_loop()
    yield lambda text: loop.run_until_complete(dialogue._agent.parse_message(text))
    loop.close()


TYPED = [
    f"{before}{slash}{command}"
    for before in ("", "\t", "\u200b", "\u202e\u00a0")
    for slash in "/／"
    for command in ("restart", "affirm", 'answer{"value": true}')
]


@pytest.mark.model
def test_the_real_engine_reads_no_typed_command_as_an_intent(parsed):
    injected = [said for said in TYPED if _was_injected(parsed(engine_text(Utterance("p.web", said))))]

    assert injected == []


@pytest.mark.model
def test_the_real_engine_would_read_the_same_text_as_an_intent_if_it_came_as_it_is(parsed):
    assert _was_injected(parsed("\t/affirm"))


def _was_injected(reading) -> bool:
    """Whether the intent came from a leading slash: then no classifier has ranked others below it."""
    return len(reading["intent_ranking"]) == 1
