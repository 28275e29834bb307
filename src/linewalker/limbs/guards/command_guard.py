"""The last thing that touches a command before it leaves for the drives.

What leaves keeps to range, speed, torque and step, whatever comes in. A torque that is taken back because a drive is
hot lowers the limit of both feed-forward and spring. A step is one from command to command, so nothing jumps after a
silence either: the robot that did not hear goes on from what it was last told.
"""

from __future__ import annotations

import numpy as np

from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.limbs.guards.limits import CommandLimits
from linewalker.limbs.robot import JointCommand
from linewalker.limbs.soundness import command_fault

_SOFTEST_NM_RAD = 1e-9


class CommandGuard:
    """See the module.

    Args:
        limits: of the robot.

    Attributes:
        limits: these.
        changed: how many commands left otherwise than they came.
    """

    def __init__(self, limits: CommandLimits):
        self.limits, self.changed = limits, 0
        self._tau_nm = np.zeros_like(limits.torque_nm)
        self._q_rad: Array | None = None

    def begin(self) -> None:
        """The drives only damp, or did nothing yet: the next command starts from no torque and where the joints are."""
        self._tau_nm[:], self._q_rad = 0.0, None

    @property
    def damped(self) -> JointCommand:
        """Lets the robot down; always allowed."""
        return JointCommand.damped(self.limits.damping_nm_s_rad)

    def passed(self, command: JointCommand, q_rad: Array, dq_rad_s: Array, share: Array | float = 1.0) -> JointCommand:
        """The command as it may leave.

        The angle is kept in its range, within a step of the last one (of the joint, where there was no spring), and so
        near to the joint that the spring alone pulls with no more than the whole torque. Then the feed-forward torque
        is what keeps spring, damper and itself within the torque, within a step of the last one, and within the torque.

        Args:
            command: as the controller wants it.
            q_rad, dq_rad_s: where the joints are and how fast, (n,).
            share: of the torque that is left to each drive, 0 to 1, (n,).

        Raises:
            InputError: a part of it is not finite, or a gain is below 0.
        """
        if part := command_fault(command):
            raise InputError(f"{part} of a command is not finite; the robot is to be let down")
        kp, kd = command.kp_nm_rad, command.kd_nm_s_rad
        if (kp < 0.0).any() or (kd < 0.0).any():
            raise InputError("a gain of a command is below 0; the robot is to be let down")
        limits, torque = self.limits, self.limits.torque_nm * share
        dq = np.clip(command.dq_rad_s, -limits.fastest_rad_s, limits.fastest_rad_s)
        q = self._angle(command.q_rad, q_rad, kp, torque)
        held = kp * (q - q_rad) + kd * (dq - dq_rad_s)
        tau = np.clip(command.tau_nm + held, -torque, torque) - held
        tau = np.clip(tau, self._tau_nm - limits.step_nm, self._tau_nm + limits.step_nm)
        tau = np.clip(tau, -torque, torque)
        self._tau_nm[:], self._q_rad = tau, np.where(kp > 0.0, q, q_rad)
        sprung = kp > 0.0
        same = (tau == command.tau_nm).all() and (dq == command.dq_rad_s).all() and (q == command.q_rad)[sprung].all()
        self.changed += not same
        return JointCommand(q_rad=q, dq_rad_s=dq, tau_nm=tau, kp_nm_rad=kp, kd_nm_s_rad=kd)

    def _angle(self, wanted: Array, q_rad: Array, kp: Array, torque: Array) -> Array:
        limits, last = self.limits, q_rad if self._q_rad is None else self._q_rad
        pull_rad = torque / np.maximum(kp, _SOFTEST_NM_RAD)
        q = np.clip(wanted, q_rad - pull_rad, q_rad + pull_rad)
        q = np.clip(q, last - limits.step_rad, last + limits.step_rad)
        return np.clip(q, limits.lower_rad, limits.upper_rad)
