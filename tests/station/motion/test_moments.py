"""Moments: a car in place, what was found at it, and nobody's name."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from linewalker.brain.inspector import InspectionLog
from linewalker.brain.route import Waypoint
from linewalker.geometry import Pose, rotation_z
from linewalker.inspection.verdict import Verdict
from linewalker.station.car_under_way import CarUnderWay, Rules
from linewalker.station.motion.moments import (
    car_moment,
    gone_moment,
    located_moment,
    place_of,
    route_moment,
    visit_moment,
)
from tests.console.visits import visit_report
from tests.factory.samples import bad_car
from tests.station.cheap_station import Watcher, cheap_shift, cheap_station


@pytest.fixture(scope="module")
def car(tmp_path_factory: pytest.TempPathFactory) -> CarUnderWay:
    shift = cheap_shift(tmp_path_factory.mktemp("shift"), cars=1)
    station = cheap_station(shift, Watcher())
    rules = Rules(plan=shift.plan, folder=Path(), takt_limit_s=300.0)
    log = InspectionLog(vehicle=None, prior=None)  # type: ignore[arg-type]
    return CarUnderWay(
        order=shift.orders[0], rules=rules, began_s=0.0, attempt=2, job=station.job_of(shift.orders[0]), log=log
    )


def test_a_car_is_told_by_its_number_alone(car: CarUnderWay) -> None:
    moment = car_moment(car)
    assert car.order.vin not in json.dumps(moment)
    assert (moment["sequence"], moment["attempt"], moment["model"]) == (1, 2, "sedan")
    assert [name for visit in moment["visits"] for call in visit["calls"] for name in call["for"]] == ["G", "F", "H"]


def test_every_seam_and_part_has_a_place_on_the_car(car: CarUnderWay) -> None:
    assert car.job is not None
    catalogue, moment = car.job.catalogue, car_moment(car)
    assert set(moment["places"]) == {"G", "F", "H"}
    seam = catalogue.seams["fender_left/front_door_left"]
    point = seam.at({"z": 250.0})
    assert moment["places"]["G"]["p"] == pytest.approx(1e-3 * point.centre_V_mm, abs=1e-4)
    assert moment["places"]["G"]["n"] == pytest.approx(point.normal, abs=1e-4)
    (wanted, *_) = car.rules.plan.models["sedan"]
    assert place_of(wanted, catalogue) == moment["places"]["G"]


def test_a_visit_says_what_was_judged() -> None:
    moment = visit_moment(visit_report(Verdict.OK, Verdict.NOK))
    assert [entry["verdict"] for entry in moment["judged"].values()] == ["OK", "NOK"]
    json.dumps(moment, allow_nan=False)


def test_a_way_begins_where_it_stands() -> None:
    moment = route_moment(
        np.array([1.0, 2.0, 0.5]), [Waypoint(x=3.0, y=2.0, yaw=0.0), Waypoint(x=3.0, y=-1.0, yaw=0.0)]
    )
    assert moment == {"what": "route", "way": [[1.0, 2.0], [3.0, 2.0], [3.0, -1.0]]}


def test_where_a_car_stands_and_that_it_went() -> None:
    X = Pose(p=np.array([1.0, 2.0, 0.3]), R=rotation_z(0.2))
    assert located_moment(X)["X_WV"] == pytest.approx([1, 2, 0.3, np.cos(0.1), 0, 0, np.sin(0.1)], abs=1e-5)
    assert gone_moment(bad_car(1)) == {"what": "gone", "sequence": bad_car(1).order.sequence, "verdict": "NOK"}
