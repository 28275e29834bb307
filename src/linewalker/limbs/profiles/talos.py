"""PAL Robotics Talos, 30 joints and two welded grippers, with a laser-line profiler beside the right gripper.

Geometry, masses, limits and torques are those of ``talos_reduced.urdf`` in the package ``example-robot-data``, which is
not installed by default: it says Apache-2.0, the head of the URDF says CC BY-NC-ND 3.0. Rotor inertias are those of the
SRDF beside it: 1e-5 kg m2 at a ratio of 100, the same for every joint. Assumptions of ours: the profiler, the camera's
picture, and the steps. These are slow: two legs of 18 kg each throw the body about when they swing, and above 0.5 m/s
the hips have no torque left for it.
"""

from __future__ import annotations

import numpy as np

from linewalker.geometry import Pose, rotation_y
from linewalker.limbs.profile import FORWARD_IS_Z, CameraMount, Gait, Limb, Mount, RobotProfile, ScannerMount

_FINGERWARD_IS_Z = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, -1.0]])  # x to the left, z down the arm
_ROTOR_KG_M2 = 1e-5 * 100.0**2


def _joints(group: str, count: int) -> tuple[str, ...]:
    return tuple(f"{group}_{number}_joint" for number in range(1, count + 1))


def _leg(side: str) -> Limb:
    sole = Mount(body=f"leg_{side}_6_link", X_BF=Pose(p=np.array([-0.005, 0.0, -0.107])))
    return Limb(joints=_joints(f"leg_{side}", 6), end=sole)


def _arm(side: str) -> Limb:
    return Limb(
        joints=_joints(f"arm_{side}", 7),
        end=Mount(body=f"arm_{side}_7_link", X_BF=Pose(p=np.array([0.0, 0.0, -0.20]))),
    )


_WAIST, _HEAD = _joints("torso", 2), _joints("head", 2)
_LEGS = (_leg("left"), _leg("right"))
_ARMS = (_arm("left"), _arm("right"))
_ALL = _LEGS[0].joints + _LEGS[1].joints + _WAIST + _ARMS[0].joints + _ARMS[1].joints + _HEAD


def _standing() -> dict[str, float]:
    """The half-sitting posture of the SRDF, knees further bent, at walking height."""
    posture = {"torso_2_joint": 0.006761}
    for side, sign in (("left", 1.0), ("right", -1.0)):
        legs = {2: sign * 0.026, 3: -0.591, 4: 1.183, 5: -0.592, 6: sign * -0.026}
        arms = {1: sign * 0.25847, 2: sign * 0.173046, 3: sign * -0.0002, 4: -0.525366, 7: 0.1}
        posture |= {f"leg_{side}_{number}_joint": angle for number, angle in legs.items()}
        posture |= {f"arm_{side}_{number}_joint": angle for number, angle in arms.items()}
    return posture


def _lowered() -> dict[str, float]:
    """The trunk folded, straight arms down to the floor ahead of the feet and wide of the shanks."""
    posture = {"torso_2_joint": 0.7}
    for side, sign in (("left", 1.0), ("right", -1.0)):
        arms = {1: sign * -1.1, 2: sign * 1.55, 4: -0.1}
        posture |= {f"arm_{side}_{number}_joint": angle for number, angle in arms.items()}
    return posture


TALOS = RobotProfile(
    name="talos",
    title_zh="PAL Talos",
    title_en="PAL Robotics Talos",
    package="example-robot-data",
    urdf="cmeel.prefix/share/example-robot-data/robots/talos_data/robots/talos_reduced.urdf",
    base="base_link",
    torso="torso_2_link",
    joints=_ALL,
    legs=_LEGS,
    arms=_ARMS,
    waist=_WAIST,
    head=_HEAD,
    sole_half_length_m=0.100,
    sole_half_width_m=0.058,
    com_height_m=0.83,
    gait=Gait(
        half_width_m=0.10,
        narrowest_m=0.165,
        widest_m=0.45,
        step_s=0.46,
        shortest_s=0.28,
        longest_s=0.7,
        transfer_s=0.06,
        clearance_m=0.06,
        forward_m=0.22,
        backward_m=0.14,
        sideways_out_m=0.12,
        sideways_in_m=0.05,
        turn_rad=0.2,
        ramp_m=0.08,
        fastest_ahead_m_s=0.9,
        fastest_back_m_s=0.4,
        fastest_aside_m_s=0.25,
        fastest_turn_rad_s=0.8,
    ),
    standing=_standing(),
    lowered=_lowered(),
    armature_kg_m2=dict.fromkeys(_ALL, _ROTOR_KG_M2),
    imu=Mount(body="torso_2_link", X_BF=Pose(p=np.array([0.04925, 0.0, 0.078]))),
    cameras={
        "head": CameraMount(
            body="head_2_link",
            X_BF=Pose(p=np.array([0.12, 0.0125, 0.1982]), R=rotation_y(0.35) @ FORWARD_IS_Z),
            width_px=1280,
            height_px=720,
            fov_y_rad=np.radians(49.0),
        )
    },
    scanners={
        "right_wrist": ScannerMount(
            body="arm_right_7_link", X_BF=Pose(p=np.array([0.09, 0.0, -0.19]), R=_FINGERWARD_IS_Z)
        )
    },
    welded=("gripper_left_joint", "gripper_right_joint"),
)
