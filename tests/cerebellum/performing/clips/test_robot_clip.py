"""What a file of a robot does not say is found out: here, how fast its frames follow."""

from dataclasses import replace

import numpy as np
import pytest

from linewalker.cerebellum.performing.clips.figure import Landmarks
from linewalker.cerebellum.performing.clips.robot_clip import usual_rate_hz


@pytest.mark.parametrize("rate_hz", [30.0, 60.0])
def test_frames_follow_as_fast_as_feet_usually_swing(rate_hz: float) -> None:
    t = np.arange(0.0, 10.0, 1.0 / rate_hz)
    soles = np.zeros((len(t), 2, 3))
    soles[:, 0, 2], soles[:, 1, 2] = (0.1 * np.maximum(0.0, np.sin(2 * np.pi * t / 1.1 + off)) for off in (0.0, np.pi))
    none = np.zeros((len(t), 2, 3))
    seen = Landmarks(
        name="a", rate_hz=1.0, hips=none, soles=soles, toes=none, shoulders=none, elbows=none, hands=none,
        pelvis=none, trunk=none, leg=0.65, arm=0.5,
    )  # fmt: skip
    assert usual_rate_hz(seen) == rate_hz
    assert usual_rate_hz(replace(seen, soles=none)) == 30.0
