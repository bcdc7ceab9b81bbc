"""Two processes on one file: each has its own connection, as the service and the CLI do."""

import threading

import pytest

from bot.leads import DeclineReason, LeadBook, State, Tap, orphans
from bot.people import People
from bot.store import Store
from tests.leads.office import Office


@pytest.fixture
def file_office(tmp_path):
    store = Store(tmp_path / "leads.sqlite")
    yield Office(store)
    store.close()


def at_once(office, *acts):
    """Runs each act with a book of its own, all started together; gives what each came to."""
    barrier = threading.Barrier(len(acts))
    results: list = [None] * len(acts)

    def run(place, act):
        store = Store(office.store.path)
        book = LeadBook(store, office.clock, People(store, office.clock))
        barrier.wait()
        try:
            results[place] = act(book)
        finally:
            store.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def offers(office, lead):
    return list(office.store.db.query("SELECT * FROM offers WHERE lead_id = ?", [lead]))


def test_one_household_passed_on_by_two_processes_is_one_lead_with_one_card(file_office):
    file_office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    new = file_office.new()
    results = at_once(file_office, *[lambda book: book.create(new)] * 6)

    assert {result.lead.id for result in results} == {1}
    assert sorted(result.how.value for result in results) == ["new"] + ["same"] * 5
    assert file_office.kinds("binh") == ["lead_offered"]


def test_an_offer_declined_twice_at_once_is_put_to_one_next_collaborator(file_office):
    binh = file_office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    for name in ("lan", "minh", "dao"):
        file_office.collaborator(name, "Xã Phú Giáo", chat=name)
    lead = file_office.passed()
    taps = at_once(file_office, *[lambda book: book.decline(lead, binh, DeclineReason.BUSY)] * 4)

    assert sorted(tap.tap.value for tap in taps) == ["already", "already", "already", "done"]
    assert [offer["state"] for offer in offers(file_office, lead)] == ["declined", "open"]


def test_taking_and_declining_at_once_leaves_one_truth(file_office):
    for number in range(8):
        binh = file_office.collaborator(f"Bình {number}", f"Xã {number}", chat=f"b{number}")
        lead = file_office.passed(f"h{number}", unit=f"Xã {number}")
        take, decline = at_once(
            file_office,
            lambda book, lead=lead, who=binh: book.take(lead, who),
            lambda book, lead=lead, who=binh: book.decline(lead, who, DeclineReason.BUSY),
        )
        now = file_office.book.get(lead)
        if decline.tap is Tap.YOURS:
            assert (take.tap, now.state) == (Tap.DONE, State.TAKEN)
        else:
            # Declined first: it lay with the Centre, from where who declined may still take it.
            assert (decline.tap, take.tap, now.owner_id) == (Tap.DONE, Tap.DONE, binh)
    assert orphans(file_office.store.db) == ()


def test_many_leads_from_two_processes_spread_evenly(file_office):
    people = [file_office.collaborator(f"Người {number}", "Xã Phú Giáo") for number in range(4)]
    batches = [[file_office.new(f"h{number}") for number in range(start, 24, 2)] for start in (0, 1)]
    at_once(file_office, *[lambda book, batch=batch: [book.create(new) for new in batch] for batch in batches])
    loads = [len(file_office.book.offered_to(who)) for who in people]

    assert loads == [6, 6, 6, 6]
    assert orphans(file_office.store.db) == ()
