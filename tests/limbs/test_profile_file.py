"""A profile written as YAML is the profile; whatever is wrong in the file is named with its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.profile import Gait
from linewalker.limbs.profile_file import read_profile
from linewalker.limbs.profiles import PROFILES, load_profile

WALKER = PROFILES["walker"]
EXAMPLE = Path(__file__).parents[2] / "examples" / "my_robot.yaml"


def test_the_example_is_the_walker() -> None:
    profile, walker = read_profile(EXAMPLE), WALKER
    assert urdf_path(profile) == urdf_path(walker)
    assert profile.joints == walker.joints
    assert profile.gait == walker.gait
    assert profile.standing == walker.standing
    for ours, theirs in zip((*profile.legs, *profile.arms), (*walker.legs, *walker.arms)):
        assert (ours.joints, ours.end.body) == (theirs.joints, theirs.end.body)
        np.testing.assert_allclose(ours.end.X_BF.p, theirs.end.X_BF.p)
    for name, mount in walker.scanners.items():
        np.testing.assert_allclose(profile.scanners[name].X_BF.R, mount.X_BF.R, atol=1e-9)
        assert profile.scanners[name].housing_m == mount.housing_m
    head = profile.cameras["head"]
    np.testing.assert_allclose(head.X_BF.R, walker.cameras["head"].X_BF.R, atol=2e-3)
    assert replace(head, X_BF=walker.cameras["head"].X_BF, body="head").fov_y_rad == pytest.approx(np.radians(58))


def test_a_command_line_takes_the_file() -> None:
    assert load_profile(str(EXAMPLE)).name == "my_robot"


def _edited(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = EXAMPLE.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = tmp_path / "robot.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("com_height_m:", "com_hight_m:", r"robot\.yaml:\d+: com_hight_m: unknown key; did you mean 'com_height_m'"),
        ("base: pelvis\n", "", r"the key 'base' is missing"),
        ("step_s: 0.38", "step: 0.38", r"gait\.step: unknown key"),
        ("step_s: 0.38", "step_s: 0.0", r"gait: step_s is 0; expected more than 0"),
        ("step_s: 0.38", "step_s: 0.1", r"gait: expected transfer_s < shortest_s <= step_s"),
        ("narrowest_m: 0.17", "narrowest_m: 0.30", r"gait: expected narrowest_m <= 2 half_width_m"),
        ("com_height_m: 0.84", "com_height_m: 840", r"com_height_m: 840 m is outside the range 0\.1 to 2\.5 m"),
        ("knee_joint: 1.040", "knee_joint: bent", r"standing_rad\.left_knee_joint: expected a number in rad"),
        ("xyz_m: [0.025, 0, -0.09]", "xyz_m: [0.025, 0]", r"legs\.left\.foot\.xyz_m: expected three numbers, found 2"),
        ("x: [0, 1, 0]", "x: [0, 0, 1]", r"scanners\.right_wrist\.x: x and z must be two different directions"),
        ("x: [0, 1, 0], ", "", r"scanners\.right_wrist: give both x and z"),
        ("fov_y_deg: 58", "fov_y_deg: 580", r"fov_y_deg: 580 deg is outside"),
    ],
)
def test_a_slip_is_named_with_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_profile(_edited(tmp_path, (old, new)))


def test_relative_urdfs_start_at_the_file_and_their_meshes_are_found(tmp_path: Path) -> None:
    source = urdf_path(WALKER)
    (tmp_path / "robot.urdf").write_text(
        source.read_text(encoding="utf-8").replace("package://linewalker/limbs/designs/walker/", "")
    )
    (tmp_path / "meshes").symlink_to(source.parent / "meshes")
    path = _edited(
        tmp_path, ("package: linewalker", "#"), ("urdf: limbs/designs/walker/walker.urdf", "urdf: robot.urdf")
    )
    profile = load_profile(str(path))
    assert urdf_path(profile) == (tmp_path / "robot.urdf").resolve()


def test_a_file_with_a_robot_that_can_not_stand_is_refused(tmp_path: Path) -> None:
    path = _edited(tmp_path, ("left_knee_joint: 1.040", "left_knee_joint: 0.740"))
    with pytest.raises(InputError, match=r"robot\.yaml: .*left sole"):
        load_profile(str(path))


def test_what_is_left_out_has_defaults(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    start, end = text.index("gait:"), text.index("standing_rad:")
    path = tmp_path / "robot.yaml"
    path.write_text(text[:start] + text[end:], encoding="utf-8")
    assert read_profile(path).gait == Gait()
