"""Arrays computed from our own texts, kept on disk so that each is computed once."""

from __future__ import annotations

import contextlib
import hashlib
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Kind = Literal["query", "passage"]
Vectors = NDArray[np.float32]


class _Encodes(Protocol):
    def encode(self, texts: list[str], kind: Kind = "query") -> Vectors: ...


def cached_vectors(encoder: _Encodes, texts: Sequence[str], kind: Kind, folder: Path | None) -> Vectors:
    """One row per text; those encoded before are read from *folder* or below it, the others computed and left there."""
    if folder is None:
        return encoder.encode(list(texts), kind)
    path = folder / f"{type(encoder).__name__}-{kind}.npz"
    keys = [digest(text) for text in texts]
    kept: dict[str, Any] = {}
    for held in map(read_arrays, {path, *folder.rglob(path.name)}):
        kept.update(zip(held["keys"].tolist(), held["rows"], strict=True) if held else ())
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in kept}
    if missing:
        kept.update(zip(missing, encoder.encode(list(missing.values()), kind), strict=True))
        # Only the texts of today are kept, so the file does not grow with every edit.
        write_arrays(path, keys=np.array(keys), rows=np.stack([kept[key] for key in keys]))
    return np.stack([kept[key] for key in keys])


def digest(*texts: str) -> str:
    """A short name for exactly these texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:32]


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays kept in *path*; none when it is missing or spoilt."""
    try:
        with np.load(path, allow_pickle=False) as held:
            return dict(held)
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
        return {}


def write_arrays(path: Path, **arrays: NDArray[Any]) -> None:
    """Keeps *arrays* in *path*, beside and then renamed so that no reader sees half a file.

    A folder that cannot be written is done without.
    """
    part = path.with_suffix(".part.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(part, **arrays)
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
