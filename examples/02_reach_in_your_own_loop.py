"""A wrist target in a MuJoCo loop of your own: pelvis, waist and arm bring the sensor there together.

`body.sense()` has exact sensors and the torso's true place; `sense(localised=False)` leaves the place away.

python examples/02_reach_in_your_own_loop.py
"""

import mujoco

import linewalker as lw

profile = lw.load_profile("g1")
model = lw.floor_model(profile)
data = mujoco.MjData(model)
body, motion = lw.MujocoBody(model, data, profile), lw.MotionController(profile)
body.place(0.0, 0.0, 0.0)


def tick() -> None:
    """Sensor readings in, joint commands out, 2 ms of physics."""
    body.act(motion.tick(body.sense()))
    body.step()


target = lw.Pose.from_axes([0.25, -0.15, 0.75], x=[0.0, 1.0, 0.0], z=[1.0, 0.0, 0.0])  # z along the beam: forward
for _ in lw.Reach(motion, "right_wrist").go_to(target):  # one turn of the loop is one control tick
    tick()
x, y, z = data.site("right_wrist").xpos
print(f"the wrist sensor is at {x:.3f}, {y:.3f}, {z:.3f}")
