"""The ledger knows an erased person again in a restored backup, and tells nobody who it was."""

import json

import pytest

from bot.clock import TurnedClock
from bot.errors import StoreError
from bot.people import MIGRATIONS, People, read_ledger, replay, write_ledger
from bot.people.erasure import entries
from bot.store import Store


def opened(path) -> tuple[Store, People]:
    store = Store(path)
    store.migrate([MIGRATIONS])
    return store, People(store, TurnedClock())


def test_whom_the_ledger_names_is_erased_again_in_an_older_copy_and_nobody_else(tmp_path):
    store, people = opened(tmp_path / "a.sqlite")
    hoa, lan = people.person_for("telegram", "1"), people.person_for("telegram", "2")
    older = Store(tmp_path / "backup.sqlite")
    store.db.conn.backup(older.db.conn)
    receipt = people.erase(hoa, [])
    write_ledger(store.db, tmp_path / "erasures.jsonl")
    restored = People(older, TurnedClock())
    ledger = read_ledger(tmp_path / "erasures.jsonl")
    with older.transaction() as db:
        back = replay(db, ledger, [], restored._clock.now())
    with older.transaction() as db:
        again = replay(db, ledger, [], restored._clock.now())

    assert (back, again) == (1, 0)
    assert (restored.known("telegram", "1"), restored.known("telegram", "2")) == (None, lan)
    assert [entry.receipt for entry in entries(older.db)] == [receipt.number]
    store.close()
    older.close()


def test_the_file_holds_every_erasure_once_and_no_id_of_anybody(tmp_path):
    store, people = opened(tmp_path / "a.sqlite")
    path = tmp_path / "erasures.jsonl"
    persons = [people.person_for("telegram", f"chat-{number}") for number in range(3)]
    added = []
    for person in persons:
        people.erase(person, [])
        added.append((write_ledger(store.db, path), write_ledger(store.db, path)))
    written = path.read_text("utf8")

    assert added == [(1, 0)] * 3
    assert {json.loads(line)["receipt"] for line in written.splitlines()} == {e.receipt for e in entries(store.db)}
    assert [word for word in (*persons, "chat-", "telegram") if word in written] == []
    store.close()


def test_the_same_person_has_another_mark_in_every_entry(tmp_path):
    store, people = opened(tmp_path / "a.sqlite")
    hoa = people.person_for("telegram", "1")
    for _ in range(2):
        people.erase(hoa, [])
    one, two = entries(store.db)

    assert (one.names(hoa), two.names(hoa)) == (True, True)
    assert one.marks != two.marks
    store.close()


@pytest.mark.parametrize("line", ["{", "[]", '{"receipt": "XD-1"}', '{"receipt":"a","at":"gone","salt":"","marks":[]}'])
def test_a_line_that_is_no_entry_is_named(tmp_path, line):
    path = tmp_path / "erasures.jsonl"
    path.write_text(f"{line}\n", "utf8")

    with pytest.raises(StoreError, match=r"erasures\.jsonl:1"):
        read_ledger(path)


def test_an_older_ledger_with_our_ids_becomes_one_without(tmp_path):
    store = Store(tmp_path / "a.sqlite")
    MIGRATIONS.apply(store.db, stop_before="m002_ledger_without_ids")
    store.db.execute("INSERT INTO erasures VALUES ('XD-AAAAAA', 'a1b2c3d4', '2026-11-23T02:00:00+00:00', '{}')")
    store.migrate([MIGRATIONS])
    (entry,) = entries(store.db)

    assert (entry.receipt, entry.names("a1b2c3d4"), entry.names("other")) == ("XD-AAAAAA", True, False)
    store.close()
