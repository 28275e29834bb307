"""A look at a part: the picture, from where it was taken, and what it shows, told when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Pose
from linewalker.inspection.cad.catalogue import Part
from linewalker.inspection.part.presence import MISSING, NONE, PartSighting, recognise_part
from linewalker.inspection.part.region import Region, part_region
from linewalker.inspection.verdict import Undecided
from linewalker.limbs.robot import RgbdImage


class CarPictures(Protocol):
    """Draws the car of the order from CAD."""

    @property
    def vin(self) -> str:
        """Its number."""

    def draw(
        self, X_VC: Pose, K: NDArray[np.float64], size_px: tuple[int, int], part: str, hypothesis: str
    ) -> NDArray[np.uint8]:
        """A picture (h, w, 3) with a part as the hypothesis has it: one of its variants, or ``missing``."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PartLook:
    """A picture of a part.

    Attributes:
        part: what was looked at.
        image: the picture.
        X_VC: where the camera is believed to have been, in the car.
        pictures: draws the car that was ordered.
    """

    part: Part
    image: RgbdImage
    X_VC: Pose
    pictures: CarPictures

    @cached_property
    def region(self) -> Region | Undecided:
        """Where the part should be in the picture, or why it can not be seen."""
        return part_region(self.part, self.X_VC.inverse(), self.image)

    @cached_property
    def sighting(self) -> PartSighting | Undecided:
        """Which of its variants the picture shows, or that it shows none."""
        if isinstance(self.region, Undecided):
            return self.region
        return recognise_part(self.image, self.region, part_hypotheses(self.part), self._render)

    def _render(self, hypothesis: str, crop: Region) -> NDArray[np.uint8]:
        K = self.image.K.copy()
        K[:2, 2] -= crop.left, crop.top
        return self.pictures.draw(self.X_VC, K, crop.size, self.part.name, hypothesis)


def part_hypotheses(part: Part) -> tuple[str, ...]:
    """What may be seen at a part's place: its variants, and `MISSING` unless ``none`` is one of them."""
    return part.variants if NONE in part.variants else (*part.variants, MISSING)
