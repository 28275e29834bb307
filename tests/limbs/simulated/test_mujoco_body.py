"""A robot in somebody else's MuJoCo loop is the simulated robot without its noise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import mujoco
import numpy as np
import pytest

from linewalker.cerebellum.biped import MotionController
from linewalker.errors import InputError, PhysicsDiverged, RobotFell
from linewalker.limbs.model.robot_model import SOLES, attach, floor_model, robot_spec
from linewalker.limbs.profiles import PROFILES, load_profile
from linewalker.limbs.robot import JointCommand
from linewalker.limbs.simulated.mujoco_body import MujocoBody
from linewalker.limbs.simulated.sensors import PERFECT
from linewalker.limbs.simulated.simulated_robot import SimulatedRobot
from linewalker.physics.contacts import add_floor

PROFILE = load_profile("g1")
N = len(PROFILE.joints)


def command(q: np.ndarray) -> JointCommand:
    gains = np.full(N, 200.0), np.full(N, 4.0)
    return JointCommand(q_rad=q, dq_rad_s=np.zeros(N), tau_nm=np.zeros(N), kp_nm_rad=gains[0], kd_nm_s_rad=gains[1])


def test_it_reads_and_drives_what_the_simulated_robot_does() -> None:
    simulated_model, model = (floor_model(PROFILE, visual=False) for _ in range(2))
    robot = SimulatedRobot(simulated_model, mujoco.MjData(simulated_model), PROFILE, noise=PERFECT)
    body = MujocoBody(model, mujoco.MjData(model), PROFILE)
    for placed in (robot, body):
        placed.place(0.3, -0.2, 0.5)
    rng = np.random.default_rng(0)
    for _ in range(50):
        mujoco.mj_step(model, body.data, nstep=2)
        felt, read = robot.sense(), body.sense()
        for name in ("time_s", "q_rad", "dq_rad_s", "tau_nm"):
            np.testing.assert_array_equal(getattr(read, name), getattr(felt, name))
        asked = command(PROFILE.standing_q() + 0.01 * rng.normal(size=N))
        np.testing.assert_array_equal(robot.act(asked), body.act(asked))
    np.testing.assert_array_equal(robot.data.qpos, body.data.qpos)


def test_robots_of_one_model_keep_their_own_gains() -> None:
    """Two worlds with one model, stepped in turn, move as each alone."""
    model = floor_model(PROFILE, visual=False)

    def moved(worlds: list[SimulatedRobot], stiffness: list[float]) -> list[np.ndarray]:
        for robot in worlds:
            robot.place(0.0, 0.0, 0.0)
        for _ in range(20):
            for robot, kp in zip(worlds, stiffness):
                robot.sense()
                asked = command(PROFILE.standing_q() + 0.05)
                robot.act(replace(asked, kp_nm_rad=np.full(N, kp)))
        return [robot.data.qpos.copy() for robot in worlds]

    def world() -> SimulatedRobot:
        return SimulatedRobot(model, mujoco.MjData(model), PROFILE, noise=PERFECT)

    together = moved([world(), world()], [200.0, 20.0])
    for kp, qpos in zip([200.0, 20.0], together):
        np.testing.assert_array_equal(moved([world()], [kp])[0], qpos)


@pytest.mark.parametrize("part", ["q_rad", "dq_rad_s", "tau_nm", "kp_nm_rad", "kd_nm_s_rad"])
def test_no_drive_takes_what_is_not_finite(part: str) -> None:
    model = floor_model(PROFILE, visual=False)
    body = MujocoBody(model, mujoco.MjData(model), PROFILE)
    body.place(0.0, 0.0, 0.0)
    body.act(command(PROFILE.standing_q()))
    before = body.data.ctrl.copy()
    with pytest.raises(InputError, match=part):
        body.act(replace(command(PROFILE.standing_q()), **{part: np.full(N, np.nan)}))
    np.testing.assert_array_equal(body.data.ctrl, before)


def test_readings_stay_as_they_were_read() -> None:
    model = floor_model(PROFILE, visual=False)
    body = MujocoBody(model, mujoco.MjData(model), PROFILE)
    body.place(0.0, 0.0, 0.0)
    read = body.sense()
    assert read.fix is not None
    kept = [read.q_rad.copy(), read.accel_m_s2.copy(), read.fix.X_WT.p.copy()]
    mujoco.mj_step(model, body.data, nstep=100)
    for before, now in zip(kept, (read.q_rad, read.accel_m_s2, read.fix.X_WT.p)):
        np.testing.assert_array_equal(before, now)
    assert body.sense(localised=False).fix is None
    assert body.p_WT[2] < kept[2][2]  # without torque it sinks


@pytest.mark.filterwarnings("ignore:Attach")
def test_it_lives_in_a_scene_of_ones_own() -> None:
    """Other things with joints and motors may come first."""
    spec = mujoco.MjSpec()
    door = spec.worldbody.add_body(name="door", pos=[3.0, 0.0, 1.0])
    door.add_joint(name="hinge")
    door.add_geom(size=[0.1, 0.1, 0.1])
    attach(spec, PROFILE, visual=False)
    add_floor(spec)
    model = spec.compile()
    body = MujocoBody(model, mujoco.MjData(model), PROFILE)
    body.place(1.0, 2.0, 0.0)
    np.testing.assert_allclose(body.sense().q_rad, PROFILE.standing_q())
    assert body.data.joint("hinge").qpos[0] == 0.0


def test_a_model_without_the_robot_is_refused() -> None:
    model = floor_model(load_profile("talos"), visual=False)
    with pytest.raises(InputError, match=r"has no joint left_hip_pitch_joint and \d+ more: expected the robot g1"):
        MujocoBody(model, mujoco.MjData(model), PROFILE)


def standing(timestep_s: float = 0.001, robot: str = "g1", *, floor: bool = True) -> MujocoBody:
    profile = load_profile(robot)
    spec = robot_spec(profile, visual=False)
    if floor:
        add_floor(spec)
    model = spec.compile()
    model.opt.timestep = timestep_s
    body = MujocoBody(model, mujoco.MjData(model), profile)
    body.place(0.0, 0.0, 0.0)
    return body


def run(body: MujocoBody, seconds: float) -> None:
    """Without a controller."""
    for _ in range(round(seconds / 0.002)):
        body.step()


@pytest.mark.parametrize("timestep_s", [0.002, 0.001, 0.0005, 0.002 / 7])
def test_a_step_is_one_control_period(timestep_s: float) -> None:
    body = standing(timestep_s)
    run(body, 0.02)
    assert body.data.time == pytest.approx(0.02, abs=1e-12)


@pytest.mark.parametrize("timestep_s", [0.005, 0.004, 0.003, 0.0015, 0.0003, 0.0, -0.001, np.nan, np.inf])
def test_a_timestep_that_does_not_divide_the_period_is_refused(timestep_s: float) -> None:
    body = standing()
    body.model.opt.timestep = timestep_s
    with pytest.raises(InputError, match=r"model.opt.timestep is \S+ ms; expected a whole part of .* 2 ms"):
        body.step()
    with pytest.raises(InputError, match=r"model.opt.timestep"):
        SimulatedRobot(body.model, body.data, PROFILE)
    assert body.data.time == 0.0


def test_it_walks_at_the_default_timestep_of_mujoco() -> None:
    body, motion = standing(mujoco.MjOption().timestep), MotionController(PROFILE)
    motion.walk_to(0.6, 0.0, 0.0)
    for _ in range(2500):
        body.act(motion.tick(body.sense()))
        body.step()
        if motion.state.arrived:
            break
    assert motion.state.arrived
    assert body.p_WT[0] == pytest.approx(0.6, abs=0.08)


def test_where_there_is_no_floor_everybody_says_so() -> None:
    body = standing(floor=False)
    with pytest.raises(RobotFell, match=r"g1 falls and meets no floor, at 1\.0.*add_floor"):
        run(body, 2.0)
    with pytest.raises(RobotFell, match="meets no floor"):
        body.sense()
    with pytest.raises(RobotFell, match="meets no floor"):
        SimulatedRobot(body.model, body.data, PROFILE).sense()
    assert body.p_WT[2] > -10.0


@pytest.mark.parametrize("robot", sorted(PROFILES))
def test_a_fall_ends_a_loop_and_nothing_else_does(robot: str) -> None:
    body, motion = standing(robot=robot), MotionController(load_profile(robot))

    def tick() -> None:
        body.act(motion.tick(body.sense()))
        body.step()

    def until_it_arrives() -> None:
        motion.walk_to(3.0, 0.0, 0.0)
        while not motion.state.arrived:
            tick()

    for _ in range(500):
        tick()
    body.data.qvel[:2] = [0.0, 2.5]
    with pytest.raises(RobotFell, match=rf"{robot} fell and lies on the floor, at \d"):
        until_it_arrives()
    assert body.lies


def test_a_robot_that_collapses_lies_too() -> None:
    body = standing()
    with pytest.raises(RobotFell, match="lies on the floor"):
        run(body, 3.0)


def test_physics_that_find_no_numbers_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # MuJoCo writes a log into it
    body = standing()
    run(body, 0.01)
    body.data.qvel[7] = np.nan
    with pytest.raises(PhysicsDiverged, match=r"at 0.010 s"):
        body.step()


def _scene(*robots: tuple[str, str]) -> mujoco.MjModel:
    """A floor and robots on it: prefix and name of each."""
    spec = mujoco.MjSpec()
    add_floor(spec)
    for prefix, name in robots:
        attach(spec, PROFILES[name], prefix=prefix, visual=False, self_collision=True)
    return spec.compile()


@pytest.mark.parametrize("names", [("walker", "walker"), ("g1", "talos")])
def test_two_robots_walk_beside_each_other(names: tuple[str, str]) -> None:
    """Each to its own goal, one of them pushed by nothing that the other does."""
    model = _scene(("left_", names[0]), ("right_", names[1]))
    data, profiles = mujoco.MjData(model), [PROFILES[name] for name in names]
    bodies = [MujocoBody(model, data, profile, prefix) for profile, prefix in zip(profiles, ("left_", "right_"))]
    motions = [MotionController(profile) for profile in profiles]
    for body, motion, y in zip(bodies, motions, (0.7, -0.7)):
        body.place(0.0, y, 0.0)
        motion.walk_to(0.4, y + 0.1 * np.sign(y), 0.0)
    while data.time < 6.0 and not all(motion.state.arrived for motion in motions):
        for body, motion in zip(bodies, motions):
            body.act(motion.tick(body.sense()))
        bodies[0].step()
    for body, motion, prefix, y in zip(bodies, motions, ("left_", "right_"), (0.8, -0.8)):
        assert motion.state.arrived
        assert not body.lies
        middle = np.mean([data.site(f"{prefix}{sole}").xpos for sole in SOLES], axis=0)
        np.testing.assert_allclose(middle[:2], [0.4, y], atol=0.03)


def test_a_robot_that_lies_ends_its_own_step_alone() -> None:
    model = _scene(("left_", "g1"), ("right_", "g1"))
    data = mujoco.MjData(model)
    left, right = (MujocoBody(model, data, PROFILES["g1"], prefix) for prefix in ("left_", "right_"))
    left.place(0.0, 1.0, 0.0)
    right.place(0.0, -1.0, 0.0)
    data.joint("right_root").qpos[3:] = [np.sqrt(0.5), 0.0, np.sqrt(0.5), 0.0]
    data.joint("right_root").qpos[2] = 0.2
    left.step()
    assert right.lies
    with pytest.raises(RobotFell):
        right.step()


@pytest.mark.filterwarnings("ignore:Attach")
def test_what_a_prefix_does_not_find_is_answered_with_those_there_are() -> None:
    model = _scene(("left_", "g1"), ("", "walker"))
    data = mujoco.MjData(model)
    with pytest.raises(InputError, match=r"no joint right_root and \d+ more: .*prefix 'right_'; .*in it: 'left_', ''"):
        MujocoBody(model, data, PROFILES["g1"], "right_")
    with pytest.raises(InputError, match=r"no joint left_left_hip_roll_joint|no joint left_\w+"):
        MujocoBody(model, data, PROFILES["walker"], "left_")
