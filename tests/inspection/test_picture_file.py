"""Pictures of others come in as RGB of 8 bits; what is none is named."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.inspection.picture_file import read_picture

RED = np.full((4, 6, 3), (200, 30, 10), np.uint8)


@pytest.mark.parametrize("suffix", ["png", "bmp", "tiff", "webp"])
def test_colours_stay_what_they_are(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"红.{suffix}"
    path.write_bytes(cv2.imencode(f".{suffix}", RED[..., ::-1])[1])
    assert np.abs(read_picture(path).astype(int) - RED).max() <= (6 if suffix == "webp" else 0)


def test_grey_of_16_bits_is_spread_over_8(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "grey.png"), np.full((3, 5), 40000, np.uint16))
    picture = read_picture(tmp_path / "grey.png")
    assert picture.shape == (3, 5, 3)
    assert set(picture.ravel()) == {40000 // 257} or set(picture.ravel()) == {40000 // 256}


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.png").write_bytes(content)
    with pytest.raises(InputError, match=r"x\.png: no picture"):
        read_picture(tmp_path / "x.png")


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can not be read"):
        read_picture(tmp_path)
