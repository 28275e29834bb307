"""People come when they said, walk into nobody, and those who follow keep up with the robot and their distance."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from linewalker.geometry import Array
from linewalker.inspection.title import Title
from linewalker.station.hall.crowd import COMFORT_M, RADIUS_M, Crowd
from linewalker.station.hall.hall import Visitor

FAR = np.array([50.0, 50.0])


def visitor(
    way: list[list[float]], arrives_s: float = 0.0, walks_m_s: float = 1.0, follows_m: float | None = None
) -> Visitor:
    return Visitor(
        name=Title(zh="客", en="guest"),
        way=np.array(way),
        arrives_s=arrives_s,
        walks_m_s=walks_m_s,
        follows_m=follows_m,
    )


def walked(crowd: Crowd, robot: Array, step_s: float = 0.02) -> Array:
    """Where everybody was, (n, visitors, 2), while the robot went along its way (n, 2); NaN: not in the hall."""
    found = []
    for k, here in enumerate(robot):
        crowd.tick(step_s * (k + 1), here)
        found.append([np.full(2, np.nan) if at is None else at.copy() for at in crowd.at])
    return np.array(found)


def test_visitors_come_walk_and_stay() -> None:
    crowd = Crowd([visitor([[0.0, 5.0], [3.0, 5.0]], arrives_s=2.0)], seed=1)
    where = {}
    for k in range(100):
        crowd.tick(0.1 * k, np.zeros(2))
        where[k] = crowd.at[0]
    assert where[19] is None
    assert where[20] == pytest.approx([0.0, 5.0])
    assert where[30] == pytest.approx([1.0, 5.0])
    assert where[99] == pytest.approx([3.0, 5.0])
    (outline,) = crowd.seen()
    assert outline.mean(axis=0) == pytest.approx([3.0, 5.0], abs=0.05)
    assert np.linalg.norm(outline - outline.mean(axis=0), axis=1) == pytest.approx(RADIUS_M + COMFORT_M, rel=0.02)
    assert crowd.group() == ()


def test_nobody_walks_into_a_robot_and_everybody_goes_on_when_it_has_left() -> None:
    crowd = Crowd([visitor([[0.0, 0.0], [4.0, 0.0]])], seed=1)
    for k in range(60):
        crowd.tick(0.1 * k, np.array([2.0, 0.0]))
    here = crowd.at[0]
    assert here is not None
    assert here[0] == pytest.approx(1.1, abs=0.11)
    for k in range(60, 120):
        crowd.tick(0.1 * k, np.array([2.0, 5.0]))
    assert crowd.at[0] == pytest.approx([4.0, 0.0])


def test_who_follows_keeps_up_at_his_own_pace_and_keeps_his_distance() -> None:
    group = [visitor([[-1.5, 0.0]], walks_m_s=1.0, follows_m=1.2), visitor([[-1.5, 1.0]], walks_m_s=0.3, follows_m=1.2)]
    crowd = Crowd(group, seed=1)
    ahead_m = np.minimum(0.6 * 0.02 * np.arange(3000), 9.0)  # walks 9 m, then stands
    robot = np.column_stack((ahead_m, np.zeros(3000)))
    where = walked(crowd, robot)
    speed_m_s = np.linalg.norm(np.diff(where, axis=0), axis=2) / 0.02
    assert speed_m_s[:, 0].max() <= 1.0 + 1e-9
    assert speed_m_s[:, 1].max() <= 0.3 + 1e-9
    far_m = np.linalg.norm(where - robot[:, None], axis=2)
    assert far_m[50:, 0].max() < 2.6  # the quick one never falls behind
    assert far_m.min() > 0.9
    assert far_m[750, 1] > 4.0  # the slow one does, and comes in the end
    assert far_m[-1].max() < 2.2
    assert np.linalg.norm(where[:, 0] - where[:, 1], axis=1).min() >= 2.0 * RADIUS_M


def test_the_group_goes_round_what_the_robot_went_round() -> None:
    wall = np.array([[2.0, -3.0], [2.5, -3.0], [2.5, 1.0], [2.0, 1.0]])
    crowd = Crowd([visitor([[-1.2, 0.0]], follows_m=1.0)], seed=1, solids=[wall])
    corners = np.array([[0.0, 0.0], [1.2, 1.8], [3.2, 1.8], [4.0, 0.0]])
    legs = [np.linspace(a, b, 250) for a, b in pairwise(corners)]
    robot = np.vstack([*legs, np.repeat(corners[-1:], 500, axis=0)])
    where = walked(crowd, robot)[:, 0]
    inside = (where[:, 0] > 2.0 - RADIUS_M) & (where[:, 0] < 2.5 + RADIUS_M) & (where[:, 1] < 1.0)
    assert not inside.any()
    assert np.linalg.norm(where[-1] - robot[-1]) < 1.95


def test_who_has_not_come_is_endlessly_far_and_the_robot_sees_it() -> None:
    crowd = Crowd([visitor([[0.0, 0.0]], arrives_s=5.0, follows_m=1.0), visitor([[1.0, 0.0]])], seed=1)
    crowd.tick(1.0, FAR)
    (expected,) = crowd.group()
    assert np.isinf(expected).all()
    crowd.tick(6.0, FAR)
    (came,) = crowd.group()
    assert came == pytest.approx([0.0, 0.0], abs=0.05)


@pytest.mark.parametrize("end_m", [3.8, 4.0, 4.3, 4.6, 5.0])
def test_who_follows_leaves_the_place_of_the_guide_free(end_m: float) -> None:
    mark, end = np.array([3.0, 0.0]), [end_m, 0.0]
    crowd = Crowd([visitor([[-1.0, 0.0]], follows_m=1.2)], seed=1, marks=[mark])
    robot = np.vstack([np.linspace([0.0, 0.0], end, 500), np.repeat([end], 400, axis=0)])
    where = walked(crowd, robot)[:, 0]
    assert np.linalg.norm(where[-1] - mark) >= 0.85
    assert 0.85 < np.linalg.norm(where[-1] - robot[-1]) < 2.6
