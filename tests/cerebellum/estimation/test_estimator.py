"""What the estimator does with what comes from outside the body."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from benchmarks.rig import Rig

from linewalker.cerebellum.estimation.estimator import UNFIT_S
from linewalker.geometry import Pose
from linewalker.limbs.robot import LocalisationFix, Readings, ToolFix
from linewalker.limbs.simulated.sensors import PERFECT

HERE = Pose()


def fed(rig: Rig, seconds: float, **falsified: object) -> None:
    for _ in range(round(seconds / 0.002)):
        rig.robot.act(rig.motion.tick(replace(rig.robot.sense(), **falsified)))


def test_fixes_of_another_clock_are_dropped_and_counted() -> None:
    rig = Rig(seed=1)
    rig.robot.localisation.lost = True
    rig.run(0.1)
    estimator = rig.motion.estimator
    for taken_s, word in ((-1e4, "older"), (1.7e9, "ahead")):
        fed(rig, 0.05, fix=LocalisationFix(taken_s=taken_s, X_WT=HERE))
        assert max(estimator.dropped.values()) == 25
        assert any(word in reason and "clock" in reason for reason in estimator.dropped)
        estimator.dropped.clear()
    assert not estimator.localised
    assert estimator.unused_s == pytest.approx(0.1, abs=0.005)


def test_unfit_fixes_are_forgotten_when_they_cease_or_one_fits() -> None:
    rig = Rig(seed=2)
    fed(rig, 0.3, fix=LocalisationFix(taken_s=np.nan, X_WT=HERE))
    assert rig.motion.estimator.unused_s > 0.29
    rig.run(0.1)  # the tracker's own fixes
    assert rig.motion.estimator.unused_s == 0.0
    rig.robot.localisation.lost = True
    rig.run(0.1)  # what is under way arrives
    fed(rig, 0.01, fix=LocalisationFix(taken_s=np.nan, X_WT=HERE))
    rig.run(0.5 * UNFIT_S)
    assert rig.motion.estimator.unused_s > 0.0
    rig.run(0.6 * UNFIT_S)
    assert rig.motion.estimator.unused_s == 0.0


@pytest.mark.parametrize(
    "tool",
    [
        ToolFix(taken_s=0.5, scanner="third_hand", X_WS=HERE),
        ToolFix(taken_s=0.5, scanner="right_wrist", X_WS=Pose(R=np.zeros((3, 3)))),
        ToolFix(taken_s=0.5, scanner=[], X_WS=HERE),  # type: ignore[arg-type]
        "seen",
    ],
)
def test_tool_fixes_without_sense_are_dropped_and_counted(tool: ToolFix) -> None:
    offsets, dropped = [], []
    for tools in ((tool,), ()):
        rig = Rig(seed=3)
        rig.run(0.5)
        rig.motion.tick(replace(rig.robot.sense(), tool_fixes=tools))
        offsets.append(rig.motion.estimator.offsets)
        dropped.append(rig.motion.estimator.dropped.total())
    assert dropped == [1, 0]
    np.testing.assert_array_equal(*offsets)


def test_a_fix_that_claims_to_be_perfect_keeps_the_covariance_positive() -> None:
    rig = Rig(seed=4, noise=PERFECT)

    def sure(readings: Readings) -> Readings:
        fix = readings.fix
        return readings if fix is None else replace(readings, fix=replace(fix, covariance=1e-300 * np.eye(6)))

    for _ in range(500):
        rig.robot.act(rig.motion.tick(sure(rig.robot.sense())))
    covariance = rig.motion.estimate.covariance
    np.testing.assert_array_equal(covariance, covariance.T)
    assert np.linalg.eigvalsh(covariance)[0] > 0.0


def test_how_far_a_fix_is_off_is_told_at_its_tick_only() -> None:
    rig = Rig(seed=5, noise=PERFECT)
    rig.run(0.5)
    readings = rig.robot.sense()
    torso = Pose(p=rig.robot.body.p_WT.copy(), R=rig.robot.body.R_WT.copy())
    moved = Pose(p=np.array([0.3, 0.0, 0.0])) @ torso
    rig.motion.tick(replace(readings, fix=LocalisationFix(taken_s=readings.time_s, X_WT=moved)))
    assert rig.motion.estimator.fix_off == pytest.approx((0.3, 0.0), abs=0.01)
    rig.motion.tick(replace(rig.robot.sense(), fix=None))
    assert rig.motion.estimator.fix_off is None


def test_feet_that_report_no_numbers_are_done_without() -> None:
    rig = Rig(seed=6, foot_sensors=True)
    rig.run(0.3)
    for wrong in (np.array([np.nan, 100.0]), np.zeros(3), "heavy"):
        fed(rig, 0.1, foot_force_n=wrong)
    assert sum(rig.motion.estimator.dropped.values()) == 150
    assert rig.data.qpos[2] > 0.6
