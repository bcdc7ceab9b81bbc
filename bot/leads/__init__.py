"""Leads: a household's wish for support, on its way to the collaborator of its place and on to a decision."""

from bot.leads.agenda import agenda
from bot.leads.collaborator import CENTRE_CHAT, STAFF_CHANNEL, Collaborator, Coverage, Role
from bot.leads.collaborators import Collaborators
from bot.leads.erasure import LeadErasure
from bot.leads.export import export_jsonl, export_rows
from bot.leads.feedback import answer_feedback, answers_about
from bot.leads.hours import WorkingHours
from bot.leads.invariants import Orphan, orphans
from bot.leads.lead import (
    SYSTEM,
    Actor,
    ActorKind,
    CloseReason,
    ConsentMissing,
    DeclineReason,
    Lead,
    NewLead,
    Passed,
    Passing,
    Place,
    Tap,
    TapResult,
)
from bot.leads.life import OPEN, TRANSITIONS, WORKING, Event, State, advance
from bot.leads.news import HOUSEHOLD_NOTICES, Feedback
from bot.leads.notices import STAFF_NOTICES
from bot.leads.policy import LeadPolicy, read_policy
from bot.leads.routing import Geography
from bot.leads.sample import sample_territories
from bot.leads.store import LeadBook
from bot.leads.tables import MIGRATIONS
from bot.leads.timers import Ticked, tick

NOTICES = (*STAFF_NOTICES, *HOUSEHOLD_NOTICES)
"""All kinds of notices about leads, for `outbox.Notices`."""

__all__ = [
    "CENTRE_CHAT",
    "MIGRATIONS",
    "NOTICES",
    "OPEN",
    "STAFF_CHANNEL",
    "SYSTEM",
    "TRANSITIONS",
    "WORKING",
    "Actor",
    "ActorKind",
    "CloseReason",
    "Collaborator",
    "Collaborators",
    "ConsentMissing",
    "Coverage",
    "DeclineReason",
    "Event",
    "Feedback",
    "Geography",
    "Lead",
    "LeadBook",
    "LeadErasure",
    "LeadPolicy",
    "NewLead",
    "Orphan",
    "Passed",
    "Passing",
    "Place",
    "Role",
    "State",
    "Tap",
    "TapResult",
    "Ticked",
    "WorkingHours",
    "advance",
    "agenda",
    "answer_feedback",
    "answers_about",
    "export_jsonl",
    "export_rows",
    "orphans",
    "read_policy",
    "sample_territories",
    "tick",
]
