"""What stands on a bench, and how the robot meets it."""

from __future__ import annotations

import mujoco
import numpy as np
import pytest
from shapely.geometry import Point, Polygon

from linewalker.console.obstacles import read_obstacle
from linewalker.limbs.profiles import load_profile
from linewalker.physics.contacts import add_floor
from linewalker.station.bench import HEIGHT_M, Floor, add_obstacles

L_SHAPE = "1,-1 2,-1 2,1.2 1.2,1.2 1.2,0 1,0"


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


def test_touching_an_obstacle_is_noticed() -> None:
    floor = Floor(load_profile("g1"), 3, visual=False, obstacles=[read_obstacle("0.6,0,0.2")])
    floor.run(1.0)
    assert not floor.touched
    floor.motion.walk(0.3, 0.0, 0.0)
    assert floor.run(4.0, until=lambda: floor.touched)
