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
