"""The picture on the label with the vehicle's number: a DataMatrix for the camera, and below it letters for people."""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

LABEL_SIZE_PX = (378, 450)
"""Width and height of the picture, 3 px per mm."""

_CODE_PX, _MARGIN_PX = 342, 18
_LETTERS_PX = (306, 54)
_PAPER, _INK = 244, (15, 15, 20)


def label_image(vin: str) -> NDArray[np.uint8]:
    """Black on white, (height, width, 3) RGB; without a number the label is blank."""
    width, height = LABEL_SIZE_PX
    image = np.full((height, width, 3), _PAPER, np.uint8)
    if not vin:
        return image
    dark = _modules(vin)
    size = _CODE_PX // len(dark) * len(dark)
    left, top = (width - size) // 2, _MARGIN_PX + (_CODE_PX - size) // 2
    code = cv2.resize(dark.astype(np.uint8), (size, size), interpolation=cv2.INTER_NEAREST)
    image[top : top + size, left : left + size][code > 0] = _INK
    _write(image, vin, (width // 2, (height + _MARGIN_PX + _CODE_PX) // 2))
    return image


def _modules(text: str) -> NDArray[np.bool_]:
    """A square DataMatrix (ISO/IEC 16022), (n, n), True where it is dark, without a quiet zone."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.DataMatrix, force_square=True)
    return np.asarray(code.to_image(scale=1, add_quiet_zones=False)) < 128


def _write(image: NDArray[np.uint8], text: str, middle: tuple[int, int]) -> None:
    face, thickness = cv2.FONT_HERSHEY_DUPLEX, 2
    (text_width, text_height), _ = cv2.getTextSize(text, face, 1.0, thickness)
    scale = min(_LETTERS_PX[0] / text_width, _LETTERS_PX[1] / text_height)
    (text_width, text_height), _ = cv2.getTextSize(text, face, scale, thickness)
    corner = (middle[0] - text_width // 2, middle[1] + text_height // 2)
    cv2.putText(image, text, corner, face, scale, _INK, thickness, cv2.LINE_AA)
