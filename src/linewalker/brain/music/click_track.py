"""A music with clicks on its beats: whoever hears it knows at once whether they are right."""

from __future__ import annotations

import numpy as np

from linewalker.brain.music.rhythm import Rhythm
from linewalker.brain.music.sound import Sound

_CLICK_S, _HIGH_HZ, _LOW_HZ = 0.04, 1760.0, 1174.7
_MUSIC, _CLICK = 0.5, 0.5


def with_clicks(sound: Sound, rhythm: Rhythm) -> Sound:
    """The music, softer, with a click on each beat, higher where a bar begins."""
    t = np.arange(int(_CLICK_S * sound.rate_hz)) / sound.rate_hz
    fade = np.exp(-t / (0.2 * _CLICK_S))
    high, low = (_CLICK * np.sin(2.0 * np.pi * hertz * t) * fade for hertz in (_HIGH_HZ, _LOW_HZ))
    out = np.append(_MUSIC * sound.samples, np.zeros(len(t)))
    for at_s, number in zip(rhythm.beats_s, rhythm.number):
        start = round(at_s * sound.rate_hz)
        out[start : start + len(t)] += high if number == 1 else low
    return Sound(samples=np.clip(out[: len(sound.samples)], -1.0, 1.0), rate_hz=sound.rate_hz)
