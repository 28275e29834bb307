"""Our own full-size walker: 1.7 m, 70 kg, 30 joints, a hand on the left and a laser-line profiler on the right wrist.

The skeleton, its drives and where each figure comes from stand in ``limbs/designs/walker_frame.py``; the URDF and the
meshes are written from there. Assumptions of ours besides those: the head camera sees 58 degrees high, and the profiler
with its bracket weighs what the hand weighs.
"""

from __future__ import annotations

import numpy as np

from linewalker.geometry import Pose, rotation_y
from linewalker.limbs.designs.walker_frame import (
    ANKLE_M,
    BONES,
    HEAD_BONES,
    LEFT_ARM,
    LEFT_LEG,
    RIGHT_ARM,
    RIGHT_LEG,
    SCANNER_FRONT_M,
    SOLE_CENTRE_M,
    SOLE_HALF_M,
    WAIST_BONES,
    Bone,
)
from linewalker.limbs.profile import FORWARD_IS_Z, CameraMount, Gait, Limb, Mount, RobotProfile, ScannerMount

_FINGERWARD_IS_Z = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, -1.0]])  # x outwards of the left hand

_STANDING = {
    "left_hip_roll": 0.023,
    "right_hip_roll": -0.023,
    "hip_pitch": -0.516,
    "knee": 1.040,
    "ankle_pitch": -0.524,
    "left_ankle_roll": -0.023,
    "right_ankle_roll": 0.023,
    "shoulder_pitch": 0.12,
    "left_shoulder_roll": 0.13,
    "right_shoulder_roll": -0.13,
    "elbow_pitch": -0.50,
}

_LOWERED = {"waist_pitch": 0.9, "shoulder_pitch": -1.7, "elbow_pitch": -0.03}
"""On its knees' stops and its hands: the trunk folded, straight arms down to the floor ahead of the feet."""


def _joints(bones: tuple[Bone, ...]) -> tuple[str, ...]:
    return tuple(bone.joint for bone in bones)


def _posture(angles: dict[str, float]) -> dict[str, float]:
    posture = {}
    for joint in _joints(BONES[1:]):
        name = joint.removesuffix("_joint")
        kind = name.removeprefix("left_").removeprefix("right_")
        angle = angles.get(name, angles.get(kind))
        if angle is not None:
            posture[joint] = angle
    return posture


def _leg(bones: tuple[Bone, ...]) -> Limb:
    sole = Mount(body=bones[-1].link, X_BF=Pose(p=np.array([SOLE_CENTRE_M, 0.0, -ANKLE_M])))
    return Limb(joints=_joints(bones), end=sole)


def _arm(bones: tuple[Bone, ...]) -> Limb:
    return Limb(joints=_joints(bones), end=Mount(body=bones[-1].link, X_BF=Pose(p=np.array([0.0, 0.0, -0.09]))))


WALKER = RobotProfile(
    name="walker",
    title_zh="Linewalker 全尺寸人形（1.7 米）",
    title_en="Linewalker full-size walker, 1.7 m",
    package="linewalker",
    urdf="limbs/designs/walker/walker.urdf",
    base="pelvis",
    torso="torso",
    joints=_joints((*LEFT_LEG, *RIGHT_LEG, *WAIST_BONES, *LEFT_ARM, *RIGHT_ARM, *HEAD_BONES)),
    legs=(_leg(LEFT_LEG), _leg(RIGHT_LEG)),
    arms=(_arm(LEFT_ARM), _arm(RIGHT_ARM)),
    waist=_joints(WAIST_BONES),
    head=_joints(HEAD_BONES),
    sole_half_length_m=SOLE_HALF_M[0],
    sole_half_width_m=SOLE_HALF_M[1],
    com_height_m=0.84,
    gait=Gait(
        half_width_m=0.11,
        narrowest_m=0.17,
        widest_m=0.50,
        step_s=0.38,
        shortest_s=0.24,
        longest_s=0.65,
        transfer_s=0.06,
        clearance_m=0.06,
        forward_m=0.32,
        backward_m=0.15,
        sideways_out_m=0.14,
        sideways_in_m=0.06,
        turn_rad=0.3,
        ramp_m=0.10,
        fastest_ahead_m_s=1.2,
        fastest_back_m_s=0.5,
        fastest_aside_m_s=0.35,
        fastest_turn_rad_s=1.2,
    ),
    standing=_posture(_STANDING),
    lowered=_posture(_LOWERED),
    armature_kg_m2={bone.joint: bone.drive.armature_kg_m2 for bone in BONES[1:]},
    imu=Mount(body="pelvis", X_BF=Pose(p=np.array([0.0, 0.0, 0.02]))),
    cameras={
        "head": CameraMount(
            body="head",
            X_BF=Pose(p=np.array([0.104, 0.0, 0.107]), R=rotation_y(0.35) @ FORWARD_IS_Z),
            width_px=1280,
            height_px=720,
            fov_y_rad=np.radians(58.0),
        )
    },
    scanners={
        "right_wrist": ScannerMount(
            body="right_hand",
            X_BF=Pose(p=np.array([0.0, 0.0, SCANNER_FRONT_M - 0.001]), R=_FINGERWARD_IS_Z),
            housing_m=(0.036, 0.017, 0.033),
        )
    },
)
