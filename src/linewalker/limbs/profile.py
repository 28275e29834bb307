"""A robot is data: everything the rest of the house knows about one machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from linewalker.geometry import Pose


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
    """A laser-line profiler; its frame has x along the line, z along the beam, y normal to the laser plane."""

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
class RobotProfile:
    """One robot.

    Attributes:
        name: what a user types after ``--robot``.
        title_zh, title_en: what a user reads.
        package: the importable or data package the model file ships in, or ``linewalker``.
        urdf: path of the URDF inside that package.
        base, torso: names of the floating body and of the body localisation fixes speak of.
        joints: order of every joint vector.
        legs, arms: left, right.
        waist, head: joint names, from the base outwards; may be empty.
        sole_half_length_m, sole_half_width_m: usable contact rectangle about the sole centre.
        com_height_m: height of the centre of mass above the soles when walking.
        standing: joint angles that differ from zero when standing, rad.
        armature_kg_m2: rotor inertia seen at each joint.
        effort_nm: torque limits; empty means the URDF's.
        imu, cameras, scanners: sensors.
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
    standing: Mapping[str, float] = field(default_factory=dict)
    armature_kg_m2: Mapping[str, float] = field(default_factory=dict)
    effort_nm: Mapping[str, float] = field(default_factory=dict)
    imu: Mount
    cameras: Mapping[str, CameraMount] = field(default_factory=dict)
    scanners: Mapping[str, ScannerMount] = field(default_factory=dict)

    def standing_q(self) -> np.ndarray:
        """Standing posture (n,), rad."""
        return np.array([self.standing.get(j, 0.0) for j in self.joints])
