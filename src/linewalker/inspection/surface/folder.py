"""Pictures of surfaces in folders: ``train/good`` or ``good`` to learn from, ``test/NAME`` to score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from linewalker.errors import InputError
from linewalker.inspection.picture_file import read_picture

GOOD = "good"
SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp")


@dataclass(frozen=True)
class PictureFiles(Sequence[NDArray[np.uint8]]):
    """Pictures that are read when they are asked for."""

    paths: tuple[Path, ...]

    def __len__(self) -> int:
        return len(self.paths)

    @overload
    def __getitem__(self, at: int) -> NDArray[np.uint8]: ...
    @overload
    def __getitem__(self, at: slice) -> PictureFiles: ...
    def __getitem__(self, at: int | slice) -> NDArray[np.uint8] | PictureFiles:
        return PictureFiles(self.paths[at]) if isinstance(at, slice) else read_picture(self.paths[at])


def good_pictures(folder: Path) -> PictureFiles:
    """To learn from.

    Raises:
        InputError: there are none.
    """
    for place in (folder / "train" / GOOD, folder / GOOD):
        if found := _pictures(place):
            return PictureFiles(found)
    raise InputError("no pictures in train/good, nor in good; put those of good surfaces there", file=folder)


def pictures_to_score(folder: Path) -> dict[str, PictureFiles]:
    """To score, by the name of their folder below ``test``.

    Raises:
        InputError: there are none.
    """
    test = folder / "test"
    below = sorted(place for place in test.iterdir() if place.is_dir()) if test.is_dir() else []
    found = {place.name: PictureFiles(pictures) for place in below if (pictures := _pictures(place))}
    if not found:
        raise InputError("no pictures in test/good, test/crack or whatever else there is to score", file=folder)
    return found


def _pictures(folder: Path) -> tuple[Path, ...]:
    inside = folder.iterdir() if folder.is_dir() else ()
    return tuple(sorted(path for path in inside if path.suffix.lower() in SUFFIXES))
