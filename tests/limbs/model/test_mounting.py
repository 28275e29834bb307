"""A robot whose frames stand on links of fixed joints is the same robot; so is one that is welded at an angle."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import mujoco
import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.geometry import Pose
from linewalker.limbs.model.mounting import mounted, profile_tree
from linewalker.limbs.model.robot_model import build_control_model, floor_model
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.profile_file import read_profile
from linewalker.limbs.profiles import PROFILES
from linewalker.limbs.simulated.mujoco_body import MujocoBody
from tests.limbs.urdf_files import PLATE, X_LP, on_plates, own_robot, replaced


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_on_bodies_is_given_back_as_it_is(name: str) -> None:
    assert mounted(PROFILES[name]) is PROFILES[name]


@pytest.mark.parametrize("name", PROFILES)
def test_masses_and_frames_are_those_mujoco_makes_of_the_urdf(name: str) -> None:
    """To the last bit: nothing that is done to other URDFs is done to these."""
    profile = PROFILES[name]
    robot = ElementTree.parse(urdf_path(profile)).getroot()
    for link in robot.findall("link"):
        for shape in [*link.findall("visual"), *link.findall("collision")]:
            link.remove(shape)
    ElementTree.SubElement(ElementTree.SubElement(robot, "mujoco"), "compiler", balanceinertia="true")
    spec = mujoco.MjSpec.from_string(ElementTree.tostring(robot, encoding="unicode"))
    spec.compiler.fusestatic = True
    spec.body(profile.base).add_freejoint()
    for joint in profile.welded:
        spec.delete(spec.joint(joint))
    plain, ours = spec.compile(), build_control_model(profile)
    for what in ("body_mass", "body_inertia", "body_ipos", "body_iquat", "body_pos", "body_quat", "body_parentid",
                 "jnt_axis", "jnt_pos", "jnt_range", "jnt_limited"):  # fmt: skip
        np.testing.assert_array_equal(getattr(ours, what), getattr(plain, what))


def test_frames_on_plates_are_where_they_were(tmp_path: Path) -> None:
    profile = PROFILES["walker"]
    plated = on_plates(profile, tmp_path)
    rng = np.random.default_rng(0)
    for build in (build_control_model, floor_model):
        before, after = build(profile), build(plated)
        assert [after.body(i).name for i in range(after.nbody)] == [before.body(i).name for i in range(before.nbody)]
        np.testing.assert_array_equal(after.body_inertia, before.body_inertia)
        assert (after.ngeom, after.nsite, after.nu) == (before.ngeom, before.nsite, before.nu)
        states = [mujoco.MjData(model) for model in (before, after)]
        q = rng.uniform(-0.3, 0.3, before.nq)
        for model, data in zip((before, after), states):
            data.qpos[:] = q
            mujoco.mj_kinematics(model, data)
        np.testing.assert_allclose(states[1].site_xpos, states[0].site_xpos, atol=1e-9)
        np.testing.assert_allclose(states[1].site_xmat, states[0].site_xmat, atol=1e-9)
        np.testing.assert_allclose(states[1].geom_xpos, states[0].geom_xpos, atol=1e-9)


@pytest.mark.parametrize("carrier", ["torso", "pelvis"])
def test_a_torso_on_a_plate_keeps_its_own_frame(tmp_path: Path, carrier: str) -> None:
    """Fixes speak of the torso, so its frame is that of its link, wherever that is screwed to."""
    plate = PLATE.format(name="plate", parent=carrier)
    own_robot(tmp_path, replaced(("</robot>", plate + "</robot>")))
    profile = replace(PROFILES["walker"], package="", urdf=str(tmp_path / "robot.urdf"), torso="plate")
    control, model = build_control_model(profile), floor_model(profile, visual=False)
    assert control.nv == build_control_model(PROFILES["walker"]).nv
    data = mujoco.MjData(model)
    body = MujocoBody(model, data, profile)
    body.place(1.0, 2.0, 0.5)
    frame = data.body(carrier)
    X_WP = Pose(p=frame.xpos.copy(), R=frame.xmat.reshape(3, 3).copy()) @ X_LP
    np.testing.assert_allclose(body.p_WT, X_WP.p, atol=1e-9)
    np.testing.assert_allclose(body.R_WT, X_WP.R, atol=1e-9)
    assert control.body("plate").parentid == control.body(carrier).id


def test_a_follower_of_a_welded_finger_is_welded_where_it_follows(tmp_path: Path) -> None:
    """Its finger stands where the driven one would stand at that angle."""
    inertial = '<inertial><mass value="0.1"/><origin xyz="0.1 0 0"/><inertia ixx="1e-4" iyy="1e-4" izz="1e-4" ixy="0" ixz="0" iyz="0"/></inertial>'  # noqa: E501
    fingers = "".join(
        f'<link name="{name}">{inertial}</link><joint name="{name}_joint" type="{kind}"><parent link="left_hand"/>'
        f'<child link="{name}"/><origin xyz="0 0.01 -0.1" rpy="0.1 0.2 0.3"/><axis xyz="0 0.6 0.8"/>'
        f'<limit lower="-1" upper="1" effort="1"/>{follows}</joint>'
        for name, kind, follows in (
            ("thumb", "revolute", ""),
            ("index", "revolute", '<mimic joint="thumb_joint" multiplier="2" offset="0.4"/>'),
            ("slide", "prismatic", '<mimic joint="thumb_joint" offset="0.02"/>'),
        )
    )
    profile = read_profile(
        own_robot(
            tmp_path, replaced(("</robot>", fingers + "</robot>")), lambda text: text + "\nwelded: [thumb_joint]\n"
        )
    )
    tree = profile_tree(profile)
    hand, held = mujoco.MjData(build_control_model(profile)), tree.held(profile.welded)
    mujoco.mj_kinematics(hand.model, hand)
    com = np.average(
        [tree.mounting(name, held)[1].apply([0.1, 0.0, 0.0]) for name in ("thumb", "index", "slide")], axis=0
    )
    plain = build_control_model(PROFILES["walker"])
    heavy, light = (model.body("left_hand") for model in (hand.model, plain))
    expected = (light.mass * light.ipos + 0.3 * com) / (light.mass + 0.3)
    np.testing.assert_allclose(heavy.mass, light.mass + 0.3)
    np.testing.assert_allclose(heavy.ipos, expected, atol=1e-9)


def test_a_frame_on_no_link_is_refused_by_name() -> None:
    profile = PROFILES["walker"]
    with pytest.raises(InputError, match=r"walker\.urdf: robot walker: the URDF has no link pelvi; .*'pelvis'"):
        build_control_model(replace(profile, imu=replace(profile.imu, body="pelvi")))
