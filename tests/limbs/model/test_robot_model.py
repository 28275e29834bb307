"""Models of robots: the body the URDF describes, the motors and contacts the controller reckons with."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import mujoco
import numpy as np
import pytest

from linewalker.errors import InputError, MissingPackage
from linewalker.limbs.model.robot_model import attach, build_control_model, effort_limits, floor_model, robot_spec
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profile_file import read_profile
from linewalker.limbs.profiles import PROFILES, load_profile
from linewalker.physics.contacts import add_floor
from linewalker.physics.geom_groups import GeomGroup
from tests.limbs.urdf_files import PLATE, own_robot, replaced


@pytest.fixture(params=sorted(PROFILES))
def profile(request: pytest.FixtureRequest) -> RobotProfile:
    return load_profile(request.param)


def test_an_unknown_robot_is_answered_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="g1"):
        load_profile("g2")


def test_both_models_weigh_what_the_urdf_says(profile: RobotProfile) -> None:
    links = ET.parse(urdf_path(profile)).getroot().iter("mass")
    mass = sum(float(link.get("value", 0)) for link in links)
    for model in (build_control_model(profile), floor_model(profile, visual=False)):
        assert model.body_mass.sum() == pytest.approx(mass, rel=1e-3)


def test_control_and_physics_agree_on_inertia(profile: RobotProfile) -> None:
    """The same posture has the same mass matrix in both, whatever the order of their joints."""
    rng = np.random.default_rng(0)
    angles = dict(zip(profile.joints, 0.3 * rng.normal(size=len(profile.joints))))
    matrices = []
    for model in (build_control_model(profile), floor_model(profile, visual=False)):
        data = mujoco.MjData(model)
        for joint, angle in angles.items():
            data.qpos[model.joint(joint).qposadr[0]] = angle
        mujoco.mj_forward(model, data)
        M = np.zeros((model.nv, model.nv))
        mujoco.mj_fullM(model, data, M)
        order = [*range(6), *(model.joint(joint).dofadr[0] for joint in profile.joints)]
        matrices.append(M[np.ix_(order, order)])
    np.testing.assert_allclose(*matrices, atol=1e-9)


def test_every_joint_has_a_motor_with_its_limit(profile: RobotProfile) -> None:
    model = floor_model(profile, visual=False)
    limits = effort_limits(profile)
    assert (limits > 0).all()
    for joint, limit in zip(profile.joints, limits):
        np.testing.assert_allclose(model.actuator(joint).forcerange, [-limit, limit])


def test_soles_touch_the_floor_at_their_corners(profile: RobotProfile) -> None:
    model = floor_model(profile, visual=False)
    balls = np.flatnonzero((model.geom_type == mujoco.mjtGeom.mjGEOM_SPHERE) & (model.geom_priority == 1))
    assert len(balls) == 8
    data = mujoco.MjData(model)
    mujoco.mj_kinematics(model, data)
    for side, leg in zip(("left", "right"), profile.legs):
        sole = data.site(f"{side}_sole")
        body = model.body(leg.end.body).id
        corners = [g for g in balls if model.geom_bodyid[g] == body]
        local = (data.geom_xpos[corners] - sole.xpos) @ sole.xmat.reshape(3, 3)
        np.testing.assert_allclose(np.abs(local[:, 0]), profile.sole_half_length_m, atol=1e-9)
        np.testing.assert_allclose(np.abs(local[:, 1]), profile.sole_half_width_m, atol=1e-9)
        np.testing.assert_allclose(local[:, 2] - model.geom_size[corners, 0], 0.0, atol=1e-9)


def test_nothing_visual_touches_and_no_collider_is_seen() -> None:
    model = robot_spec(load_profile("g1")).compile()
    visual = model.geom_group == GeomGroup.VISUAL
    assert visual.any()
    assert not model.geom_contype[visual].any()
    assert not model.geom_conaffinity[visual].any()
    assert (model.geom_group[model.geom_contype > 0] == GeomGroup.COLLIDER).all()


def test_a_standing_robot_does_not_touch_itself(profile: RobotProfile) -> None:
    model = robot_spec(profile, visual=False, self_collision=True).compile()
    data = mujoco.MjData(model)
    for joint, angle in profile.standing.items():
        data.qpos[model.joint(joint).qposadr[0]] = angle
    mujoco.mj_forward(model, data)
    assert data.ncon == 0


def test_no_capsule_stands_in_the_way_of_legs_that_pass_each_other(profile: RobotProfile) -> None:
    """Feet as near as the gait puts them, knees as bent as when walking: a leg may swing past the other."""
    model = robot_spec(profile, visual=False, self_collision=True).compile()
    data = mujoco.MjData(model)
    left, right = profile.legs
    lean = 0.5 * (profile.gait.narrowest_m - 2 * profile.gait.half_width_m) / profile.com_height_m
    rolls = [
        joint for leg in profile.legs for joint in leg.joints if abs(model.jnt_axis[model.joint(joint).id, 0]) > 0.9
    ]
    for stride in np.linspace(-0.3, 0.3, 13):
        for joint, angle in profile.standing.items():
            data.qpos[model.joint(joint).qposadr[0]] = angle
        for leg, sign in ((left, 1.0), (right, -1.0)):
            pitch = next(joint for joint in leg.joints if abs(model.jnt_axis[model.joint(joint).id, 1]) > 0.9)
            data.qpos[model.joint(pitch).qposadr[0]] += sign * stride
            roll = next(joint for joint in leg.joints if joint in rolls)
            data.qpos[model.joint(roll).qposadr[0]] += sign * lean
        mujoco.mj_forward(model, data)
        assert data.ncon == 0, stride


def test_the_scanner_takes_the_place_of_the_hand() -> None:
    model = robot_spec(load_profile("g1")).compile()
    meshes = {model.mesh(model.geom_dataid[g]).name for g in range(model.ngeom) if model.geom_dataid[g] >= 0}
    assert "left_rubber_hand" in meshes
    assert "right_rubber_hand" not in meshes


def test_a_missing_package_says_how_to_get_it() -> None:
    import dataclasses

    lost = dataclasses.replace(load_profile("g1"), package="no-such-robots")
    with pytest.raises(MissingPackage, match="pip install no-such-robots"):
        urdf_path(lost)


def test_a_joint_that_turns_without_end_has_no_limits(tmp_path: Path) -> None:
    def continuous(text: str) -> str:
        return re.sub(
            r'(name="left_wrist_roll_joint" type=)"revolute"(.*?)lower="[^"]*" upper="[^"]*"',
            r'\1"continuous"\2',
            text,
            flags=re.S,
        )

    profile = read_profile(own_robot(tmp_path, continuous))
    for model in (build_control_model(profile), floor_model(profile, visual=False)):
        joint = model.joint("left_wrist_roll_joint")
        assert not model.jnt_limited[joint.id]
        assert joint.range[0] < -100.0
        assert joint.range[1] > 100.0
        assert model.jnt_limited[model.joint("right_wrist_roll_joint").id]


def test_an_attached_robot_is_the_robot(profile: RobotProfile) -> None:
    """Bodies, joints and drives are those of a scene of its own, whatever stands there first."""
    alone, scene = floor_model(profile), mujoco.MjSpec()
    add_floor(scene)
    for prefix in ("a/", "b/"):
        attach(scene, profile, prefix=prefix)
    model = scene.compile()
    assert (model.nq, model.nu, model.nbody - 1) == (2 * alone.nq, 2 * alone.nu, 2 * (alone.nbody - 1))
    for prefix in ("a/", "b/"):
        for body in range(1, alone.nbody):
            mine, its = model.body(prefix + alone.body(body).name), alone.body(body)
            for what in ("mass", "inertia", "ipos", "iquat", "pos", "quat"):
                np.testing.assert_array_equal(getattr(mine, what), getattr(its, what), err_msg=its.name)
        for joint in profile.joints:
            mine, its = model.joint(prefix + joint), alone.joint(joint)
            for what in ("range", "armature", "frictionloss", "axis"):
                np.testing.assert_array_equal(getattr(mine, what), getattr(its, what), err_msg=joint)
            np.testing.assert_array_equal(model.actuator(prefix + joint).forcerange, alone.actuator(joint).forcerange)
    for option in ("timestep", "integrator", "cone", "impratio", "jacobian", "disableflags"):
        assert getattr(model.opt, option) == getattr(alone.opt, option)


@pytest.mark.filterwarnings("ignore:Attach")
def test_robots_of_a_scene_need_prefixes_of_their_own() -> None:
    scene = mujoco.MjSpec()
    attach(scene, PROFILES["g1"], visual=False)
    with pytest.raises(InputError, match="prefix '' already; give each robot a prefix of its own"):
        attach(scene, PROFILES["walker"], visual=False)
    attach(scene, PROFILES["walker"], prefix="other/", visual=False)


def test_a_torso_behind_a_fixed_joint_is_attached_as_well(tmp_path: Path) -> None:
    own_robot(tmp_path, replaced(("</robot>", PLATE.format(name="plate", parent="torso") + "</robot>")))
    scene, own = (
        mujoco.MjSpec(),
        replace(PROFILES["walker"], package="", urdf=str(tmp_path / "robot.urdf"), torso="plate"),
    )
    attach(scene, own, prefix="my/", visual=False)
    model = scene.compile()
    assert model.body("my/plate").parentid == model.body("my/torso").id
