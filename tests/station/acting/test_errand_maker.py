"""From goals to tasks: the car that is meant, acts with all their values, and names of what stands in for what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because
from linewalker.station.acting.errand_maker import Errand, ErrandMaker, Premises
from linewalker.station.acting.task import ActTask, CarTask
from tests.station.acting.plane_station import HOME, VINS, PlaneStation, plane_station


@pytest.fixture
def station(tmp_path: Path) -> Iterator[PlaneStation]:
    with plane_station(tmp_path) as there:
        yield there


def made(station: PlaneStation, *goals: Goal) -> Errand:
    errand = station.workplace.maker.errand(goals)
    assert isinstance(errand, tuple)
    return errand


def test_without_a_vin_it_is_the_car_in_place_else_the_first(station: PlaneStation) -> None:
    def meant() -> str:
        (task,) = made(station, Goal(skill="inspect", slots={"ids": ("L1",)}))
        assert isinstance(task, CarTask)
        return task.order.vin

    assert meant() == VINS[0]
    station.do(Goal(skill="inspect", slots={"ids": ("L1",), "vin": VINS[1][-4:]}))
    assert meant() == VINS[1]


def test_an_act_has_all_its_values(station: PlaneStation) -> None:
    (task,) = made(station, Goal(skill="go_to", slots={"x_m": -2, "y_m": -3}))
    assert isinstance(task, ActTask)
    assert task.call.values == {"place": "", "x_m": -2.0, "y_m": -3.0, "yaw_deg": 0.0}
    assert task.place is not None
    assert task.place.pose == (-2.0, -3.0, 0.0)


def test_home_is_a_place(station: PlaneStation) -> None:
    (task,) = made(station, Goal(skill="home"))
    assert isinstance(task, ActTask)
    assert task.place == HOME


def test_who_can_not_dance_bows(station: PlaneStation) -> None:
    (task,) = made(station, Goal(skill="dance", slots={"music": "polka", "seconds": 9.0}))
    assert isinstance(task, ActTask)
    assert task.call.skill == "bow"


def test_one_goal_that_can_not_be_done_is_the_whole_order(station: PlaneStation) -> None:
    errand = station.workplace.maker.errand([Goal(skill="home"), Goal(skill="guide")])
    assert isinstance(errand, Because)
    assert "go_to" in errand.title.en  # what there is


def test_where_no_cars_come_acts_are_done_all_the_same(station: PlaneStation) -> None:
    there = station.workplace.maker._premises
    maker = ErrandMaker(Premises(skills=there.skills, places=there.places, catalogues={}))
    assert isinstance(maker.errand([Goal(skill="home")]), tuple)
    refused = maker.errand([Goal(skill="inspect")])
    assert isinstance(refused, Because)
    assert refused.code == "no_car"
