"""Sentence vectors of our own texts, kept on disk so that they are computed once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Kind = Literal["query", "passage"]
Vectors = NDArray[np.float32]


class _Encodes(Protocol):
    def encode(self, texts: list[str], kind: Kind = "query") -> Vectors: ...


def cached_vectors(encoder: _Encodes, texts: Sequence[str], kind: Kind, folder: Path | None) -> Vectors:
    """One row per text; read from *folder* when the same texts were encoded before, else computed and left there.

    A file that cannot be read is computed again; a folder that cannot be written is done without.
    """
    if folder is None:
        return encoder.encode(list(texts), kind)
    name = hashlib.sha256("\0".join((kind, type(encoder).__name__, *texts)).encode()).hexdigest()[:32]
    path = folder / f"vectors-{name}.npy"
    try:
        kept: Vectors = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        pass
    else:
        if len(kept) == len(texts):
            return kept
    vectors = encoder.encode(list(texts), kind)
    _keep(path, vectors)
    return vectors


def _keep(path: Path, vectors: Vectors) -> None:
    """Writes beside and renames, so that a reader never sees half a file."""
    part = path.with_suffix(".part.npy")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(part, vectors, allow_pickle=False)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
