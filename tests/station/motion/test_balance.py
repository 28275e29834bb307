"""How a robot stands: what is kept is where its weight is, in the station, wherever odometry thinks it is."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.cerebellum.body.dynamics import GRAVITY, Dynamics
from linewalker.geometry import Pose, rotation_z
from linewalker.limbs.profiles import load_profile
from linewalker.station.motion.balance import balance_of, balance_rows

AHEAD_M_S = 0.4


@pytest.fixture(scope="module")
def body() -> Dynamics:
    """A robot that glides ahead, upright."""
    found = Dynamics(load_profile("g1"))
    q, v = np.zeros(found.model.nq), np.zeros(found.nv)
    q[2:4] = 0.75, 1.0
    v[0] = AHEAD_M_S
    found.update(q, v)
    return found


def test_the_divergent_component_lies_ahead_by_the_speed_over_omega(body: Dynamics) -> None:
    found = balance_of(body, Pose())
    height_m = found[2] - body.foot_p[:, 2].min()
    assert found[:3] == pytest.approx(body.com)
    assert found[3:5] - found[:2] == pytest.approx([AHEAD_M_S * np.sqrt(height_m / GRAVITY), 0.0], abs=1e-9)
    left, right = found[5:].reshape(2, 4)
    assert (left[1] > right[1], left[2] == pytest.approx(right[2]), left[3] == pytest.approx(0.0)) == (True,) * 3


def test_all_of_it_moves_with_odometry(body: Dynamics) -> None:
    X_WO = Pose(p=np.array([1.0, -2.0, 0.1]), R=rotation_z(0.7))
    here, there = balance_of(body, Pose()), balance_of(body, X_WO)
    assert there[:3] == pytest.approx(X_WO.apply(here[:3]))
    assert there[3:5] == pytest.approx(X_WO.apply(np.array([*here[3:5], 0.0]))[:2])
    for side in (0, 1):
        foot, moved = here[5 + 4 * side : 9 + 4 * side], there[5 + 4 * side : 9 + 4 * side]
        assert moved[:3] == pytest.approx(X_WO.apply(foot[:3]))
        assert moved[3] - foot[3] == pytest.approx(0.7)


def test_rows_hold_what_was_sampled(body: Dynamics) -> None:
    numbers = balance_of(body, Pose())
    (row,) = balance_rows([(1.5, numbers)])
    kept = np.concatenate((row["com"], row["dcm"], row["feet"].ravel()))
    assert (row["time_s"], row.dtype.itemsize) == (1.5, 60)
    assert kept == pytest.approx(numbers, abs=1e-6)
