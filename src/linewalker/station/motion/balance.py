"""How a robot stands, as it stands in a motion: its centre of mass, where that is about to go, and its soles."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.body.pendulum import MovingMass, divergent_component, natural_frequency
from linewalker.geometry import Array, Pose

_LOWEST_M = 0.2
BALANCE: np.dtype[Any] = np.dtype(
    [("time_s", "<f8"), ("com", "<f4", (3,)), ("dcm", "<f4", (2,)), ("feet", "<f4", (2, 4))]
)
"""One sample: time, centre of mass and divergent component of motion (m, W), and of the left and the right sole
x, y, z (m) and yaw (rad) in W."""


class StandingBody(MovingMass, Protocol):
    """A body as estimated, or a copy of its numbers: also place (2, 3) and rotation (2, 3, 3) of the soles."""

    foot_p: Array
    foot_R: Array


def balance_of(body: StandingBody, X_WO: Pose) -> Array:
    """The numbers of a sample behind its time, (13,).

    Args:
        body: as estimated, in odometry.
        X_WO: where odometry is in the station.
    """
    floor_m = float(body.foot_p[:, 2].min())
    omega = natural_frequency(max(_LOWEST_M, float(body.com[2]) - floor_m))
    dcm = X_WO.apply(np.array([*divergent_component(body, omega), floor_m]))
    feet = [_sole(X_WO @ Pose(p=p, R=R)) for p, R in zip(body.foot_p, body.foot_R)]
    return np.concatenate((X_WO.apply(body.com), dcm[:2], *feet))


def _sole(X_WF: Pose) -> list[float]:
    return [*X_WF.p, X_WF.yaw]


def balance_rows(samples: list[tuple[float, Array]]) -> NDArray[Any]:
    """Samples as `BALANCE`."""
    rows = np.zeros(len(samples), BALANCE)
    for row, (time_s, numbers) in zip(rows, samples):
        row["time_s"], row["com"], row["dcm"], row["feet"] = (
            time_s,
            numbers[:3],
            numbers[3:5],
            numbers[5:].reshape(2, 4),
        )
    return rows
