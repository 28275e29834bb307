"""Records of a standing posture: where the feet are, what is asked, what it must keep to, what was found."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from linewalker.errors import UnreachableError
from linewalker.geometry import Array, Pose


@dataclass(frozen=True, kw_only=True)
class Tolerance:
    """How far the sensor may stay from its target, along and about the axes of its own frame.

    Attributes:
        position_m, rotation_rad: per axis, (3,).
    """

    position_m: tuple[float, float, float] = (0.0, 0.0, 0.0)
    rotation_rad: tuple[float, float, float] = (0.0, 0.0, 0.0)

    @property
    def per_axis(self) -> Array:
        """Both in one, (6,)."""
        return np.array([*self.position_m, *self.rotation_rad])


@dataclass(frozen=True, kw_only=True)
class PostureRules:
    """What a posture has to keep to.

    Attributes:
        joint_margin_rad: distance from the joints' limits.
        knee_bend_rad: least bend of the knees; a straight leg can not give way.
        self_clearance_m: least distance between parts of the body.
        arm_clearance_m: least distance of the moving limb from obstacles.
        body_clearance_m: least distance of everything else from obstacles.
        com_fore_aft_m, com_sideways_m: how far the centre of mass may leave the middle between the feet, both ways.
        com_preferred_m: where in the frame midway between the feet it would best be, (2,).
        lowest_m, highest_m: pelvis heights below and above the standing one.
        lean_rad: largest tilt of the pelvis.
        twist_rad: largest turn of the pelvis against the feet.
        torque_share: of each joint's torque limit, what holding the posture may take; the rest is for control, for
            friction and for the way there.
    """

    joint_margin_rad: float = 0.05
    knee_bend_rad: float = 0.15
    self_clearance_m: float = 0.01
    arm_clearance_m: float = 0.03
    body_clearance_m: float = 0.06
    com_fore_aft_m: float = 0.035
    com_sideways_m: float = 0.05
    com_preferred_m: tuple[float, float] = (0.0, 0.0)
    lowest_m: float = 0.16
    highest_m: float = 0.08
    lean_rad: float = 0.35
    twist_rad: float = 0.5
    torque_share: float = 0.8


@dataclass(frozen=True, kw_only=True)
class Posture:
    """A posture of the standing robot.

    Attributes:
        q_rad: joint angles in the order of ``profile.joints``, (n,).
        X_WB: pose of the base.
        X_WF: pose of the sensor it was solved for.
        com_m: centre of mass in the frame midway between the feet, (3,).
        clearance_m: least distance between parts of the body or from an obstacle; infinite when nothing is near.
        limit_margin: least distance of a joint from its limits over half its range; 1 in the middle, 0 at a limit.
        torque_share: of its torque limit, what the joint that comes nearest to it needs to hold the posture.
        effort: what the posture costs, against about 1 for a comfortable one; for comparing postures.
    """

    q_rad: Array
    X_WB: Pose
    X_WF: Pose
    com_m: Array
    clearance_m: float
    limit_margin: float
    torque_share: float
    effort: float

    def moved(self, X_WA: Pose) -> Posture:
        """The posture of a robot that stands in a frame A as this one stands in W."""
        return replace(self, X_WB=X_WA @ self.X_WB, X_WF=X_WA @ self.X_WF)


@dataclass(frozen=True, kw_only=True)
class Miss:
    """How far, and because of what, the best posture found stays from a target.

    Attributes:
        position_m, rotation_rad: what is left beyond the tolerance.
        broken_m: by how much it breaks the worst rule, m, rad or share of a torque; negative when it breaks none.
        because: names of what holds it back, the strongest first.
        nearest: that posture.
    """

    position_m: float
    rotation_rad: float
    broken_m: float
    because: tuple[str, ...]
    nearest: Posture


class PostureUnreachable(UnreachableError):
    """No posture reaches the target; ``miss`` says by how much, why, and which posture comes nearest."""

    def __init__(self, sensor: str, miss: Miss):
        self.miss = miss
        parts = []
        if miss.position_m > 1e-4:
            parts.append(f"{1e3 * miss.position_m:.0f} mm")
        if miss.rotation_rad > 1e-3:
            parts.append(f"{np.degrees(miss.rotation_rad):.1f} deg")
        how = f"stays {' and '.join(parts)} short of" if parts else "reaches only by breaking a limit"
        why = f"; held back by {', '.join(miss.because)}" if miss.because else ""
        super().__init__(f"{sensor} {how} the target{why}")
