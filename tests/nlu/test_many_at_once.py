"""Several texts read at the same time are read as they are one after another."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.dialogue import Utterance
from nlu.encoder import shared_encoder

pytestmark = pytest.mark.model
SAID = [
    Utterance("", text, question=question)
    for number in range(3)
    for text, question in (
        (f"mua {number} máy khắc gỗ cnc được hỗ trợ bao nhiêu", None),
        (f"xuong em lam gom o Phu Giao {number} tho", None),
        (f"có {number} lao động", "employees"),
        (f"hội chợ năm {number} có được không", "prior_support_same_item"),
        (f"will you pay for {number} machines and the whole factory", None),
    )
]


def test_threads_that_read_at_once_do_not_disturb_each_other(talking):
    def read(said):
        return asyncio.run(talking.turns._dialogue.read(said))

    one_by_one = [read(said) for said in SAID]
    # What was remembered of the texts would be given again without being computed.
    shared_encoder()._query.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        at_once = list(threads.map(read, SAID))

    assert len({reading["intent"]["name"] for reading in one_by_one}) > 2
    assert at_once == one_by_one
