"""Footholds and the DCM that leads through them."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.cerebellum.body.feet import LEFT, RIGHT, foot_beside
from linewalker.cerebellum.walking.course import VelocityCourse
from linewalker.cerebellum.walking.footsteps import StepPlanner
from linewalker.limbs.profile import Gait

GAIT = Gait()
OMEGA = 4.0


def walk(velocity: np.ndarray, side: int) -> tuple[StepPlanner, np.ndarray, list[np.ndarray]]:
    course = VelocityCourse(GAIT)
    course.begin(np.zeros(3))
    course.velocity[:] = velocity
    planner, stance = StepPlanner(GAIT, OMEGA), foot_beside(np.zeros(3), side, GAIT.half_width_m)
    return planner, stance, planner.footholds(stance, side, course, 1.0)


@pytest.mark.parametrize("side", [LEFT, RIGHT])
def test_footholds_alternate_and_advance_at_the_commanded_velocity(side: int) -> None:
    _, stance, feet = walk(np.array([0.5, 0.0, 0.0]), side)
    lateral = np.array([stance, *feet])[:, 1]
    assert (np.sign(lateral[1:]) == -np.sign(lateral[:-1])).all()
    np.testing.assert_allclose(np.diff([stance, *feet], axis=0)[:, 0], 0.5 * GAIT.step_s, atol=1e-12)


@pytest.mark.parametrize("side", [LEFT, RIGHT])
def test_the_dcm_passes_from_foot_to_foot(side: int) -> None:
    """Integrated forward, xi' = omega (xi - foot), it ends at rest between the last two feet."""
    planner, _, feet = walk(np.array([0.4, 0.1, 0.3]), side)
    dcm = planner.dcm_at_touchdown(feet)
    for foot in feet[:-1]:
        dcm = foot[:2] + (dcm - foot[:2]) * np.exp(OMEGA * GAIT.step_s)
    np.testing.assert_allclose(dcm, 0.5 * (feet[-1][:2] + feet[-2][:2]), atol=1e-9)
