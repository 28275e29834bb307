"""The kernel says what plain numpy says."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.cerebellum.balance.footing_kernel import see_footing
from linewalker.cerebellum.body.feet import middle_of, turn
from linewalker.geometry import exp_so3, yaw_of
from linewalker.kernel import make_ready


@pytest.mark.parametrize("seed", range(20))
def test_it_says_what_plain_numpy_says(seed: int) -> None:
    make_ready()
    rng = np.random.default_rng(seed)
    R, v, com, com_v, p = exp_so3(0.5 * rng.normal(size=3)), *rng.normal(size=(3, 3)), rng.normal(size=(2, 3))
    soles, asked, load = (
        np.array([exp_so3(rng.normal(size=3)) for _ in "lr"]),
        rng.normal(size=6),
        rng.uniform(0, 300, 2),
    )
    seen = see_footing((R, v), (com, com_v), (p, soles), asked, load, 0.3, 330.0)
    dcm, (left, right) = com[:2] + 0.3 * com_v[:2], (np.array([*at[:2], yaw_of(sole)]) for at, sole in zip(p, soles))
    middle = middle_of(left, right)
    off = turn(-middle[2], dcm - middle[:2]) - asked[4:]
    speeds = (np.linalg.norm(com_v), np.linalg.norm(v))
    tilt = np.arccos(R[2, 2]) - np.hypot(asked[1], asked[2])
    expected = (tilt, np.hypot(*(dcm - middle[:2])), np.hypot(*off), *speeds, load.min() / 330.0)
    np.testing.assert_allclose(seen, expected, atol=1e-9)
