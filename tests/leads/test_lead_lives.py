"""Random lives of leads against the store and a plain model of who is asked and who has what."""

from datetime import timedelta

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.errors import TransitionRefused
from bot.leads import (
    OPEN,
    WORKING,
    CloseReason,
    DeclineReason,
    Event,
    LeadBook,
    LeadErasure,
    NewLead,
    Passing,
    Place,
    State,
    Tap,
    advance,
    orphans,
    tick,
)
from bot.leads.lead import Actor, ActorKind
from bot.store import Store
from tests.leads.office import Office

CHATS = st.sampled_from(["h1", "h2", "h3"])
PEOPLE = st.integers(1, 4)
LEADS = st.integers(1, 5)
STEPS = st.sampled_from(
    [
        Event.CONTACT,
        Event.WAIT,
        Event.VISIT,
        Event.PREPARE,
        Event.SUBMIT,
        Event.APPROVE,
        Event.REJECT,
        Event.UNDO,
        Event.NOTE,
    ]
)
HANH = 4
CENTRE = Actor(ActorKind.CENTRE, "Cô Hạnh")


class LeadLife(RuleBasedStateMachine):
    """The model: each lead's state, its owner, and whom it is offered to; all else is read from the store."""

    @initialize()
    def start(self):
        self.office = Office(Store(None))
        self.book: LeadBook = self.office.book
        for name in ("a", "b", "c"):
            self.office.collaborator(name, "Xã Phú Giáo", chat=name)
        self.office.centre()
        self.state: dict[int, State] = {}
        self.owner: dict[int, int | None] = {}

    def seen(self, lead_id):
        """What the store says now becomes the model, after checking that one door was used."""
        lead = self.book.get(lead_id)
        history = self.book.history(lead_id)
        state = None
        for change in history:
            assert change.from_state is state
            if state is not None:
                assert change.to_state is advance(state, Event(change.event))
            state = change.to_state
        assert state is lead.state
        self.state[lead_id], self.owner[lead_id] = lead.state, lead.owner_id
        return lead

    def asked(self, lead_id):
        for who in (1, 2, 3, 4):
            if lead_id in [lead.id for lead in self.book.offered_to(who)]:
                return who
        return None

    @rule(chat=CHATS, need=st.sampled_from(["machinery", "trademark"]), unit=st.sampled_from(["Xã Phú Giáo", "Xã X"]))
    def passed(self, chat, need, unit):
        person = self.office.person(chat)
        standing = self.book.open_lead_of(person)
        passed = self.book.create(NewLead(person, Place(unit), (need,), channel="telegram", chat=chat))
        if standing is not None:
            assert passed.lead.id == standing.id
        elif passed.how is Passing.NEW:
            assert passed.lead.id not in self.state
        if passed.how is Passing.TOO_MANY:
            self.seen(passed.lead.id)
        else:
            assert need in self.seen(passed.lead.id).needs

    @rule(lead=LEADS, who=PEOPLE)
    def take(self, lead, who):
        if lead not in self.state:
            assert self.book.take(lead, who).tap is Tap.GONE
            return
        was, asked, owner = self.state[lead], self.asked(lead), self.owner[lead]
        tap = self.book.take(lead, who).tap
        now = self.seen(lead)
        if tap is Tap.DONE:
            assert was in (State.OFFERED, State.ESCALATED)
            assert was is State.ESCALATED or asked == who
            assert (now.state, now.owner_id) == (State.TAKEN, who)
        else:
            assert (now.state, now.owner_id) == (was, owner)
        if tap is Tap.ALREADY:
            assert owner == who
        if was is State.OFFERED and asked == who:
            assert tap is Tap.DONE

    @rule(lead=LEADS, who=PEOPLE, reason=st.sampled_from([DeclineReason.BUSY, DeclineReason.OTHER]))
    def decline(self, lead, who, reason):
        if lead not in self.state:
            return
        was, asked = self.state[lead], self.asked(lead)
        tap = self.book.decline(lead, who, reason).tap
        now = self.seen(lead)
        assert (tap is Tap.DONE) is (was is State.OFFERED and asked == who)
        if tap is Tap.DONE:
            assert now.state in (State.OFFERED, State.ESCALATED)
            assert self.asked(lead) != who
        else:
            assert now.state is was

    @rule(lead=LEADS, who=PEOPLE, event=STEPS)
    def step(self, lead, who, event):
        if lead not in self.state:
            return
        was, owner = self.state[lead], self.owner[lead]
        try:
            tap = self.book.step(lead, who, event).tap
        except TransitionRefused:
            assert self.seen(lead).state is was
            return
        now = self.seen(lead)
        if tap is Tap.DONE:
            assert owner == who
            assert now.state is advance(was, event)
        else:
            assert now.state is was

    @rule(lead=LEADS, who=PEOPLE, reason=st.sampled_from(CloseReason))
    def close(self, lead, who, reason):
        if lead not in self.state:
            return
        was, owner = self.state[lead], self.owner[lead]
        try:
            tap = self.book.close(lead, who, reason).tap
        except TransitionRefused:
            return
        assert (self.seen(lead).state is State.CLOSED) is (tap in (Tap.DONE, Tap.ALREADY) or was is State.CLOSED)
        assert tap not in (Tap.DONE, Tap.ALREADY) or owner == who

    @rule(lead=LEADS, who=PEOPLE)
    def give_back(self, lead, who):
        if lead not in self.state:
            return
        was, owner = self.state[lead], self.owner[lead]
        done = self.book.release(lead, who, DeclineReason.BUSY).tap is Tap.DONE
        self.seen(lead)
        assert done is (owner == who and was in WORKING)

    @rule(lead=LEADS, to=PEOPLE)
    def hand_over(self, lead, to):
        if lead not in self.state or self.state[lead] not in OPEN:
            return
        self.book.hand_over(lead, to, CENTRE)
        self.seen(lead)
        assert self.owner[lead] == to or self.asked(lead) == to

    @rule(lead=LEADS, who=PEOPLE, to=PEOPLE)
    def pass_to(self, lead, who, to):
        if lead not in self.state:
            return
        was, owner = self.state[lead], self.owner[lead]
        done = self.book.pass_to(lead, who, to).tap is Tap.DONE
        self.seen(lead)
        assert done is (was in OPEN and who in {owner, HANH})
        assert not done or self.owner[lead] == to or self.asked(lead) == to

    @rule(lead=LEADS, who=PEOPLE)
    def recall(self, lead, who):
        if lead not in self.state:
            return
        was = self.state[lead]
        done = self.book.recall(lead, who).tap is Tap.DONE
        self.seen(lead)
        assert done is (who == HANH and was in OPEN - {State.ESCALATED})

    @rule(who=PEOPLE, days=st.integers(0, 3))
    def away(self, who, days):
        today = self.office.clock.today()
        self.book.absent(who, today, today + timedelta(days=days))
        assert self.book.offered_to(who) == ()
        for lead in self.state:
            self.seen(lead)

    @rule(who=PEOPLE)
    def back(self, who):
        self.office.collaborators.back(who)

    @rule(chat=CHATS)
    def same_phone(self, chat):
        """Another account of the household: it shares what is open, and begins nothing beside it."""
        person = self.office.person(chat)
        other = self.office.person(f"{chat}-too", self.office.people.contact(person).phone)
        standing, own = self.book.open_lead_of(person), self.book.open_lead_of(other)
        passed = self.book.create(NewLead(other, Place("Xã Phú Giáo"), ("trademark",), channel="telegram", chat=chat))
        if passed.how is not Passing.TOO_MANY:
            assert passed.lead.id == (own or standing or passed.lead).id
        self.seen(passed.lead.id)

    @rule(lead=LEADS, what=st.sampled_from(["withdraw", "reopen", "ask_for_another", "keep"]))
    def household(self, lead, what):
        if lead not in self.state or self.state[lead] is State.ERASED:
            return
        again = getattr(self.book, what)(lead)
        self.seen(again.id)
        self.seen(lead)

    @rule(lead=LEADS)
    def escalate(self, lead):
        if lead not in self.state:
            return
        self.book.escalate(lead, CENTRE)
        self.seen(lead)

    @rule(hours=st.integers(1, 700))
    def time_passes(self, hours):
        self.office.clock.turn(timedelta(hours=hours))
        tick(self.book)
        for lead in self.state:
            self.seen(lead)

    @rule(chat=CHATS)
    def erase(self, chat):
        person = self.office.people.known("telegram", chat)
        if person is None:
            return
        mine = [lead.id for lead in self.book.leads_of(person)]
        self.office.people.erase(person, [LeadErasure(self.office.store, self.office.clock)])
        for lead in mine:
            now = self.seen(lead)
            # A case that another account shares goes on as that one's, without anything of this one.
            assert now.state is State.ERASED or (now.person_id not in (None, person) and now.facts == {})

    @rule()
    def deliver(self):
        self.office.send_all()

    @invariant()
    def nobody_drops_a_lead(self):
        assert orphans(self.office.store.db) == ()

    @invariant()
    def a_household_has_one_open_lead(self):
        open_leads = [lead for lead in map(self.book.get, self.state) if lead.is_open]
        assert len({lead.person_id for lead in open_leads}) == len(open_leads)

    @invariant()
    def nothing_personal_of_an_erased_household_waits_in_the_outbox(self):
        for lead, state in self.state.items():
            if state is State.ERASED:
                rows = self.office.store.db.query("SELECT payload FROM outbox WHERE subject = ?", [f"lead:{lead}"])
                assert {row["payload"] for row in rows} <= {"{}"}

    def teardown(self):
        self.office.store.close()


LeadLife.TestCase.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
TestLeadLife = LeadLife.TestCase
