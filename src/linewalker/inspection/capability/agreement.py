"""Agreement beyond chance between ratings: Cohen's and Fleiss' kappa, and shares with their intervals."""

from __future__ import annotations

import numpy as np
from scipy import stats

from linewalker.geometry import Array


def cohen_kappa(one: Array, other: Array) -> float | None:
    """Of two raters who rated the same things (Cohen 1960); None if both always say the same word.

    Args:
        one, other: (things,) categories as whole numbers.
    """
    categories = np.union1d(one, other)
    agreed = float(np.mean(one == other))
    chance = float(sum(np.mean(one == category) * np.mean(other == category) for category in categories))
    return (agreed - chance) / (1.0 - chance) if chance < 1.0 else None


def fleiss_kappa(ratings: Array) -> float | None:
    """Of several ratings of each thing, whoever gave them (Fleiss 1971); None if all are the same word.

    Args:
        ratings: (things, ratings) categories as whole numbers; two ratings or more.
    """
    count = ratings.shape[1]
    tally = np.stack([(ratings == category).sum(axis=1) for category in np.unique(ratings)], axis=1)
    agreed = float(np.mean((tally * (tally - 1)).sum(axis=1) / (count * (count - 1))))
    chance = float(np.sum((tally.sum(axis=0) / ratings.size) ** 2))
    return (agreed - chance) / (1.0 - chance) if tally.shape[1] > 1 else None


def share_interval(found: int, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """Two-sided interval of a share (Clopper, Pearson 1934)."""
    alpha = (1.0 - confidence) / 2.0
    low = float(stats.beta.ppf(alpha, found, of - found + 1)) if found > 0 else 0.0
    high = float(stats.beta.ppf(1.0 - alpha, found + 1, of - found)) if found < of else 1.0
    return low, high
