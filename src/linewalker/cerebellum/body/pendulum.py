"""The body as an inverted pendulum: where its centre of mass is about to go."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from linewalker.cerebellum.body.dynamics import GRAVITY, Dynamics
from linewalker.geometry import Array

NO_OFFSET = np.zeros(2)


class MovingMass(Protocol):
    """What has a centre of mass and a velocity of it, (3,) each: a body, or a copy of its numbers."""

    com: Array
    com_v: Array


def natural_frequency(height_m: float) -> float:
    """omega of a pendulum whose centre of mass is so high, rad/s."""
    return float(np.sqrt(GRAVITY / height_m))


def divergent_component(body: MovingMass, omega: float, offset: Array = NO_OFFSET) -> Array:
    """DCM: where the centre of mass would come to rest of a pendulum that stands on it, c + v / omega, (2,).

    ``offset`` is by how much the centre of mass is taken for too far, (2,).
    """
    point: Array = body.com[:2] - offset + body.com_v[:2] / omega
    return point


def capture_point(body: Dynamics, omega: float) -> Array:
    """DCM that counts the angular momentum L too, c + (v + L / (m z)) / omega, (2,): pushes go into rotation first."""
    leverage = body.mass * max(float(body.com[2]), 0.3)
    speed_x, speed_y = body.com_v[0] + body.spin[1] / leverage, body.com_v[1] - body.spin[0] / leverage
    return np.array([body.com[0] + speed_x / omega, body.com[1] + speed_y / omega])
