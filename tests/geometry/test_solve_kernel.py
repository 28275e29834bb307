"""Elimination in place against numpy."""

from __future__ import annotations

import numpy as np

from linewalker.geometry.solve_kernel import solve_in_place


def test_gaussian_elimination() -> None:
    rng = np.random.default_rng(0)
    A, B = rng.normal(size=(6, 6)), rng.normal(size=(6, 7))
    A[0, 0] = 0.0
    expected = np.linalg.solve(A, B)
    solve_in_place(A, B)
    np.testing.assert_allclose(B, expected, atol=1e-10)
