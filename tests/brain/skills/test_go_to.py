"""Where one is sent: a place by its name, or coordinates; and numbers that are no place are refused."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from linewalker.brain.places import places_round
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.go_to import GoTo
from linewalker.errors import InputError
from tests.brain.plane_robot import plane_operator
from tests.inspection.nominal_car import catalogue

PLACES = places_round(1e-3 * catalogue().footprint_mm, Waypoint(x=-1.0, y=-2.2, yaw=0.0))


def test_a_name_is_its_place() -> None:
    assert GoTo.goal(GoTo.complete({"place": "rear"}), PLACES) == PLACES["rear"].stance


def test_coordinates_are_metres_and_degrees() -> None:
    values = GoTo.complete({"x_m": 1, "y_m": -2.5, "yaw_deg": 90})
    assert GoTo.goal(values, PLACES) == Waypoint(x=1.0, y=-2.5, yaw=float(np.pi / 2))


def test_a_place_nobody_knows_is_an_error_that_lists_those_there_are() -> None:
    with pytest.raises(InputError, match="no place 'moon'"):
        GoTo.goal(GoTo.complete({"place": "moon"}), PLACES)


@pytest.mark.parametrize("wrong", [{"x_m": float("nan")}, {"y_m": float("inf")}, {"x_m": 51.0}, {"yaw_deg": 361.0}])
def test_numbers_that_are_no_place_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(InputError, match="expected a number in"):
        GoTo.complete(wrong)


def test_it_tells_where_it_stands() -> None:
    equipment: Any = SimpleNamespace(operator=plane_operator())
    skill = GoTo(equipment)
    outcome = equipment.operator.run(skill.act(GoTo.complete({"place": "home"})))
    assert outcome.evidence == pytest.approx([-1.0, -2.2, 0.0])
    assert skill.cost_s({}) == 0.0
