"""What is painted on the floor of the station: where the car stands, where the robot walks, where people may not."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]

_EPOXY: Colour = (186, 190, 194)
_SEAM: Colour = (170, 174, 178)
_LANE: Colour = (158, 176, 190)
_LINE: Colour = (238, 196, 40)
_WHITE: Colour = (240, 241, 242)
_DARK: Colour = (92, 97, 104)


class FloorPaint:
    """Draws on a picture of the floor in metres.

    Args:
        middle_W: x and y of the middle of the picture.
        half_m: half its width and height.
        px: its width and height.
    """

    def __init__(self, *, middle_W: tuple[float, float], half_m: float, px: int):
        self.middle_W, self.half_m, self.px = middle_W, half_m, px
        self.picture: Picture = np.full((px, px, 3), _EPOXY, np.uint8)

    def texcoords(self, points_W: NDArray) -> NDArray[np.float32]:
        """Places (n, 2) in the picture, 0 to 1, of points (n, 3) of the floor; rows run along y."""
        return np.asarray((points_W[:, :2] - self.middle_W) / (2 * self.half_m) + 0.5, np.float32)

    def rectangle(self, low: tuple[float, float], high: tuple[float, float], colour: Colour) -> None:
        """Fill a rectangle between two corners, m."""
        cv2.fillPoly(self.picture, [self._px([low, (high[0], low[1]), high, (low[0], high[1])])], colour, cv2.LINE_AA)

    def outline(self, low: tuple[float, float], high: tuple[float, float], width_m: float, colour: Colour) -> None:
        """A frame along the inside of a rectangle, m."""
        (x0, y0), (x1, y1) = low, high
        for a, b in (
            ((x0, y0), (x1, y0 + width_m)),
            ((x0, y1 - width_m), (x1, y1)),
            ((x0, y0), (x0 + width_m, y1)),
            ((x1 - width_m, y0), (x1, y1)),
        ):
            self.rectangle(a, b, colour)

    def hatch(self, low: tuple[float, float], high: tuple[float, float], colours: tuple[Colour, Colour]) -> None:
        """Diagonal stripes, 0.12 m wide, in a rectangle: keep out."""
        self.rectangle(low, high, colours[0])
        mask = np.zeros(self.picture.shape[:2], np.uint8)
        cv2.fillPoly(mask, [self._px([low, (high[0], low[1]), high, (low[0], high[1])])], 255)
        stripes = self.picture.copy()
        height = high[1] - low[1]
        for x in np.arange(low[0] - height, high[0], 0.24):
            band = [(x, low[1]), (x + 0.12, low[1]), (x + 0.12 + height, high[1]), (x + height, high[1])]
            cv2.fillPoly(stripes, [self._px(band)], colours[1], cv2.LINE_AA)
        self.picture[mask > 0] = stripes[mask > 0]

    def text(self, words: str, corner: tuple[float, float], height_m: float, colour: Colour) -> None:
        """Letters that a viewer reads who looks along -y; ``corner`` is their left lower corner, m."""
        per_m = self.px / (2 * self.half_m)
        (width, height), _ = cv2.getTextSize(words, cv2.FONT_HERSHEY_DUPLEX, 1.0, 2)
        scale = height_m * per_m / height
        stencil = np.zeros((int(1.6 * height * scale), int(width * scale) + 8), np.uint8)
        place = (4, int(1.2 * height * scale))
        cv2.putText(stencil, words, place, cv2.FONT_HERSHEY_DUPLEX, scale, 255, max(2, int(3 * scale)), cv2.LINE_AA)
        stencil = cv2.flip(stencil, 1)  # columns run along +x, which is to the left of that viewer
        x, y = self._px([corner])[0]
        patch = self.picture[y - stencil.shape[0] : y, x - stencil.shape[1] : x]
        share = stencil[-patch.shape[0] :, -patch.shape[1] :, None] / 255.0
        patch[:] = (patch * (1 - share) + np.array(colour) * share).astype(np.uint8)

    def _px(self, points: list[tuple[float, float]]) -> NDArray[np.int32]:
        places = (np.array(points) - self.middle_W) / (2 * self.half_m) + 0.5
        return np.round(places * self.px - 0.5).astype(np.int32)


def station_floor() -> FloorPaint:
    """The floor of the inspection station."""
    floor = FloorPaint(middle_W=(1.4, 0.0), half_m=8.0, px=2048)
    for joint in np.arange(-6.6, 9.41, 2.0):
        floor.rectangle((joint, -8), (joint + 0.008, 8), _SEAM)
    for joint in np.arange(-8.0, 8.1, 2.0):
        floor.rectangle((-6.6, joint), (9.4, joint + 0.008), _SEAM)
    floor.rectangle((-2.6, -2.35), (5.4, 2.35), _LANE)
    floor.rectangle((-1.35, -1.15), (4.15, 1.15), _EPOXY)
    floor.outline((-2.6, -2.35), (5.4, 2.35), 0.08, _LINE)
    floor.outline((-1.35, -1.15), (4.15, 1.15), 0.05, _WHITE)
    for y in (-0.8, 0.8):
        floor.rectangle((-6.6, y - 0.16), (9.4, y + 0.16), _DARK)
    floor.hatch((5.4, -2.35), (5.9, 2.35), (_LINE, (60, 62, 66)))
    floor.hatch((-3.1, -2.35), (-2.6, 2.35), (_LINE, (60, 62, 66)))
    floor.text("LINEWALKER  ROBOT ZONE", (3.2, 2.9), 0.26, _WHITE)
    floor.text("STATION 01", (-0.9, 2.9), 0.26, _WHITE)
    return floor
