"""Folders as anyone has them: with or without ``train``, other files beside the pictures, nothing at all."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.inspection.surface.folder import good_pictures, pictures_to_score


def put(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for i, name in enumerate(names):
        cv2.imwrite(str(folder / name), np.full((4, 5, 3), i, np.uint8))


@pytest.mark.parametrize("place", ["good", "train/good"])
def test_good_ones_are_found_in_order_and_read_when_asked_for(tmp_path: Path, place: str) -> None:
    put(tmp_path / place, "b.PNG", "a.png")
    (tmp_path / place / "notes.txt").write_text("no picture")
    found = good_pictures(tmp_path)
    assert [path.name for path in found.paths] == ["a.png", "b.PNG"]
    assert [int(picture[0, 0, 0]) for picture in found] == [1, 0]
    assert len(found[:1]) == 1


def test_what_is_to_be_scored_goes_by_its_folder(tmp_path: Path) -> None:
    put(tmp_path / "test" / "good", "1.png")
    put(tmp_path / "test" / "裂纹", "2.png", "3.bmp")
    (tmp_path / "test" / "empty").mkdir()
    assert {name: len(found) for name, found in pictures_to_score(tmp_path).items()} == {"good": 1, "裂纹": 2}


def test_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="train/good"):
        good_pictures(tmp_path)
    with pytest.raises(InputError, match="test/good"):
        pictures_to_score(tmp_path)
