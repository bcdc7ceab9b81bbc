"""What the classifier learns from contradicts itself nowhere."""

from __future__ import annotations

from collections import defaultdict

from bot.knowledge.loader import load_topics
from bot.programmes.loader import load_law
from nlu.examples import all_examples, same


def test_no_sentence_is_learned_as_two_intents_however_it_is_typed() -> None:
    phrases = {phrase for topic in load_topics(load_law()).values() for phrase in topic.phrases}
    learned = defaultdict(set)
    for example in all_examples():
        if example.topic is None or example.text not in phrases:  # phrases are for the search alone
            learned[same(example.text)].add(example.intent)

    assert {text: intents for text, intents in learned.items() if len(intents) > 1} == {}
