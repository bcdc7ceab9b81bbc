from datetime import timedelta

import pytest
from sqlite_utils import Database

from bot.clock import TurnedClock
from bot.people import MIGRATIONS, ContactDetails, People, Purpose
from bot.store import Store


@pytest.fixture
def clock():
    return TurnedClock()


@pytest.fixture
def store():
    store = Store(None)
    store.migrate([MIGRATIONS])
    yield store
    store.close()


@pytest.fixture
def people(store, clock):
    return People(store, clock)


def test_a_new_chat_is_a_new_person_and_the_same_chat_the_same_person(people):
    hoa = people.person_for("telegram", "1", "Hoa")

    assert hoa == people.person_for("telegram", "1")
    assert hoa != people.person_for("zalo_oa", "1")
    assert people.known("telegram", "2") is None
    assert people.known("telegram", "1") == hoa


def test_name_and_phone_are_set_apart_and_changed_apart(people):
    hoa = people.person_for("telegram", "1")
    people.set_phone(hoa, "+84903123456", own=True)
    people.set_name(hoa, "Hoa")
    people.set_name(hoa, "Trần Thị Hoa")

    assert people.contact(hoa) == ContactDetails("Trần Thị Hoa", "+84903123456", phone_own=True)


def test_each_purpose_is_agreed_to_on_its_own(people):
    hoa = people.person_for("telegram", "1")
    people.record_consent(hoa, Purpose.CONTACT, text_version="2026-11", channel="telegram")

    assert people.has_consent(hoa, Purpose.CONTACT)
    assert not people.has_consent(hoa, Purpose.TRANSCRIPT)
    assert not people.has_consent(hoa, Purpose.CAMPAIGN)


def test_agreeing_again_to_the_same_text_changes_nothing_and_to_a_new_text_ends_the_old(people, clock):
    hoa = people.person_for("telegram", "1")
    for version in ("v1", "v1", "v2"):
        people.record_consent(hoa, Purpose.CONTACT, text_version=version, channel="telegram")
        clock.turn(timedelta(hours=1))
    old, new = people.consents(hoa)

    assert (old.text_version, new.text_version) == ("v1", "v2")
    assert old.withdrawn_at == new.given_at
    assert new.withdrawn_at is None


def test_a_withdrawn_consent_counts_no_more_but_stays_on_record(people):
    hoa = people.person_for("telegram", "1")
    people.record_consent(hoa, Purpose.CAMPAIGN, text_version="v1", channel="telegram")
    people.withdraw_consent(hoa, Purpose.CAMPAIGN)

    assert not people.has_consent(hoa, Purpose.CAMPAIGN)
    assert len(people.consents(hoa)) == 1


def test_a_chat_that_blocked_us_is_unreachable_until_it_writes_again(people):
    hoa = people.person_for("telegram", "1")
    people.mark_unreachable("telegram", "1", "bot was blocked by the user")
    assert [account.reachable for account in people.accounts(hoa)] == [False]

    people.mark_reachable("telegram", "1")
    assert [account.reachable for account in people.accounts(hoa)] == [True]


class Recorder:
    name = "drafts"

    def __init__(self, people: People) -> None:
        self.people = people
        self.seen: list[int] = []

    def erase(self, db: Database, person_id: str) -> int:
        self.seen.append(len(self.people.accounts(person_id)))
        return 3


def test_erasure_asks_every_package_while_accounts_are_known_then_forgets_the_person(people, store):
    hoa = people.person_for("telegram", "1", "Hoa Gốm")
    people.set_name(hoa, "Hoa")
    people.record_consent(hoa, Purpose.CONTACT, text_version="v1", channel="telegram")
    hook = Recorder(people)
    receipt = people.erase(hoa, [hook])

    assert hook.seen == [1]
    assert receipt.counts == {"drafts": 3, "people": 4}
    assert people.known("telegram", "1") is None
    for table in ("persons", "accounts", "contacts", "consents"):
        assert store.db.table(table).count == 0
    (row,) = store.db.query("SELECT * FROM erasures")
    assert row["receipt"] == receipt.number
    assert [word for word in ("Hoa", hoa) if word in "".join(str(value) for value in row.values())] == []


def test_erasure_that_fails_half_way_forgets_nothing(people):
    hoa = people.person_for("telegram", "1")

    class Broken:
        name = "broken"

        def erase(self, db: Database, person_id: str) -> int:
            raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        people.erase(hoa, [Recorder(people), Broken()])
    assert people.known("telegram", "1") == hoa
