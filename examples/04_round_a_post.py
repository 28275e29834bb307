"""In a scene of your own: a way round a post, planned and walked; a fall ends the program.

python examples/04_round_a_post.py
"""

import mujoco
import numpy as np

import linewalker as lw

profile = lw.load_profile("g1")
scene = mujoco.MjSpec()  # or mujoco.MjSpec.from_file("my_hall.xml"), which has a floor at z = 0
lw.add_floor(scene)
scene.worldbody.add_geom(type=mujoco.mjtGeom.mjGEOM_BOX, size=[0.15, 0.15, 1.0], pos=[1.2, 0.0, 1.0])
lw.attach(scene, profile, prefix="g1/", visual=False)
model = scene.compile()
data = mujoco.MjData(model)
body, motion = lw.MujocoBody(model, data, profile, prefix="g1/"), lw.MotionController(profile)
body.place(0.0, 0.0, 0.0)

post = [(1.05, -0.15), (1.35, -0.15), (1.35, 0.15), (1.05, 0.15)]
goal = lw.Waypoint(x=2.4, y=0.0, yaw=0.0)
route = lw.plan_route(lw.Waypoint.at(motion.middle_W), goal, [post], clearance_m=0.45)
motion.follow([waypoint.pose for waypoint in route])
nearest_m = np.inf
try:
    while not motion.state.arrived:
        body.act(motion.tick(body.sense()))
        body.step()
        nearest_m = min(nearest_m, float(np.hypot(data.qpos[0] - 1.2, data.qpos[1])))
except lw.RobotFell as fall:
    raise SystemExit(f"on its way: {fall}") from fall
print(f"arrived at {data.qpos[0]:.2f}, {data.qpos[1]:.2f}; never nearer than {nearest_m:.2f} m to the post's middle")
