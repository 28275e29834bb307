"""A controller that holds the standing posture with stiff joints, for tests of what every controller has."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from linewalker.cerebellum.controller import MotionState
from linewalker.cerebellum.feedback_controller import FeedbackController
from linewalker.limbs.robot import JointCommand, Readings


class StiffController(FeedbackController):
    """See the module.

    Attributes:
        halts: how often it was halted.
        torque_nm: what it adds to every joint.
        busy: whether it says that it has not arrived.
    """

    halts, torque_nm, busy = 0, 0.0, False

    @property
    def state(self) -> MotionState:
        return replace(super().state, arrived=not self.busy)

    def halt(self) -> None:
        self.halts += 1

    def decide(self, readings: Readings, *, heard: bool) -> JointCommand:  # noqa: ARG002
        zeros = np.zeros(len(self.profile.joints))
        return JointCommand(
            q_rad=self.profile.standing_q(),
            dq_rad_s=zeros,
            tau_nm=zeros + self.torque_nm,
            kp_nm_rad=8.0 * self.effort_nm,
            kd_nm_s_rad=0.8 * self.effort_nm,
        )
