"""Every slip of a body and its standing posture is found, named, and comes with its fix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from linewalker.geometry import Pose
from linewalker.limbs.checks.finding import Level
from linewalker.limbs.checks.posture_check import check_posture
from linewalker.limbs.profile import Limb, Mount, RobotProfile
from linewalker.limbs.profiles import PROFILES

WALKER = PROFILES["walker"]


def _left_foot_at(p: tuple[float, float, float]) -> RobotProfile:
    left, right = WALKER.legs
    return replace(WALKER, legs=(replace(left, end=Mount(body=left.end.body, X_BF=Pose(p=np.array(p)))), right))


def _standing(**angles: float) -> RobotProfile:
    return replace(WALKER, standing={**WALKER.standing, **{f"{name}_joint": q for name, q in angles.items()}})


def _both(name: str, angle: float) -> dict[str, float]:
    return {f"left_{name}": angle, f"right_{name}": angle}


SLIPS: dict[str, tuple[Callable[[], RobotProfile], str, str, str]] = {
    "legs swapped": (
        lambda: replace(WALKER, legs=WALKER.legs[::-1]),
        "sides",
        "left of the feet is 0.220 m to the right",
        "Name the left one first",
    ),
    "weak knees": (
        lambda: replace(WALKER, effort_nm={"left_knee_joint": 20.0, "right_knee_joint": 20.0}),
        "torques",
        "knee_joint needs",
        "Bend it less",
    ),
    "straight knees": (
        lambda: _standing(**_both("knee", 0.02), **_both("hip_pitch", -0.01), **_both("ankle_pitch", -0.01)),
        "knees",
        "left knee is straight",
        "left_knee_joint to about +0.8 rad",
    ),
    "toes down": (lambda: _standing(**_both("ankle_pitch", -0.2)), "soles", "sole is tilted 18.6 deg", "sum to zero"),
    "one leg shorter": (
        lambda: _standing(left_knee=1.24, left_hip_pitch=-0.616, left_ankle_pitch=-0.624),
        "soles",
        "higher than the right",
        "Bend both legs alike",
    ),
    "feet turned out": (lambda: _standing(left_hip_yaw=0.2), "soles", "sole is turned", "points forward"),
    "falls over": (
        lambda: _standing(**_both("hip_pitch", -0.216), **_both("ankle_pitch", -0.824)),
        "balance",
        "before the middle of the soles, outside",
        "shift the hips back",
    ),
    "too low for its gait": (lambda: replace(WALKER, com_height_m=0.7), "balance", "com_height_m is 0.7", "knees"),
    "sole above the floor": (
        lambda: replace(
            WALKER,
            legs=tuple(
                Limb(joints=leg.joints, end=Mount(body=leg.end.body, X_BF=Pose(p=leg.end.X_BF.p + [0, 0, 0.03])))
                for leg in WALKER.legs
            ),
        ),
        "foot",
        "foot ends 30 mm below",
        "-0.0300 m along its z",
    ),
    "sole too wide": (
        lambda: replace(WALKER, sole_half_width_m=0.08),
        "foot",
        "stands out of the foot",
        "half_width_m",
    ),
    "foot frame off on one side": (
        lambda: _left_foot_at((0.055, 0.0, -0.09)),
        "symmetry",
        "right foot is 30 mm from",
        "foot frames",
    ),
    "no scanner": (lambda: replace(WALKER, scanners={}), "arms", "no line scanner", "Mount one"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_found_with_its_fix(slip: str) -> None:
    make, rule, problem, fix = SLIPS[slip]
    found = [finding for finding in check_posture(make()) if finding.rule == rule]
    assert any(problem in finding.problem and fix in finding.fix for finding in found), [str(f) for f in found]


def _balance(lean: float) -> list[Level]:
    leaning = _standing(**_both("hip_pitch", -0.516 + lean), **_both("ankle_pitch", -0.524 - lean))
    return [finding.level for finding in check_posture(leaning) if finding.rule == "balance"]


def test_the_farther_it_leans_the_louder_it_is_said() -> None:
    assert [_balance(lean) for lean in (0.09, 0.3)] == [[Level.WARNING], [Level.ERROR, Level.WARNING]]
