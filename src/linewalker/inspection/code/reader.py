"""DataMatrix (ISO/IEC 16022) and QR codes (ISO/IEC 18004) in a picture.

Both carry Reed-Solomon symbols: what is read is what was printed, or nothing is. A picture that says nothing is looked
at again: enlarged, turned (the decoder follows edges, and loses some at certain angles), and with ink set off from
paper, ground and light.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

SYMBOLOGIES = {"datamatrix": zxingcpp.BarcodeFormat.DataMatrix, "qr": zxingcpp.BarcodeFormat.QRCode}
"""What can be read, by the name that a plan uses."""

_NAMES = {value: name for name, value in SYMBOLOGIES.items()}
_BINARIZERS = (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram)
_VIEWS = ((1.0, 0.0), (2.0, 45.0), (1.0, 20.0), (2.0, 70.0))
"""Scale, and turn in degrees, of one look after the other."""
_MOST_PIXELS = 1e6  # no picture is enlarged beyond
_LEVELS = (1.0, 0.5, 0.25)
_LEAST_PX = 48  # of the shorter side; no picture is made smaller
_STROKE_PX = 21
"""Darker things that are no wider are set off from whatever lies around them."""
_SOFT_PX = 0.8
_FAINTEST = 8.0  # grey levels that are spread to black and white


@dataclass(frozen=True, kw_only=True, eq=False)
class Code:
    """A code that was read.

    Attributes:
        text: what it says; what can not be shown is named, as ``<GS>``.
        symbology: a name of `SYMBOLOGIES`.
        corners_px: (4, 2), column and row, clockwise on the symbol.
    """

    text: str
    symbology: str
    corners_px: NDArray[np.float64]


def read_codes(picture: NDArray[np.uint8], symbologies: Sequence[str] = tuple(SYMBOLOGIES)) -> tuple[Code, ...]:
    """All codes that are seen at the first look that shows any; none if no look does.

    Args:
        picture: (h, w) grey, or (h, w, 3) RGB.
        symbologies: which may be read.
    """
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) if picture.ndim == 3 else picture, np.uint8)
    wanted = zxingcpp.BarcodeFormats([SYMBOLOGIES[name] for name in symbologies])
    for view, warp in _looks(grey):
        for binarizer in _BINARIZERS:
            found = zxingcpp.read_barcodes(
                view, formats=wanted, binarizer=binarizer, text_mode=zxingcpp.TextMode.Escaped
            )
            if found:
                return tuple(_code(barcode, warp) for barcode in found)
    return ()


def _looks(grey: NDArray[np.uint8]) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.float64]]]:
    """The picture as it is looked at, and the (2, 3) map from the picture to it."""
    levels = [_reduced(grey, level) for level in _LEVELS if level == 1.0 or level * min(grey.shape) >= _LEAST_PX]
    for treat in (np.ascontiguousarray, _set_off):
        for reduced, shrink in levels:
            shown = treat(reduced)
            for scale, turn_deg in _VIEWS:
                view, warp = _turned(shown, scale, turn_deg)
                yield view, warp @ shrink


def _reduced(grey: NDArray[np.uint8], level: float) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """A smaller picture, and the (3, 3) map to it; middles of pixels have whole coordinates."""
    size = (round(level * grey.shape[1]), round(level * grey.shape[0]))
    shift = 0.5 * level - 0.5
    shrink = np.array([[level, 0, shift], [0, level, shift], [0, 0, 1.0]])
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA)), shrink


def _turned(grey: NDArray[np.uint8], scale: float, turn_deg: float) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """The whole picture, scaled and turned, and the (2, 3) map to it."""
    height, width = grey.shape
    if scale == 1.0 and turn_deg == 0.0:
        return np.ascontiguousarray(grey), np.eye(2, 3)
    scale = min(scale, max(1.0, float(np.sqrt(_MOST_PIXELS / grey.size))))
    warp = cv2.getRotationMatrix2D((0.5 * width, 0.5 * height), turn_deg, scale)
    size = np.ceil(np.abs(warp[:, :2]) @ [width, height]).astype(int)
    warp[:, 2] += 0.5 * size - [0.5 * width, 0.5 * height]
    flags, border = cv2.INTER_CUBIC, cv2.BORDER_REPLICATE
    return np.asarray(cv2.warpAffine(grey, warp, size.tolist(), flags=flags, borderMode=border)), warp


def _set_off(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Black on white, whatever the light and the colour of paper and ground: a black top-hat (Serra 1982)."""
    soft = cv2.GaussianBlur(grey, (0, 0), _SOFT_PX)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_STROKE_PX, _STROKE_PX))
    ink = cv2.morphologyEx(soft, cv2.MORPH_BLACKHAT, disc)
    full = max(float(np.percentile(ink, 99)), _FAINTEST)
    return np.asarray(255 - np.clip(255 / full * ink.astype(np.float32), 0, 255), np.uint8)


def _code(barcode: zxingcpp.Barcode, warp: NDArray[np.float64]) -> Code:
    where = barcode.position
    corners = [(p.x, p.y) for p in (where.top_left, where.top_right, where.bottom_right, where.bottom_left)]
    back = cv2.invertAffineTransform(warp)
    return Code(
        text=barcode.text,
        symbology=_NAMES[barcode.symbology],
        corners_px=np.asarray(corners, float) @ back[:, :2].T + back[:, 2],
    )
