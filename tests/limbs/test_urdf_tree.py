"""Reading a URDF as words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.limbs.profiles import PROFILES
from linewalker.limbs.urdf_path import urdf_path
from linewalker.limbs.urdf_tree import read_urdf_tree

ARM = """<robot name="arm">
  <link name="base"/>
  <link name="upper"><inertial><mass value="2"/>
    <inertia ixx="1" iyy="2" izz="3" ixy="0.1" ixz="0" iyz="0"/></inertial></link>
  <link name="plate"/>
  <link name="hand"/>
  <joint name="shoulder" type="revolute"><parent link="base"/><child link="upper"/>
    <limit lower="-1" upper="2" effort="30" velocity="3"/></joint>
  <joint name="screw" type="fixed"><parent link="upper"/><child link="plate"/></joint>
  <!-- <joint name="ghost" type="revolute"/> -->
  <joint name="wrist" type="continuous"><parent link="plate"/><child link="hand"/></joint>
</robot>
"""


@pytest.fixture
def arm(tmp_path: Path) -> Path:
    path = tmp_path / "arm.urdf"
    path.write_text(ARM)
    return path


def test_chains_leave_fixed_joints_out(arm: Path) -> None:
    tree = read_urdf_tree(arm)
    assert tree.root == "base"
    assert tree.movable == ("shoulder", "wrist")
    assert tree.chain("hand") == ("shoulder", "wrist")
    assert tree.chain("base") == ()
    assert (tree.joints["shoulder"].lower_rad, tree.joints["shoulder"].effort_nm) == (-1.0, 30.0)
    assert np.isnan(tree.joints["wrist"].lower_rad)
    np.testing.assert_array_equal(tree.links["upper"].inertia_kg_m2, [[1, 0.1, 0], [0.1, 2, 0], [0, 0, 3]])


def test_what_is_no_urdf_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "broken.urdf"
    path.write_text("<robot>\n<link name='a'>\n</robot>")
    with pytest.raises(InputError, match=r"broken\.urdf:3.*not XML"):
        read_urdf_tree(path)
    path.write_text("<mujoco/>")
    with pytest.raises(InputError, match="begins with <robot>"):
        read_urdf_tree(path)
    path.write_text("<robot><joint type='revolute'/></robot>")
    with pytest.raises(InputError, match="not a URDF"):
        read_urdf_tree(path)


@pytest.mark.parametrize("name", PROFILES)
def test_every_robot_is_one_tree(name: str) -> None:
    tree = read_urdf_tree(urdf_path(PROFILES[name]))
    assert len(tree.links) == len(tree.joints) + 1
    for link in tree.links:
        assert set(tree.chain(link)) <= set(tree.movable)
