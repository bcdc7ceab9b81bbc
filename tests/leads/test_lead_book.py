import json
from datetime import timedelta

import pytest

from bot.errors import TransitionRefused
from bot.leads import (
    CENTRE_CHAT,
    CloseReason,
    ConsentMissing,
    DeclineReason,
    Event,
    NewLead,
    Passing,
    Place,
    State,
    Tap,
    export_rows,
    orphans,
)
from bot.leads.lead import Actor, ActorKind
from bot.leads.notices import Moved
from bot.leads.rows import Change


def test_a_passed_lead_is_kept_offered_and_its_card_waits_in_the_outbox(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    passed = office.book.create(office.new(call_after="sau 17 giờ"))

    assert (passed.lead.number, passed.lead.state, passed.how) == ("KC-0001", State.OFFERED, Passing.NEW)
    (offered,) = office.told("binh")
    assert (offered.card.name, offered.card.phone) == ("Chị Hoa", "+84903123456")
    assert (offered.card.place, offered.card.call_after) == ("Xã Phú Giáo", "sau 17 giờ")
    # 24 November is a holiday: eight working hours from Monday 09:00 end on Wednesday 09:00.
    assert offered.answer_by - office.clock.now() == timedelta(days=2)
    assert [lead.id for lead in office.book.offered_to(binh)] == [passed.lead.id]


def test_the_card_holds_only_what_a_collaborator_needs_to_decide(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.passed()

    assert office.told("binh")[0].card.facts == {"legal_form": "household_business", "employees": 18}


def test_nothing_is_passed_on_without_consent(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    stranger = office.people.person_for("telegram", "stranger")

    with pytest.raises(ConsentMissing):
        office.book.create(NewLead(stranger, Place("Xã Phú Giáo"), ("machinery",)))
    assert office.store.db.table("leads").count == 0
    assert office.store.db.table("outbox").count == 0


def test_the_same_household_twice_is_one_lead_with_two_needs(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    first = office.passed()
    again = office.book.create(
        office.new(needs=("fair_domestic", "machinery"), results=({"programme": "fair_domestic"},))
    )

    assert (again.lead.id, again.how) == (first, Passing.ADDED)
    assert again.lead.needs == ("machinery", "fair_domestic")
    assert [result["programme"] for result in again.lead.results] == ["machinery", "fair_domestic"]
    assert office.kinds("binh") == ["lead_offered", "lead_need_added"]


def test_passing_the_same_need_again_changes_nothing_and_tells_nobody(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    first = office.passed()
    again = office.book.create(office.new())

    assert (again.lead.id, again.how) == (first, Passing.SAME)
    assert office.kinds("binh") == ["lead_offered"]


def test_a_corrected_place_routes_an_untaken_lead_again(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.collaborator("Chị Lan", "Xã Dầu Tiếng", chat="lan")
    office.passed()
    office.book.create(office.new(unit="Xã Dầu Tiếng"))

    assert office.kinds("lan") == ["lead_offered"]
    assert office.told("binh")[-1].why is Moved.RELEASED


def test_taking_tells_the_household_who_will_call(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh", phone="+84000000001")
    lead = office.passed()
    result = office.book.take(lead, binh)

    assert (result.tap, result.lead.state, result.lead.owner_id) == (Tap.DONE, State.TAKEN, binh)
    (taken,) = office.told("hoa")
    assert (taken.kind, taken.collaborator, taken.phone) == ("lead_taken", "Anh Bình", "+84000000001")
    assert [lead] == [work.id for work in office.book.work_of(binh)]


def test_the_card_is_edited_not_sent_again_when_it_is_taken(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.send_all()
    office.book.take(lead, binh)

    assert ("binh", "lead_yours", "m1") in office.send_all()


def test_a_second_tap_is_harmless_and_tells_the_truth(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    first, second = office.book.take(lead, binh), office.book.take(lead, binh)

    assert (first.tap, second.tap) == (Tap.DONE, Tap.ALREADY)
    assert office.kinds("hoa") == ["lead_taken"]
    assert [change.event for change in office.book.history(lead)] == ["pass", "offer", "take"]


def test_declining_offers_it_to_the_next_and_replaces_the_card(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lan = office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    lead = office.passed()
    result = office.book.decline(lead, binh, DeclineReason.BUSY)

    assert result.tap is Tap.DONE
    assert [lead] == [offered.id for offered in office.book.offered_to(lan)]
    assert [notice.kind for notice in office.told("binh")] == ["lead_offered", "lead_moved"]
    assert office.told("binh")[-1].why is Moved.DECLINED
    assert office.told("hoa") == []


def test_who_declined_and_taps_again_learns_what_became_of_it_and_nothing_of_the_household(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lan = office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    lead = office.passed()
    office.book.decline(lead, binh, DeclineReason.BUSY)

    assert office.book.decline(lead, binh, DeclineReason.BUSY).tap is Tap.ALREADY
    late = office.book.take(lead, binh)
    assert (late.tap, late.lead.person_id, late.lead.facts) == (Tap.MOVED, None, {})
    assert office.book.take(lead, lan).tap is Tap.DONE


def test_with_nobody_left_it_goes_to_the_centre_by_name(office):
    office.centre()
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.decline(lead, binh, DeclineReason.NOT_MY_FIELD)

    assert (office.book.get(lead).state, office.book.get(lead).escalated_to) == (State.ESCALATED, "Cô Hạnh")
    assert [(notice.kind, notice.why) for notice in office.told("centre")] == [("lead_escalated", "nobody_left")]


def test_a_place_without_anybody_goes_to_the_centre_at_once_even_when_no_one_there_is_known(office):
    lead = office.passed(unit="Xã Xa Lạ")

    assert office.book.get(lead).escalated_to
    assert office.kinds(CENTRE_CHAT) == ["lead_escalated"]
    assert orphans(office.store.db) == ()


def test_the_centre_takes_a_lead_itself_and_colleagues_see_that(office):
    hanh = office.centre()
    office.centre("Anh Dũng", chat="dung")
    lead = office.passed()
    office.send_all()

    assert office.book.take(lead, hanh).tap is Tap.DONE
    assert office.told("dung")[-1].why is Moved.TAKEN
    assert office.kinds("centre") == ["lead_escalated", "lead_yours"]
    assert ("centre", "lead_yours", "m1") in office.send_all()
    assert office.told("hoa")[-1].collaborator == "Cô Hạnh"


def test_who_declined_may_still_take_what_lies_with_the_centre(office):
    hanh = office.centre()
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.decline(lead, binh, DeclineReason.BUSY)

    assert office.book.take(lead, binh).tap is Tap.DONE
    assert office.told("centre")[-1].why is Moved.TAKEN
    assert office.book.take(lead, hanh).tap is Tap.MOVED


def test_somebody_never_asked_learns_nothing(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    other = office.collaborator("Người khác", "Xã Dầu Tiếng", chat="other")
    lead = office.passed()

    assert office.book.take(lead, other).tap is Tap.GONE
    assert office.book.take(lead, other).lead is None
    assert office.book.decline(lead, other, DeclineReason.BUSY).tap is Tap.GONE
    assert office.book.take(999, other).tap is Tap.GONE


def test_declining_what_one_has_taken_asks_to_give_it_back_instead(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.take(lead, binh)

    assert office.book.decline(lead, binh, DeclineReason.BUSY).tap is Tap.YOURS
    assert office.book.get(lead).state is State.TAKEN


def test_giving_back_asks_the_next_and_tells_the_household(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lan = office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    lead = office.passed()
    office.book.take(lead, binh)
    office.book.release(lead, binh, DeclineReason.BUSY)

    assert office.book.get(lead).owner_id is None
    assert office.kinds("hoa") == ["lead_taken", "lead_handed_on"]
    assert [lead] == [offered.id for offered in office.book.offered_to(lan)]


def test_absent_today_is_one_tap_and_lasts_today(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    office.book.decline(office.passed(), binh, DeclineReason.ABSENT)
    office.passed("another")
    assert office.kinds("lan") == ["lead_offered", "lead_offered"]

    office.clock.turn(timedelta(days=2))
    assert binh in [candidate.id for candidate in office.collaborators.candidates(office.clock.today())]


def test_who_declines_as_absent_is_asked_nothing_else_today(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    first, second = office.passed("a"), office.passed("b")
    lan = office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    office.book.decline(first, binh, DeclineReason.ABSENT)

    assert [lead.id for lead in office.book.offered_to(lan)] == [first, second]
    assert office.store.db.table("absences").count == 1


def test_a_household_hears_each_step_and_a_mis_tap_taken_back(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.take(lead, binh)
    for event in (Event.CONTACT, Event.PREPARE, Event.SUBMIT, Event.APPROVE, Event.UNDO, Event.REJECT):
        office.book.step(lead, binh, event)

    told = [(notice.state, notice.corrected) for notice in office.told("hoa") if notice.kind == "lead_progress"]
    assert told == [
        (State.DOSSIER, False),
        (State.SUBMITTED, False),
        (State.APPROVED, False),
        (State.SUBMITTED, True),
        (State.REJECTED, False),
    ]


def test_a_lead_is_worked_on_to_its_end_and_every_step_is_written_down(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.take(lead, binh)
    for event in (Event.CONTACT, Event.VISIT, Event.WAIT, Event.PREPARE, Event.SUBMIT, Event.APPROVE):
        office.clock.turn(timedelta(days=1))
        assert office.book.step(lead, binh, event).tap is Tap.DONE
    assert office.book.close(lead, binh, CloseReason.HELPED).tap is Tap.DONE

    assert office.book.get(lead).state is State.CLOSED
    assert len(office.book.history(lead)) == 10
    assert office.told("hoa")[-1].reason is CloseReason.HELPED
    assert office.book.close(lead, binh, CloseReason.HELPED).tap is Tap.ALREADY
    (row,) = export_rows(office.store.db)
    assert (row["decision"], row["close_reason"], row["offers"]) == ("yes", "helped", 1)


def test_each_change_is_a_row_with_who_when_why_from_and_to(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.clock.turn(timedelta(hours=2))
    office.book.take(lead, binh)
    office.book.close(lead, binh, CloseReason.UNREACHABLE, "gọi ba lần")

    taken, closed = office.book.history(lead)[-2:]
    assert taken == Change(
        office.clock.now(), Actor(ActorKind.COLLABORATOR, str(binh)), "take", None, State.OFFERED, State.TAKEN
    )
    assert (closed.actor, closed.why) == (taken.actor, "unreachable: gọi ba lần")
    assert (closed.from_state, closed.to_state) == (State.TAKEN, State.CLOSED)


def test_a_step_that_cannot_follow_is_refused_and_nothing_is_written(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.take(lead, binh)
    before = office.book.get(lead), office.book.history(lead)

    with pytest.raises(TransitionRefused, match="taken cannot approve"):
        office.book.step(lead, binh, Event.APPROVE)
    assert before == (office.book.get(lead), office.book.history(lead))


def test_a_step_on_somebody_elses_lead_is_answered_with_where_it_is(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lan = office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    lead = office.passed()
    office.book.decline(lead, binh, DeclineReason.BUSY)
    office.book.take(lead, lan)

    assert office.book.step(lead, binh, Event.CONTACT).tap is Tap.MOVED
    assert office.book.get(lead).state is State.TAKEN


def test_a_mistaken_close_is_taken_back_unless_the_household_came_again(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.take(lead, binh)
    office.book.close(lead, binh, CloseReason.HELPED)
    office.book.step(lead, binh, Event.UNDO)
    assert (office.book.get(lead).state, office.book.get(lead).closed_at) == (State.CONTACTED, None)
    assert office.kinds("binh") == ["lead_offered", "lead_yours", "lead_moved", "lead_yours"]

    office.book.close(lead, binh, CloseReason.HELPED)
    office.passed()
    with pytest.raises(TransitionRefused, match="another lead"):
        office.book.step(lead, binh, Event.UNDO)


def test_a_withdrawn_lead_leaves_the_collaborators_chat_and_can_come_back(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.book.withdraw(lead)
    office.book.withdraw(lead)

    assert office.told("binh")[-1].why is Moved.WITHDRAWN
    assert office.book.take(lead, binh).tap is Tap.GONE
    assert office.book.reopen(lead).state is State.OFFERED
    assert office.book.take(lead, binh).tap is Tap.DONE


def test_the_household_may_ask_for_somebody_else(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    lead = office.passed()
    office.book.take(lead, binh)
    office.book.ask_for_another(lead)

    assert office.kinds("lan") == ["lead_offered"]
    assert office.book.take(lead, binh).tap is Tap.MOVED


def test_a_lead_is_handed_to_a_named_colleague(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    far = office.collaborator("Chị Xa", "Xã Dầu Tiếng", chat="xa")
    lead = office.passed()
    office.book.take(lead, binh)
    office.book.hand_over(lead, far, Actor(ActorKind.COLLABORATOR, str(binh)))
    office.book.hand_over(lead, far, Actor(ActorKind.COLLABORATOR, str(binh)))

    assert office.kinds("xa") == ["lead_offered"]
    assert office.book.take(lead, far).tap is Tap.DONE


def test_answers_are_readable_only_with_consent_and_only_for_who_has_the_lead(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lan = office.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    lead = office.passed()
    assert office.book.readable(lead, binh) is None

    office.book.create(office.new(transcript_ok=True))
    assert office.book.readable(lead, binh).facts["annual_revenue"] == 2_000_000_000
    assert office.book.readable(lead, lan) is None
    office.book.decline(lead, binh, DeclineReason.BUSY)
    assert office.book.readable(lead, binh) is None


def test_a_household_that_blocked_the_bot_is_told_elsewhere(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed()
    office.people.mark_unreachable("telegram", "hoa", "blocked")
    office.book.take(lead, binh)

    assert office.told("hoa") == []


def test_a_collaborator_without_an_account_gets_its_card_on_the_staff_page(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo")
    lead = office.passed()

    assert office.kinds(f"collaborator-{binh}") == ["lead_offered"]
    assert office.collaborators.of_chat("staff", f"collaborator-{binh}").id == binh
    assert office.book.take(lead, binh).tap is Tap.DONE


def test_the_export_has_one_row_a_case_and_nobody_in_it(office):
    binh = office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lead = office.passed(campaign="fair-2027-03")
    office.passed("another", unit="Xã Xa Lạ")
    office.book.decline(lead, binh, DeclineReason.BUSY, note="Chị Hoa đi vắng")
    rows = list(export_rows(office.store.db))

    assert [row["number"] for row in rows] == ["KC-0001", "KC-0002"]
    assert (rows[0]["campaign"], rows[0]["declines"]) == ("fair-2027-03", ["busy"])
    text = json.dumps(rows, ensure_ascii=False)
    assert "Hoa" not in text
    assert "903123456" not in text
