"""Tables of unfinished screenings and of what a conversation is about."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("screening")


@MIGRATIONS()
def m001_drafts_and_memories(db: Database) -> None:
    db["drafts"].create(  # type: ignore[union-attr]
        {
            "person": str,
            "facts": str,
            "asked": str,
            "partial_shown": int,
            "started_at": str,
            "updated_at": str,
        },
        pk="person",
        not_null={"facts", "asked", "partial_shown", "started_at", "updated_at"},
    )
    db["memories"].create(  # type: ignore[union-attr]
        {
            "conversation": str,
            "task": str,
            "question": str,
            "topic": str,
            "topic_age": int,
            "misread": int,
            "offer": str,
            "updated_at": str,
        },
        pk="conversation",
        not_null={"task", "topic_age", "misread", "updated_at"},
    )


@MIGRATIONS()
def m002_what_was_asked(db: Database) -> None:
    """The question that was answered last, so that "không phải, ý tôi là …" can put it right."""
    db.execute("ALTER TABLE memories ADD COLUMN said TEXT")
