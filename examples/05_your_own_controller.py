"""A controller of your own, made safe: it squats on stiff joints, and a stop holds it wherever it is.

python examples/05_your_own_controller.py
"""

import mujoco
import numpy as np

import linewalker as lw

STIFFNESS, DAMPING_S = 8.0, 0.8  # of a joint, as shares of its torque limit: all of it when 0.125 rad off
BEND = {"hip_pitch": -1.0, "knee": 2.0, "ankle_pitch": -1.0}  # feet stay flat, the trunk upright
FASTEST_RAD_S = 0.3


class Squats(lw.FeedbackController):
    """Time, estimate, faults and falls are its base's; what is left is what the drives are to do."""

    wanted_rad = bent_rad = 0.0

    def squat(self, bend_rad: float) -> None:
        """A verb of its own: bend hips and ankles by this angle and the knees by twice as much."""
        self.wanted_rad = bend_rad

    def halt(self) -> None:
        """Stay as it is."""
        self.wanted_rad = self.bent_rad

    @property
    def state(self) -> lw.MotionState:
        """While it bends, it has not arrived."""
        arrived = self.bent_rad == self.wanted_rad
        return lw.MotionState(mode=self.mode, arrived=arrived, settled=arrived and self.calm, steps=0)

    def decide(self, readings: lw.Readings, *, heard: bool) -> lw.JointCommand:  # noqa: ARG002
        """A little farther down or up in every control period."""
        step_rad = FASTEST_RAD_S * self.period_s
        self.bent_rad += min(max(self.wanted_rad - self.bent_rad, -step_rad), step_rad)
        bend = [sum(share for part, share in BEND.items() if part in joint) for joint in self.profile.joints]
        zeros = np.zeros(len(bend))
        return lw.JointCommand(
            q_rad=self.profile.standing_q() + self.bent_rad * np.array(bend),
            dq_rad_s=zeros,
            tau_nm=zeros,
            kp_nm_rad=STIFFNESS * self.effort_nm,
            kd_nm_s_rad=DAMPING_S * self.effort_nm,
        )


profile = lw.load_profile("g1")
model = lw.floor_model(profile)
robot = lw.SimulatedRobot(model, mujoco.MjData(model), profile, seed=1)
robot.place(0.0, 0.0, 0.0)
motion = lw.SafeMotion(Squats(profile))


def live(motion: lw.Controller, seconds: float) -> None:
    """A controller is ticked like any other, wrapped or not."""
    for _ in range(round(seconds / motion.period_s)):
        robot.act(motion.tick(robot.sense()))


live(motion, 1.0)
motion.command().squat(0.2)  # refused while it is stopping or stopped
live(motion, 0.5)
motion.request_stop()
live(motion, 1.0)
print(f"{motion.reports[-1].ended.value} {motion.reports[-1].stop_time_s:.2f} s after a stop was requested")
print(f"half way down: {motion.controller.bent_rad:.2f} of 0.20 rad")
