"""Small linear systems inside hot loops, solved in place."""

from __future__ import annotations

from linewalker.geometry.rotation import Array
from linewalker.kernel import kernel

PIVOT = 1e-6


@kernel(fastmath=True)
def solve_in_place(A: Array, B: Array) -> None:
    """Overwrite B with A^-1 B by Gaussian elimination with partial pivoting; destroys A, bounds pivots."""
    n, columns = B.shape
    for i in range(n):
        pivot = i
        for row in range(i + 1, n):
            if abs(A[row, i]) > abs(A[pivot, i]):
                pivot = row
        if pivot != i:
            for c in range(n):
                A[i, c], A[pivot, c] = A[pivot, c], A[i, c]
            for c in range(columns):
                B[i, c], B[pivot, c] = B[pivot, c], B[i, c]
        if abs(A[i, i]) < PIVOT:
            A[i, i] = PIVOT if A[i, i] >= 0 else -PIVOT
        for row in range(i + 1, n):
            factor = A[row, i] / A[i, i]
            if factor != 0.0:
                for c in range(i + 1, n):
                    A[row, c] -= factor * A[i, c]
                for c in range(columns):
                    B[row, c] -= factor * B[i, c]
    for i in range(n - 1, -1, -1):
        for c in range(columns):
            total = B[i, c]
            for k in range(i + 1, n):
                total -= A[i, k] * B[k, c]
            B[i, c] = total / A[i, i]
