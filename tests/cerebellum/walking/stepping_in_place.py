"""A robot that steps on the spot, as push recovery sees it."""

from __future__ import annotations

import numpy as np

OMEGA, STEP_S = 4.0, 0.33
REACH = np.array([0.5, 0.5, 0.125, 0.6, 0.4, 0.3])
TIMING = np.array([STEP_S, 0.2, 0.6, OMEGA, 0.1, 60.0, 0.05])
COSTS = np.array([0.1, 0.3, 20.0])
HIP = np.array([0.0, 0.1])
STANCE = np.array([0.0, 0.0, 0.0, 1.0])


def in_place(side: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Plan of stepping on the spot, and the DCM at the beginning of its step."""
    offset = 0.2 / (1 + np.exp(OMEGA * STEP_S))
    plan = np.array([0.0, 0.2 * side, 0.0, -offset * side])
    return plan, (plan[:2] + plan[2:]) * np.exp(-OMEGA * STEP_S)
