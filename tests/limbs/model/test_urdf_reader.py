"""From XML to a tree: numbers, references and shape are checked, and every slip is named with its line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.model.urdf_reader import read_urdf_tree
from linewalker.limbs.profiles import PROFILES
from tests.limbs.urdf_files import replaced

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
  <joint name="wrist" type="continuous"><parent link="plate"/><child link="hand"/>
    <origin xyz="0 0 1" rpy="0 0 1.5"/><axis xyz="0 0 2"/></joint>
</robot>
"""


def _file(folder: Path, text: str) -> Path:
    path = folder / "arm.urdf"
    path.write_text(text, encoding="utf-8")
    return path


def test_numbers_are_read_as_they_stand(tmp_path: Path) -> None:
    tree = read_urdf_tree(_file(tmp_path, ARM))
    assert tree.movable == ("shoulder", "wrist")
    assert (tree.joints["shoulder"].lower_rad, tree.joints["shoulder"].effort_nm) == (-1.0, 30.0)
    wrist = tree.joints["wrist"]
    assert (wrist.lower_rad, wrist.upper_rad) == (-np.inf, np.inf)
    np.testing.assert_array_equal(wrist.axis, [0.0, 0.0, 1.0])
    np.testing.assert_array_equal(wrist.X_PC.p, [0.0, 0.0, 1.0])
    assert wrist.X_PC.yaw == pytest.approx(1.5)
    np.testing.assert_array_equal(tree.links["upper"].inertia_kg_m2, [[1, 0.1, 0], [0.1, 2, 0], [0, 0, 3]])


SLIPS = {
    "no type": ('type="fixed"', 'type="glued"', r"arm\.urdf:9: joint screw has the type 'glued'; .*fixed"),
    "no child": ('<child link="plate"/>', "", r":9: joint screw needs <parent link=\"...\"/> and <child"),
    "an unknown link": ('<child link="plate"/>', '<child link="plat"/>', "names the link 'plat'.*mean 'plate'"),
    "no name": ('<link name="hand"/>', "<link/>", r":6: <link> has no name"),
    "a name twice": ('<link name="hand"/>', '<link name="base"/>', r":6: link base stands twice, first in line 2"),
    "a joint twice": ('name="wrist"', 'name="screw"', r":11: joint screw stands twice, first in line 9"),
    "two roots": ("</robot>", '<link name="table"/></robot>', "2 links hang from no other: base, table; expected one"),
    "two parents": ('<child link="hand"/>', '<child link="upper"/>', r":11: link upper hangs from two joints"),
    "a ring": ('<parent link="base"/>', '<parent link="plate"/>', "hangs from itself by the joints .*take one of them"),
    "a number that is none": ('lower="-1"', 'lower="-1,5"', r":8: joint shoulder: lower='-1,5'; expected a number"),
    "no number": ('mass value="2"', 'mass value="nan"', r":3: link upper: value='nan'; expected a number"),
    "no mass": ('<mass value="2"/>', "", r":3: link upper: <inertial> needs <mass> and <inertia>"),
    "two numbers of three": ('xyz="0 0 1"', 'xyz="0 0"', r":12: joint wrist: xyz='0 0'; expected three numbers"),
    "no axis": ('xyz="0 0 2"', 'xyz="0 0 0"', r":11: joint wrist has an axis of length zero"),
    "an unknown leader": (
        "<axis",
        '<mimic joint="elbow"/><axis',
        r":11: joint wrist follows \(mimic\) the joint 'elbow'",
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_named_with_its_line(tmp_path: Path, slip: str) -> None:
    old, new, message = SLIPS[slip]
    with pytest.raises(InputError, match=message):
        read_urdf_tree(_file(tmp_path, replaced((old, new))(ARM)))


def test_a_urdf_without_links_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no <link>"):
        read_urdf_tree(_file(tmp_path, "<robot/>"))


@pytest.mark.parametrize("kind", ["fixed", "floating"])
def test_empty_links_above_the_base_are_left_out(tmp_path: Path, kind: str) -> None:
    joint = '<joint name="{}" type="{}"><parent link="{}"/><child link="{}"/></joint>'
    above = '<link name="world"/><link name="foot"/>' + joint.format("float", kind, "world", "foot")
    above += joint.format("j", "fixed", "foot", "base")
    path = _file(tmp_path, ARM.replace("</robot>", f"{above}</robot>"))
    assert read_urdf_tree(path).root == "world"
    tree = read_urdf_tree(path, "base")
    assert tree.root == "base"
    assert not {"world", "foot"} & set(tree.links)
    assert not {"float", "j"} & set(tree.joints)


def test_what_is_not_empty_stays_above_the_base(tmp_path: Path) -> None:
    assert read_urdf_tree(_file(tmp_path, ARM), "upper").root == "base"  # joined by a joint that turns
    text = ARM.replace('type="revolute"', 'type="fixed"')
    assert read_urdf_tree(_file(tmp_path, text), "upper").root == "upper"
    heavy = text.replace('<link name="base"/>', '<link name="base"><visual/></link>')
    assert read_urdf_tree(_file(tmp_path, heavy), "upper").root == "base"


@pytest.mark.parametrize("name", PROFILES)
def test_every_robot_is_one_tree(name: str) -> None:
    tree = read_urdf_tree(urdf_path(PROFILES[name]))
    assert len(tree.links) == len(tree.joints) + 1
    for link in tree.links:
        assert set(tree.chain(link)) <= set(tree.movable)
