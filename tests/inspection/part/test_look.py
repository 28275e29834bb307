"""A look at a part: what it shows is told once, when it is asked for, from the picture and where it was taken."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linewalker.geometry import Pose
from linewalker.inspection.part.look import PartLook, part_hypotheses
from linewalker.inspection.part.presence import PartSighting
from linewalker.inspection.part.region import Region
from linewalker.inspection.verdict import Reason, Undecided
from linewalker.limbs.robot import RgbdImage
from tests.inspection.nominal_car import catalogue

CAR = catalogue()
BADGE = CAR.parts["badge_rear"]
K = np.array([[300.0, 0, 160], [0, 300, 120], [0, 0, 1]])
X_VC = Pose.from_axes(1e-3 * BADGE.p_V_mm + 0.8 * BADGE.normal, z=-BADGE.normal, y=-BADGE.up)


class Drawings:
    """A white bar where the badge is, on structured paint; counts what it draws."""

    def __init__(self) -> None:
        self.drawn: list[str] = []

    def draw(
        self, _X_VC: Pose, K: NDArray[np.float64], size_px: tuple[int, int], part: str, hypothesis: str
    ) -> NDArray[np.uint8]:
        self.drawn.append(hypothesis)
        assert part == "badge_rear"
        left, top = round(160 - K[0, 2]), round(120 - K[1, 2])
        return whole(hypothesis)[top : top + size_px[1], left : left + size_px[0]]


def whole(hypothesis: str) -> NDArray[np.uint8]:
    picture = np.full((240, 320, 3), (150, 20, 25), np.uint8)
    picture[60:66, :], picture[:, 230:236] = 20, 20
    if hypothesis == "rs":
        picture[113:128, 142:178] = 230
    return picture


def looked(hypothesis: str, X: Pose = X_VC) -> tuple[PartLook, Drawings]:
    image = RgbdImage(time_s=2.0, rgb=whole(hypothesis), depth_m=np.full((240, 320), 0.8, np.float32), K=K)
    drawings = Drawings()
    return PartLook(part=BADGE, image=image, X_VC=X, pictures=drawings), drawings


def test_what_is_there_is_seen_and_every_possibility_is_drawn_once() -> None:
    for hypothesis in ("rs", "none"):
        look, drawings = looked(hypothesis)
        assert drawings.drawn == []
        shown = [look.sighting, look.sighting][0]
        assert isinstance(shown, PartSighting)
        assert (shown.seen, drawings.drawn) == (hypothesis, ["none", "rs"])


def test_the_region_holds_the_part_in_the_middle_of_the_picture() -> None:
    region = looked("rs")[0].region
    assert isinstance(region, Region)
    assert (0.5 * (region.left + region.right), 0.5 * (region.top + region.bottom)) == (160.5, 120.5)
    assert region.size[0] / region.size[1] > 2.0


def test_a_part_out_of_sight_is_hidden_and_nothing_is_drawn() -> None:
    look, drawings = looked("rs", X_VC @ Pose(p=np.array([3.0, 0.0, 0.0])))
    assert isinstance(look.sighting, Undecided)
    assert (look.sighting.reason, drawings.drawn) == (Reason.PART_HIDDEN, [])


def test_possibilities_hold_nothing_at_all_once() -> None:
    assert part_hypotheses(CAR.parts["handle"]) == ("present", "missing")
    assert part_hypotheses(BADGE) == ("none", "rs")
