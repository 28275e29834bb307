"""Entries of a vector, selected by their numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Selection = slice | NDArray[np.int64]
"""What numpy takes between brackets."""


def selection(indices: Sequence[int] | NDArray[np.integer]) -> Selection:
    """A slice where the numbers are consecutive, which numpy reads and writes much faster; else the numbers."""
    numbers = np.asarray(indices, np.int64)
    if len(numbers) and (np.diff(numbers) == 1).all():
        return slice(int(numbers[0]), int(numbers[-1]) + 1)
    return numbers
