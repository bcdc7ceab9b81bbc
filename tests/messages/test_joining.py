"""Whatever two persons told, agreed to and began: joined they are one, in whichever order, and one erasure reaches all."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import TurnedClock
from bot.leads import LeadBook, NewLead, Place
from bot.messages.joining import join_persons
from bot.people import People, Purpose
from bot.people.erasure import entries
from bot.personal_data import all_erasures
from bot.screening.draft import Draft, load_draft, save_draft
from bot.screening.memory import Memory, remember
from bot.store import Store

CHATS = (("web", "w"), ("telegram", "t"))

acts = st.lists(
    st.one_of(
        st.tuples(
            st.just("tell"), st.sampled_from(["employees", "machine.price", "machine.condition"]), st.integers(0, 3)
        ),
        st.tuples(st.just("place"), st.sampled_from(["Xã Phú Giáo", "Xã Bắc Tân Uyên"]), st.booleans()),
        st.tuples(st.just("agree"), st.sampled_from(list(Purpose)), st.integers(1, 2)),
        st.tuples(st.just("withdraw"), st.sampled_from(list(Purpose))),
        st.tuples(st.just("name"), st.sampled_from(["Hoa", "Lan"])),
        st.tuples(st.just("phone"), st.sampled_from(["+84903123456", "+84903123457"]), st.booleans()),
        st.tuples(st.just("lead"), st.sampled_from(["machinery", "trademark"])),
        st.tuples(st.just("remember"), st.integers(0, 9)),
    ),
    max_size=8,
)
lives = st.lists(st.tuples(st.integers(0, 1), acts), max_size=4)


class World:
    """A database on which two persons do things."""

    def __init__(self, empty: Path) -> None:
        self.store, self.clock = Store(None), TurnedClock()
        with closing(sqlite3.connect(empty)) as source:
            source.backup(self.store.db.conn)
        self.people = People(self.store, self.clock)
        self.leads = LeadBook(self.store, self.clock, self.people)
        self.ids = [self.people.person_for(*chat) for chat in CHATS]
        self.last_word: dict[Purpose, bool] = {}

    def do(self, who: int, act: tuple) -> None:
        self.clock.turn(timedelta(seconds=1))
        person, (channel, chat) = self.ids[who], CHATS[who]
        kind, *values = act
        with self.store.transaction() as db:
            if kind == "tell":
                save_draft(db, load_draft(db, person).with_fact(*values), self.clock.now())
            elif kind == "place":
                place = {"new_unit": values[0], "in_industrial_park": values[1]}
                save_draft(db, load_draft(db, person).with_fact("place", place), self.clock.now())
            elif kind == "agree":
                before = self.people.consents(person)
                self.people.record_consent(person, values[0], text_version=f"v{values[1]}", channel=channel)
                if self.people.consents(person) != before:
                    self.last_word[values[0]] = True
            elif kind == "withdraw":
                if self.people.has_consent(person, values[0]):
                    self.last_word[values[0]] = False
                self.people.withdraw_consent(person, values[0])
            elif kind == "name":
                self.people.set_name(person, values[0])
            elif kind == "phone":
                self.people.set_phone(person, values[0], own=values[1])
            elif kind == "lead" and self.people.has_consent(person, Purpose.CONTACT):
                facts = dict(load_draft(db, person).facts)
                self.leads.create(NewLead(person, Place("Xã Xa Lạ"), (values[0],), facts, channel=channel, chat=chat))
            elif kind == "remember":
                remember(db, Memory(f"{person}.{channel}", topic_age=values[0]), self.clock.now())

    def joined(self, both: tuple[str, str]) -> tuple[str, str]:
        with self.store.transaction() as db:
            kept = join_persons(db, self.people, self.leads, both, self.clock.now())
        return kept, next(one for one in both if one != kept)

    def seen(self, person: str) -> tuple:
        contact = self.people.contact(person)
        standing = {
            consent.purpose: consent.text_version
            for consent in self.people.consents(person)
            if consent.withdrawn_at is None
        }
        return load_draft(self.store.db, person).facts, contact, standing, self.people.accounts(person)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives)
def test_joined_they_are_one_whoever_is_named_first(empty_database, told):
    seen = []
    for order in (1, -1):
        world = World(empty_database)
        for who, life in told:
            for act in life:
                world.do(who, act)
        leads = world.store.db.table("leads").count
        wishes = {
            need for person in world.ids for lead in world.leads.leads_of(person) if lead.is_open for need in lead.needs
        }
        kept, gone = world.joined(tuple(world.ids[::order]))
        shown = world.seen(kept)
        facts, _, standing, accounts = shown
        seen.append((facts, shown[1], standing, [(one.channel, one.chat) for one in accounts]))
        open_leads = [lead for lead in world.leads.leads_of(kept) if lead.is_open]

        assert {(one.channel, one.chat) for one in accounts} == set(CHATS)
        assert set(standing) == {purpose for purpose, given in world.last_word.items() if given}
        assert world.store.db.table("leads").count == leads
        assert len(open_leads) <= 1
        if Purpose.CONTACT in standing:
            assert wishes <= {need for lead in open_leads for need in lead.needs}
        kept_rows = [line for line in world.store.db.conn.iterdump() if gone in line]
        assert [line for line in kept_rows if "former_ids" not in line] == []

        world.people.erase(kept, all_erasures(world.store, world.clock))
        assert [one for one in world.ids if one in "".join(world.store.db.conn.iterdump())] == []
        [entry] = entries(world.store.db)
        assert [entry.names(one) for one in world.ids] == [True, True]
        world.store.close()

    assert seen[0] == seen[1]


def test_the_newer_word_counts_and_a_place_is_not_put_together_of_two(empty_database):
    world = World(empty_database)
    with world.store.transaction() as db:
        older = {"employees": 5, "machine": {"price": 1, "condition": "new"}, "place": {"old": "Huyện Phú Giáo"}}
        newer = {"employees": 8, "machine": {"price": 2}, "place": {"new_unit": "Xã Thường Tân", "two_sites": False}}
        save_draft(db, Draft(world.ids[1], older, ("employees",), 2), world.clock.now())
        save_draft(db, Draft(world.ids[0], newer, ("machine.price",)), world.clock.now() + timedelta(hours=1))
    kept, _ = world.joined((world.ids[1], world.ids[0]))
    whole = load_draft(world.store.db, kept)

    assert whole.facts == {
        "employees": 8,
        "machine": {"price": 2, "condition": "new"},
        "place": {"new_unit": "Xã Thường Tân", "two_sites": False},
    }
    assert (whole.asked, whole.partial_shown) == (("employees", "machine.price"), 0)
    world.store.close()
