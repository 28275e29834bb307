"""Whether what was heard of a robot allows to work with it: each thing that does not, by name, and what to do."""

from __future__ import annotations

import mujoco
import numpy as np

from linewalker.geometry import Array, quat_from_rotation
from linewalker.limbs.checks.finding import Finding, error, warning
from linewalker.limbs.guards.limits import StateLimits, command_limits
from linewalker.limbs.model.robot_model import build_control_model
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.robot import CONTROL_PERIOD_S
from linewalker.limbs.unitree.hardware import hardware_fault
from linewalker.limbs.unitree.observation import Observation

LOST_SHARE = 0.01
RATE_SLACK = 0.05
STILL_RAD_S = 0.3
FRICTION_NM, FRICTION_SHARE = 4.0, 0.05
"""What dry friction of a joint may hold without the drive: of its own, and as a share of its torque."""
AGREE_RAD = 0.1
VOLTS = (40.0, 60.0)


def check_up(found: Observation, profile: RobotProfile, limits: StateLimits | None = None) -> list[Finding]:
    """What is wrong; empty where all is in order."""
    allowed = limits or StateLimits()
    return [*_who(found), *_link(found), *_parts(found, profile, allowed), *_posture(found, profile)]


def _who(found: Observation) -> list[Finding]:
    wrong = []
    if fault := hardware_fault(int(found.last["mode_machine"])):
        wrong.append(error("hardware", fault, "Only a G1 of 29 joints with a free waist is walked"))
    if found.publishers:
        others = f"{found.publishers} other publisher(s) of commands"
        wrong.append(error("publisher", others, "End the other program, or release the vendor's controller"))
    if found.remote.pressed:
        held = ", ".join(sorted(found.remote.pressed))
        wrong.append(error("remote", f"{held} held on the remote", "Let go of it"))
    elif not found.remote.there:
        wrong.append(error("remote", "the remote says nothing", "Switch it on; without it nobody can stop the robot"))
    return wrong


def _link(found: Observation) -> list[Finding]:
    wrong, due = [], found.states + found.missed
    if found.unsound:
        wrong.append(error("checksum", f"{found.unsound} states came damaged", "Change the cable"))
    if found.stalls:
        wrong.append(error("tick", f"{found.stalls} states came with a tick that was not new", "Restart the robot"))
    if found.missed > LOST_SHARE * due:
        share = f"{found.missed} of {due} states never came"
        wrong.append(error("losses", share, "Wire it directly, and let nothing else run on this machine"))
    elif abs(found.rate_hz * CONTROL_PERIOD_S - 1.0) > RATE_SLACK:
        rate = f"{found.rate_hz:.0f} states a second; expected {1.0 / CONTROL_PERIOD_S:.0f}"
        wrong.append(error("rate", rate, "Look for what holds the states up"))
    return wrong


def _parts(found: Observation, profile: RobotProfile, allowed: StateLimits) -> list[Finding]:
    wrong, n = [], len(profile.joints)
    motors = found.last["motor"][:n]
    for joint, motor in zip(profile.joints, motors):
        case_c, winding_c = (int(value) for value in motor["temperature"])
        if motor["motorstate"]:
            wrong.append(error("error", f"{joint} reports {int(motor['motorstate']):#x}", "See the vendor's list"))
        if not np.isfinite([motor["q"], motor["dq"], motor["tau_est"]]).all():
            wrong.append(error("numbers", f"{joint} gives no numbers", "Its encoder or its cable is broken"))
        if winding_c >= allowed.winding_c[0] or case_c >= allowed.case_c[0]:
            hot = f"{joint} has {winding_c} degC in its winding, {case_c} at its case"
            wrong.append(error("temperature", hot, "Let it cool; if it was idle, have it looked at"))
        if not VOLTS[0] <= motor["vol"] <= VOLTS[1]:
            wrong.append(
                warning("voltage", f"{joint} has {motor['vol']:.1f} V", f"Expected {VOLTS[0]:g} to {VOLTS[1]:g}")
            )
    charge = found.charge_percent
    if charge is None:
        wrong.append(warning("battery", "it says nothing", "Ask the vendor's app how full it is"))
    elif charge <= allowed.charge_percent:
        wrong.append(error("battery", f"{charge:.0f} % are left", f"Charge it above {allowed.charge_percent:g} %"))
    return wrong


def _posture(found: Observation, profile: RobotProfile) -> list[Finding]:
    limits, q, tau = command_limits(profile), found.q_rad, found.tau_nm
    if not (np.isfinite(q).all() and np.isfinite(tau).all()):
        return []  # that has been said
    wrong = []
    for joint, at, low, high in zip(profile.joints, q, limits.lower_rad, limits.upper_rad):
        if not low <= at <= high:
            outside = f"{joint} stands at {at:.2f} rad, outside {low:.2f} to {high:.2f}"
            wrong.append(error("range", outside, "Its zero is off: calibrate it"))
    up = found.gravity_m_s2 / max(float(np.linalg.norm(found.gravity_m_s2)), 1e-9)
    off_rad = float(np.arccos(np.clip(up @ found.attitude_up, -1.0, 1.0)))
    if (found.fastest_rad_s > STILL_RAD_S).any():
        return [*wrong, warning("gravity", "it moves, so joints were not weighed", "Hold it still and check again")]
    if not off_rad < AGREE_RAD:
        wrong.append(error("imu", f"attitude and gravity are {off_rad:.2f} rad apart", "Calibrate the IMU"))
    weight = hanging_torques(profile, q, up)
    may = FRICTION_NM + FRICTION_SHARE * limits.torque_nm
    for at in limb_joints(profile):
        if abs(weight[at] - tau[at]) > may[at]:
            odd = f"{profile.joints[at]} tells {tau[at]:.1f} N m where its limb weighs {weight[at]:.1f}"
            wrong.append(error("gravity", odd, "Its sign or its zero is off, or something holds it"))
    return wrong


def limb_joints(profile: RobotProfile) -> list[int]:
    """Joints of legs and arms: what hangs below them is the same, whatever the robot hangs from."""
    return [profile.joints.index(joint) for limb in (*profile.legs, *profile.arms) for joint in limb.joints]


def hanging_torques(profile: RobotProfile, q_rad: Array, up_B: Array) -> Array:
    """Torques that hold the limbs of a robot at rest, (n,), N m.

    Args:
        profile: the robot.
        q_rad: its angles, (n,).
        up_B: up in the axes of its pelvis, (3,).
    """
    model = build_control_model(profile)
    data = mujoco.MjData(model)
    joints = [model.joint(name) for name in profile.joints]
    aside = np.eye(3)[int(np.abs(up_B).argmin())]  # where it heads does not matter
    ahead = np.cross(aside, up_B) / np.linalg.norm(np.cross(aside, up_B))
    data.qpos[3:7] = quat_from_rotation(np.array([ahead, np.cross(up_B, ahead), up_B]))
    for joint, at in zip(joints, q_rad):
        data.qpos[joint.qposadr[0]] = at
    mujoco.mj_forward(model, data)
    return np.array([data.qfrc_bias[joint.dofadr[0]] for joint in joints])
