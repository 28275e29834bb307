"""Clips are told by what they hold; what is none is refused in one sentence."""

import pickle
from pathlib import Path

import numpy as np
import pytest

from linewalker.cerebellum.performing.clips.clip_file import read_clip
from linewalker.errors import InputError
from tests.cerebellum.performing.clips.captured import FPS, dance_rows, figure, march, write_dance
from tests.cerebellum.performing.short_dance import short_plan, staging


def read(path: Path, rate_hz: float | None = None):  # type: ignore[no-untyped-def]
    return read_clip(path, staging().body, staging().pelvis_height_m, rate_hz)


def test_both_orders_of_the_quaternion_are_told_apart(tmp_path: Path) -> None:
    one, other = (read(write_dance(tmp_path / f"{order}_50hz.csv", order)) for order in ("xyzw", "wxyz"))
    np.testing.assert_allclose(one.quat, other.quat, atol=1e-9)
    assert one.duration_s == pytest.approx(short_plan().duration_s, abs=0.05)


def test_archives_of_training_and_of_retargeting_are_the_same_dance(tmp_path: Path) -> None:
    rows = dance_rows("wxyz")
    joints = list(staging().body.profile.joints)
    levels = ["left_hip_pitch_joint", "right_hip_pitch_joint", "waist_yaw_joint", "left_hip_roll_joint"]
    from linewalker.cerebellum.performing.clips.robot_tables import side_by_side

    order = side_by_side(joints)
    assert list(order[:4]) == levels
    assert sorted(order) == sorted(joints)
    np.savez(
        tmp_path / "training.npz",
        fps=[50],
        joint_pos=rows[:, 7:][:, [joints.index(name) for name in order]],
        body_pos_w=rows[:, None, :3],
        body_quat_w=rows[:, None, 3:7],
    )
    np.savez(
        tmp_path / "gmr.npz", fps=50, root_pos=rows[:, :3], root_rot=rows[:, [4, 5, 6, 3]], dof_pos=rows[:, 7:]
    )  # fmt: skip
    for name in ("training.npz", "gmr.npz"):
        found = read(tmp_path / name).postures
        np.testing.assert_allclose(found[:, 7:], figure("dance").postures[:, 7:], atol=1e-5)


def test_people_are_read_and_a_rate_may_be_given(tmp_path: Path) -> None:
    path = tmp_path / "march.bvh"
    path.write_text(march())
    assert read(path).duration_s == pytest.approx(6.0, abs=0.03)
    assert read(path, 2.0 * FPS).duration_s == pytest.approx(3.0, abs=0.03)
    with pytest.raises(InputError, match=r"a clip of 0\.4 s"):
        read(path, 900.0)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("a.pkl", "pickled files could do anything"),
        ("a.txt", r"expected \.csv, \.npz or \.bvh"),
        ("a.npz", "no archive"),
        ("a.csv", "no row of numbers"),
        ("a.bvh", "no BVH"),
    ],
)
def test_what_is_no_clip_is_refused(name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("1, 2, x\n")
    with pytest.raises(InputError, match=said):
        read(tmp_path / name)


def test_pickles_in_archives_are_not_opened(tmp_path: Path) -> None:
    opened = tmp_path / "opened"

    class Trap:
        def __reduce__(self):  # type: ignore[no-untyped-def]
            return opened.touch, ()

    trap = np.empty(1, object)
    trap[0] = Trap()
    np.savez(tmp_path / "trap.npz", poses=trap)
    (tmp_path / "bare.npz").write_bytes(pickle.dumps(Trap()))
    for name in ("trap.npz", "bare.npz"):
        with pytest.raises(InputError):
            read(tmp_path / name)
    assert not opened.exists()


def test_a_robot_that_lies_is_refused(tmp_path: Path) -> None:
    rows = dance_rows()
    rows[:, 3:7] = [0.7071, 0.0, 0.0, 0.7071]
    rows[:, 7:] += 2.0
    np.savetxt(tmp_path / "lies.csv", rows, delimiter=",")
    with pytest.raises(InputError, match="no robot that stands"):
        read(tmp_path / "lies.csv")
