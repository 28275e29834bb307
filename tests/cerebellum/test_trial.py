"""What the doctor calls sound walks: robots as other people describe them are tried out, and a weak one is found."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from linewalker.cerebellum import trial
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.trial import try_out
from linewalker.limbs.checks.finding import Level
from linewalker.limbs.checks.profile_check import check_profile
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profile_file import read_profile
from linewalker.limbs.profiles import PROFILES
from tests.limbs.urdf_files import on_plates, own_robot

WALKER = PROFILES["walker"]


def _endless(folder: Path) -> RobotProfile:
    """Every joint turns without end."""
    urdf = own_robot(folder, lambda text: text.replace('type="revolute"', 'type="continuous"'))
    return read_profile(urdf)


def _stiff_waist(folder: Path) -> RobotProfile:
    """The waist does not pitch, so the torso and all it carries hang from fixed joints, on plates besides."""
    plated = on_plates(WALKER, folder)
    urdf = folder / "robot.urdf"
    text = urdf.read_text(encoding="utf-8")
    urdf.write_text(re.sub(r'(name="waist_pitch_joint" type=")revolute', r"\1fixed", text), encoding="utf-8")
    kept = {
        key: {joint: value for joint, value in getattr(plated, key).items() if joint != "waist_pitch_joint"}
        for key in ("standing", "lowered", "armature_kg_m2")
    }
    joints = tuple(joint for joint in plated.joints if joint != "waist_pitch_joint")
    return replace(plated, joints=joints, waist=("waist_yaw_joint",), **kept)


@pytest.mark.parametrize("make", [_endless, _stiff_waist])
def test_what_is_called_sound_walks_and_reaches(tmp_path: Path, make) -> None:
    profile = make(tmp_path)
    assert [str(finding) for finding in (*check_profile(profile), *try_out(profile))] == []


def test_a_torso_behind_fixed_joints_is_where_its_link_is(tmp_path: Path) -> None:
    """0.1 m above the waist, as when it could pitch."""
    stiff, own = (MotionController(profile) for profile in (_stiff_waist(tmp_path), WALKER))
    for motion in (stiff, own):
        motion.dynamics.update(motion.dynamics.q, motion.dynamics.v)
    for frame in ("torso", "left_sole", "right_hand", "right_wrist", "imu", "head"):
        X, X_own = stiff.pose_of(frame), own.pose_of(frame)
        assert X.p == pytest.approx(X_own.p, abs=1e-9)
        assert pytest.approx(X_own.R, abs=1e-9) == X.R


def test_a_robot_that_can_not_walk_is_found() -> None:
    """Knees that hold the robot on two legs, and not on one."""
    weak = replace(WALKER, effort_nm={f"{side}_knee_joint": 75.0 for side in ("left", "right")})
    assert all(finding.level is Level.WARNING for finding in check_profile(weak))
    found = try_out(weak)
    assert [finding.level for finding in found] == [Level.ERROR]
    assert "tried out in physics, while it walks" in found[0].problem


def test_what_nobody_foresaw_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_profile: RobotProfile) -> None:
        raise KeyError("no such hinge")

    monkeypatch.setattr(trial, "SafeMotion", broken)
    found = try_out(WALKER)
    assert found[0].level is Level.ERROR
    assert "while its controller is built: KeyError: 'no such hinge'" in found[0].problem
