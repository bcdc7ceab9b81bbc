from bot.leads import CENTRE_CHAT, DeclineReason, LeadErasure, State, Tap, export_rows, orphans
from bot.people import Purpose
from bot.store import Store

WORDS = ("Chị Hoa", "903123456", "gốm sứ Hoa", "sau 17 giờ", "hoa-chat")


def test_nothing_of_the_household_is_left_in_the_file_but_the_case_is_counted(tmp_path, office):
    path = tmp_path / "leads.sqlite"
    here = type(office)(Store(path), office.clock)
    binh = here.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    lan = here.collaborator("Chị Lan", "Xã Phú Giáo", chat="lan")
    lead = here.passed("hoa-chat", facts={"product": "gốm sứ Hoa"}, call_after="sau 17 giờ")
    here.send_all()
    here.book.decline(lead, binh, DeclineReason.OTHER, note="Chị Hoa là người nhà")
    here.book.take(lead, lan)
    here.send_all()
    here.store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert [word for word in WORDS if word.encode() not in path.read_bytes()] == []

    here.people.erase(here.people.known("telegram", "hoa-chat"), [LeadErasure(here.store, here.clock)])
    here.store.db.execute("DELETE FROM outbox WHERE chat = 'hoa-chat'")
    here.store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = path.read_bytes()

    assert [word for word in WORDS if word.encode() in content] == []
    assert here.book.get(lead).state is State.ERASED
    (row,) = export_rows(here.store.db)
    assert (row["state"], row["declines"]) == ("erased", ["other"])
    assert here.book.take(lead, lan).tap is Tap.GONE
    assert orphans(here.store.db) == ()
    here.store.close()


def test_cards_that_stand_in_chats_are_replaced_and_those_that_were_never_sent_are_dropped(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.passed("hoa")
    office.send_all()
    office.passed("lan", unit="Xã Xa Lạ")
    for chat in ("hoa", "lan"):
        office.people.erase(office.people.known("telegram", chat), [LeadErasure(office.store, office.clock)])

    assert office.send_all() == [("binh", "lead_moved", "m1")]
    assert office.outbox.for_chat("staff", CENTRE_CHAT) == ()


def test_a_card_on_its_way_when_it_is_erased_is_not_tried_again(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.passed("hoa")
    (card,) = office.outbox.claim_due(1)
    office.people.erase(office.people.known("telegram", "hoa"), [LeadErasure(office.store, office.clock)])
    office.outbox.retry_later(card.id, office.clock.now(), "429")

    assert office.outbox.get(card.id).payload == "{}"
    assert [kind for _, kind, _ in office.send_all()] == ["lead_moved"]


def test_consent_given_again_by_the_same_chat_starts_anew(office):
    office.collaborator("Anh Bình", "Xã Phú Giáo", chat="binh")
    office.passed("hoa")
    was = office.people.known("telegram", "hoa")
    office.people.erase(was, [LeadErasure(office.store, office.clock)])
    now = office.person("hoa")

    assert now != was
    assert office.people.has_consent(now, Purpose.CONTACT)
    assert office.book.leads_of(now) == ()
