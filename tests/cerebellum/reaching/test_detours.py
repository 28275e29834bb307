"""Ways from one posture to another: straight where that is free, round what is in between, or said to be none."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.body.clearance import Obstacles, Prism
from linewalker.cerebellum.body.feet import Stance
from linewalker.cerebellum.reaching.detours import Configuration, PathFinder, _coarse_first, configuration_of
from linewalker.errors import UnreachableError
from linewalker.geometry import Pose, exp_so3, log_so3, rotation_z

AT_ORIGIN = Stance.about(Pose(), 0.1)
AHEAD = Pose.from_axes([0.25, -0.15, 0.75], x=[0.0, 1.0, 0.0], z=[1.0, 0.0, 0.0])
ABOVE = Pose.from_axes([0.30, -0.25, 1.0], x=[0.0, 1.0, 0.0], z=[0.5, 0.0, -0.87])


def box(x, y, bottom, top):
    (x0, x1), (y0, y1) = x, y
    outline = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], float)
    return Obstacles.pack([Prism(outline_m=outline, bottom_m=bottom, top_m=top)])


def shortest_distance(ik, a, b, obstacles, samples=60):
    """Least distance from obstacles and between parts on the straight way."""
    least = np.inf
    for share in np.linspace(0.0, 1.0, samples):
        between = a.towards(b, share)
        ik.figure.place(between.X_WB, between.q_rad)
        least = min(least, ik.figure.clearances(obstacles, 0.3)[0].min(initial=np.inf))
    return least


def test_half_way_between_two_configurations():
    a = Configuration(X_WB=Pose(), q_rad=np.zeros(3))
    b = Configuration(X_WB=Pose(p=np.array([0.2, 0, 0]), R=rotation_z(0.4)), q_rad=np.array([1.0, -1.0, 0.5]))
    half = a.towards(b, 0.5)
    assert half.q_rad == pytest.approx([0.5, -0.5, 0.25])
    assert half.X_WB.yaw == pytest.approx(0.2)
    assert b.steps_to(a) == 9


def test_a_free_way_is_straight(scanner_ik):
    start = configuration_of(scanner_ik.stand(AT_ORIGIN))
    goal = configuration_of(scanner_ik.solve(AHEAD, AT_ORIGIN))
    assert len(PathFinder(scanner_ik).find(start, goal, Obstacles.pack())) == 1


def test_a_table_between_is_gone_round(scanner_ik):
    goal_posture = scanner_ik.solve(ABOVE, AT_ORIGIN)
    table = box((0.22, 1.0), (-1.0, 0.0), 0.72, 0.82)
    start = configuration_of(scanner_ik.stand(AT_ORIGIN))
    goal = configuration_of(goal_posture)
    way = [start, *PathFinder(scanner_ik).find(start, goal, table)]
    assert len(way) == 3
    assert all(shortest_distance(scanner_ik, a, b, table) > 0.01 for a, b in itertools.pairwise(way))
    assert np.array_equal(way[-1].q_rad, goal.q_rad)


def test_no_way_is_said_to_be_none(scanner_ik):
    """The hand can not come to the other side of a wall."""
    start = configuration_of(scanner_ik.stand(AT_ORIGIN))
    goal = configuration_of(scanner_ik.solve(Pose(p=AHEAD.p + [0.2, 0.0, 0.0], R=AHEAD.R), AT_ORIGIN))
    with pytest.raises(UnreachableError, match="no free way for right_wrist"):
        PathFinder(scanner_ik).find(start, goal, box((0.22, 0.24), (-2.0, 2.0), 0.0, 2.0))


def configuration(seed):
    rng = np.random.default_rng(seed)
    return Configuration(X_WB=Pose(p=rng.normal(size=3), R=exp_so3(rng.normal(size=3))), q_rad=rng.normal(size=4))


@given(st.integers(0, 1000), st.floats(0, 1))
def test_a_way_between_configurations_is_travelled_evenly_and_both_ways_alike(seed, share):
    a, b = configuration(seed), configuration(seed + 1)
    between, back = a.towards(b, share), b.towards(a, 1.0 - share)
    assert between.q_rad == pytest.approx(back.q_rad)
    assert between.X_WB.p == pytest.approx(back.X_WB.p)
    whole = np.linalg.norm(log_so3(a.X_WB.R.T @ b.X_WB.R))
    assert np.linalg.norm(log_so3(a.X_WB.R.T @ between.X_WB.R)) == pytest.approx(share * whole, abs=1e-6)
    if whole < 3.0:  # else there are two shortest turns
        assert pytest.approx(back.X_WB.R, abs=1e-6) == between.X_WB.R


@given(st.integers(0, 1000))
def test_steps_are_as_fine_as_they_have_to_be_and_no_finer(seed):
    a, b = configuration(seed), configuration(seed + 1)
    steps = a.steps_to(b)
    one = a.towards(b, 1.0 / steps)
    joint, shift = np.abs(one.q_rad - a.q_rad).max() / 0.12, np.linalg.norm(one.X_WB.p - a.X_WB.p) / 0.03
    assert max(joint, shift) <= 1.0 + 1e-9
    assert max(joint, shift) * steps > steps - 1


@given(st.integers(1, 60))
def test_every_step_between_is_looked_at_once_the_middle_first(steps):
    order = _coarse_first(steps)
    assert sorted(order) == list(range(1, steps))
    distance = [abs(step - 0.5 * steps) for step in order]
    assert distance == sorted(distance)


def test_parts_that_are_near_at_the_start_may_stay_so_near(scanner_ik):
    """A hand that touches a wall within the rule's distance is free to leave it along the wall."""
    start_posture = scanner_ik.solve(AHEAD, AT_ORIGIN)
    scanner_ik.figure.place(start_posture.X_WB, start_posture.q_rad)
    distances, _, pairs = scanner_ik.figure.clearances(box((0.4, 2.0), (-1.0, 1.0), 0.4, 1.2), 0.3)
    wall = box((0.4 - distances[pairs[:, 1] < 0].min() + 0.012, 2.0), (-1.0, 1.0), 0.4, 1.2)
    start, goal = configuration_of(start_posture), configuration_of(scanner_ik.stand(AT_ORIGIN))
    allowed = PathFinder(scanner_ik)._allowance(start, wall)
    assert any(second < 0 for _, second in allowed)
    figure, program = scanner_ik.figure, scanner_ik.program
    figure.place(start.X_WB, start.q_rad)
    distances, _, pairs = figure.clearances(wall, 0.1)
    near = distances < 0.6 * program.least_distances(pairs)
    assert {tuple(pair) for pair in pairs[near].tolist()} == set(allowed)  # and nothing that is far enough
    way = [start, *PathFinder(scanner_ik).find(start, goal, wall)]
    least = min(shortest_distance(scanner_ik, a, b, wall) for a, b in itertools.pairwise(way))
    assert least >= min(allowed.values()) - 2e-3
