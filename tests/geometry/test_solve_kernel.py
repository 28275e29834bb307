"""Linear systems solved in place: numpy's answer, and a bounded one where there is none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.geometry.solve_kernel import PIVOT, solve_in_place


def solved(A: np.ndarray, B: np.ndarray) -> np.ndarray:
    left, right = A.copy(), B.copy()
    solve_in_place(left, right)
    return right


@given(st.integers(1, 8), st.integers(1, 4), st.integers(0, 10**6))
def test_the_answer_is_that_of_numpy(n: int, columns: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(n, n)) + np.diag(np.full(n, 2.0))
    B = rng.normal(size=(n, columns))
    scale = np.linalg.cond(A)
    np.testing.assert_allclose(solved(A, B), np.linalg.solve(A, B), rtol=0, atol=1e-13 * scale**2)


def test_rows_are_exchanged_where_the_diagonal_vanishes() -> None:
    """Without pivoting the first elimination would divide by zero."""
    A = np.array([[0.0, 2.0, 0.0], [0.0, 0.0, 4.0], [8.0, 0.0, 0.0]])
    np.testing.assert_allclose(solved(A, np.array([[2.0], [4.0], [8.0]])), np.ones((3, 1)), rtol=1e-15)


def test_a_tiny_pivot_does_not_spoil_the_answer() -> None:
    """The textbook case (Golub and Van Loan, 3.4): eliminating with 1e-20 loses the second equation."""
    A = np.array([[1e-20, 1.0], [1.0, 1.0]])
    np.testing.assert_allclose(solved(A, np.array([[1.0], [2.0]])), np.ones((2, 1)), rtol=1e-12)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_of_a_singular_system_the_answer_is_bounded(sign: float) -> None:
    """A vanishing pivot counts as `PIVOT`, on its own side of zero: the answer stays finite."""
    found = solved(np.array([[1.0, 1.0], [1.0, 1.0 + sign * 1e-9]]), np.array([[0.0], [1.0]]))
    assert found[1, 0] == pytest.approx(sign / PIVOT)
    np.testing.assert_allclose(found[0] + found[1], 0.0, atol=1e-9)
