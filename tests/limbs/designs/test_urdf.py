"""What is written as URDF is read back as it was meant."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.limbs.designs.mesh import MassProperties
from linewalker.limbs.designs.urdf import Cylinder, Joint, Link, MeshLook, Sphere, _number, urdf_text
from linewalker.limbs.model.urdf_reader import read_urdf_tree

INERTIA = np.array([[0.2, 0.01, -0.02], [0.01, 0.3, 0.03], [-0.02, 0.03, 0.4]])
BASE = Link(
    name="base",
    inertial=MassProperties(mass_kg=5.0, centre_m=np.array([0.1, -0.2, 0.3]), inertia_kg_m2=INERTIA),
    looks=(MeshLook(address="package://robot/base.obj", material="shell"),),
    collisions=(Sphere(radius_m=0.05, centre_m=(0.0, 0.1, 0.2)),),
)
ARM = Link(
    name="arm",
    inertial=MassProperties(mass_kg=1.25, centre_m=np.zeros(3), inertia_kg_m2=0.01 * INERTIA),
    looks=(MeshLook(address="package://robot/arm.obj", material="shell", mirrored=True),),
    collisions=(Cylinder(radius_m=0.02, length_m=0.3, centre_m=(0.0, 0.0, -0.15), rpy_rad=(0.1, 0.2, 0.0)),),
    joint=Joint(
        name="shoulder",
        parent="base",
        axis="y",
        origin_m=(0.0, 0.2, 0.4),
        lower_rad=-1.5,
        upper_rad=2.25,
        effort_nm=75.0,
        velocity_rad_s=9.0,
    ),
)


@pytest.fixture(scope="module")
def text() -> str:
    return urdf_text('a "robot" & co', [BASE, ARM], {"shell": (0.9, 0.8, 0.7)}, "Written by a test.")


@pytest.fixture(scope="module")
def xml(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def test_it_is_xml_with_its_name_and_remark(text: str, xml: ElementTree.Element) -> None:
    assert xml.get("name") == 'a "robot" & co'
    assert "<!-- Written by a test. -->" in text
    assert xml.find("material/color").get("rgba") == "0.9 0.8 0.7 1"


def test_the_reader_finds_masses_inertias_and_joints_as_they_were(tmp_path: Path, text: str) -> None:
    path = tmp_path / "robot.urdf"
    path.write_text(text, encoding="utf-8")
    tree = read_urdf_tree(path)
    for link in (BASE, ARM):
        read = tree.links[link.name]
        assert read.mass_kg == pytest.approx(link.inertial.mass_kg)
        np.testing.assert_allclose(read.inertia_kg_m2, link.inertial.inertia_kg_m2, atol=1e-8)
    shoulder = tree.joints["shoulder"]
    assert (shoulder.parent, shoulder.child) == ("base", "arm")
    np.testing.assert_array_equal(shoulder.axis, [0.0, 1.0, 0.0])
    assert (shoulder.lower_rad, shoulder.upper_rad) == (-1.5, 2.25)
    assert shoulder.effort_nm == 75.0


def test_the_base_has_no_joint_and_mirrored_looks_are_scaled(xml: ElementTree.Element) -> None:
    assert [joint.get("name") for joint in xml.iter("joint")] == ["shoulder"]
    scales = {mesh.get("filename"): mesh.get("scale") for mesh in xml.iter("mesh")}
    assert scales == {"package://robot/base.obj": None, "package://robot/arm.obj": "1 -1 1"}


def test_shapes_that_touch_are_where_they_were_put(xml: ElementTree.Element) -> None:
    cylinder = xml.find("link[@name='arm']/collision")
    assert cylinder.find("origin").get("rpy") == "0.1 0.2 0"
    assert cylinder.find("geometry/cylinder").attrib == {"radius": "0.02", "length": "0.3"}
    sphere = xml.find("link[@name='base']/collision")
    assert sphere.find("origin").get("xyz") == "0 0.1 0.2"
    assert sphere.find("geometry/sphere").get("radius") == "0.05"


@given(st.floats(-1e3, 1e3))
def test_numbers_are_short_and_read_back_to_a_millionth(value: float) -> None:
    written = _number(value)
    assert float(written) == pytest.approx(value, abs=5.1e-7)
    assert "e" not in written
    assert written not in ("-0", "")
    assert not ("." in written and written.endswith("0"))
