"""Weights are loaded only if they are the ones we know."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from linewalker.brain.speech import weights
from linewalker.brain.speech.weights import FILES, read_weights
from linewalker.errors import MissingPackage

CONTENT = {name: f"the {name}".encode() for name in FILES}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files that are known, the model in two parts."""
    monkeypatch.setattr(weights, "FILES", {n: hashlib.sha256(c).hexdigest() for n, c in CONTENT.items()})
    for name, content in CONTENT.items():
        (tmp_path / name).write_bytes(content)
    model = tmp_path / "model.bin"
    (tmp_path / "model.bin.part1").write_bytes(CONTENT["model.bin"][:4])
    (tmp_path / "model.bin.part2").write_bytes(CONTENT["model.bin"][4:])
    model.unlink()
    return tmp_path


def test_what_is_known_is_read(folder: Path) -> None:
    assert read_weights(folder) == CONTENT


@pytest.mark.parametrize("name", ["model.bin.part2", "config.json", "tokenizer.json", "vocabulary.json"])
def test_one_byte_that_differs_is_refused(name: str, folder: Path) -> None:
    changed = bytearray((folder / name).read_bytes())
    changed[0] ^= 1
    (folder / name).write_bytes(bytes(changed))
    with pytest.raises(MissingPackage, match="are not loaded: SHA-256"):
        read_weights(folder)


def test_what_is_missing_is_named(folder: Path) -> None:
    (folder / "model.bin.part2").unlink()
    with pytest.raises(MissingPackage, match=r"lack model.bin.part2.*linewalker\[speech\]"):
        read_weights(folder)


def test_packages_that_are_not_there_have_no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "PACKAGES", ("no-such-package-of-weights",))
    with pytest.raises(MissingPackage, match=r"lack model\.bin"):
        read_weights()


def test_hashes_are_whole() -> None:
    assert all(len(digest) == 64 and int(digest, 16) for digest in FILES.values())
