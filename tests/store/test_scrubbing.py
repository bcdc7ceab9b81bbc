"""What was deleted is nowhere in the bytes of the database once the file was scrubbed."""

import random
import re
from datetime import UTC, datetime

import pytest

from bot.store import Store, owe_scrub, scrub, scrub_owed

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
WORD = re.compile(rb"WORDS-\d{5}")


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "a.sqlite")
    store.db.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, chat TEXT, words TEXT)")
    store.db.execute("CREATE INDEX said_by_chat ON said(chat, id)")
    yield store
    store.close()


def bytes_of(store: Store) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(store.path.parent.iterdir()))


def test_no_word_of_a_deleted_row_is_left_after_rows_moved_from_page_to_page(store):
    dice = random.Random(1)
    with store.transaction() as db:
        for number in range(1500):
            words = f"WORDS-{number:05} {'x' * dice.randrange(1500)}"
            db.execute("INSERT INTO said (chat, words) VALUES (?, ?)", [f"chat-{dice.randrange(90)}", words])
            if number % 3 == 0:
                db.execute("DELETE FROM said WHERE id = ?", [dice.randrange(number + 1)])
        owe_scrub(db)
    kept = {row["words"][:11].encode() for row in store.db.query("SELECT words FROM said")}
    done = scrub(store, NOW)

    assert done
    assert set(WORD.findall(bytes_of(store))) == kept


def test_nothing_is_owed_until_something_is_erased_and_not_when_that_was_taken_back(store):
    never = scrub_owed(store.db)
    store.db.execute("BEGIN")
    owe_scrub(store.db)
    store.db.execute("ROLLBACK")
    taken_back = scrub_owed(store.db)
    with store.transaction() as db:
        owe_scrub(db)

    assert (never, taken_back, scrub_owed(store.db)) == (False, False, True)
    assert (scrub(store, NOW), scrub_owed(store.db)) == (True, False)


def test_while_somebody_reads_or_writes_it_stays_owed_and_is_done_afterwards(store, monkeypatch):
    monkeypatch.setattr("bot.store.scrubbing._WAIT_MILLISECONDS", 10)
    with store.transaction() as db:
        owe_scrub(db)
    other = Store(store.path)
    done = []
    for lock in ("BEGIN IMMEDIATE", "BEGIN"):
        other.db.conn.execute(lock)
        other.db.conn.execute("SELECT * FROM said").fetchall()
        done.append(scrub(store, NOW))
        other.db.conn.execute("ROLLBACK")
    other.close()

    assert (done, scrub(store, NOW)) == ([False, False], True)


@pytest.mark.parametrize(("hour", "done"), [(10, False), (2, True)])
def test_a_large_file_waits_for_the_night(store, monkeypatch, hour, done):
    monkeypatch.setattr("bot.store.scrubbing.AT_ONCE_BYTES", 0)
    with store.transaction() as db:
        owe_scrub(db)

    assert scrub(store, datetime(2026, 11, 23, (hour - 7) % 24, 0, tzinfo=UTC)) is done
