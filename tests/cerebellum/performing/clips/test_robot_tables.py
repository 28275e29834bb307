"""Tables are told by their columns, with our own heading or none."""

from pathlib import Path

import numpy as np
import pytest

from linewalker.cerebellum.performing.clips.robot_tables import fewer, from_archive, rate_of, read_table
from linewalker.errors import InputError
from tests.cerebellum.performing.clips.captured import dance_rows, write_dance
from tests.cerebellum.performing.short_dance import staging

JOINTS = staging().body.profile.joints


def test_the_rate_may_stand_in_the_name(tmp_path: Path) -> None:
    assert read_table(write_dance(tmp_path / "salsa_50hz.csv"), JOINTS).rate_hz == 50.0
    assert read_table(write_dance(tmp_path / "salsa.csv"), JOINTS).rate_hz is None


def test_a_g1_of_fewer_joints_is_known(tmp_path: Path) -> None:
    np.savetxt(tmp_path / "a.csv", dance_rows()[:, :30], delimiter=",")
    clip = read_table(tmp_path / "a.csv", JOINTS)
    assert clip.layouts == (fewer(JOINTS),)
    assert len(fewer(JOINTS)) == 23


def test_our_own_tables_are_read_by_their_heading(tmp_path: Path) -> None:
    rows, path = dance_rows("wxyz"), tmp_path / "poses.csv"
    heading = ["time_s", "x_m", "y_m", "z_m", "qw", "qx", "qy", "qz", *(f"{name}_rad" for name in JOINTS)]
    table = np.column_stack((0.02 * np.arange(len(rows)), rows))
    np.savetxt(path, table, delimiter=",", header=",".join(heading), comments="")
    clip = read_table(path, JOINTS)
    assert clip.rate_hz == pytest.approx(50.0)
    np.testing.assert_allclose(clip.joints, rows[:, 7:])
    np.savetxt(path, table[:, :-1], delimiter=",", header=",".join(heading[:-1]), comments="")
    with pytest.raises(InputError, match="a heading without right_wrist_yaw_joint"):
        read_table(path, JOINTS)


@pytest.mark.parametrize(
    ("rows", "said"),
    [(np.zeros((99, 12)), "12 columns"), (np.zeros((9, 36)), "9 frames"), (np.full((99, 36), np.nan), "not a number")],
)
def test_a_table_of_something_else_is_refused(rows: np.ndarray, said: str, tmp_path: Path) -> None:
    np.savetxt(tmp_path / "a.csv", rows, delimiter=",")
    with pytest.raises(InputError, match=said):
        read_table(tmp_path / "a.csv", JOINTS)


@pytest.mark.parametrize(
    ("arrays", "said"),
    [
        ({"a": np.zeros(3)}, "arrays a; expected root_pos"),
        ({"root_pos": np.zeros((40, 3)), "root_rot": np.zeros((40, 4)), "dof_pos": np.zeros((40, 5))}, "5 joints"),
        ({"root_pos": np.zeros((40, 2)), "root_rot": np.zeros((40, 4)), "dof_pos": np.zeros((40, 29))}, "shapes"),
    ],
)
def test_an_archive_of_something_else_is_refused(arrays: dict[str, np.ndarray], said: str) -> None:
    with pytest.raises(InputError, match=said):
        from_archive(arrays, Path("a.npz"), JOINTS)


def test_a_rate_that_is_none_is_refused() -> None:
    assert rate_of({}, Path("a.npz")) is None
    with pytest.raises(InputError, match="0 frames a second"):
        rate_of({"fps": np.array(0)}, Path("a.npz"))
