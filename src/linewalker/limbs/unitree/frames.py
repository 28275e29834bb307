"""Commands of ours as frames of Unitree's."""

from __future__ import annotations

from linewalker.errors import InputError
from linewalker.limbs.robot import JointCommand
from linewalker.limbs.unitree.layout import COMMAND, MOTORS, Image, blank

ENABLED = 1


def command_frame(command: JointCommand, mode_machine: int) -> Image:
    """The frame of a command; motors that the robot has no joint for are left alone.

    Args:
        command: of n joints, in the order of the motors.
        mode_machine: which hardware it is, as its states say; it hears nobody who says otherwise.

    Raises:
        InputError: there are more joints than motors.
    """
    n = len(command.tau_nm)
    if n > MOTORS:
        raise InputError(f"a command of {n} joints; a frame has room for {MOTORS}")
    frame = blank(COMMAND)
    frame["mode_machine"] = mode_machine
    motors = frame["motor"][:n]
    motors["mode"] = ENABLED
    motors["q"], motors["dq"], motors["tau"] = command.q_rad, command.dq_rad_s, command.tau_nm
    motors["kp"], motors["kd"] = command.kp_nm_rad, command.kd_nm_s_rad
    return frame
