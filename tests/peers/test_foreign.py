"""Clients of others come only as they are pinned, and what cannot be installed is told in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.peers import foreign


@pytest.mark.parametrize("pinned", ["requests==2.34.2\n", f"requests==2.34.2 --hash=sha256:{'0' * 64}\n"])
def test_a_client_whose_files_are_not_the_pinned_ones_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pinned: str
) -> None:
    (tmp_path / "client.txt").write_text(pinned)
    monkeypatch.setattr(foreign, "CLIENTS", tmp_path)
    monkeypatch.setattr(foreign, "CACHE", tmp_path / "cache")
    monkeypatch.setenv("UV_OFFLINE", "1")

    with pytest.raises(foreign.NotToBeHad) as why:
        foreign.interpreter("client")
    assert str(why.value)
    assert list(tmp_path.glob("cache/*")) == []


def test_every_client_is_pinned_and_has_a_script() -> None:
    clients = sorted(path.stem for path in foreign.CLIENTS.glob("*.txt"))

    assert clients == sorted(path.stem for path in foreign.CLIENTS.glob("*.in"))
    assert [name for name in clients if not (foreign.CLIENTS / f"{name}_client.py").exists()] == []
