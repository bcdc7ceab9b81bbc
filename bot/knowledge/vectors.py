"""Sentence vectors of our own texts, kept on disk so that each text is encoded once."""

from __future__ import annotations

import contextlib
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
    """One row per text; those encoded before are read from *folder*, the others computed and left there.

    A file that cannot be read is done without, and so is a folder that cannot be written.
    """
    if folder is None:
        return encoder.encode(list(texts), kind)
    path = folder / f"{type(encoder).__name__}-{kind}.npz"
    keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    kept = _read(path)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    if missing:
        kept.update(zip(missing, encoder.encode(list(missing.values()), kind), strict=True))
        # Only the texts of today are kept, so the file does not grow with every edit.
        _write(path, {key: kept[key] for key in keys})
    return np.stack([kept[key] for key in keys])


def _read(path: Path) -> dict[str, Vectors]:
    try:
        with np.load(path, allow_pickle=False) as held:
            return dict(zip(held["keys"].tolist(), held["rows"], strict=True))
    except (OSError, ValueError, EOFError, KeyError):
        return {}


def _write(path: Path, vectors: dict[str, Vectors]) -> None:
    """Writes beside and renames, so that a reader never sees half a file."""
    part = path.with_suffix(".part.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(part, keys=np.array(list(vectors)), rows=np.stack(list(vectors.values())))
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
