"""Poses, rotations and frames. Numpy only.

Monogram notation: ``X_AB`` is the pose of frame B in frame A, ``p_AB`` its origin, ``R_AB`` its rotation matrix.
Frames used throughout: W station (z up), B robot base, T torso, S line scanner, C camera (x right, y down, z forward),
V vehicle (ISO 4130: origin at the front-axle centre, x rearward, y to the right, z up).
"""

from linewalker.geometry.pose import Pose
from linewalker.geometry.rotation import (
    Array,
    exp_so3,
    log_so3,
    quat_from_rotation,
    rotation_from_quat,
    rotation_x,
    rotation_y,
    rotation_z,
    skew,
    wrap_angle,
    yaw_of,
)

__all__ = [
    "Array",
    "Pose",
    "exp_so3",
    "log_so3",
    "quat_from_rotation",
    "rotation_from_quat",
    "rotation_x",
    "rotation_y",
    "rotation_z",
    "skew",
    "wrap_angle",
    "yaw_of",
]
