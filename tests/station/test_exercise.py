"""The round moves every joint, softly, within its limits."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.limbs.model.mounting import profile_tree
from linewalker.limbs.profile import upper_body_joints
from linewalker.limbs.profiles import load_profile
from linewalker.station import exercise as room
from linewalker.station.bench import Floor
from linewalker.station.exercise import SWING_S, Swing, exercise


@pytest.mark.parametrize("name", ["g1", "walker"])
def test_speeds_and_accelerations_are_those_of_the_angles_and_all_stay_within_limits(name: str) -> None:
    profile, dt = load_profile(name), 1e-4
    swing, tree = Swing(profile), profile_tree(profile).joints
    names = upper_body_joints(profile)
    for time_s in np.linspace(0.01, SWING_S - 0.01, 40):
        before, now, after = (swing.at(time_s + k * dt) for k in (-1, 0, 1))
        np.testing.assert_allclose((after.q_rad - before.q_rad) / (2 * dt), now.dq_rad_s, atol=1e-5)
        np.testing.assert_allclose((after.dq_rad_s - before.dq_rad_s) / (2 * dt), now.ddq_rad_s2, atol=1e-5)
        for joint, q in zip(names, now.q_rad):
            assert q == pytest.approx(np.clip(q, tree[joint].lower_rad, tree[joint].upper_rad))
    first, last = swing.at(0.0), swing.at(SWING_S)
    standing = [profile.standing.get(joint, 0.0) for joint in names]
    for end in (first, last):
        np.testing.assert_allclose(end.q_rad, standing, atol=1e-9)
        np.testing.assert_allclose(end.dq_rad_s, 0.0, atol=1e-9)


def test_it_stands_swings_walks_and_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, seconds in (("SWING_S", 1.0), ("AHEAD_S", 0.8), ("BEND_S", 0.4), ("END_S", 1.2)):
        monkeypatch.setattr(room, name, seconds)
    floor = Floor(load_profile("g1"), 1, visual=False)
    moved: list[np.ndarray] = []
    floor.on_tick.append(lambda: moved.append(np.array(floor.robot.body.q_rad)))  # type: ignore[attr-defined]
    exercise(floor)
    assert floor.now_s == pytest.approx(4.4)
    assert np.ptp(moved, axis=0).min() > 0.005
    assert floor.motion.state.arrived
