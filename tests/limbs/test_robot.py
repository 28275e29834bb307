"""The seam of a robot: what is handed through it is of one kind, whoever made it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from linewalker.errors import RobotLost
from linewalker.geometry import Pose
from linewalker.limbs.robot import CONTROL_PERIOD_S, JointCommand, LocalisationFix, Readings, Robot, ToolFix

VECTORS = ("gyro_rad_s", "accel_m_s2", "q_rad", "dq_rad_s", "tau_nm")


def felt(**changed: object) -> Readings:
    values: dict = {name: np.zeros(3) for name in VECTORS}
    return Readings(time_s=0.002, **(values | changed))


@pytest.mark.parametrize("name", VECTORS)
@pytest.mark.parametrize(
    "given_as",
    [[1, 2, 3], (1.0, 2.0, 3.0), np.array([1, 2, 3]), np.array([1, 2, 3], np.float32), np.arange(1.0, 7.0)[:3]],
    ids=["ints", "tuple", "integers", "singles", "a slice"],
)
def test_vectors_of_any_kind_of_number_become_those_that_kernels_take(name: str, given_as: object) -> None:
    taken = getattr(felt(**{name: given_as}), name)
    assert taken.dtype == np.float64
    assert taken.flags.carray
    np.testing.assert_array_equal(taken, [1.0, 2.0, 3.0])


@pytest.mark.parametrize("name", VECTORS)
def test_what_is_fit_already_is_not_copied(name: str) -> None:
    """At every tick of a real robot: no copy where none is needed."""
    fit = np.arange(3.0)
    assert getattr(felt(**{name: fit}), name) is fit


@given(arrays(np.float64, (6,), elements=st.floats(-1, 1)))
def test_every_other_entry_of_an_array_is_laid_out_anew(values: np.ndarray) -> None:
    strided = felt(q_rad=values[::2]).q_rad
    assert strided.flags.c_contiguous
    np.testing.assert_array_equal(strided, values[::2])


def test_records_are_what_they_were_when_they_were_taken() -> None:
    with pytest.raises(FrozenInstanceError):
        felt().time_s = 1.0  # type: ignore[misc]


def test_damping_gives_no_torque_at_rest_and_brakes_what_moves() -> None:
    """tau + kp (q* - q) + kd (dq* - dq), the law of every drive."""
    command, dq = JointCommand.damped(np.array([2.0, 3.0])), np.array([0.5, -1.0])
    for q in (np.zeros(2), np.array([1.0, -2.0])):
        torque = (
            command.tau_nm + command.kp_nm_rad * (command.q_rad - q) + command.kd_nm_s_rad * (command.dq_rad_s - dq)
        )
        np.testing.assert_array_equal(torque, [-1.0, 3.0])
        assert torque @ dq < 0.0  # it takes energy out


@pytest.mark.parametrize("taken_s", [np.nan, np.inf, None, "now"])
def test_a_fix_that_is_stamped_without_a_number_is_at_fault(taken_s: object) -> None:
    assert LocalisationFix(taken_s=taken_s, X_WT=Pose()).fault  # type: ignore[arg-type]
    assert ToolFix(taken_s=taken_s, scanner="right_wrist", X_WS=Pose()).fault  # type: ignore[arg-type]


def test_a_fix_of_no_scanner_is_at_fault() -> None:
    assert ToolFix(taken_s=1.0, scanner=7, X_WS=Pose()).fault == "scanner is no name"  # type: ignore[arg-type]
    assert ToolFix(taken_s=1.0, scanner="right_wrist", X_WS=Pose()).fault == ""


def test_a_robot_has_to_say_what_it_feels_does_sees_and_scans() -> None:
    class Mute(Robot):
        """One that only feels."""

        def sense(self) -> Readings:
            return felt()

    with pytest.raises(TypeError, match=r"act.*look.*scan"):
        Mute()  # type: ignore[abstract]


class Linked(Robot):
    """A robot behind a link; what is asked of it goes through while the link is up."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def connect(self) -> None:
        self.told.append("connect")

    def close(self) -> None:
        self.told.append("close")

    def sense(self) -> Readings:
        raise RobotLost("no answer for 0.1 s; look after its link")

    act = look = scan = sense  # type: ignore[assignment]


def test_a_block_connects_and_closes_however_it_ends() -> None:
    linked = Linked()
    with linked as robot:
        assert robot is linked
        assert linked.told == ["connect"]
    assert linked.told == ["connect", "close"]
    with pytest.raises(RobotLost, match="link"), linked:
        linked.sense()
    assert linked.told == ["connect", "close"] * 2


def test_five_hundred_ticks_are_a_second() -> None:
    assert pytest.approx(1.0 / 500.0) == CONTROL_PERIOD_S
