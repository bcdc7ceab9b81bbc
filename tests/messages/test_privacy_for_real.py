"""With the trained model: consent to one thing only, the rights by name, and an erasure that leaves no byte."""

import pytest

from bot.clock import SystemClock
from bot.messages.retention import Retention
from bot.messages.sender import Sender
from bot.messages.upkeep import Upkeep
from bot.outbox import Pace
from bot.people import People, Purpose
from bot.replies import consents
from bot.store import Store
from tests.messages.office import AT_ONCE, ScriptedCarrier
from tests.nlu.talk import CHANNEL, Office, Person, office

pytestmark = pytest.mark.model

WORDS = ("Huỳnh Thị Thủy Tiên", "937222618", "lò nung xanh lơ", "bận cúng giỗ cụ Mười", "chat-of-tien")


@pytest.fixture(scope="module")
def real(tmp_path_factory, model):
    with office(tmp_path_factory.mktemp("privacy"), model) as real:
        yield real


async def talked(real: Office, chat: str, consent: str) -> Person:
    """Asks to be called, says peculiar things on the way, and gives name and number."""
    person = Person(real, chat)
    await person.says("tôi có cái lò nung xanh lơ, cho tôi gặp cán bộ")
    await person.says(consent)
    await person.says("Huỳnh Thị Thủy Tiên")
    await person.says("0937222618 nha, bận cúng giỗ cụ Mười")
    await person.says("xã Phú Giáo")
    return person


@pytest.mark.parametrize(
    ("said", "agreed"), [("đồng ý", {"contact", "transcript"}), ("chỉ điều 1 thôi", {"contact"}), ("không", set())]
)
async def test_each_consent_is_given_on_its_own_and_names_the_words_shown(real, said, agreed):
    person = Person(real, f"consent-{said}")
    await person.says("cho tôi gặp cán bộ")
    await person.says(said)
    people = People(real.store, SystemClock())
    given = people.consents(people.known(CHANNEL, person.chat))

    assert {consent.purpose.value for consent in given} == agreed
    versions = {Purpose.CONTACT: consents.CONTACT.version, Purpose.TRANSCRIPT: consents.TRANSCRIPT.version}
    assert [consent.text_version for consent in given] == [versions[consent.purpose] for consent in given]


async def test_a_yes_to_older_words_is_asked_again(real, monkeypatch):
    person = Person(real, "older")
    await person.says("cho tôi gặp cán bộ")
    monkeypatch.setattr(consents, "CONTACT", consents.ConsentText(Purpose.CONTACT, "Những lời mới."))
    await person.says("đồng ý")
    people = People(real.store, SystemClock())

    assert people.consents(people.known(CHANNEL, "older")) == ()
    assert person.replies[0].question == "consent"


@pytest.mark.parametrize("sure", ["có", "xóa hết đi", "xóa dữ liệu của tôi"])
async def test_a_typed_yes_erases_too(real, sure):
    person = Person(real, f"sure-{sure}")
    await person.says("xóa dữ liệu của tôi")

    assert "XD-" in await person.says(sure)
    assert People(real.store, SystemClock()).known(CHANNEL, person.chat) is None


async def test_an_erasure_asked_for_in_the_chat_leaves_no_byte_and_no_tracker(real):
    home, store = real.store.path.parent, real.store
    person = await talked(real, "chat-of-tien", "đồng ý")
    readable = [word for word in WORDS if word.encode() in _bytes(home)]
    await person.says("xóa dữ liệu của tôi")
    said = await person.presses("Xóa hết")
    clock = SystemClock()
    sender = Sender(store, clock, People(store, clock), {CHANNEL: ScriptedCarrier(name=CHANNEL)}, Pace({}, AT_ONCE))
    await sender.send_due()
    Upkeep(Store(store.path), clock, Retention(), None).tick()

    assert readable == list(WORDS)
    assert "XD-" in said
    assert [word for word in WORDS if word.encode() in _bytes(home)] == []
    assert real.turns._reception._dialogue._trackers.store == {}


def _bytes(home) -> bytes:
    return b"\0".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())
