"""Walking and standing as a whole, on noisy sensors."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import mujoco
import numpy as np
import pytest
from benchmarks.motion.outages import Outage, share_lost, silences
from benchmarks.rig import Rig

from linewalker.cerebellum.balance.upper_body import UpperBodyReference
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.controller import Mode
from linewalker.errors import ClockError, InputError
from linewalker.geometry import log_so3, wrap_angle
from linewalker.limbs.profile import upper_body_joints
from linewalker.limbs.profiles import PROFILES, load_profile
from linewalker.limbs.simulated.sensors import SensorNoise


@pytest.fixture
def rig() -> Rig:
    rig = Rig(seed=3)
    rig.run(1.0)
    return rig


def test_it_stands_still(rig: Rig) -> None:
    before, seen = rig.middle(), []
    rig.run(3.0, until=lambda: seen.append(rig.data.qpos[:3].copy()) is not None)
    assert rig.state.mode is Mode.STANDING
    assert rig.state.settled
    assert rig.state.steps == 0
    np.testing.assert_allclose(rig.middle(), before, atol=5e-4)
    np.testing.assert_allclose(rig.motion.middle_W, before, atol=0.01)
    assert np.std(seen, axis=0).max() < 1e-3


@pytest.mark.parametrize("goal", [(0.6, 0.2, 0.5), (-0.4, -0.3, -1.0)])
def test_it_goes_where_it_is_told_and_stays_there(rig: Rig, goal: tuple[float, float, float]) -> None:
    rig.motion.walk_to(*goal)
    assert not rig.state.arrived
    rig.run(15.0, until=lambda: rig.state.arrived)
    steps = rig.state.steps
    rig.run(1.0)
    error = rig.middle() - goal
    assert rig.state.settled
    assert rig.state.steps == steps
    assert np.hypot(*error[:2]) < 0.015
    assert abs(wrap_angle(error[2])) < np.radians(1.5)


def test_it_walks_at_the_commanded_velocity_and_stops(rig: Rig) -> None:
    rig.motion.walk(0.5, 0.0, 0.3)
    rig.run(4.0)
    before = rig.middle()
    rig.run(2.0)
    after = rig.middle()
    turned = wrap_angle(after[2] - before[2])
    chord = 0.5 / 0.3 * 2 * np.sin(0.3)
    assert turned == pytest.approx(0.6, abs=0.1)
    assert np.hypot(*(after - before)[:2]) == pytest.approx(chord, abs=0.15)
    rig.motion.stop()
    assert rig.run(3.0, until=lambda: rig.state.mode is Mode.STANDING) < 1.2
    rig.run(1.5)
    assert rig.state.settled
    assert rig.state.arrived


def test_waypoints_lead_round_a_corner_without_stopping(rig: Rig) -> None:
    rig.motion.follow([(1.0, 0.0, None), (1.0, 0.8, np.pi / 2)])
    nearest = [9.0]

    def seen() -> bool:
        nearest.append(float(np.hypot(*(rig.middle()[:2] - [1.0, 0.0]))))
        return rig.state.arrived

    rig.run(15.0, until=seen)
    assert rig.state.arrived
    assert min(nearest) < 0.2
    np.testing.assert_allclose(rig.middle()[:2], [1.0, 0.8], atol=0.02)


def test_it_knows_where_it_is(rig: Rig) -> None:
    """Estimated poses agree with the truth as far as fixes of 5 mm and 0.3 deg and biased encoders let them."""
    rig.motion.walk_to(0.5, 0.0, 0.0)
    rig.run(10.0, until=lambda: rig.state.arrived)
    rig.run(1.0)
    for name in ("left_sole", "right_wrist", "head"):
        X_WF, true = rig.motion.pose_of(name), rig.data.site(name)
        assert np.linalg.norm(X_WF.p - true.xpos) < 0.02
        assert np.linalg.norm(log_so3(X_WF.R @ true.xmat.reshape(3, 3).T)) < np.radians(1.5)
    torso = rig.data.body(rig.robot.profile.torso)
    assert np.linalg.norm(rig.motion.pose_of("torso").p - torso.xpos) < 0.01
    np.testing.assert_allclose(rig.motion.estimate.q_rad, rig.data.qpos[7:], atol=0.015)
    with pytest.raises(KeyError):
        rig.motion.pose_of("tail")


def test_a_reference_for_arms_and_pelvis_is_tracked_while_standing(rig: Rig) -> None:
    joints = upper_body_joints(rig.robot.profile)
    home, m = rig.motion.upper_body.q.copy(), len(joints)
    wanted = home.copy()
    wanted[joints.index("left_elbow_joint")] += 0.4
    wanted[joints.index("waist_yaw_joint")] += 0.3
    height = rig.data.qpos[2]
    for s in np.linspace(0, 1, 500):
        rig.motion.set_upper_body(
            UpperBodyReference(
                q_rad=home + s * (wanted - home),
                dq_rad_s=np.zeros(m),
                ddq_rad_s2=np.zeros(m),
                pelvis_height_offset_m=-0.05 * s,
                pelvis_rotvec_rad=np.array([0.0, 0.1 * s, 0.0]),
                com_offset_m=np.array([0.02 * s, 0.0]),
            )
        )
        rig.run(0.002)
    rig.run(1.0)
    at = [rig.data.qpos[7 + rig.robot.profile.joints.index(joint)] for joint in joints]
    np.testing.assert_allclose(at, wanted, atol=0.02)
    assert rig.data.qpos[2] - height == pytest.approx(-0.05, abs=0.004)
    pelvis = rig.data.body("pelvis").xmat.reshape(3, 3)
    assert log_so3(pelvis)[1] == pytest.approx(0.1, abs=0.015)
    assert rig.data.subtree_com[1][0] - rig.middle()[0] == pytest.approx(0.02, abs=0.006)
    rig.motion.set_upper_body(None)
    rig.run(2.5)
    np.testing.assert_allclose(rig.motion.upper_body.q, home, atol=0.01)
    assert rig.state.steps == 0


@pytest.mark.parametrize("force_n", [(80.0, 0.0), (0.0, 80.0), (-56.0, -56.0), (-180.0, 0.0)])
def test_a_push_is_met_with_a_step(rig: Rig, force_n: tuple[float, float]) -> None:
    rig.push((*force_n, 0.0), 0.1)
    rig.run(3.0)
    assert rig.state.mode is Mode.STANDING
    assert rig.state.settled


def test_a_fall_is_noticed_and_the_limbs_go_limp(rig: Rig) -> None:
    rig.push((900.0, 0.0, 0.0), 0.2)
    rig.run(4.0, until=lambda: rig.state.mode is Mode.FALLEN)
    assert rig.state.mode is Mode.FALLEN
    command = rig.motion.tick(rig.robot.sense())
    assert not command.tau_nm.any()
    assert not command.kp_nm_rad.any()
    assert (command.kd_nm_s_rad > 0).all()


def test_losing_localisation_while_walking_is_survived() -> None:
    rig = Rig(seed=5)
    rig.run(1.0)
    rig.motion.walk_to(2.5, 0.0, 0.0)
    rig.run(1.5)
    rig.robot.localisation.lost = True
    rig.run(3.0)
    rig.robot.localisation.lost = False
    rig.run(15.0, until=lambda: rig.state.arrived)
    rig.run(0.5)
    np.testing.assert_allclose(rig.middle()[:2], [2.5, 0.0], atol=0.02)


def test_it_does_not_care_where_the_station_has_its_origin() -> None:
    rig = Rig(seed=6)
    rig.robot.place(7.0, -3.0, 2.5)
    rig.run(1.0)
    assert rig.motion.pose_of("base").p == pytest.approx(rig.data.qpos[:3], abs=0.02)
    rig.motion.walk_to(6.7, -3.0, 2.5)
    rig.run(10.0, until=lambda: rig.state.arrived)
    np.testing.assert_allclose(rig.middle(), [6.7, -3.0, 2.5], atol=0.02)


def test_the_same_seed_walks_the_same_steps() -> None:
    ends = []
    for _ in range(2):
        rig = Rig(seed=9)
        rig.run(0.5)
        rig.motion.walk(0.3, 0.0, 0.0)
        rig.run(1.0)
        ends.append(rig.data.qpos.copy())
    np.testing.assert_array_equal(*ends)


def test_a_path_needs_a_goal_with_a_heading(rig: Rig) -> None:
    for route in ([], [(1.0, 0.0, None)]):
        with pytest.raises(ValueError, match="heading"):
            rig.motion.follow(route)


def test_a_fix_moves_the_map_and_not_the_body() -> None:
    """Odometry is smooth while corrections arrive; without noise it agrees with the truth."""
    rig = Rig(seed=1, noise=SensorNoise(fix_m=0.03, fix_period_s=0.1))
    rig.run(0.3)
    last, jumps = rig.motion.estimate.X_OB.p, []
    for _ in range(300):
        rig.run(0.002)
        jumps.append(np.linalg.norm(rig.motion.estimate.X_OB.p - last))
        last = rig.motion.estimate.X_OB.p
    assert max(jumps) < 3e-4


def test_more_than_the_robot_can_walk_is_walked_as_fast_as_it_can() -> None:
    motion = MotionController(load_profile("g1"))
    motion.walk(4.0, 3.0, -2.0)
    wanted = motion._velocity.wanted
    assert motion.profile.gait.share_of_fastest(*wanted) == pytest.approx(1.0)
    np.testing.assert_allclose(wanted / wanted[0], [1.0, 0.75, -0.5])


@pytest.mark.parametrize("bad", [(np.nan, 0.0, 0.0), (0.0, np.inf, 0.0)])
def test_what_is_no_number_is_refused(bad: tuple[float, float, float]) -> None:
    motion = MotionController(load_profile("g1"))
    with pytest.raises(ValueError, match="finite"):
        motion.walk(*bad)
    with pytest.raises(ValueError, match="finite"):
        motion.walk_to(*bad)
    assert motion.state.mode is Mode.STANDING


@pytest.mark.parametrize(("outage", "seed"), [(share_lost(0.2), 0), (share_lost(0.2), 2), (silences, 0)])
def test_it_walks_on_when_readings_are_lost(outage: Outage, seed: int) -> None:
    rig = Rig(seed)
    rig.run(1.0)
    rig.motion.walk(0.5, 0.0, 0.0)
    for lost in outage(np.random.default_rng(seed))[:3500]:
        readings = rig.robot.sense()
        if not lost:
            rig.robot.act(rig.motion.tick(readings))
    assert rig.state.mode is Mode.WALKING
    assert rig.middle()[0] == pytest.approx(2.7, abs=0.15)


def test_the_same_reading_again_gets_the_same_command(rig: Rig) -> None:
    rig.motion.walk(0.5, 0.0, 0.0)
    rig.run(1.0)
    readings = rig.robot.sense()
    first, at = rig.motion.tick(readings), rig.motion.pose_of("torso").p
    assert rig.motion.tick(replace(readings)) is first
    np.testing.assert_array_equal(rig.motion.pose_of("torso").p, at)


@pytest.mark.parametrize(("back_s", "named"), [(0.0, "stands still at 1"), (1.0, r"ran back from 1.*reset\(\)")])
def test_a_clock_that_goes_wrong_is_refused_by_name(rig: Rig, back_s: float, named: str) -> None:
    before = rig.robot.sense()
    rig.motion.tick(before)
    with pytest.raises(ClockError, match=named):
        rig.motion.tick(replace(rig.robot.sense(), time_s=before.time_s - back_s))


def test_physics_in_another_period_are_refused_and_not_walked_at_the_wrong_rate() -> None:
    rig = Rig()

    def every_other() -> None:
        for _ in range(30):
            rig.robot.sense()
            rig.tick()

    with pytest.raises(InputError, match="every 4 ms"):
        every_other()


@pytest.mark.parametrize("robot", sorted(PROFILES))
def test_it_walks_sideways_as_fast_as_it_is_told_to(robot: str) -> None:
    """Feet that meet have no room for half of the way; the outer foot makes up for it, and nothing is a push."""
    rig = Rig(4, robot)
    rig.run(1.0)
    speed = 0.85 * rig.robot.profile.gait.fastest_aside_m_s
    rig.motion.walk(0.0, speed, 0.0)
    rig.run(3.0)
    before = rig.middle()
    rig.run(6.0, until=lambda: rig.motion.walking.recovery.active)
    assert not rig.motion.walking.recovery.active
    assert np.hypot(*(rig.middle() - before)[:2]) / 6.0 == pytest.approx(speed, abs=0.03)


@pytest.mark.parametrize(
    ("robot", "velocity", "verb"),
    [
        ("g1", (0.444, -0.285, -0.53), "halt"),
        ("talos", (0.424, 0.155, 0.362), "halt"),
        ("talos", (0.717, 0.073, -0.21), "halt"),
        ("talos", (0.715, 0.089, 0.136), "stop"),
    ],
)
def test_braking_is_no_push_and_a_push_is_one_while_braking(
    robot: str, velocity: tuple[float, float, float], verb: str
) -> None:
    """From any phase of any gait it stands after a stride or two, however far that is from what it was about."""
    rig = Rig(13, robot)
    rig.run(1.0)
    rig.motion.walk(*velocity)
    rig.run(3.0)

    def halted() -> tuple[bool, float]:
        rig.run(0.06)
        it = deepcopy(rig)
        before = it.middle()
        getattr(it.motion, verb)()
        it.run(4.0, until=lambda: it.state.settled)
        return it.state.settled, float(np.hypot(*(it.middle() - before)[:2]))

    ends = [halted() for _ in range(12)]
    assert all(settled for settled, _ in ends)
    assert max(way_m for _, way_m in ends) < 0.85


def test_after_a_long_silence_it_halts(rig: Rig) -> None:
    rig.motion.walk(0.3, 0.0, 0.0)
    rig.run(1.5)
    for _ in range(55):
        rig.robot.sense()
    rig.run(3.0)
    assert rig.state.mode is Mode.STANDING


def test_a_reset_controller_is_a_new_one(rig: Rig) -> None:
    rig.motion.walk(0.5, 0.0, 0.0)
    rig.run(2.0)
    known = rig.motion.calibration
    mujoco.mj_resetData(rig.robot.model, rig.data)
    rig.robot.place(0.5, 0.0, 0.0)
    rig.motion.reset()
    assert rig.state == MotionController(rig.robot.profile).state
    new = MotionController(rig.robot.profile)
    for motion in (rig.motion, new):
        motion.calibrate(known)
        motion.walk_to(1.0, 0.0, 0.0)
    while rig.state.mode is Mode.WALKING:
        readings = rig.robot.sense()
        command = rig.motion.tick(readings)
        np.testing.assert_array_equal(command.tau_nm, new.tick(readings).tau_nm)
        rig.robot.act(command)
    assert rig.state.arrived
    assert rig.middle()[0] == pytest.approx(1.0, abs=0.02)


def test_whoever_forgets_to_reset_is_told(rig: Rig) -> None:
    rig.motion.walk(0.5, 0.0, 0.0)
    rig.run(1.0)
    mujoco.mj_resetData(rig.robot.model, rig.data)
    rig.robot.place(0.0, 0.0, 0.0)
    with pytest.raises(ClockError, match=r"reset\(\)"):
        rig.tick()
