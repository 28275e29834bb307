"""Who hangs from whom, and where: laws of a tree of links."""

from __future__ import annotations

from pathlib import Path

import mujoco
import numpy as np
import pytest

from linewalker.geometry import Pose, rotation_from_quat
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.model.urdf_reader import read_urdf_tree
from linewalker.limbs.model.urdf_spec import read_urdf
from linewalker.limbs.model.urdf_tree import UrdfTree
from linewalker.limbs.profiles import PROFILES
from tests.limbs.model.test_urdf_reader import ARM


@pytest.fixture
def arm(tmp_path: Path) -> UrdfTree:
    path = tmp_path / "arm.urdf"
    path.write_text(ARM)
    return read_urdf_tree(path)


def test_chains_leave_fixed_joints_out(arm: UrdfTree) -> None:
    assert arm.root == "base"
    assert arm.chain("hand") == ("shoulder", "wrist")
    assert arm.chain("base") == ()


def test_a_link_is_mounted_on_the_one_that_moves_it(arm: UrdfTree) -> None:
    assert arm.mounting("plate", {})[0] == "upper"
    assert arm.mounting("hand", {})[0] == "hand"
    body, X_BL = arm.mounting("hand", {"wrist": 0.5})
    assert body == "upper"
    np.testing.assert_allclose(X_BL.p, [0.0, 0.0, 1.0])
    assert X_BL.yaw == pytest.approx(2.0)


@pytest.mark.parametrize("name", PROFILES)
def test_links_stand_where_physics_has_them(name: str) -> None:
    """With every joint held at zero all links are fixed to the root, where MuJoCo's kinematics has them."""
    path = urdf_path(PROFILES[name])
    tree, spec = read_urdf_tree(path), read_urdf(path)
    spec.compiler.fusestatic = False
    model = spec.compile()
    data = mujoco.MjData(model)
    mujoco.mj_kinematics(model, data)
    root = Pose()
    if (at := mujoco.mj_name2id(model, mujoco.mjtObj.mjOBJ_BODY, tree.root)) >= 0:
        root = Pose(p=data.xpos[at].copy(), R=rotation_from_quat(data.xquat[at]))
    held = dict.fromkeys(tree.movable, 0.0)
    for body in range(1, model.nbody):
        carrier, X_RL = tree.mounting(model.body(body).name, held)
        X_WL = root @ X_RL
        assert carrier == tree.root
        np.testing.assert_allclose(X_WL.p, data.xpos[body], atol=1e-9)
        np.testing.assert_allclose(X_WL.R, data.xmat[body].reshape(3, 3), atol=1e-9)


def test_who_follows_a_held_joint_is_held(tmp_path: Path) -> None:
    """Fingers at the end of a chain of followers: angle = multiplier times leader plus offset."""
    joints = "".join(
        f'<link name="f{i}"/><joint name="j{i}" type="revolute"><parent link="hand"/><child link="f{i}"/>'
        f"{follows}</joint>"
        for i, follows in enumerate(("", '<mimic joint="j2" multiplier="-2"/>', '<mimic joint="j0" offset="0.1"/>'))
    )
    path = tmp_path / "arm.urdf"
    path.write_text(ARM.replace("</robot>", f"{joints}</robot>"))
    tree = read_urdf_tree(path)
    assert tree.held(("j0",)) == {"j0": 0.0, "j2": 0.1, "j1": -0.2}
    assert tree.held(()) == {}
