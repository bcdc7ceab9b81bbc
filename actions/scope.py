"""Whether a question is ours at all: what the classifier says and what the search finds, weighed together.

Either alone is wrong too often: the classifier has never seen most of what strangers ask, and the search finds
something near for everything. The weights are a logistic regression over four-fold left-out training sentences
(questions of all topics against everything outside); `python -m tests.bench.scope_fit` fits them again and prints
what each threshold keeps and lets through.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from bot.knowledge.search import Hits

LOG_RATIO, SCORE, PROBABILITY, OFFSET = 0.99, 5.24, 1.44, -1.59
OURS = 0.7
"""At this threshold 99.4 % of the held-out questions are kept and 2.4 % of what is outside is let through (2026-11-23)."""
HALF = 0.5
"""Between this and `OURS` a text that no intent was sure of is doubted instead of sent away."""
FLOOR = 1.6e-5
"""As small beside the sharpened votes as a thousandth was beside the plain ones."""


def ours(ranking: Iterable[Mapping[str, Any]], hits: Hits) -> float:
    """The probability that a text is a question about khuyến công or its neighbours."""
    votes = {vote["name"]: float(vote["confidence"]) for vote in ranking}
    against = votes.get("out_of_scope", 0.0) + votes.get("steer_bot", 0.0)
    ratio = math.log(votes.get("ask_policy", 0.0) + FLOOR) - math.log(against + FLOOR)
    first = hits.ranked[0]
    weighed = LOG_RATIO * ratio + SCORE * first.score + PROBABILITY * first.probability + OFFSET
    return 1 / (1 + math.exp(-weighed))
