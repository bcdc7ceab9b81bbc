"""Every action, ready to run."""

from __future__ import annotations

from actions import contact, correcting, learning, papers, policy, screening, session, smalltalk
from actions.services import Services
from actions.turn import BotAction

ACTIONS: tuple[type[BotAction], ...] = (
    session.StartSession,
    policy.ExplainPolicy,
    policy.DeclineTopic,
    policy.StaySteady,
    policy.DefaultFallback,
    smalltalk.Greet,
    smalltalk.Thank,
    smalltalk.SayGoodbye,
    smalltalk.Introduce,
    smalltalk.Help,
    smalltalk.StayCalm,
    smalltalk.AnswerMedia,
    screening.BeginScreening,
    screening.TakeAnswer,
    policy.ExplainWhy,
    correcting.CorrectAnswer,
    correcting.GoBack,
    screening.SkipQuestion,
    screening.ShowSummary,
    screening.Pause,
    screening.Resume,
    screening.StartOver,
    screening.ListDocuments,
    screening.UseLocation,
    papers.SendPaper,
    screening.ReactToOffer,
    contact.PassLead,
    contact.HandOver,
    contact.TakeContact,
    contact.ShowStatus,
    contact.OptOut,
    contact.EraseData,
    learning.KeepWording,
    learning.DropWording,
)


def all_actions(services: Services) -> list[BotAction]:
    """One of each, working with *services*."""
    return [action(services) for action in ACTIONS]
