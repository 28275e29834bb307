"""What codes say is printed in the language that is spoken, and the exit code tells whether it is what must be."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from linewalker.console.code_command import read_picture_codes
from linewalker.messages.language import Language, speaking
from linewalker.vehicle.label import label_image

VIN, OTHER = "LSVAA49J132047371", "LSVAA49J132047372"
BLANK = np.full((450, 378, 3), 200, np.uint8)
BOTH = np.hstack((label_image(VIN), label_image(OTHER)))


@pytest.mark.parametrize(
    ("picture", "expect", "code", "verdict"),
    [
        (label_image(VIN), None, 0, None),
        (label_image(VIN), VIN, 0, "OK"),
        (label_image(VIN), OTHER, 1, "NOK"),
        (BLANK, None, 1, None),
        (BLANK, VIN, 1, "NOT_DECIDABLE"),
        (BOTH, VIN, 1, "NOT_DECIDABLE"),
    ],
    ids=["read", "right", "wrong", "blank", "blank and expected", "two numbers"],
)
def test_the_exit_code_tells(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    picture: np.ndarray,
    expect: str | None,
    code: int,
    verdict: str | None,
) -> None:
    path = tmp_path / "picture.png"
    cv2.imwrite(str(path), picture)
    assert read_picture_codes(path, expect, [], as_json=True) == code
    document = json.loads(capsys.readouterr().out)
    assert document.get("verdict") == verdict
    with speaking(Language.ZH):
        assert read_picture_codes(path, expect, [], as_json=False) == code
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == max(len(document["codes"]), 1) + (expect is not None)
    assert ("没有读出码" in lines[0]) == (not document["codes"])
