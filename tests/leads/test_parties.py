"""A case that two accounts share: each sees its own part and how it goes, and nothing that the other told."""

from dataclasses import fields

import pytest

from bot.leads import Lead, LeadBook, LeadPolicy, Passing, Place, State
from bot.leads.joining import join_leads
from bot.people import Purpose

HOW_IT_GOES = {
    "id", "number", "state", "state_since", "created", "round", "owner_id", "owner_name", "owner_phone", "escalated_to",
    "taken_at", "contacted_at", "closed_at", "close_reason", "act_by", "moved_at", "visit_on",
}  # fmt: skip
"""What is the same for everybody who shares a case."""
HIDDEN = {
    "person_id": None,
    "channel": None,
    "chat": None,
    "place": Place(),
    "needs": ("trademark",),
    "facts": {},
    "results": (),
    "call_after": None,
    "transcript_ok": False,
    "campaign": None,
}
"""What the first account told or is, as the second sees it."""


@pytest.fixture
def shared(office):
    office.binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh", phone="+84903111222")
    first = office.new("hoa", call_after="sau 17 giờ", transcript_ok=True, campaign="hoi-cho")
    office.lead = office.book.create(first).lead.id
    office.first = first.person_id
    second = office.new("web-hoa", needs=("trademark",), unit="Xã Dầu Tiếng")
    office.second = second.person_id
    office.passed_on = office.book.create(second)
    office.book.take(office.lead, office.binh)
    return office


def seen(office, person) -> Lead:
    [lead] = office.book.leads_of(person)
    return lead


def test_every_field_of_a_lead_is_either_how_it_goes_or_hidden():
    assert {field.name for field in fields(Lead)} == HOW_IT_GOES | HIDDEN.keys()


@pytest.mark.parametrize("name", sorted(HOW_IT_GOES))
def test_who_shares_a_case_sees_how_it_goes(shared, name):
    assert getattr(seen(shared, shared.second), name) == getattr(shared.book.get(shared.lead), name)


@pytest.mark.parametrize("name", sorted(HIDDEN))
def test_who_shares_a_case_sees_nothing_that_the_first_account_told(shared, name):
    own, other = getattr(seen(shared, shared.first), name), getattr(seen(shared, shared.second), name)

    assert other == HIDDEN[name]
    assert own == getattr(shared.book.get(shared.lead), name)
    assert own != other


def test_what_passing_on_gives_back_is_what_may_be_seen(shared):
    assert shared.passed_on.lead.chat is None
    assert shared.passed_on.lead.place == Place()
    assert shared.book.open_lead_of(shared.second).person_id is None


def test_one_that_is_told_it_began_too_many_learns_nothing_of_the_other_account(office):
    book = LeadBook(office.store, office.clock, office.people, policy=LeadPolicy(sender_limit=1))
    book.withdraw(book.create(office.new("hoa", call_after="sau 17 giờ")).lead.id)
    refused = book.create(office.new("web-hoa"))

    assert refused.how is Passing.TOO_MANY
    assert (refused.lead.number, refused.lead.person_id, refused.lead.facts, refused.lead.call_after) == (
        "KC-0001", None, {}, None,
    )  # fmt: skip


@pytest.mark.parametrize("kept_first", [True, False])
def test_two_accounts_that_prove_to_be_one_person_keep_what_the_first_told(shared, kept_first):
    kept, gone = (shared.first, shared.second) if kept_first else (shared.second, shared.first)
    with shared.store.transaction() as db:
        join_leads(db, shared.book, shared.people, kept, gone)
    lead = seen(shared, kept)

    assert (lead.id, lead.person_id, lead.state) == (shared.lead, kept, State.TAKEN)
    assert (lead.needs, lead.facts["employees"], lead.call_after) == (("machinery", "trademark"), 18, "sau 17 giờ")
    assert shared.book.leads_of(gone) == ()
    assert shared.people.has_consent(kept, Purpose.CONTACT)
