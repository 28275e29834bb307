"""A robot is data: everything the rest of the house knows about one machine."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

import numpy as np

from linewalker.geometry import Pose

FORWARD_IS_Z = np.array([[0.0, 0.0, 1.0], [-1.0, 0.0, 0.0], [0.0, -1.0, 0.0]])
"""Attitude of a camera that looks ahead, on a body whose x is ahead: its x is right, y down, z ahead."""


@dataclass(frozen=True, kw_only=True)
class Mount:
    """A frame fixed to a body of the robot."""

    body: str
    X_BF: Pose


@dataclass(frozen=True, kw_only=True)
class CameraMount(Mount):
    """An RGB-D camera; its frame has x right, y down, z forward."""

    width_px: int
    height_px: int
    fov_y_rad: float


@dataclass(frozen=True, kw_only=True)
class ScannerMount(Mount):
    """A laser-line profiler; its frame has x along the line, z along the beam, y normal to the laser plane.

    The housing is a box of half sizes ``housing_m`` that ends at the origin of the frame (z <= 0).
    """

    housing_m: tuple[float, float, float] = (0.04, 0.02, 0.035)
    width_mm: float = 60.0
    pitch_mm: float = 0.1
    near_mm: float = 120.0
    far_mm: float = 180.0
    noise_mm: float = 0.02


@dataclass(frozen=True, kw_only=True)
class Limb:
    """A chain of joints and what sits at its end.

    Attributes:
        joints: names from the body outwards; six for a leg.
        end: the foot's sole centre (z up when standing, x forward) or the hand.
    """

    joints: tuple[str, ...]
    end: Mount


@dataclass(frozen=True, kw_only=True)
class Gait:
    """How a robot steps. Lengths are those of the middle between the feet from one step to the next.

    Attributes:
        half_width_m: half the distance between the feet, sideways.
        narrowest_m, widest_m: least and greatest sideways distance of a foothold from the stance foot.
        step_s: time of one step; shortest_s and longest_s bound what step timing may make of it.
        transfer_s: time at the beginning of a step in which the load leaves the foot that is going to swing.
        clearance_m: height of the swing foot at mid-swing.
        forward_m, backward_m, turn_rad: longest step.
        sideways_out_m, sideways_in_m: longest step sideways with the outer and with the inner foot.
        ramp_m: how much longer one step may be than the one before.
        fastest_ahead_m_s, fastest_back_m_s, fastest_aside_m_s, fastest_turn_rad_s: greatest speeds of a commanded
            velocity, each alone; together they lie within an ellipsoid.
    """

    half_width_m: float = 0.10
    narrowest_m: float = 0.125
    widest_m: float = 0.45
    step_s: float = 0.36
    shortest_s: float = 0.22
    longest_s: float = 0.6
    transfer_s: float = 0.05
    clearance_m: float = 0.05
    forward_m: float = 0.22
    backward_m: float = 0.12
    sideways_out_m: float = 0.12
    sideways_in_m: float = 0.05
    turn_rad: float = 0.3
    ramp_m: float = 0.08
    fastest_ahead_m_s: float = 0.8
    fastest_back_m_s: float = 0.4
    fastest_aside_m_s: float = 0.25
    fastest_turn_rad_s: float = 0.8

    def share_of_fastest(self, vx: float, vy: float, wz: float) -> float:
        """How much a velocity asks of the robot: 1 at the bounds of what it can walk."""
        ahead = vx / (self.fastest_ahead_m_s if vx > 0.0 else self.fastest_back_m_s)
        return math.hypot(ahead, vy / self.fastest_aside_m_s, wz / self.fastest_turn_rad_s)

    def __post_init__(self) -> None:
        for name, value in ((entry.name, getattr(self, entry.name)) for entry in fields(self)):
            if value <= 0.0:
                raise ValueError(f"{name} is {value:g}; expected more than 0")
        if not self.transfer_s < self.shortest_s <= self.step_s <= self.longest_s:
            raise ValueError("expected transfer_s < shortest_s <= step_s <= longest_s")
        if not self.narrowest_m <= 2.0 * self.half_width_m <= self.widest_m:
            raise ValueError("expected narrowest_m <= 2 half_width_m <= widest_m")


@dataclass(frozen=True, kw_only=True)
class RobotProfile:
    """One robot.

    Attributes:
        name: what a user types after ``--robot``.
        title_zh, title_en: what a user reads.
        package: the distribution (as ``pip`` knows it) the model file ships in, or ``linewalker``; empty for none.
        urdf: path of the URDF among the files of that distribution; a plain path without one.
        base, torso: names of the floating body and of the body localisation fixes speak of.
        joints: order of every joint vector.
        legs, arms: left, right.
        waist, head: joint names, from the base outwards; may be empty.
        sole_half_length_m, sole_half_width_m: usable contact rectangle about the sole centre.
        com_height_m: height of the centre of mass above the soles when walking.
        gait: how it steps.
        standing: joint angles that differ from zero when standing and, for waist, arms and head, when walking, rad.
        lowered: angles of waist, arms and head when it squats before its torque is taken off: a trunk folded forward,
            hands just above the floor ahead of the feet. Empty for a robot that rests in a squat by itself.
        armature_kg_m2: rotor inertia seen at each joint.
        effort_nm: torque limits; empty means the URDF's.
        imu, cameras, scanners: sensors.
        replaced_meshes: meshes of the URDF that are left out because a tool is mounted in their place.
        welded: movable joints of the URDF that are held at zero: fingers, grippers.

    >>> import linewalker as lw
    >>> g1: lw.RobotProfile = lw.load_profile("g1")
    >>> len(g1.joints), sorted(g1.scanners)
    (29, ['right_wrist'])
    """

    name: str
    title_zh: str
    title_en: str
    package: str
    urdf: str
    base: str
    torso: str
    joints: tuple[str, ...]
    legs: tuple[Limb, Limb]
    arms: tuple[Limb, Limb]
    waist: tuple[str, ...]
    head: tuple[str, ...] = ()
    sole_half_length_m: float
    sole_half_width_m: float
    com_height_m: float
    gait: Gait = field(default_factory=Gait)
    standing: Mapping[str, float] = field(default_factory=dict)
    lowered: Mapping[str, float] = field(default_factory=dict)
    armature_kg_m2: Mapping[str, float] = field(default_factory=dict)
    effort_nm: Mapping[str, float] = field(default_factory=dict)
    imu: Mount
    cameras: Mapping[str, CameraMount] = field(default_factory=dict)
    scanners: Mapping[str, ScannerMount] = field(default_factory=dict)
    replaced_meshes: tuple[str, ...] = ()
    welded: tuple[str, ...] = ()

    def standing_q(self) -> np.ndarray:
        """Standing posture (n,), rad."""
        return np.array([self.standing.get(j, 0.0) for j in self.joints])


def upper_body_joints(profile: RobotProfile) -> tuple[str, ...]:
    """Names of all joints that are not leg joints, in the order of ``profile.joints``."""
    legs = {joint for leg in profile.legs for joint in leg.joints}
    return tuple(joint for joint in profile.joints if joint not in legs)
