"""Short walks on a floor, recorded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from linewalker.limbs.profiles import load_profile
from linewalker.station.bench import Floor
from linewalker.station.recording.recorder import Recorder


def floor(seed: int = 3) -> Floor:
    """A G1 that has not felt anything yet."""
    return Floor(load_profile("g1"), seed, visual=False)


def walk(on: Floor) -> None:
    """Stand, walk ahead, and be stopped."""
    on.run(0.3)
    on.motion.walk(0.3, 0.0, 0.1)
    on.run(0.8)
    on.motion.request_stop("enough")
    on.run(0.4)


def record(path: Path, how: Callable[[Floor], None] = walk, seed: int = 3) -> Floor:
    """What a walk leaves in a file; returns the floor."""
    on = floor(seed)
    with Recorder.of(on, path, "g1", seed):
        how(on)
    return on
