"""Sound robots pass their checks; every kind of slip is found, named, and comes with its fix."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.geometry import Pose
from linewalker.limbs.checks.finding import Level
from linewalker.limbs.checks.profile_check import check_profile, require_sound
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.profile import Limb, Mount, RobotProfile
from linewalker.limbs.profile_file import read_profile
from linewalker.limbs.profiles import PROFILES
from tests.limbs.urdf_files import Edit, as_it_is, own_robot, replaced

WALKER = PROFILES["walker"]


@pytest.mark.parametrize("name", PROFILES)
def test_every_robot_of_ours_is_sound(name: str) -> None:
    assert [str(finding) for finding in check_profile(PROFILES[name])] == []


def _swapped(names: tuple[str, ...], first: int, second: int) -> tuple[str, ...]:
    order = list(names)
    order[first], order[second] = order[second], order[first]
    return tuple(order)


def _with_left_leg(joints: tuple[str, ...] | None = None, p: tuple[float, float, float] | None = None) -> RobotProfile:
    left, right = WALKER.legs
    end = left.end if p is None else Mount(body=left.end.body, X_BF=Pose(p=np.array(p)))
    return replace(WALKER, legs=(Limb(joints=joints or left.joints, end=end), right))


def _standing(**angles: float) -> RobotProfile:
    return replace(WALKER, standing={**WALKER.standing, **{f"{name}_joint": q for name, q in angles.items()}})


SLIPS: dict[str, tuple[Callable[[], RobotProfile], str, str, str]] = {
    "two joints of a leg swapped": (
        lambda: _with_left_leg(_swapped(WALKER.legs[0].joints, 3, 4)),
        "chains",
        "left leg are not in order",
        "left_knee_joint, left_ankle_pitch_joint, left_ankle_roll_joint",
    ),
    "a joint of the other leg": (
        lambda: _with_left_leg((*WALKER.legs[0].joints[:3], WALKER.legs[1].joints[3], *WALKER.legs[0].joints[4:])),
        "chains",
        "right_knee_joint do not belong to it; left_knee_joint are missing",
        "left_knee_joint",
    ),
    "a joint misspelt": (
        lambda: replace(WALKER, joints=("left_hip_rol_joint", *WALKER.joints[1:])),
        "joints",
        "no joint left_hip_rol_joint",
        "did you mean 'left_hip_roll_joint'",
    ),
    "a joint forgotten": (
        lambda: replace(WALKER, joints=WALKER.joints[:-1], head=WALKER.head[:-1]),
        "joints",
        "head_pitch_joint of the URDF is not in the profile",
        "weld it",
    ),
    "a body misspelt": (
        lambda: replace(WALKER, torso="torsoo"),
        "bodies",
        "no link torsoo",
        "did you mean 'torso'",
    ),
    "waist turned round": (
        lambda: replace(WALKER, waist=WALKER.waist[::-1]),
        "chains",
        "waist are not in order",
        "waist_yaw_joint, waist_pitch_joint",
    ),
    "a posture outside the limits": (
        lambda: _standing(left_knee=-0.4),
        "limits",
        "left_knee_joint is at -0.4 rad",
        "within its range",
    ),
    "no torque": (
        lambda: replace(WALKER, effort_nm={"left_knee_joint": 0.0}),
        "drives",
        "no torque limit of left_knee_joint",
        "effort_nm",
    ),
    "no rotors": (lambda: replace(WALKER, armature_kg_m2={}), "drives", "no rotor inertia", "gear ratio squared"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_found_with_its_fix(slip: str) -> None:
    make, rule, problem, fix = SLIPS[slip]
    found = [finding for finding in check_profile(make()) if finding.rule == rule]
    assert any(problem in finding.problem and fix in finding.fix for finding in found), [str(f) for f in found]


def test_a_broken_robot_is_refused_where_it_is_loaded() -> None:
    broken = _standing(left_knee=-0.4)
    with pytest.raises(InputError, match=r"my_robot\.yaml: .*left_knee_joint is at -0\.4 rad.*within its range"):
        require_sound(broken, "my_robot.yaml")
    assert require_sound(WALKER, "walker.yaml") is WALKER


def test_impossible_inertias_are_found(tmp_path: Path) -> None:
    """Of principal moments 0.1, 0.1, 0.5 the first two do not reach the third; a negative one is an error."""
    urdf = urdf_path(WALKER).read_text(encoding="utf-8").replace("package://linewalker/", f"{_package()}/")
    start = urdf.index("<inertia ", urdf.index('<link name="left_shank">'))
    end = urdf.index("/>", start)
    for moments, level in (("0.1 0.1 0.5", Level.WARNING), ("-0.1 0.1 0.1", Level.ERROR)):
        xx, yy, zz = moments.split()
        path = tmp_path / "robot.urdf"
        path.write_text(f'{urdf[:start]}<inertia ixx="{xx}" iyy="{yy}" izz="{zz}" ixy="0" ixz="0" iyz="0"{urdf[end:]}')
        found = check_profile(replace(WALKER, package="", urdf=str(path)))
        assert [(finding.rule, finding.level) for finding in found if "left_shank" in finding.problem] == [
            ("inertias", level)
        ]


def _package() -> Path:
    return urdf_path(WALKER).parents[3]


FINGERS = "".join(
    f'<link name="{name}"/><joint name="{name}_joint" type="revolute"><parent link="left_hand"/><child link="{name}"/>'
    f'<axis xyz="0 0 1"/><limit lower="0" upper="1" effort="1"/>{follows}</joint>'
    for name, follows in (("thumb", ""), ("index", '<mimic joint="thumb_joint"/>'))
)
ABOVE = '<link name="world"/><joint name="stand" type="{}"><parent link="world"/><child link="pelvis"/></joint>'


def _appended(*parts: str) -> Edit:
    return replaced(("</robot>", "".join(parts) + "</robot>"))


def _of_joint(joint: str, pattern: str, new: str) -> Edit:
    return lambda text: re.sub(rf'(<joint name="{joint}".*?){pattern}', rf"\g<1>{new}", text, count=1, flags=re.S)


URDFS: dict[str, tuple[Edit, Edit, str]] = {
    "welded fingers, one a follower": (_appended(FINGERS), lambda text: f"{text}\nwelded: [thumb_joint]\n", ""),
    "a follower of a driven joint": (
        _appended(FINGERS.replace('thumb_joint"/>', 'left_elbow_pitch_joint"/>')),
        lambda text: f"{text}\nwelded: [thumb_joint]\n",
        r"joint index_joint has no motor, it follows left_elbow_pitch_joint \(mimic\)\. Weld left_elbow_pitch_joint",
    ),
    "a driven follower": (
        _of_joint("head_yaw_joint", r"<axis", '<mimic joint="head_pitch_joint"/><axis'),
        as_it_is,
        r"head_yaw_joint has no motor",
    ),
    "driven and welded": (
        as_it_is,
        lambda text: f"{text}\nwelded: [head_yaw_joint]\n",
        "head_yaw_joint is driven and also welded",
    ),
    "a world, floating": (_appended(ABOVE.format("floating")), as_it_is, ""),
    "a world, fixed": (_appended(ABOVE.format("fixed")), as_it_is, ""),
    "a world for a base": (
        _appended(ABOVE.format("fixed")),
        replaced(("base: pelvis", "base: world")),
        "world is what robots stand in",
    ),
    "a floating joint below the base": (
        _appended(ABOVE.replace("world", "car").format("floating")),
        replaced(("base: pelvis", "base: car")),
        "joint stand is floating; the one floating joint is added.*Name what hangs below it",
    ),
    "a dummy root for a base": (
        _appended(ABOVE.replace("world", "base_link").format("fixed")),
        replaced(("base: pelvis", "base: base_link")),
        "",
    ),
    "a slide": (
        _of_joint("head_yaw_joint", '"revolute"', '"prismatic"'),
        as_it_is,
        r"head_yaw_joint slides.*welded: \[head_yaw_joint\]",
    ),
    "the name of the floating joint": (
        replaced(("head_yaw_joint", "root")),
        replaced(("head_yaw_joint", "root")),
        "joint root has the name of the floating joint",
    ),
    "limits the wrong way round": (
        _of_joint("head_yaw_joint", 'lower="[^"]*" upper="[^"]*"', 'lower="1" upper="-1"'),
        as_it_is,
        "head_yaw_joint has no range: lower 1, upper -1 rad",
    ),
    "limits in degrees": (
        _of_joint("head_yaw_joint", 'lower="[^"]*" upper="[^"]*"', 'lower="-95" upper="95"'),
        as_it_is,
        "warning: limits: joint head_yaw_joint turns -95..95 rad, many times round.*if these are in degrees, convert",
    ),
    "no effort": (_of_joint("head_yaw_joint", 'effort="[^"]*"', 'effort="0"'), as_it_is, "no torque limit of head_yaw"),
    "no speed": (_of_joint("head_yaw_joint", 'velocity="[^"]*"', 'velocity="0"'), as_it_is, ""),
    "no inertia": (
        lambda text: re.sub(r'(<link name="left_shank">).*?</inertial>', r"\1", text, count=1, flags=re.S),
        as_it_is,
        "link left_shank moves and weighs nothing. Give it an <inertial>",
    ),
    "a wrist that turns without end": (
        _of_joint("left_wrist_roll_joint", '"revolute"', '"continuous"'),
        as_it_is,
        "right_wrist_roll_joint turns -[0-9.]+..[0-9.]+ rad, left_wrist_roll_joint mirrored without end",
    ),
    "a mesh in millimetres": (
        lambda text: text.replace('torso_shell.obj"', 'torso_shell.obj" scale="1000 1000 1000"'),
        as_it_is,
        r'mesh torso_shell \(.*torso_shell\.obj\) measures \d+ m; .*larger than 2\.5 m.*scale="0\.001 0',
    ),
    "a mesh scaled twice": (
        lambda text: text.replace('torso_shell.obj"', 'torso_shell.obj" scale="0.001 0.001 0.001"'),
        as_it_is,
        r"mesh torso_shell .* measures 0\.000\d+ m; .*no smaller than 0\.0005 m",
    ),
    "names in other scripts": (
        lambda text: text.replace('"left_shank"', '"Wade ü 小腿"').replace('"head_yaw_joint"', '"颈"'),
        replaced(("head_yaw_joint", "颈")),
        "",
    ),
}


@pytest.mark.parametrize("case", URDFS)
def test_urdfs_as_they_come(tmp_path: Path, case: str) -> None:
    """Sound, or the trouble and its fix in one sentence."""
    urdf, profile, message = URDFS[case]
    found = " | ".join(str(finding) for finding in check_profile(read_profile(own_robot(tmp_path, urdf, profile))))
    assert re.search(message, found) if message else not found, found
