"""The picture on the vehicle number label behind the windscreen."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

LABEL_SIZE_PX = (1024, 128)
"""Width and height of the picture."""


def label_image(vin: str) -> NDArray[np.uint8]:
    """Dark letters on white, (height, width, 3) RGB; one VIN of 17 characters fills the label."""
    width, height = LABEL_SIZE_PX
    image = np.full((height, width, 3), 244, np.uint8)
    cv2.rectangle(image, (5, 5), (width - 6, height - 6), (25, 25, 30), 3)
    face, thickness = cv2.FONT_HERSHEY_DUPLEX, 4
    (text_width, text_height), _ = cv2.getTextSize(vin or "V", face, 1.0, thickness)
    scale = min((width - 60) / text_width, (height - 50) / text_height)
    (text_width, text_height), _ = cv2.getTextSize(vin, face, scale, thickness)
    corner = ((width - text_width) // 2, (height + text_height) // 2)
    cv2.putText(image, vin, corner, face, scale, (15, 15, 20), thickness, cv2.LINE_AA)
    return image
