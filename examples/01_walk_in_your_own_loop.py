"""The controller in a MuJoCo loop of your own: sensor readings in, joint commands out.

python examples/01_walk_in_your_own_loop.py
"""

import mujoco

from linewalker.cerebellum.motion import MotionController
from linewalker.cerebellum.reach import Reach
from linewalker.geometry import Pose
from linewalker.limbs.model import floor_model
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import LocalisationFix, Readings

profile = load_profile("g1")
motion = MotionController(profile)
model = floor_model(profile)  # or a scene of your own that holds linewalker.limbs.model.robot_spec(profile)
data = mujoco.MjData(model)
data.qpos[2], data.qpos[7:] = motion.standing.pelvis_height_m, profile.standing_q()
mujoco.mj_forward(model, data)


def tick() -> None:
    """Readings in, a joint command out, 2 ms of physics. Sensors may be as noisy as those of `SimulatedRobot`."""
    imu, q, dq, torso = data.sensordata[:6].copy(), data.qpos[7:], data.qvel[6:], data.body(profile.torso)
    felt = {"q_rad": q.copy(), "dq_rad_s": dq.copy(), "tau_nm": data.actuator_force.copy()}
    X_WT = Pose(p=torso.xpos.copy(), R=torso.xmat.reshape(3, 3).copy())
    fix = LocalisationFix(taken_s=data.time, X_WT=X_WT)  # may be left out; then it trusts its legs
    do = motion.tick(Readings(time_s=data.time, gyro_rad_s=imu[:3], accel_m_s2=imu[3:], fix=fix, **felt))
    for _ in range(2):
        data.ctrl = do.tau_nm + do.kp_nm_rad * (do.q_rad - q) + do.kd_nm_s_rad * (do.dq_rad_s - dq)
        mujoco.mj_step(model, data)


motion.walk(0.4, 0.0, 0.2)  # a velocity: forward, to the left, turning
while data.time < 2.5:
    tick()
motion.walk_to(1.5, 0.5, 1.57)  # a goal: x, y, heading
while not (motion.state.arrived and motion.state.settled):
    tick()
print(f"arrived at {data.qpos[0]:.2f}, {data.qpos[1]:.2f} after {data.time:.1f} s and {motion.state.steps} steps")

ahead = Pose.from_axes([1.65, 0.75, 0.75], x=[-1.0, 0.0, 0.0], z=[0.0, 1.0, 0.0])
for _ in Reach(motion, "right_wrist").go_to(ahead):  # a wrist target; one turn is one tick
    tick()
x, y, z = data.site("right_wrist").xpos
print(f"the wrist sensor is at {x:.3f}, {y:.3f}, {z:.3f}")
