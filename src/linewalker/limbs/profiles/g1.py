"""Unitree G1, 29 joints, with a laser-line profiler in place of the right hand.

Geometry, masses, limits and torques are those of Unitree's URDF (BSD-3, ``limbs/designs/g1/LICENSE``). Rotor inertias
are those Unitree publishes for its actuators, seen at the joint. Assumptions of ours: the profiler weighs what the
rubber hand weighs; its bracket lets the beam leave the hand forwards and 60 deg downwards (one of the best two of ten
directions tried, in stances that reach and in room to the joint limits); the head camera sits where the URDF has its
RealSense, but is a wide one (84 x 68 deg) that looks 25 deg down instead of 47.6, so that parts 0.3 to 1.3 m above the
floor and 0.6 to 1.2 m away are in the picture without bending.
"""

from __future__ import annotations

import numpy as np

from linewalker.geometry import Pose, rotation_y
from linewalker.limbs.profile import FORWARD_IS_Z, CameraMount, Gait, Limb, Mount, RobotProfile, ScannerMount

_LEG = ("hip_pitch", "hip_roll", "hip_yaw", "knee", "ankle_pitch", "ankle_roll")
_WAIST = ("waist_yaw_joint", "waist_roll_joint", "waist_pitch_joint")
_ARM = ("shoulder_pitch", "shoulder_roll", "shoulder_yaw", "elbow", "wrist_roll", "wrist_pitch", "wrist_yaw")

_ROTOR_KG_M2 = {
    "hip_pitch": 0.01017752,
    "hip_roll": 0.025101925,
    "hip_yaw": 0.01017752,
    "knee": 0.025101925,
    "ankle_pitch": 0.00721945,
    "ankle_roll": 0.00721945,
    "waist_yaw": 0.01017752,
    "waist_roll": 0.00721945,
    "waist_pitch": 0.00721945,
    "shoulder_pitch": 0.003609725,
    "shoulder_roll": 0.003609725,
    "shoulder_yaw": 0.003609725,
    "elbow": 0.003609725,
    "wrist_roll": 0.003609725,
    "wrist_pitch": 0.00425,
    "wrist_yaw": 0.00425,
}

_STANDING = {
    "hip_pitch": -0.6033,
    "left_hip_roll": -0.0251,
    "right_hip_roll": 0.0251,
    "left_hip_yaw": 0.0247,
    "right_hip_yaw": -0.0247,
    "knee": 1.2553,
    "ankle_pitch": -0.6523,
    "left_ankle_roll": 0.0352,
    "right_ankle_roll": -0.0352,
    "shoulder_pitch": 0.5,
    "left_shoulder_roll": 0.25,
    "right_shoulder_roll": -0.25,
    "elbow": -0.4,
}

_CAMERA_DOWN_RAD, _BEAM_DOWN_RAD = np.radians(25.0), np.radians(60.0)
_BEAM = np.array([np.cos(_BEAM_DOWN_RAD), 0.0, -np.sin(_BEAM_DOWN_RAD)])


def _joints(side: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{side}_{name}_joint" for name in names)


def _per_joint(values: dict[str, float]) -> dict[str, float]:
    """Spread values given per kind of joint, or per kind and side, over the joints."""
    spread = {}
    for joint in _ALL:
        for kind, value in values.items():
            if joint.removesuffix("_joint").removeprefix("left_").removeprefix("right_") == kind:
                spread[joint] = value
        if joint.removesuffix("_joint") in values:
            spread[joint] = values[joint.removesuffix("_joint")]
    return spread


_ALL = _joints("left", _LEG) + _joints("right", _LEG) + _WAIST + _joints("left", _ARM) + _joints("right", _ARM)


def _leg(side: str) -> Limb:
    sole = Mount(body=f"{side}_ankle_roll_link", X_BF=Pose(p=np.array([0.035, 0.0, -0.035])))
    return Limb(joints=_joints(side, _LEG), end=sole)


def _arm(side: str) -> Limb:
    hand = Mount(body=f"{side}_wrist_yaw_link", X_BF=Pose(p=np.array([0.0915, 0.0, 0.0])))
    return Limb(joints=_joints(side, _ARM), end=hand)


G1 = RobotProfile(
    name="g1",
    title_zh="宇树 G1",
    title_en="Unitree G1",
    package="linewalker",
    urdf="limbs/designs/g1/g1_29dof_rev_1_0.urdf",
    base="pelvis",
    torso="torso_link",
    joints=_ALL,
    legs=(_leg("left"), _leg("right")),
    arms=(_arm("left"), _arm("right")),
    waist=_WAIST,
    sole_half_length_m=0.085,
    sole_half_width_m=0.025,
    com_height_m=0.61,
    gait=Gait(
        step_s=0.33,
        forward_m=0.27,
        backward_m=0.16,
        turn_rad=0.4,
        fastest_ahead_m_s=1.05,
        fastest_back_m_s=0.5,
        fastest_aside_m_s=0.4,
        fastest_turn_rad_s=1.5,
    ),
    standing=_per_joint(_STANDING),
    armature_kg_m2=_per_joint(_ROTOR_KG_M2),
    imu=Mount(body="pelvis", X_BF=Pose(p=np.array([0.04525, 0.0, -0.08339]))),
    cameras={
        "head": CameraMount(
            body="torso_link",
            X_BF=Pose(p=np.array([0.0576235, 0.01753, 0.42987]), R=rotation_y(_CAMERA_DOWN_RAD) @ FORWARD_IS_Z),
            width_px=960,
            height_px=720,
            fov_y_rad=np.radians(68.0),
        )
    },
    scanners={
        "right_wrist": ScannerMount(
            body="right_wrist_yaw_link", X_BF=Pose.from_axes([0.10, 0.0, -0.03], x=[0.0, 1.0, 0.0], z=_BEAM)
        )
    },
    replaced_meshes=("right_rubber_hand",),
)
