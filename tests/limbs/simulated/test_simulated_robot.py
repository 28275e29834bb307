"""The simulated robot behind the seam."""

from __future__ import annotations

from dataclasses import replace

import mujoco
import numpy as np
import pytest

from linewalker.errors import RobotLost
from linewalker.limbs.model.robot_model import SOLES, attach, effort_limits, floor_model
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import JointCommand, Readings
from linewalker.limbs.simulated.mujoco_body import MujocoBody
from linewalker.limbs.simulated.optics import SimulatedOptics
from linewalker.limbs.simulated.sensors import PERFECT, SensorNoise
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot
from linewalker.physics.contacts import add_floor

PROFILE = load_profile("g1")
N = len(PROFILE.joints)


@pytest.fixture(scope="module")
def model() -> mujoco.MjModel:
    return floor_model(PROFILE, visual=False)


def build(model: mujoco.MjModel, **options: object) -> SimulatedRobot:
    robot = SimulatedRobot(model, mujoco.MjData(model), PROFILE, **options)  # type: ignore[arg-type]
    robot.place(0.0, 0.0, 0.0)
    return robot


def command(tau: float = 0.0, kp: float = 0.0, kd: float = 0.0, q: np.ndarray | None = None) -> JointCommand:
    return JointCommand(
        q_rad=PROFILE.standing_q() if q is None else q,
        dq_rad_s=np.zeros(N),
        tau_nm=np.full(N, tau),
        kp_nm_rad=np.full(N, kp),
        kd_nm_s_rad=np.full(N, kd),
    )


def stand(robot: SimulatedRobot, ticks: int) -> list[Readings]:
    readings = []
    for _ in range(ticks):
        readings.append(robot.sense())
        robot.act(command(kp=300.0, kd=5.0))
    return readings


@pytest.mark.parametrize(("x", "y", "yaw"), [(0, 0, 0), (1.5, -2.0, 2.4)])
def test_it_is_placed_with_both_soles_flat_on_the_floor(model: mujoco.MjModel, x: float, y: float, yaw: float) -> None:
    robot = build(model)
    robot.place(x, y, yaw)
    soles = [robot.data.site(sole) for sole in SOLES]
    np.testing.assert_allclose(np.mean([sole.xpos for sole in soles], axis=0), [x, y, 0], atol=1e-9)
    for sole in soles:
        R = sole.xmat.reshape(3, 3)
        assert R[2, 2] > 0.9999
        assert np.arctan2(R[1, 0], R[0, 0]) == pytest.approx(yaw, abs=0.02)


def test_standing_it_feels_its_weight_and_gravity(model: mujoco.MjModel) -> None:
    robot = build(model, noise=PERFECT, foot_sensors=True)
    last = stand(robot, 250)[-50:]
    weight = 9.81 * model.body_mass.sum()
    assert np.mean([r.foot_force_n.sum() for r in last]) == pytest.approx(weight, rel=0.05)
    assert np.linalg.norm(np.mean([r.accel_m_s2 for r in last], axis=0)) == pytest.approx(9.81, abs=0.2)
    assert last[-1].time_s == pytest.approx(0.5)


def test_without_foot_sensors_there_is_no_foot_force(model: mujoco.MjModel) -> None:
    assert build(model).sense().foot_force_n is None


def test_drives_follow_their_law_within_their_limits(model: mujoco.MjModel) -> None:
    robot = build(model, noise=PERFECT, foot_sensors=True)
    limits = effort_limits(PROFILE)
    robot.sense()
    q, dq = robot.data.qpos[7:].copy(), robot.data.qvel[6:].copy()
    wanted = q + 0.01
    robot.act(command(tau=2.0, kp=50.0, kd=3.0, q=wanted))
    mujoco.mj_forward(model, robot.data)
    expected = np.clip(2.0 + 50.0 * (wanted - q) - 3.0 * dq, -limits, limits)
    np.testing.assert_allclose(robot.data.actuator_force, expected, atol=1e-9)
    np.testing.assert_array_equal(robot.act(command(tau=1e4)), limits)


def test_a_drive_closes_its_loop_on_its_own_biased_encoder(model: mujoco.MjModel) -> None:
    robot = build(model, noise=SensorNoise(encoder_bias_rad=0.01))
    robot.sense()
    q = robot.data.qpos[7:].copy()
    robot.act(command(kp=50.0, q=q))
    mujoco.mj_forward(model, robot.data)
    np.testing.assert_allclose(robot.data.actuator_force, -50.0 * robot.sensors.encoder_bias_rad, atol=1e-9)


def test_commands_can_be_late(model: mujoco.MjModel) -> None:
    robot = build(model, command_delay_s=0.004)
    applied = []
    for tau in (1.0, 2.0, 3.0, 4.0):
        robot.sense()
        applied.append(robot.act(command(tau=tau))[0])
    assert applied == [0.0, 0.0, 1.0, 2.0]


def test_the_same_seed_gives_the_same_readings(model: mujoco.MjModel) -> None:
    def run(seed: int) -> np.ndarray:
        readings = stand(build(model, seed=seed), 30)
        fixes = [r.fix.X_WT.p for r in readings if r.fix is not None]
        return np.concatenate([*(r.q_rad for r in readings), *(r.gyro_rad_s for r in readings), *fixes])

    np.testing.assert_array_equal(run(7), run(7))
    assert not np.array_equal(run(7), run(8))


def test_reseeding_starts_the_noise_afresh(model: mujoco.MjModel) -> None:
    first, second = build(model, seed=1), build(model, seed=2)
    stand(first, 7)
    for robot in (first, second):
        robot.reseed(5)
    np.testing.assert_array_equal(first.sensors.encoder_bias_rad, second.sensors.encoder_bias_rad)
    truth = (np.zeros(6), np.zeros(N), np.zeros(N), np.zeros(N), np.zeros(2))
    for a, b in zip(first.sensors.measure(*truth), second.sensors.measure(*truth)):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize(
    ("options", "torso", "scanners"),
    [({}, True, True), ({"tool_targets": False}, True, False), ({"tracker": False}, False, False)],
)
def test_poses_from_outside_come_only_from_what_is_declared(
    model: mujoco.MjModel, options: dict[str, bool], torso: bool, scanners: bool
) -> None:
    readings = stand(build(model, **options), 60)
    assert any(r.fix is not None for r in readings) == torso
    assert any(r.tool_fixes for r in readings) == scanners


def test_a_tracker_that_is_lost_sees_neither_torso_nor_scanners(model: mujoco.MjModel) -> None:
    robot = build(model)
    stand(robot, 60)
    robot.localisation.lost = True
    assert robot.localisation.lost
    stand(robot, 21)  # what was under way arrives
    assert not any(r.fix is not None or r.tool_fixes for r in stand(robot, 60))
    robot.localisation.lost = False
    readings = stand(robot, 60)
    assert any(r.fix is not None for r in readings)
    assert any(r.tool_fixes for r in readings)


def test_touching_is_reported_for_watched_geoms_only(model: mujoco.MjModel) -> None:
    robot = build(model)
    assert not stand(robot, 20)[-1].touched
    robot.watch([model.geom("floor").id])
    assert stand(robot, 5)[-1].touched


def test_every_tick_is_shown_to_whom_it_concerns(model: mujoco.MjModel) -> None:
    robot, times = build(model), []
    robot.on_tick = lambda seen: times.append(seen.time_s)
    stand(robot, 3)
    np.testing.assert_allclose(times, [0.002, 0.004, 0.006])


def test_without_optics_it_sees_nothing(model: mujoco.MjModel) -> None:
    with pytest.raises(RuntimeError, match="optics"):
        build(model).look("head")


def test_a_robot_that_is_placed_elsewhere_is_not_seen_where_it_was(model: mujoco.MjModel) -> None:
    robot = build(model, noise=replace(PERFECT, fix_latency_s=0.04))
    stand(robot, 50)
    robot.place(2.0, 0.0, 0.0)
    seen = [readings.fix for readings in stand(robot, 50) if readings.fix is not None]
    assert seen
    assert min(fix.X_WT.p[0] for fix in seen) > 1.5


def test_it_is_found_by_its_prefix_with_all_its_sensors() -> None:
    """Beside another robot of its kind it feels, sees and scans what it does alone."""
    scene = mujoco.MjSpec()
    add_floor(scene)
    for prefix in ("other/", "my/"):
        attach(scene, PROFILE, prefix=prefix)
    model, alone = scene.compile(), floor_model(PROFILE)
    other_data = mujoco.MjData(model)
    MujocoBody(model, other_data, PROFILE, "other/").place(0.0, 30.0, 0.0)
    optics = SimulatedOptics(model, PROFILE, seed=4, prefix="my/")
    robot = SimulatedRobot(model, other_data, PROFILE, seed=3, optics=optics, prefix="my/")
    own = SimulatedRobot(alone, mujoco.MjData(alone), PROFILE, seed=3, optics=SimulatedOptics(alone, PROFILE, seed=4))
    for each in (robot, own):
        each.place(0.2, 0.1, 0.3)
    for _ in range(5):
        felt, expected = robot.sense(), own.sense()
        np.testing.assert_allclose(felt.q_rad, expected.q_rad, atol=1e-6)
        np.testing.assert_allclose(felt.accel_m_s2, expected.accel_m_s2, atol=1e-3)
        for each in (robot, own):
            each.act(command(kp=300.0, kd=5.0))
    assert {fix.scanner for fix in felt.tool_fixes} == {fix.scanner for fix in expected.tool_fixes}
    (camera, *_), (scanner, *_) = PROFILE.cameras, PROFILE.scanners
    np.testing.assert_allclose(robot.look(camera).depth_m, own.look(camera).depth_m, atol=1e-3)
    np.testing.assert_allclose(robot.scan(scanner).z_mm, own.scan(scanner).z_mm, atol=1.0)


def test_closed_it_answers_no_more_until_it_is_connected_again(model: mujoco.MjModel) -> None:
    robot = build(model)
    with robot:
        robot.sense()
    robot.close()
    asked = (robot.sense, lambda: robot.act(command()), lambda: robot.look("head"), lambda: robot.scan("right_wrist"))
    for ask in asked:
        with pytest.raises(RobotLost, match=r"closed at 0\.00 s.*connect\(\)"):
            ask()
    time_s = robot.time_s
    robot.connect()
    assert robot.sense().time_s > time_s
