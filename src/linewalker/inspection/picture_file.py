"""Pictures that others took: PNG, JPEG, TIFF, BMP, WebP."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from linewalker.errors import InputError


def read_picture(path: Path) -> NDArray[np.uint8]:
    """The picture in a file, (h, w, 3) RGB; more than 8 bits are spread over 8.

    Raises:
        InputError: it can not be read, or is no picture.
    """
    try:
        content = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise InputError(f"can not be read: {error.strerror}", file=path) from None
    try:
        picture = cv2.imdecode(content, cv2.IMREAD_COLOR_RGB) if len(content) else None
    except cv2.error:  # more pixels than it takes
        picture = None
    if picture is None:
        raise InputError("no picture that can be read; expected PNG, JPEG, TIFF, BMP or WebP", file=path)
    return np.asarray(picture, np.uint8)
