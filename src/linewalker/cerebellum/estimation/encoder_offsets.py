"""A robot's calibration file: encoder offsets learnt on one day, for the next.

robot: g1
offsets_rad:            # what the encoders read too much
  waist_yaw_joint: 0.00124
  ...
covariance_rad2:        # how far they are known: a row and a column for each joint, in that order
  - [2.1e-06, -3.0e-07, ...]
  ...
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from linewalker.errors import InputError, StationFault
from linewalker.geometry import Array
from linewalker.plantfile import Node, PlantFile
from linewalker.wholefile import write_whole

LARGEST_RAD = 0.1
"""A larger offset is not one that may be taken off a reading, but an encoder that has to be mounted anew."""


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """Encoder offsets of one robot.

    Attributes:
        robot: name of its profile.
        joints: names, k of them.
        offsets_rad: what is to be taken off their readings, (k,).
        covariance_rad2: of these, (k, k).

    Raises:
        ValueError: shapes that do not fit together, or a covariance that is none.
    """

    robot: str
    joints: tuple[str, ...]
    offsets_rad: Array
    covariance_rad2: Array

    def __post_init__(self) -> None:
        k, P = len(self.joints), self.covariance_rad2
        if self.offsets_rad.shape != (k,) or P.shape != (k, k):
            raise ValueError(f"{k} joints with offsets {self.offsets_rad.shape} and covariance {P.shape}")
        if not np.allclose(P, P.T, rtol=1e-6, atol=1e-15):
            raise ValueError("a covariance is symmetric: row i, column j is row j, column i")
        if k and np.linalg.eigvalsh(0.5 * (P + P.T)).min() <= 0.0:
            raise ValueError("a covariance is positive definite: no combination of offsets is known exactly")


def write_calibration(path: Path | str, calibration: Calibration) -> None:
    """Write the file: the old one stays until the new one is whole.

    Raises:
        InputError: it can not be written.
    """
    lines = [f"robot: {calibration.robot}", "offsets_rad:"]
    lines += [f"  {name}: {float(value)!r}" for name, value in zip(calibration.joints, calibration.offsets_rad)]
    lines += ["covariance_rad2:"]
    lines += [f"  - [{', '.join(repr(float(value)) for value in row)}]" for row in calibration.covariance_rad2]
    if not Path(path).parent.is_dir():
        raise InputError("can not be written: there is no such folder", file=path)
    try:
        write_whole(Path(path), "\n".join(lines) + "\n")
    except StationFault as fault:
        raise InputError(str(fault)) from None


def read_calibration(path: Path | str, robot: str, joints: tuple[str, ...]) -> Calibration:
    """Read the file of a robot.

    Args:
        path: the file.
        robot: name of the profile it has to be for.
        joints: whose offsets it has to tell, all of them; see `Estimator.offset_joints`.

    Raises:
        InputError: it is not such a file, or not of this robot; says where and what is allowed.
    """
    top = PlantFile.read(path)
    top.expect_keys(("robot", "offsets_rad", "covariance_rad2"))
    name = top["robot"].text()
    if name != robot:
        raise top["robot"].error(f"this is the calibration of the robot '{name}', not of '{robot}'")
    offsets = top["offsets_rad"]
    offsets.expect_keys(joints)
    written = tuple(offsets.mapping())
    values = np.array([offsets[joint].number(low=-LARGEST_RAD, high=LARGEST_RAD, unit="rad") for joint in joints])
    order = [written.index(joint) for joint in joints]
    covariance = _square(top["covariance_rad2"], len(joints))[np.ix_(order, order)]
    try:
        return Calibration(robot=robot, joints=joints, offsets_rad=values, covariance_rad2=covariance)
    except ValueError as error:
        raise top["covariance_rad2"].error(str(error)) from None


def _square(node: Node, size: int) -> Array:
    rows = node.entries()
    for row in (node, *rows):
        if len(row.entries()) != size:
            raise row.error(f"expected {size} entries, one for each joint, found {len(row.entries())}")
    high = LARGEST_RAD**2
    return np.array([[value.number(low=-high, high=high, unit="rad2") for value in row.entries()] for row in rows])
