import pytest

from bot.leads import CloseReason, DeclineReason, LeadBook, LeadErasure, LeadPolicy, Passing, State, orphans
from bot.leads.notices import Escalated

PHONE = "+84903123456"


@pytest.fixture
def two_accounts(office):
    """The same phone number from two accounts; the second asks for a trademark."""
    office.binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.first = office.book.create(office.new("hoa")).lead
    request = office.new("web-hoa", needs=("trademark",), facts={"employees": 3}, transcript_ok=True)
    office.second_person = request.person_id
    office.second = office.book.create(request)
    return office


def test_the_same_phone_from_two_accounts_is_one_case_with_two_needs(two_accounts):
    office = two_accounts
    lead = office.book.get(office.first.id)

    assert (office.second.lead.id, office.second.how) == (lead.id, Passing.ADDED)
    assert lead.needs == ("machinery", "trademark")
    assert office.kinds("binh") == ["lead_offered", "lead_need_added"]
    assert office.told("binh")[-1].another_account


def test_the_second_account_neither_reads_nor_changes_what_the_first_told(two_accounts):
    office = two_accounts
    seen = office.second.lead

    assert (seen.needs, seen.facts, seen.results) == (("trademark",), {}, ())
    lead = office.book.get(office.first.id)
    assert lead.facts["employees"] == 18
    assert not lead.transcript_ok
    assert office.book.own_lead(lead.id, office.second_person) is None


def test_both_accounts_hear_how_it_goes(two_accounts):
    office = two_accounts
    office.book.take(office.first.id, office.binh)

    assert office.kinds("hoa") == office.kinds("web-hoa") == ["lead_taken"]


def test_asking_twice_from_the_second_account_tells_nobody_again(two_accounts):
    office = two_accounts
    again = office.book.create(office.new("web-hoa", needs=("trademark",)))

    assert again.how is Passing.SAME
    assert len(office.told("binh")) == 2


@pytest.mark.parametrize("goes", ["withdraws", "erases"])
def test_when_the_first_one_goes_the_case_of_the_second_stays_and_nothing_of_the_first(two_accounts, goes):
    office = two_accounts
    if goes == "withdraws":
        office.book.withdraw(office.first.id)
    else:
        office.people.erase(office.first.person_id, [LeadErasure(office.store, office.clock)])
    lead = office.book.get(office.first.id)

    assert (lead.person_id, lead.state, lead.needs) == (office.second_person, State.OFFERED, ("trademark",))
    assert (lead.facts, lead.results) == ({}, ())
    assert office.kinds("binh")[-2:] == ["lead_offered", "lead_contact_changed"]
    assert office.book.take(lead.id, office.binh).lead.person_id == office.second_person
    assert orphans(office.store.db) == ()
    assert office.book.create(office.new("web-hoa", needs=("trademark",))).how is Passing.SAME


@pytest.mark.parametrize("goes", ["withdraws", "erases"])
@pytest.mark.parametrize("where", [State.TAKEN, State.ESCALATED])
def test_the_cards_show_who_is_left_wherever_the_case_is(two_accounts, goes, where):
    office = two_accounts
    hanh = office.centre()
    if where is State.TAKEN:
        office.book.take(office.first.id, office.binh)
    else:
        office.book.decline(office.first.id, office.binh, DeclineReason.BUSY)
    office.people.set_name(office.second_person, "Anh Tú")
    if goes == "withdraws":
        office.book.withdraw(office.first.id)
    else:
        office.people.erase(office.first.person_id, [LeadErasure(office.store, office.clock)])
    chat = "binh" if where is State.TAKEN else "centre"
    kinds = ["lead_yours" if where is State.TAKEN else "lead_escalated", "lead_contact_changed"]

    assert office.kinds(chat)[-2:] == kinds
    assert [notice.card.name for notice in office.told(chat)[-2:]] == ["Anh Tú", "Anh Tú"]
    assert office.book.get(office.first.id).state is where
    assert where is State.TAKEN or office.book.take(office.first.id, hanh).lead.owner_id == hanh


def test_when_the_second_one_is_erased_the_first_keeps_its_case(two_accounts):
    office = two_accounts
    office.people.erase(office.second_person, [LeadErasure(office.store, office.clock)])

    assert office.book.get(office.first.id).state is State.OFFERED
    assert office.store.db.table("lead_parties").count == 0


def test_a_corrected_phone_reaches_whoever_has_the_lead(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.take(lead, binh)
    for _ in range(2):
        office.book.correct_phone(lead, "+84912000111")

    assert office.kinds("binh").count("lead_contact_changed") == 1
    assert office.told("binh")[-1].card.phone == "+84912000111"


def test_one_sender_begins_only_so_many_leads_a_day(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    book = LeadBook(office.store, office.clock, office.people, policy=LeadPolicy(sender_limit=2))
    for _ in range(2):
        book.withdraw(book.create(office.new()).lead.id)
    third = book.create(office.new())

    assert (third.how, third.lead.number) == (Passing.TOO_MANY, "KC-0002")
    assert office.store.db.table("leads").count == 2
    assert book.create(office.new("another")).how is Passing.NEW
    office.clock.at = office.clock.at.replace(day=24)
    assert book.create(office.new()).how is Passing.NEW


def test_a_lead_is_opened_again_only_so_many_times_a_day(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    for _ in range(5):
        office.book.withdraw(lead)
        office.book.keep(lead)

    assert office.book.get(lead).state is State.WITHDRAWN
    assert office.kinds("binh").count("lead_offered") == 1 + LeadPolicy().sender_limit


@pytest.mark.parametrize("chat", ["hoa", "hoa-again"], ids=["same account", "another account, same phone"])
def test_after_a_spam_mark_the_centre_looks_before_a_collaborator_is_asked(office, chat):
    office.centre()
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.take(lead, binh)
    office.book.close(lead, binh, CloseReason.SPAM)
    again = office.passed(chat)

    assert office.book.get(again).state is State.ESCALATED
    assert office.told("centre")[-1].why is Escalated.LOOK_FIRST
    assert office.kinds("binh").count("lead_offered") == 1
    assert office.book.get(office.passed("somebody else")).state is State.OFFERED


def test_a_case_that_was_spam_and_is_opened_again_goes_to_the_centre_too(office):
    office.centre()
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.take(lead, binh)
    office.book.close(lead, binh, CloseReason.SPAM)

    assert office.book.keep(lead).state is State.ESCALATED


def test_after_a_look_the_centre_gives_it_on_and_a_good_end_clears_the_mark(office):
    hanh = office.centre()
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.take(lead, binh)
    office.book.close(lead, binh, CloseReason.SPAM)
    again = office.passed()
    office.book.pass_to(again, hanh, binh)
    office.book.take(again, binh)
    office.book.close(again, binh, CloseReason.HELPED)

    assert office.book.get(office.passed()).state is State.OFFERED
    assert office.book.decline(3, binh, DeclineReason.BUSY).lead.state is State.ESCALATED
