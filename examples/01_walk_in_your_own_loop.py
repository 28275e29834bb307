"""The controller in a MuJoCo loop of your own: sensor readings in, joint commands out, in fifteen lines.

`body.sense()` has exact sensors and the torso's true place; `sense(localised=False)` leaves the place away.

python examples/01_walk_in_your_own_loop.py
"""

import mujoco

import linewalker as lw

profile = lw.load_profile("g1")
model = lw.floor_model(profile)  # or a scene of your own: lw.attach(scene, profile)
data = mujoco.MjData(model)
body, motion = lw.MujocoBody(model, data, profile), lw.MotionController(profile)
body.place(0.0, 0.0, 0.0)
motion.walk_to(1.5, 0.5, 1.57)  # a goal: x, y, heading. A velocity: motion.walk(0.4, 0.0, 0.2), forward, left, turning
while not motion.state.arrived:
    body.act(motion.tick(body.sense()))  # sensor readings in, joint commands out, every 2 ms
    body.step()
print(f"arrived at {data.qpos[0]:.2f}, {data.qpos[1]:.2f} after {data.time:.1f} s and {motion.state.steps} steps")
