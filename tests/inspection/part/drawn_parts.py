"""Pictures of a painted panel with or without an emblem: a stand-in for renderings and photographs."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from linewalker.inspection.part.region import Region
from linewalker.limbs.robot import RgbdImage

WIDTH, HEIGHT = 320, 240
REGION = Region(left=130, top=100, right=190, bottom=140)
HYPOTHESES = ("missing", "rs", "gt")


def draw(what: str, *, panel: tuple[int, int, int] = (150, 20, 25), structured: bool = True) -> np.ndarray:
    """The rendering of one hypothesis."""
    shade = np.linspace(0.8, 1.2, HEIGHT)[:, None, None]
    picture = np.clip(np.array(panel) * shade * np.ones((HEIGHT, WIDTH, 1)), 0, 255).astype(np.uint8)
    if structured:
        cv2.line(picture, (0, 70), (WIDTH, 82), (15, 15, 15), 3)
        cv2.line(picture, (215, 0), (205, HEIGHT), (20, 20, 20), 3)
        cv2.rectangle(picture, (40, 150), (120, 230), (200, 200, 190), -1)
    if what in ("rs", "gt"):
        cv2.putText(picture, what.upper(), (136, 132), cv2.FONT_HERSHEY_SIMPLEX, 1.1, (220, 220, 225), 4, cv2.LINE_AA)
    return picture


@dataclass(frozen=True, kw_only=True)
class Photograph:
    """How a camera spoils the picture."""

    shift: tuple[float, float] = (0.0, 0.0)
    turn_deg: float = 0.0
    exposure: float = 1.0
    cast: tuple[float, float, float] = (1.0, 1.0, 1.0)
    shadow: float = 0.0
    blur_px: float = 0.6
    noise: float = 2.0

    def take(self, picture: np.ndarray, rng: np.random.Generator) -> RgbdImage:
        """The photograph."""
        M = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), self.turn_deg, 1.0)
        M[:, 2] += self.shift
        moved = cv2.warpAffine(picture, M, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REPLICATE).astype(float)
        light = 1 - self.shadow * (np.arange(WIDTH) > 150)[None, :, None]
        light = cv2.GaussianBlur(np.broadcast_to(light, moved.shape).copy(), (0, 0), 12)
        lit = cv2.GaussianBlur(moved * light * self.exposure * np.array(self.cast), (0, 0), self.blur_px)
        noisy = lit + self.noise * rng.standard_normal(lit.shape)
        return RgbdImage(
            time_s=1.0,
            rgb=np.clip(noisy, 0, 255).astype(np.uint8),
            depth_m=np.full((HEIGHT, WIDTH), 0.9, np.float32),
            K=np.array([[300.0, 0, 160], [0, 300, 120], [0, 0, 1]]),
        )
