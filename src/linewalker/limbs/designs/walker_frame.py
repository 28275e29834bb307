"""The skeleton of our full-size walker: lengths, masses, limits and drives, each with where it comes from.

Published figures are those of the UBTECH Walker S2 class as collected in ``docs/robots.md``: number and kind of joints,
ranges of waist, head and arms, height and mass. Nothing else of that class is published; the rest is assumed here.
Frames: x forward, y left, z up; every joint turns about +x (roll), +y (pitch) or +z (yaw) of its parent, on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

THIGH_M = 0.37
SHANK_M = 0.37
ANKLE_M = 0.09
"""Height of the ankle axes above the floor."""
SOLE_CENTRE_M = 0.025
"""How far the middle of the sole lies before the ankle."""
SOLE_HALF_M = (0.11, 0.045)
"""Half length and half width of the rectangle a sole stands on."""
HIP_HALF_M = 0.095
SCANNER_FRONT_M = -0.116
"""Height of the scanner's front in the frame of the right hand, whose -z is where fingers would point."""
UPPER_ARM_M = 0.27
FOREARM_M = 0.25


@dataclass(frozen=True, kw_only=True)
class Drive:
    """A geared motor.

    Attributes:
        effort_nm: greatest torque at the joint.
        velocity_rad_s: greatest speed of the joint.
        rotor_kg_m2: inertia of the rotor about its own axis.
        ratio: gear ratio.
        motors: how many of them move one joint (a parallel ankle has two).
    """

    effort_nm: float
    velocity_rad_s: float
    rotor_kg_m2: float
    ratio: float
    motors: int = 1

    @property
    def armature_kg_m2(self) -> float:
        """Rotor inertia seen at the joint."""
        return self.motors * self.rotor_kg_m2 * self.ratio**2


# Torques of the legs: between what those of G1 and of Talos become when scaled with mass and leg length. Of waist and
# arms: what holds the published payload of 15 kg. docs/robots.md has the tables. Rotors: of frameless motors.
KNEE = Drive(effort_nm=300.0, velocity_rad_s=14.0, rotor_kg_m2=1.2e-4, ratio=22.0)
HIP = Drive(effort_nm=220.0, velocity_rad_s=12.0, rotor_kg_m2=0.9e-4, ratio=22.0)
HIP_YAW = Drive(effort_nm=140.0, velocity_rad_s=12.0, rotor_kg_m2=0.7e-4, ratio=20.0)
ANKLE_PITCH = Drive(effort_nm=120.0, velocity_rad_s=12.0, rotor_kg_m2=0.3e-4, ratio=25.0, motors=2)
ANKLE_ROLL = Drive(effort_nm=85.0, velocity_rad_s=12.0, rotor_kg_m2=0.3e-4, ratio=20.0, motors=2)
WAIST = Drive(effort_nm=200.0, velocity_rad_s=8.0, rotor_kg_m2=0.9e-4, ratio=30.0)
SHOULDER = Drive(effort_nm=75.0, velocity_rad_s=9.0, rotor_kg_m2=0.25e-4, ratio=40.0)
ELBOW = Drive(effort_nm=60.0, velocity_rad_s=9.0, rotor_kg_m2=0.2e-4, ratio=40.0)
WRIST = Drive(effort_nm=20.0, velocity_rad_s=9.0, rotor_kg_m2=0.05e-4, ratio=50.0)
NECK = Drive(effort_nm=8.0, velocity_rad_s=6.0, rotor_kg_m2=0.03e-4, ratio=40.0)


@dataclass(frozen=True, kw_only=True)
class Bone:
    """A link and the joint that carries it.

    Attributes:
        link, parent: names.
        joint: name, empty for the floating base.
        axis: "x", "y" or "z".
        origin_m: of the joint in the parent.
        lower_rad, upper_rad: range.
        drive: what moves it.
        mass_kg: mass of the link.
    """

    link: str
    parent: str = ""
    joint: str = ""
    axis: str = "y"
    origin_m: tuple[float, float, float] = (0.0, 0.0, 0.0)
    lower_rad: float = 0.0
    upper_rad: float = 0.0
    drive: Drive = NECK
    mass_kg: float = 0.0

    def mirrored(self) -> Bone:
        """The bone of the right side to one of the left: roll and yaw ranges change sign, pitch ranges do not."""
        x, y, z = self.origin_m
        lower, upper = (self.lower_rad, self.upper_rad) if self.axis == "y" else (-self.upper_rad, -self.lower_rad)
        return replace(
            self,
            link=self.link.replace("left", "right"),
            parent=self.parent.replace("left", "right"),
            joint=self.joint.replace("left", "right"),
            origin_m=(x, -y, z),
            lower_rad=lower,
            upper_rad=upper,
        )


def _bone(
    joint: str,
    link: str,
    parent: str,
    axis: str,
    origin_m: tuple[float, float, float],
    range_rad: tuple[float, float],
    drive: Drive,
    mass_kg: float,
) -> Bone:
    return Bone(
        link=link,
        parent=parent,
        joint=f"{joint}_joint",
        axis=axis,
        origin_m=origin_m,
        lower_rad=range_rad[0],
        upper_rad=range_rad[1],
        drive=drive,
        mass_kg=mass_kg,
    )


# Ranges of the legs are assumed (none are published); order of the hip as published: roll, yaw, pitch.
_HIP = (0.0, HIP_HALF_M, -0.08)
_SAME = (0.0, 0.0, 0.0)
_LEFT_LEG = (
    _bone("left_hip_roll", "left_hip_roll", "pelvis", "x", _HIP, (-0.45, 0.80), HIP, 1.7),
    _bone("left_hip_yaw", "left_hip_yaw", "left_hip_roll", "z", _SAME, (-0.80, 1.00), HIP_YAW, 1.5),
    _bone("left_hip_pitch", "left_thigh", "left_hip_yaw", "y", _SAME, (-2.20, 0.80), HIP, 5.4),
    _bone("left_knee", "left_shank", "left_thigh", "y", (0.0, 0.0, -THIGH_M), (-0.05, 2.45), KNEE, 3.3),
    _bone("left_ankle_pitch", "left_ankle", "left_shank", "y", (0.0, 0.0, -SHANK_M), (-1.05, 0.70), ANKLE_PITCH, 0.45),
    _bone("left_ankle_roll", "left_foot", "left_ankle", "x", _SAME, (-0.45, 0.45), ANKLE_ROLL, 1.25),
)

# Waist and head pitch are published as -1.57..0.61 and -0.79..0.52, the greater part of it downwards as the work asks:
# forward is negative there, and positive here.
_TRUNK = (
    _bone("waist_yaw", "waist", "pelvis", "z", (0.0, 0.0, 0.085), (-2.83, 2.83), WAIST, 1.6),
    _bone("waist_pitch", "torso", "waist", "y", (0.0, 0.0, 0.045), (-0.61, 1.57), WAIST, 16.6),
)
_HEAD = (
    _bone("head_yaw", "neck", "torso", "z", (0.0, 0.0, 0.42), (-1.66, 1.66), NECK, 0.45),
    _bone("head_pitch", "head", "neck", "y", (0.0, 0.0, 0.06), (-0.52, 0.79), NECK, 2.0),
)

# The published elbow "roll" bends the elbow; here a joint is named after the axis it turns about while the arm hangs.
_SHOULDER, _ARM = (0.0, 0.150, 0.325), (0.0, 0.0, -0.10)
_ELBOW, _FOREARM, _WRIST = (0.0, 0.0, 0.10 - UPPER_ARM_M), (0.0, 0.0, -0.09), (0.0, 0.0, 0.09 - FOREARM_M)
_LEFT_ARM = (
    _bone("left_shoulder_pitch", "left_shoulder_pitch", "torso", "y", _SHOULDER, (-2.86, 2.86), SHOULDER, 1.5),
    _bone(
        "left_shoulder_roll",
        "left_shoulder_roll",
        "left_shoulder_pitch",
        "x",
        (0.0, 0.055, 0.0),
        (-0.122, 1.885),
        SHOULDER,
        1.2,
    ),
    _bone("left_shoulder_yaw", "left_upper_arm", "left_shoulder_roll", "z", _ARM, (-2.93, 2.93), SHOULDER, 1.3),
    _bone("left_elbow_pitch", "left_elbow", "left_upper_arm", "y", _ELBOW, (-2.65, 0.035), ELBOW, 0.9),
    _bone("left_elbow_yaw", "left_forearm", "left_elbow", "z", _FOREARM, (-2.93, 2.93), ELBOW, 1.0),
    _bone("left_wrist_pitch", "left_wrist", "left_forearm", "y", _WRIST, (-1.66, 1.66), WRIST, 0.35),
    _bone("left_wrist_roll", "left_hand", "left_wrist", "x", _SAME, (-2.02, 2.02), WRIST, 0.65),
)


@dataclass(frozen=True, kw_only=True)
class Hull:
    """A capsule that touches for a link: all points nearer than the radius to the segment, in the frame of the link."""

    start_m: tuple[float, float, float]
    end_m: tuple[float, float, float]
    radius_m: float

    def mirrored(self) -> Hull:
        """That of the other side."""
        (a, b, c), (d, e, f) = self.start_m, self.end_m
        return replace(self, start_m=(a, -b, c), end_m=(d, -e, f))


def _upright(low: float, high: float, radius: float, *, x: float = 0.0, y: float = 0.0) -> Hull:
    return Hull(start_m=(x, y, low), end_m=(x, y, high), radius_m=radius)


def _level(half: float, z: float, radius: float, *, x: float = 0.0) -> Hull:
    return Hull(start_m=(x, -half, z), end_m=(x, half, z), radius_m=radius)


HULLS: dict[str, tuple[Hull, ...]] = {
    "pelvis": (_level(0.07, 0.01, 0.085),),
    "torso": (_level(0.045, 0.26, 0.125, x=-0.02), _level(0.02, 0.09, 0.100)),
    "head": (_upright(0.035, 0.075, 0.100),),
    "left_thigh": (_upright(-0.300, -0.070, 0.072, y=0.004),),
    "left_shank": (_upright(-0.300, -0.060, 0.057, x=-0.006),),
    "left_shoulder_roll": (_upright(-0.010, 0.010, 0.066),),
    "left_upper_arm": (_upright(-0.110, 0.000, 0.050),),
    "left_forearm": (_upright(-0.120, 0.020, 0.047),),
    "left_hand": (_upright(-0.130, -0.030, 0.045),),
    "right_hand": (_upright(-0.080, -0.050, 0.045),),
}
"""What touches: left links stand for both sides, unless the right one differs. Joints between two hulls have none."""

BASE = Bone(link="pelvis", mass_kg=8.4)
LEFT_LEG, RIGHT_LEG = _LEFT_LEG, tuple(bone.mirrored() for bone in _LEFT_LEG)
WAIST_BONES, HEAD_BONES = _TRUNK, _HEAD
LEFT_ARM, RIGHT_ARM = _LEFT_ARM, tuple(bone.mirrored() for bone in _LEFT_ARM)
BONES = (BASE, *LEFT_LEG, *RIGHT_LEG, *WAIST_BONES, *LEFT_ARM, *RIGHT_ARM, *HEAD_BONES)
"""Every link, parents first."""
