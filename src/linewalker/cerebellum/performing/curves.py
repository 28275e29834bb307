"""Curves over time, sampled evenly: smoothing, derivatives, ways between keys."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.interpolate import PchipInterpolator
from scipy.ndimage import gaussian_filter1d

from linewalker.geometry import Array

RATE_HZ = 100.0
"""Samples a second of timelines and plans."""


def smooth(x: Array, sigma: float) -> Array:
    """Low-passed along the first axis by a Gaussian of so many samples."""
    return np.asarray(gaussian_filter1d(x, sigma, axis=0, mode="nearest"))


def derivative(x: Array) -> Array:
    """Per second, along the first axis."""
    return np.asarray(np.gradient(x, 1.0 / RATE_HZ, axis=0))


def minimum_jerk(share: Array) -> Array:
    """From 0 to 1 with the least jerk, for shares of the time, clipped to 0 to 1."""
    s = np.clip(share, 0.0, 1.0)
    return np.asarray(s**3 * (10.0 - 15.0 * s + 6.0 * s * s))


def through_keys(times_s: Sequence[float], values: Sequence[Array], at_s: Array) -> Array:
    """Through all keys without overshoot, and without a halt at those that lie on the way (Fritsch, Carlson 1980)."""
    curve = PchipInterpolator(np.asarray(times_s), np.asarray(values), axis=0)
    return np.asarray(curve(np.clip(at_s, times_s[0], times_s[-1])))
