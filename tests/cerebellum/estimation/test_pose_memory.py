"""What the station's tracker tells about encoders: geometry by finite differences, learning by known answers."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.estimation.estimator import Estimator
from linewalker.cerebellum.estimation.pose_memory import TORSO, Sightings, offset_joints
from linewalker.geometry import Pose, exp_so3, log_so3
from linewalker.limbs.profiles import PROFILES, load_profile
from linewalker.limbs.robot import CONTROL_PERIOD_S, LocalisationFix, Readings, ToolFix
from linewalker.limbs.simulated.sensors import SensorNoise

G1 = load_profile("g1")
SCANNER = "right_wrist"
FEET = np.array([True, True])


def posture(dynamics: Dynamics, q_rad: np.ndarray) -> np.ndarray:
    q = np.zeros(dynamics.model.nq)
    q[3], q[dynamics.joint_q] = 1.0, q_rad
    return q


def relative_to_imu(dynamics: Dynamics, q: np.ndarray, name: str) -> tuple[Pose, Pose]:
    """X_OI and X_IF at a state."""
    dynamics.update(q, np.zeros(dynamics.nv))
    imu = dynamics.data.site("imu")
    frame = dynamics.data.body(dynamics.profile.torso) if name == TORSO else None
    site = dynamics.data.site(name) if frame is None else None
    p, R = (frame.xpos, frame.xmat) if site is None else (site.xpos, site.xmat)
    X_OI = Pose(p=imu.xpos.copy(), R=imu.xmat.reshape(3, 3).copy())
    return X_OI, X_OI.inverse() @ Pose(p=p.copy(), R=R.reshape(3, 3).copy())


@pytest.mark.parametrize("robot", sorted(PROFILES))
def test_slopes_are_finite_differences(robot: str) -> None:
    profile = load_profile(robot)
    dynamics = Dynamics(profile)
    joints = offset_joints(profile, dynamics)
    sightings = Sightings(profile, dynamics, joints)
    rng = np.random.default_rng(0)
    q = posture(dynamics, profile.standing_q() + 0.2 * rng.normal(size=len(profile.joints)))
    at, step = dynamics.joint_number(joints), 1e-6
    for name in (TORSO, *profile.scanners):
        X_OI, X_IF = relative_to_imu(dynamics, q, name)
        sightings.note(0, np.zeros(len(joints)))
        slopes = sightings.recall(name, 0, np.zeros(len(joints))).slopes
        for k in range(len(joints)):
            moved = q.copy()
            moved[at[k]] -= step  # an offset is taken off the reading
            _, X_IG = relative_to_imu(dynamics, moved, name)
            numeric = np.concatenate((X_OI.R @ (X_IG.p - X_IF.p), X_OI.R @ log_so3(X_IG.R @ X_IF.R.T))) / step
            np.testing.assert_allclose(slopes[:, k], numeric, atol=1e-5)
        dynamics.update(q, np.zeros(dynamics.nv))


def test_what_is_recalled_counts_in_what_was_learnt_since() -> None:
    dynamics = Dynamics(G1)
    joints = offset_joints(G1, dynamics)
    sightings, q = Sightings(G1, dynamics, joints), posture(dynamics, G1.standing_q())
    learnt = 1e-3 * np.random.default_rng(1).normal(size=len(joints))
    dynamics.update(q, np.zeros(dynamics.nv))
    sightings.note(7, np.zeros(len(joints)))
    then = sightings.recall(SCANNER, 7, learnt)
    q[dynamics.joint_number(joints)] -= learnt
    dynamics.update(q, np.zeros(dynamics.nv))
    site = dynamics.data.site(SCANNER)
    np.testing.assert_allclose(then.p, site.xpos, atol=3e-6)
    np.testing.assert_allclose(then.R, site.xmat.reshape(3, 3), atol=1e-5)


def test_every_robot_learns_its_arm() -> None:
    for name in PROFILES:
        profile = load_profile(name)
        joints = offset_joints(profile, Dynamics(profile))
        arms = [set(arm.joints) for arm in profile.arms]
        assert any(arm <= set(joints) for arm in arms), name
        assert not set(joints) & {joint for leg in profile.legs for joint in leg.joints}


class Still:
    """A robot that stands like a statue, in postures one after the other, seen by noisy sensors."""

    def __init__(self, seed: int, *, tools: bool = True, noise: SensorNoise | None = None):
        self.noise, self.tools = noise if noise is not None else SensorNoise(), tools
        self.truth, self.believed = Dynamics(G1), Dynamics(G1)
        self.rng = np.random.default_rng(seed)
        self.estimator = Estimator(G1, self.believed, CONTROL_PERIOD_S)
        at = [G1.joints.index(name) for name in self.estimator.offset_joints]
        self.offset = np.zeros(len(G1.joints))
        self.offset[at] = self.noise.encoder_bias_rad * self.rng.normal(size=len(at))
        self.ticks = 0

    def seen(self, name: str) -> Pose:
        X_OI, X_IF = relative_to_imu(self.truth, self.q, name)
        X_WF = X_OI @ X_IF
        sigma_m, sigma_rad = self.noise.fix_m, self.noise.fix_rad
        R = exp_so3(sigma_rad * self.rng.normal(size=3)) @ X_WF.R
        return Pose(p=X_WF.p + sigma_m * self.rng.normal(size=3), R=R)

    def stand(self, q_rad: np.ndarray, seconds: float) -> None:
        self.q = posture(self.truth, q_rad)
        self.truth.update(self.q, np.zeros(self.truth.nv))
        self.q[2] = -self.truth.foot_p[:, 2].mean()
        self.truth.update(self.q, np.zeros(self.truth.nv))
        zeros = np.zeros(len(G1.joints))
        for _ in range(round(seconds / CONTROL_PERIOD_S)):
            self.ticks += 1
            now = CONTROL_PERIOD_S * self.ticks
            fixed = self.ticks % 10 == 0
            tools = (ToolFix(taken_s=now, scanner=SCANNER, X_WS=self.seen(SCANNER)),) if fixed and self.tools else ()
            readings = Readings(
                time_s=now,
                gyro_rad_s=0.01 * self.rng.normal(size=3),
                accel_m_s2=np.array([0.0, 0.0, 9.81]) + 0.1 * self.rng.normal(size=3),
                q_rad=q_rad + self.offset + self.noise.encoder_rad * self.rng.normal(size=len(zeros)),
                dq_rad_s=zeros,
                tau_nm=zeros,
                fix=LocalisationFix(taken_s=now, X_WT=self.seen(TORSO)) if fixed else None,
                tool_fixes=tools,
            )
            self.estimator.predict(readings)
            self.believed.update(self.estimator.q, self.estimator.v)
            self.estimator.correct(readings, np.full(2, 0.5 * self.estimator.contact.weight_n), FEET)

    def miss(self) -> tuple[float, float]:
        """How far the scanner is from where it is thought, m and rad."""
        site = self.believed.data.site(SCANNER)
        X_WS = self.estimator.X_WO @ Pose(p=site.xpos.copy(), R=site.xmat.reshape(3, 3).copy())
        X_OI, X_IF = relative_to_imu(self.truth, self.q, SCANNER)
        true = X_OI @ X_IF
        return float(np.linalg.norm(true.p - X_WS.p)), float(np.linalg.norm(log_so3(true.R @ X_WS.R.T)))


def reaching(seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    q = G1.standing_q()
    arm = [G1.joints.index(name) for name in G1.arms[1].joints]
    q[arm] += 0.6 * rng.normal(size=len(arm))
    return q


def test_seen_from_outside_the_scanner_is_where_it_is_thought() -> None:
    misses = {}
    for tools in (True, False):
        robots = [Still(seed, tools=tools) for seed in range(4)]
        for still in robots:
            still.stand(reaching(0), 1.5)
        misses[tools] = np.mean([still.miss() for still in robots], axis=0)
    assert (misses[True] < [0.0015, np.radians(0.25)]).all()
    assert (misses[True] < [0.7 * misses[False][0], 0.5 * misses[False][1]]).all()


def test_offsets_are_recovered_and_remain_when_the_target_is_out_of_sight() -> None:
    still = Still(4)
    before = np.abs(still.offset[[G1.joints.index(name) for name in still.estimator.offset_joints]])
    for seed in range(6):
        still.stand(reaching(seed), 0.6)
    estimator = still.estimator
    truth = still.offset[[G1.joints.index(name) for name in estimator.offset_joints]]
    assert np.linalg.norm(estimator.offsets - truth) < 0.5 * np.linalg.norm(before)
    still.tools = False
    still.stand(reaching(99), 0.4)
    assert still.miss()[1] < np.radians(0.25)


def test_without_tool_fixes_arm_offsets_stay_unknown() -> None:
    still = Still(5, tools=False)
    still.stand(reaching(1), 0.5)
    of_arm = [still.estimator.offset_joints.index(name) for name in G1.arms[1].joints]
    assert np.array_equal(still.estimator.offsets[of_arm], np.zeros(len(of_arm)))
