"""On noisy sensors: bring the wrist sensor to a place, hold it there, and stop the robot safely.

A tracker of the station follows the torso and a target on the sensor; `tool_targets=False` takes that one away.

python examples/03_stop_safely.py
"""

import mujoco
import numpy as np

import linewalker as lw

profile = lw.load_profile("g1")
model = lw.floor_model(profile)
robot = lw.SimulatedRobot(model, mujoco.MjData(model), profile, seed=1)
robot.place(0.0, 0.0, 0.0)
motion = lw.SafeMotion(lw.MotionController(profile))  # with a stop made for a machine that falls without power


def tick(robot: lw.Robot) -> None:
    """2 ms of a simulated robot, or of a real one: both go through this seam."""
    robot.act(motion.tick(robot.sense()))


while robot.time_s < 1.0:
    tick(robot)

reach = lw.Reach(motion, "right_wrist")
target = lw.Pose.from_axes([0.25, -0.15, 0.75], x=[0.0, 1.0, 0.0], z=[1.0, 0.0, 0.0])  # z along the beam
for move in (reach.go_to(target), reach.hold(0.5)):
    for _ in move:  # one turn of the loop is one control tick
        tick(robot)
miss = robot.data.site("right_wrist").xpos - target.p
print(f"the sensor is {1e3 * np.linalg.norm(miss):.1f} mm from its target")

motion.request_stop()
while not motion.reports:  # every stop ends with a report, one in a fall too
    tick(robot)
report = motion.reports[-1]
print(f"{report.ended.value} {report.stop_time_s:.2f} s after the stop was requested; the arm stays where it is")
