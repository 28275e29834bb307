"""Obstacles as users write them, and as the robot meets them."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, Polygon

from linewalker.console.floor import Audience, Floor
from linewalker.console.motion_commands import Stage, walk
from linewalker.console.obstacles import HEIGHT_M, add_obstacles, read_obstacle
from linewalker.errors import InputError
from linewalker.limbs.profiles import load_profile
from linewalker.physics.contacts import add_floor

L_SHAPE = "1,-1 2,-1 2,1.2 1.2,1.2 1.2,0 1,0"


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(0.01, 5))
def test_a_round_obstacle_holds_its_circle_and_little_more(x: float, y: float, radius_m: float) -> None:
    outline = Polygon(read_obstacle(f"{x},{y},{radius_m}"))
    assert outline.buffer(1e-9 * (1 + abs(x) + abs(y))).contains(Point(x, y).buffer(radius_m))
    assert outline.area < 1.03 * np.pi * radius_m**2


def test_corners_are_taken_as_they_are_written() -> None:
    assert read_obstacle("1,0 2,0.5  2,1").tolist() == [[1.0, 0.0], [2.0, 0.5], [2.0, 1.0]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "expected a round one"),
        ("1,2", "expected a round one"),
        ("1,2,3,4", "expected a round one"),
        ("1,2,x", "expected a round one"),
        ("1,2,nan", "expected a round one"),
        ("0,0 1,1", "expected a round one"),
        ("0,0 1,1 2,0,1", "expected a round one"),
        ("1,2,0", "radius is 0 m; expected 0.005 or more"),
        ("1,2,1e-9", "radius is 1e-09 m"),
        ("1e300,0,0.3", "within 1000 m"),
        ("1,0 2,0 2,1e-5", "no area"),
        ("0,0 1,1 1,0 0,1", "crosses itself"),
        ("0,0 1,1 2,2", "no area"),
    ],
)
def test_what_is_no_obstacle_is_refused(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        read_obstacle(text)
    assert repr(text) in str(refused.value)


@pytest.mark.parametrize(
    "text", ["1.5,0,0.3", "1,0 2,0 2,1", "2,1 2,0 1,0", L_SHAPE], ids=["round", "left", "right", "L"]
)
def test_what_stands_on_the_floor_has_the_outline(text: str) -> None:
    """Rays from above hit inside the outline, at its height, and the floor everywhere else."""
    spec = mujoco.MjSpec()
    add_floor(spec)
    outline = read_obstacle(text)
    add_obstacles(spec, [outline])
    model = spec.compile()
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    polygon, rng = Polygon(outline), np.random.default_rng(0)
    for x, y in rng.uniform([0.8, -1.2], [2.2, 1.4], (200, 2)):
        if polygon.exterior.distance(Point(x, y)) < 1e-3:
            continue
        above = np.array([x, y, 3.0])
        distance = mujoco.mj_ray(model, data, above, np.array([0.0, 0, -1]), None, 1, -1, np.zeros(1, np.int32))
        assert distance == pytest.approx(3.0 - HEIGHT_M * polygon.contains(Point(x, y)), abs=1e-6)


def stage(*obstacles: str) -> Stage:
    return Stage(robot="g1", seed=3, audience=Audience(), obstacles=tuple(map(read_obstacle, obstacles)))


def test_it_walks_round_what_stands_in_its_way(capsys: pytest.CaptureFixture[str]) -> None:
    assert walk(stage("0.9,0,0.1"), ["1.8,0,0"], None, 6.0) == 0
    row = capsys.readouterr().out.splitlines()[-1].split()
    assert float(row[-5]) < 20.0
    assert row[-1] == "no"


def test_touching_an_obstacle_is_noticed() -> None:
    floor = Floor(load_profile("g1"), 3, visual=False, obstacles=[read_obstacle("0.6,0,0.2")])
    floor.run(1.0)
    assert not floor.touched
    floor.motion.walk(0.3, 0.0, 0.0)
    assert floor.run(4.0, until=lambda: floor.touched)


def test_a_goal_that_can_not_be_reached_is_bad_input() -> None:
    with pytest.raises(InputError, match=r"--goal 1,0,0: .*inside an obstacle; g1 keeps 0\.\d\d m clear"):
        walk(stage("1,0,0.3"), ["1,0,0"], None, 6.0)
    ring = ["-2,-2 2,-2 2,-1.8 -2,-1.8", "-2,2 2,2 2,1.8 -2,1.8", "-2,-2 -1.8,-2 -1.8,2 -2,2", "2,-2 1.8,-2 1.8,2 2,2"]
    with pytest.raises(InputError, match="close every way"):
        walk(stage(*ring), ["4,0,0"], None, 6.0)


def test_a_velocity_looks_at_no_obstacle() -> None:
    with pytest.raises(InputError, match="--obstacle goes with --goal"):
        walk(stage("2,0,0.3"), [], "0.2,0,0", 1.0)
