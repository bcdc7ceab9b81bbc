"""The tables about leads and collaborators; append a migration, never change one."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("leads")


@MIGRATIONS()
def m001_leads(db: Database) -> None:
    """Collaborators with their territories and absences; leads with their offers and history."""
    db.execute("""
        CREATE TABLE collaborators (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            role TEXT NOT NULL DEFAULT 'collaborator' CHECK (role IN ('collaborator', 'centre')),
            name TEXT NOT NULL,
            phone TEXT,
            active INTEGER NOT NULL DEFAULT 1,
            expertise TEXT NOT NULL DEFAULT '[]',
            capacity INTEGER NOT NULL DEFAULT 10 CHECK (capacity > 0),
            channel TEXT,
            chat TEXT,
            reachable INTEGER NOT NULL DEFAULT 1,
            sample INTEGER NOT NULL DEFAULT 0,
            created TEXT NOT NULL,
            CHECK ((channel IS NULL) = (chat IS NULL))
        ) STRICT
    """)
    db.execute("CREATE UNIQUE INDEX collaborator_of_chat ON collaborators(channel, chat) WHERE chat IS NOT NULL")
    db.execute("""
        CREATE TABLE territories (
            id INTEGER PRIMARY KEY,
            collaborator_id INTEGER NOT NULL REFERENCES collaborators(id),
            area TEXT NOT NULL,
            area_key TEXT NOT NULL,
            valid_from TEXT NOT NULL,
            valid_to TEXT
        ) STRICT
    """)
    db.execute("CREATE INDEX territories_of ON territories(collaborator_id)")
    db.execute("""
        CREATE TABLE absences (
            id INTEGER PRIMARY KEY,
            collaborator_id INTEGER NOT NULL REFERENCES collaborators(id),
            first_day TEXT NOT NULL,
            last_day TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX absences_of ON absences(collaborator_id)")
    db.execute("""
        CREATE TABLE leads (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            person_id TEXT,
            channel TEXT,
            chat TEXT,
            unit TEXT,
            district TEXT,
            province TEXT,
            needs TEXT NOT NULL,
            facts TEXT NOT NULL,
            results TEXT NOT NULL,
            call_after TEXT,
            transcript_ok INTEGER NOT NULL,
            campaign TEXT,
            state TEXT NOT NULL,
            state_since TEXT NOT NULL,
            created TEXT NOT NULL,
            round INTEGER NOT NULL DEFAULT 1,
            owner_id INTEGER REFERENCES collaborators(id),
            escalated_to TEXT,
            taken_at TEXT,
            contacted_at TEXT,
            closed_at TEXT,
            close_reason TEXT,
            remind_at TEXT,
            act_by TEXT,
            tell_household_at TEXT
        ) STRICT
    """)
    # A household has one open lead: the database itself refuses a second.
    db.execute("""
        CREATE UNIQUE INDEX one_open_lead ON leads(person_id)
        WHERE state NOT IN ('approved', 'rejected', 'closed', 'withdrawn', 'erased')
    """)
    db.execute("CREATE INDEX leads_of_person ON leads(person_id)")
    db.execute("CREATE INDEX leads_of_owner ON leads(owner_id, state)")
    db.execute("CREATE INDEX leads_by_reminder ON leads(remind_at) WHERE remind_at IS NOT NULL")
    db.execute("CREATE INDEX leads_by_deadline ON leads(act_by) WHERE act_by IS NOT NULL")
    db.execute("CREATE INDEX leads_to_tell ON leads(tell_household_at) WHERE tell_household_at IS NOT NULL")
    db.execute("""
        CREATE TABLE offers (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            lead_id INTEGER NOT NULL REFERENCES leads(id),
            collaborator_id INTEGER NOT NULL REFERENCES collaborators(id),
            round INTEGER NOT NULL,
            ring TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'open'
                CHECK (state IN ('open', 'taken', 'declined', 'expired', 'released', 'ended')),
            reason TEXT,
            offered_at TEXT NOT NULL,
            remind_at TEXT,
            answer_by TEXT NOT NULL,
            answered_at TEXT,
            card_id INTEGER
        ) STRICT
    """)
    # A lead is offered to one collaborator at a time: the database itself refuses a second.
    db.execute("CREATE UNIQUE INDEX one_open_offer ON offers(lead_id) WHERE state = 'open'")
    db.execute("CREATE INDEX offers_of_lead ON offers(lead_id, id)")
    db.execute("CREATE INDEX offers_of_collaborator ON offers(collaborator_id, state)")
    db.execute("CREATE INDEX offers_by_deadline ON offers(answer_by) WHERE state = 'open'")
    db.execute("""
        CREATE TABLE lead_events (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            lead_id INTEGER NOT NULL REFERENCES leads(id),
            at TEXT NOT NULL,
            actor TEXT NOT NULL,
            actor_id TEXT,
            event TEXT NOT NULL,
            why TEXT,
            from_state TEXT,
            to_state TEXT NOT NULL
        ) STRICT
    """)
    db.execute("CREATE INDEX events_of_lead ON lead_events(lead_id, id)")


@MIGRATIONS()
def m002_invitations(db: Database) -> None:
    """A collaborator joins by a link that the Centre makes; a link works once."""
    db.execute("ALTER TABLE collaborators ADD COLUMN invitation TEXT")
    db.execute("CREATE UNIQUE INDEX collaborator_invited ON collaborators(invitation) WHERE invitation IS NOT NULL")


@MIGRATIONS()
def m003_silence_feedback_and_parties(db: Database) -> None:
    """When a lead last moved and what silence led to; visits; what the household says afterwards; shared cases."""
    db.execute("ALTER TABLE leads ADD COLUMN moved_at TEXT NOT NULL DEFAULT ''")
    db.execute("UPDATE leads SET moved_at = state_since")
    db.execute("ALTER TABLE leads ADD COLUMN silence INTEGER NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE leads ADD COLUMN asked_household_at TEXT")
    db.execute("ALTER TABLE leads ADD COLUMN visit_on TEXT")
    db.execute("ALTER TABLE leads ADD COLUMN feedback_at TEXT")
    db.execute("CREATE INDEX leads_by_movement ON leads(moved_at) WHERE state NOT IN ('closed', 'withdrawn', 'erased')")
    db.execute("CREATE INDEX leads_to_ask ON leads(feedback_at) WHERE feedback_at IS NOT NULL")
    db.execute("ALTER TABLE collaborators ADD COLUMN digest_on TEXT")
    db.execute("""
        CREATE TABLE lead_feedback (
            lead_id INTEGER PRIMARY KEY REFERENCES leads(id),
            asked_at TEXT NOT NULL,
            contacted INTEGER,
            useful INTEGER,
            answered_at TEXT
        ) STRICT
    """)
    # Somebody else of the same household, known by the same phone number.
    db.execute("""
        CREATE TABLE lead_parties (
            lead_id INTEGER NOT NULL REFERENCES leads(id),
            person_id TEXT NOT NULL,
            channel TEXT,
            chat TEXT,
            needs TEXT NOT NULL,
            joined_at TEXT NOT NULL,
            PRIMARY KEY (lead_id, person_id)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE INDEX parties_of_person ON lead_parties(person_id)")


@MIGRATIONS()
def m004_alerts(db: Database) -> None:
    """What the Centre was told of a collaborator or a place, and when; the day on which it was looked for last."""
    db.execute("""
        CREATE TABLE lead_alerts (
            subject TEXT NOT NULL,
            concern TEXT NOT NULL,
            part INTEGER NOT NULL,
            whole INTEGER NOT NULL,
            told_on TEXT NOT NULL,
            PRIMARY KEY (subject, concern)
        ) STRICT, WITHOUT ROWID
    """)
    db.execute("CREATE TABLE lead_alert_looks (looked_on TEXT NOT NULL) STRICT")
