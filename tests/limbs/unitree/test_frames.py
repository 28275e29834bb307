"""A frame says what the command says, to the motors that are joints and to no others."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.limbs.robot import JointCommand
from linewalker.limbs.unitree.frames import command_frame


def test_a_frame_carries_the_command() -> None:
    parts = np.random.default_rng(1).normal(size=(5, 29))
    command = JointCommand(**dict(zip(("q_rad", "dq_rad_s", "tau_nm", "kp_nm_rad", "kd_nm_s_rad"), parts)))
    frame = command_frame(command, 5)
    assert (frame["mode_machine"], frame["mode_pr"]) == (5, 0)
    for name, part in zip(("q", "dq", "tau", "kp", "kd"), parts):
        np.testing.assert_array_equal(frame["motor"][name][:29], part.astype(np.float32))
    assert frame["motor"]["mode"].tolist() == [1] * 29 + [0] * 6
    assert not frame["motor"][29:].tobytes().strip(b"\0")


def test_a_command_that_does_not_fit_is_refused() -> None:
    with pytest.raises(InputError, match="36 joints; a frame has room for 35"):
        command_frame(JointCommand.damped(np.ones(36)), 5)
