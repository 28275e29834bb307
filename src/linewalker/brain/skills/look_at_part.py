"""Look at a part: take a picture, and compare it with what the part should and could look like."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from linewalker.brain.mission import PartTask
from linewalker.brain.operator import Operator, Skill
from linewalker.geometry import Pose
from linewalker.inspection.judging import part_hypotheses
from linewalker.inspection.part.presence import PartSighting, recognise_part
from linewalker.inspection.part.region import Region, part_region
from linewalker.inspection.verdict import Reason, Undecided
from linewalker.limbs.robot import RgbdImage

_TRIES = 3
_BETWEEN_S = 0.4


class CarPictures(Protocol):
    """Draws the car of the order from CAD."""

    def draw(
        self, X_VC: Pose, K: NDArray[np.float64], size_px: tuple[int, int], part: str, hypothesis: str
    ) -> NDArray[np.uint8]:
        """A picture (h, w, 3) with a part as the hypothesis has it: one of its variants, or ``missing``."""


def look_at_part(
    operator: Operator, camera: str, task: PartTask, X_WV: Pose, pictures: CarPictures
) -> Skill[tuple[PartSighting | Undecided, RgbdImage]]:
    """Tell what is at the part's place; a picture that can not be decided is taken again."""
    yield from operator.wait(_BETWEEN_S)
    for attempt in range(_TRIES):
        if attempt:
            yield from operator.wait(_BETWEEN_S)
        image = operator.robot.look(camera)
        X_VC = X_WV.inverse() @ operator.motion.pose_of(camera)
        found = _recognise(image, task, X_VC, pictures)
        if isinstance(found, PartSighting) or found.reason is Reason.PART_HIDDEN:
            break
    return found, image


def _recognise(image: RgbdImage, task: PartTask, X_VC: Pose, pictures: CarPictures) -> PartSighting | Undecided:
    region = part_region(task.part, X_VC.inverse(), image)
    if isinstance(region, Undecided):
        return region

    def render(hypothesis: str, crop: Region) -> NDArray[np.uint8]:
        K = image.K.copy()
        K[:2, 2] -= crop.left, crop.top
        return pictures.draw(X_VC, K, crop.size, task.part.name, hypothesis)

    return recognise_part(image, region, part_hypotheses(task.part), render)
