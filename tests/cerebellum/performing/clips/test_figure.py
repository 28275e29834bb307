"""A figure is free of the body that was captured: of its size, of where it began, of how fast its frames followed."""

import numpy as np
import pytest

from linewalker.cerebellum.performing.clips.figure import quaternions
from linewalker.cerebellum.performing.curves import RATE_HZ
from linewalker.geometry import rotation_z
from tests.cerebellum.performing.clips.captured import BEAT_S, figure


def test_a_march_lifts_one_foot_after_the_other() -> None:
    march = figure("march")
    height = march.feet[:, :, 2]
    assert march.duration_s == pytest.approx(6.0, abs=0.03)
    assert height.min(axis=1).max() < 0.03
    assert (height.max(axis=0) > 0.2).all()
    lag = int(BEAT_S * RATE_HZ)
    assert np.corrcoef(height[:-lag, 0], height[lag:, 1])[0, 1] > 0.95
    np.testing.assert_allclose(march.drop, 0.0, atol=0.02)
    assert np.linalg.norm(march.hands, axis=2).max() <= 1.0 + 1e-6


def test_a_robot_is_seen_as_it_is() -> None:
    dance = figure("dance")
    assert dance.postures is not None
    assert dance.postures.shape[1] == 7 + len(dance.joints)
    assert abs(dance.drop).max() < 0.15


def test_quaternions_do_not_change_their_sign() -> None:
    turning = np.array([rotation_z(angle) for angle in np.linspace(0.0, 12.0, 200)])
    found = quaternions(turning)
    assert (found[1:] * found[:-1]).sum(axis=1).min() > 0.99
