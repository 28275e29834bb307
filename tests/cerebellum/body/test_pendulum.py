"""Where the centre of mass is about to go."""

from __future__ import annotations

import numpy as np

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.body.pendulum import capture_point, divergent_component
from linewalker.limbs.profiles import load_profile

OMEGA = 4.0


def test_the_capture_point_counts_rotation() -> None:
    """Falling over the toes adds to it ahead, falling to the left adds to it aside."""
    body = Dynamics(load_profile("g1"))
    q, v = np.zeros(body.model.nq), np.zeros(body.nv)
    q[2], q[3] = 0.7, 1.0
    points = []
    for axis in (None, 3, 4):
        v[:] = 0.0
        if axis is not None:
            v[axis] = 1.0
        body.update(q, v)
        still = body.com[:2] + body.com_v[:2] / OMEGA
        np.testing.assert_array_equal(divergent_component(body, OMEGA), still)
        points.append(capture_point(body, OMEGA) - still)
    np.testing.assert_allclose(points[0], 0.0, atol=1e-12)
    assert points[1][1] < -0.01
    assert points[2][0] > 0.01
