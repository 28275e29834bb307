"""States of a body that nothing is special about."""

from __future__ import annotations

import numpy as np

from linewalker.cerebellum.body.dynamics import Dynamics


def random_state(body: Dynamics, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    q, v = np.zeros(body.model.nq), 0.5 * rng.normal(size=body.nv)
    q[:3], q[3:7] = rng.normal(size=3), rng.normal(size=4)
    q[3:7] /= np.linalg.norm(q[3:7])
    q[7:] = 0.4 * rng.normal(size=body.nv - 6)
    return q, v
