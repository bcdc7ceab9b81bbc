"""Tables of what arrived and of the buttons we showed."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("messages")


@MIGRATIONS()
def m001_inbox_and_buttons(db: Database) -> None:
    db["inbox"].create(  # type: ignore[union-attr]
        {
            "id": int,
            "channel": str,
            "chat": str,
            "update_id": str,
            "body": str,
            "received_at": str,
            "state": str,
            "finished_at": str,
            "error": str,
        },
        pk="id",
        not_null={"channel", "chat", "update_id", "body", "received_at", "state"},
    )
    db["inbox"].create_index(["channel", "chat", "update_id"], unique=True)  # type: ignore[union-attr]
    db["inbox"].create_index(["state"])  # type: ignore[union-attr]
    db["buttons"].create(  # type: ignore[union-attr]
        {"id": str, "channel": str, "chat": str, "title": str, "intent": str, "data": str, "created_at": str},
        pk="id",
        not_null={"channel", "chat", "title", "intent", "data", "created_at"},
    )


@MIGRATIONS()
def m002_menus(db: Database) -> None:
    """Buttons that can be answered by a number; indexes so that a long-time chat costs what a new one costs."""
    db.execute("ALTER TABLE buttons ADD COLUMN number INTEGER")
    db.execute("ALTER TABLE buttons ADD COLUMN message INTEGER")
    db.execute("CREATE INDEX buttons_by_chat ON buttons(channel, chat, created_at)")
    db.execute("CREATE INDEX buttons_by_message ON buttons(message) WHERE message IS NOT NULL")
    db.execute("CREATE INDEX inbox_by_chat ON inbox(channel, chat, received_at)")


@MIGRATIONS()
def m003_relays(db: Database) -> None:
    """Conversations between a household and a person of ours."""
    db.execute("""
        CREATE TABLE relays (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            lead_id INTEGER NOT NULL,
            person_id TEXT NOT NULL,
            channel TEXT NOT NULL,
            chat TEXT NOT NULL,
            staff_id INTEGER NOT NULL,
            staff_channel TEXT NOT NULL,
            staff_chat TEXT NOT NULL,
            opened_at TEXT NOT NULL,
            last_at TEXT NOT NULL,
            ended_at TEXT,
            ended_by TEXT
        ) STRICT
    """)
    # One person talks to a household at a time, and to one household at a time: the database itself refuses a second.
    db.execute("CREATE UNIQUE INDEX one_relay_of_person ON relays(person_id) WHERE ended_at IS NULL")
    db.execute("CREATE UNIQUE INDEX one_relay_of_staff ON relays(staff_channel, staff_chat) WHERE ended_at IS NULL")


@MIGRATIONS()
def m004_links(db: Database) -> None:
    """Offers to make one person of two chats, and wrong codes that were typed."""
    db.execute("""
        CREATE TABLE links (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            person_id TEXT NOT NULL,
            channel TEXT NOT NULL,
            chat TEXT NOT NULL,
            code TEXT,
            payload TEXT,
            to_channel TEXT,
            to_chat TEXT,
            expires_at TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX links_of_person ON links(person_id)")
    db.execute("CREATE TABLE link_guesses (channel TEXT NOT NULL, chat TEXT NOT NULL, at TEXT NOT NULL) STRICT")


@MIGRATIONS()
def m005_unanswered(db: Database) -> None:
    """What is still to be answered, by chat; the rest of a long conversation costs the question for it nothing."""
    db.execute("CREATE INDEX inbox_unanswered ON inbox(channel, chat, id) WHERE state = 'new'")
