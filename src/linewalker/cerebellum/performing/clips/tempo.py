"""When a clip is danced: at its own pace, slower, or so that its beats fall on those of a music."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.cerebellum.performing.clips.figure import Figure
from linewalker.cerebellum.performing.curves import RATE_HZ, smooth
from linewalker.errors import InputError
from linewalker.geometry import Array

LEAD_S = 2.6
"""In which a robot comes from its stand to the first posture, and back from the last."""
_SLOWEST_BPM, _FASTEST_BPM = 60.0, 180.0
_MOST_HURRIED = 1.1
_LANDINGS = 2.0


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Times of a plan (k,) at which times of a clip (k,) are danced; both grow."""

    plan_s: Array
    clip_s: Array

    def plan(self, clip_s: Array | float) -> Array:
        """Times of the plan."""
        return np.asarray(np.interp(clip_s, self.clip_s, self.plan_s))

    def clip(self, plan_s: Array) -> Array:
        """Times of the clip."""
        return np.asarray(np.interp(plan_s, self.plan_s, self.clip_s))

    def postures(self, captured: Array, plan_s: Array) -> Array:
        """Of a clip's samples (n, nq), those danced at times of the plan (k,); NaN before and after, (k, nq)."""
        at = np.rint(self.clip(plan_s) * RATE_HZ).astype(int)
        out = captured[np.clip(at, 0, len(captured) - 1)].copy()
        out[(plan_s < self.plan_s[0]) | (plan_s > self.plan_s[-1])] = np.nan
        return np.asarray(out)


def own_pace(figure: Figure, tempo: float) -> Pace:
    """As captured, at a share of its tempo."""
    seconds = figure.duration_s
    return Pace(plan_s=LEAD_S + np.array([0.0, seconds / tempo]), clip_s=np.array([0.0, seconds]))


def on_beats(figure: Figure, landings_s: Array, beats_s: Array, tempo: float) -> Pace:
    """Its beats on those of a music, or on every second or third, so that it keeps to a share of its tempo.

    Its feet land at ``landings_s`` (k,) of the clip.

    Raises:
        InputError: the music ends before a moment of it is danced.
    """
    period_s, phase_s = beats_of(figure, landings_s)
    gap_s = float(np.median(np.diff(beats_s)))
    every = 1
    while every * gap_s * _MOST_HURRIED < period_s / tempo and every < 16:
        every += 1
    first = int(np.searchsorted(beats_s, LEAD_S + every * gap_s))
    kept = beats_s[first::every]
    count = min(len(kept), int((figure.duration_s - phase_s) / period_s) + 1)
    if count < 3:
        raise InputError(f"a music of {beats_s[-1]:.0f} s is too short for the clip; expected at least 12 s")
    plan_s, clip_s = kept[:count], phase_s + period_s * np.arange(count)
    step = float(np.median(np.diff(plan_s))) / period_s
    start = plan_s[0] - clip_s[0] * step
    left = min(figure.duration_s, clip_s[-1] + 0.9 * period_s)
    plan_s = np.concatenate(([start], plan_s, [plan_s[-1] + (left - clip_s[-1]) * step]))
    return Pace(plan_s=plan_s, clip_s=np.concatenate(([0.0], clip_s, [left])))


def beats_of(figure: Figure, landings_s: Array) -> tuple[float, float]:
    """Seconds of one beat of a dancer, and when the first one is: feet land (k,) and limbs come to rest on it."""
    limbs = np.gradient(np.concatenate((figure.hands, figure.feet[:, :, :3]), axis=1), axis=0)
    speed = smooth(np.linalg.norm(limbs, axis=2).sum(axis=1), 4.0)
    rests = smooth(np.maximum(np.gradient(np.gradient(speed)), 0.0), 3.0)
    landed = np.zeros(len(rests))
    landed[np.minimum(np.rint(landings_s * RATE_HZ).astype(int), len(rests) - 1)] = 1.0
    rests, landed = (x / (x.std() + 1e-12) for x in (rests, smooth(landed, 3.0)))
    accents = rests + _LANDINGS * landed
    accents -= accents.mean()
    count = len(accents)
    auto = np.fft.irfft(np.abs(np.fft.rfft(accents, 4 * count)) ** 2)[:count]
    lags = np.arange(int(60.0 * RATE_HZ / _FASTEST_BPM), min(int(60.0 * RATE_HZ / _SLOWEST_BPM) + 1, count // 2))
    lag = int(lags[np.argmax(auto[lags] + 0.5 * auto[np.minimum(2 * lags, count - 1)])])
    phase = int(np.argmax([accents[k::lag].mean() for k in range(lag)]))
    return lag / RATE_HZ, phase / RATE_HZ
