"""Questions about the policy: the topic, its cited answer; and what to do when no reading is sure."""

from __future__ import annotations

from actions.asking import put_again
from actions.turn import BotAction, Turn
from bot.knowledge.question import follow_up, two_parts
from bot.replies import smalltalk
from bot.replies.policy import render_clarify, render_topic
from bot.replies.reply import Reply

FOLLOW_UP_TURNS = 2
"""For how many turns "vậy bao nhiêu?" refers to the topic explained before."""


class ExplainPolicy(BotAction):
    """Answers a question about the policy."""

    called = "action_explain_policy"

    def replies(self, turn: Turn) -> list[Reply]:
        """One answer per part of the question, then the open question again."""
        return [*self._answers(turn), *put_again(turn)]

    def _answers(self, turn: Turn) -> list[Reply]:
        topic = turn.data.get("topic")
        if isinstance(topic, str) and topic in turn.services.topics:
            return [explain(turn, topic, long=bool(turn.data.get("long")))]
        last = turn.memory.topic if turn.memory.topic_age <= FOLLOW_UP_TURNS else None
        question = follow_up(turn.text, turn.services.topics[last].title) if last else None
        parts = [question] if question else two_parts(turn.text)
        found = [turn.services.search.find(part) for part in parts]
        if len(found) > 1 and not all(hits.confident for hits in found):
            found = [turn.services.search.find(turn.text)]
        sure = list(dict.fromkeys(hits.ranked[0].topic for hits in found if hits.confident))
        if sure:
            return [explain(turn, topic_id) for topic_id in sure[:2]]
        return [doubt(turn, found[0].near)]


def explain(turn: Turn, topic: str, *, long: bool = False) -> Reply:
    """The topic's answer on this day, remembered for follow-ups."""
    turn.note(topic=topic, topic_age=0, misread=0, offer=None)
    services = turn.services
    return render_topic(services.topics[topic], turn.day, services.law, turn.text, long=long)


def doubt(turn: Turn, near: tuple[str, ...]) -> Reply:
    """The nearest readings the first time, a person the second time; never the same sentence twice."""
    turn.note(misread=turn.memory.misread + 1)
    if turn.memory.misread > 1:
        turn.note(offer="handover", misread=0)
        return smalltalk.offer_a_person()
    if near:
        return render_clarify(tuple(turn.services.topics[topic] for topic in near))
    return smalltalk.not_understood()


class DefaultFallback(BotAction):
    """No intent was sure enough."""

    called = "action_default_fallback"

    def replies(self, turn: Turn) -> list[Reply]:
        """The policy answer when the search is sure of one, else the doubt is spoken."""
        hits = turn.services.search.find(turn.text)
        first = explain(turn, hits.ranked[0].topic) if hits.confident else doubt(turn, hits.near)
        return [first, *put_again(turn)]
