from datetime import timedelta

from bot.leads import CENTRE_CHAT, STAFF_CHANNEL, DeclineReason, Event, LeadBook, State, Ticked, orphans, tick
from bot.leads.notices import Escalated, Moved, Stage
from bot.store import Store

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def ticks(office, until):
    """Looks at the clock every half hour until *until* has passed."""
    done = []
    end = office.clock.now() + until
    while office.clock.now() < end:
        office.clock.turn(HOUR / 2)
        done.append(tick(office.book))
    return done


def total(done, what):
    return sum(getattr(one, what) for one in done)


def test_an_unanswered_offer_is_reminded_once_at_half_and_moves_on_at_the_end(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    lead = office.passed()
    assert office.send_all() == [("binh", "lead_offered", None)]
    # Monday 09:00, half of eight working hours is 14:30.
    ticks(office, 5 * HOUR)
    assert office.kinds("binh") == ["lead_offered"]
    ticks(office, HOUR)
    assert office.kinds("binh") == ["lead_offered", "lead_reminder"]
    assert office.told("binh")[-1].stage is Stage.ANSWER

    # Tuesday is 24 November; the eight hours end on Wednesday 09:00.
    ticks(office, 2 * DAY)
    assert office.kinds("binh") == ["lead_offered", "lead_reminder", "lead_digest", "lead_moved"]
    assert office.told("binh")[-1].why is Moved.EXPIRED
    assert ("binh", "lead_moved", "m1") in office.send_all()
    assert office.kinds("lan")[0] == "lead_offered"
    assert office.book.get(lead).state is State.OFFERED


def test_nothing_is_said_outside_working_time(office):
    office.clock.turn(timedelta(hours=7, minutes=30))  # Monday 16:30
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.passed()
    done = ticks(office, timedelta(hours=38))  # over the night and the holiday, to Wednesday 06:30

    assert set(done) == {Ticked()}


def test_when_nobody_answers_it_reaches_the_centre_by_itself(office):
    office.centre()
    for name in ("binh", "lan"):
        office.collaborator(name, "Xã Phú Giáo", chat=name)
    lead = office.passed()
    ticks(office, 6 * DAY)

    assert office.book.get(lead).state is State.ESCALATED
    assert office.told("centre")[0].why is Escalated.NOBODY_LEFT


def test_a_household_hears_on_the_second_day_that_nobody_has_it_yet(office):
    office.centre()
    office.passed(unit="Xã Xa Lạ")
    done = ticks(office, 10 * DAY)

    assert total(done, "households_told") == 1
    assert office.kinds("hoa") == ["lead_waiting"]


def test_a_taken_lead_without_a_call_is_reminded_and_then_goes_to_the_centre(office):
    office.centre()
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.take(lead, binh)
    ticks(office, 4 * DAY + 2 * HOUR)  # three working days: Monday, Wednesday, Thursday
    assert office.kinds("binh")[-1] == "lead_reminder"
    assert office.told("binh")[-1].stage is Stage.CONTACT

    ticks(office, 4 * DAY)
    assert office.book.get(lead).state is State.ESCALATED
    assert office.told("binh")[-1].why is Moved.CENTRE
    assert office.told("centre")[0].why is Escalated.NOT_CONTACTED
    assert office.kinds("hoa") == ["lead_taken", "lead_handed_on"]


def test_a_call_stops_the_clock(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.take(lead, binh)
    office.book.step(lead, binh, Event.CONTACT)
    done = ticks(office, 8 * DAY)

    assert set(done) == {Ticked()}
    assert office.book.get(lead).state is State.CONTACTED


def test_after_a_long_stop_each_lead_moves_one_step_without_a_flood(office):
    office.centre()
    for name in ("binh", "lan"):
        office.collaborator(name, "Xã Phú Giáo", chat=name)
    for number in range(6):
        office.passed(f"h{number}")
    office.clock.turn(30 * DAY + HOUR)
    first, second = tick(office.book), tick(office.book)

    assert (first.expired, first.reminded) == (6, 0)
    assert (second.expired, second.reminded, second.escalated) == (0, 0, 0)
    assert office.kinds("binh").count("lead_offered") == 6
    assert orphans(office.store.db) == ()


def test_a_card_that_cannot_be_delivered_moves_on_at_once_even_at_night(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    office.clock.turn(14 * HOUR)
    lead = office.passed()
    (card,) = office.outbox.claim_due(1)
    office.outbox.fail(card.id, "bot was blocked by the user")

    assert tick(office.book).undeliverable == 1
    assert office.kinds("lan") == ["lead_offered"]
    assert office.kinds("binh") == ["lead_offered"]
    office.book.decline(lead, 2, DeclineReason.BUSY)
    assert office.book.get(lead).state is State.ESCALATED


def test_what_the_centre_cannot_be_shown_lies_on_its_own_desk(office):
    hanh = office.centre()
    lead = office.passed(unit="Xã Xa Lạ")
    for card in office.outbox.claim_due(2):
        office.outbox.fail(card.id, "bot was blocked by the user")
    done = [tick(office.book) for _ in range(3)]

    assert [one.undeliverable for one in done] == [1, 0, 0]
    assert office.book.get(lead).escalated_to == "Trung tâm"
    desk = office.collaborators.of_chat(STAFF_CHANNEL, CENTRE_CHAT)
    assert office.book.take(lead, desk.id).lead.owner_id == desk.id
    office.collaborators.set_reachable(hanh, reachable=True)
    assert [one.id for one in office.collaborators.centre()] == [hanh]


def test_one_lead_that_cannot_go_on_does_not_hold_up_the_others(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    broken, fine = office.passed("a"), office.passed("b")
    office.store.db.execute("UPDATE leads SET state = 'closed' WHERE id = ?", [broken])
    office.clock.turn(2 * DAY + HOUR)

    assert tick(office.book).expired == 1
    assert office.book.get(fine).state is State.ESCALATED


def test_two_services_that_tick_at_once_do_each_thing_once(tmp_path, office):
    path = tmp_path / "two.sqlite"
    stores = [Store(path), Store(path)]
    one = type(office)(stores[0], office.clock)
    other = LeadBook(stores[1], office.clock, one.people)
    one.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    one.passed()
    office.clock.turn(5 * HOUR + HOUR / 2)
    done = [tick(one.book), tick(other)]

    assert total(done, "reminded") == 1
    for store in stores:
        store.close()
