"""History, as the page asks for it: equal to what the numbers give when reckoned by hand."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from linewalker.console.web import history_routes
from linewalker.console.web.history_routes import side_of
from linewalker.factory.records.results import CarResult, Event, EventKind
from linewalker.inspection.verdict import Reason, Verdict, judge_value
from tests.console.web.runs import Console, records
from tests.factory.quality.test_control_chart import FLOW
from tests.factory.samples import VINS, badge, gap, good_car

MODEL_ID = {"model": "sedan", "id": "gap_hood_fender_left"}


def car(number: int, value: float) -> CarResult:
    verdict, reason = judge_value(value, 0.08, 45.0, 53.0)
    measured = gap(value=value, verdict=verdict, reason=reason, nominal=49.0, lower=45.0, upper=53.0)
    wrong = badge("=1+1", Verdict.NOK, Reason.WRONG_VARIANT) if number == 3 else badge()
    return replace(
        good_car(),
        order=replace(good_car().order, sequence=number + 1, vin=f"{VINS[0][:-2]}{number:02d}"),
        characteristics=(measured, wrong),
    )


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Console:
    cars = [car(number, value) for number, value in enumerate(FLOW)]
    return Console(records(tmp_path_factory.mktemp("history") / "run", cars))


def test_a_known_series_gives_the_known_chart(console: Console) -> None:
    found = console.ask("/api/series", **MODEL_ID).json
    assert [point[4] for point in found["points"]] == FLOW
    assert found["chart"]["mean"] == pytest.approx(50.81)
    assert found["chart"]["limits"] == pytest.approx([45.8159, 55.8041], abs=1e-3)
    assert found["limits"] == [45.0, 53.0]
    cpk = (53.0 - 50.81) / (3.0 * np.abs(np.diff(FLOW)).mean() / 1.128)
    assert found["capability"]["cpk"][0] == pytest.approx(cpk, abs=1e-4)
    assert found["n"] == 10


def test_every_characteristic_in_short_and_what_went_wrong(console: Console) -> None:
    found = console.ask("/api/history").json
    short = {one["id"]: one for one in found["characteristics"]}
    assert (found["cars"], found["models"]) == (10, ["sedan"])
    assert (short["gap_hood_fender_left"]["n"], short["gap_hood_fender_left"]["nok"]) == (10, 1)
    assert short["variant_badge_rear"]["capability"] is None
    assert {(one["code"], one["count"]) for one in found["reasons"]} == {("outside_tolerance", 1), ("wrong_variant", 1)}
    assert found["reasons"][0]["name"]["zh"]


def test_by_model_side_and_day(console: Console) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    far = (today + datetime.timedelta(days=9)).isoformat()
    assert len(console.ask("/api/history", side="left").json["characteristics"]) == 1
    assert console.ask("/api/history", model="suv").json["characteristics"] == []
    assert console.ask("/api/history", from_=far).json["characteristics"] == []
    assert len(console.ask("/api/history", to=far).json["characteristics"]) == 2
    assert console.ask("/api/series", from_=far, **MODEL_ID).json["chart"] is None
    assert console.ask("/api/history", from_="yesterday").status == 400
    assert console.ask("/api/series", model="sedan", id="none").status == 404


def test_the_table_has_every_value_and_no_formula(console: Console) -> None:
    answer = console.ask("/api/series.csv", model="sedan", id="variant_badge_rear")
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert len(rows) == 10
    assert rows[3]["verdict"] == "NOK"
    values = console.ask("/api/series.csv", **MODEL_ID).body.decode("utf-8-sig")
    assert [float(row["value"]) for row in csv.DictReader(io.StringIO(values))] == FLOW
    assert not any(line.startswith(("=", "@")) for line in values.splitlines())


def test_sides_are_read_from_names() -> None:
    assert [side_of(name) for name in ("hood/front_fender_left", "wheel_rear_right", "badge_rear", "leftover")] == [
        "left",
        "right",
        "middle",
        "middle",
    ]


def test_stops_and_faults_are_counted_by_their_cause(tmp_path: Path) -> None:
    stopped = "the robot stopped itself at {} s of robot time: {}; it held 0.51 s and 0.04 m later"
    texts = [
        (EventKind.STOP, stopped.format(12.3, "asked for at the console by Ana")),
        (EventKind.STOP, stopped.format(99.4, "asked for at the console by Ana")),
        (EventKind.FAULT, "the disk is full; 3 bytes are left"),
        (EventKind.CONTACT, "the robot touched the car at gap_1"),
    ]
    cars = [
        replace(car(number, FLOW[number]), events=(Event(time_s=1.0, kind=kind, text=text),))
        for number, (kind, text) in enumerate(texts)
    ]
    console = Console(records(tmp_path / "run", cars))
    found = console.ask("/api/history").json["faults"]
    assert found[0] == {"kind": "stop", "cause": "asked for at the console by Ana", "count": 2}
    assert {one["kind"]: one["count"] for one in found} == {"stop": 2, "fault": 1, "contact": 1}
    assert console.ask("/api/history", model="suv").json["faults"] == []
    assert console.ask("/api/history", to="2001-01-01").json["faults"] == []


def test_who_asks_while_the_records_are_read_is_told_to_ask_again(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(history_routes, "_PATIENCE_S", 0.0)
    console = Console(records(tmp_path / "run", [good_car()]))
    index = console.app._app.state.history
    with index._lock:
        told = console.ask("/api/history")
    assert (told.status, told.headers["retry-after"], told.json["cars"]) == (503, "1", 0)
    assert console.ask("/api/history").json["cars"] == 1


def test_as_many_points_are_told_as_are_wanted(console: Console) -> None:
    found = console.ask("/api/series", most=3, **MODEL_ID).json
    assert (len(found["points"]), found["skipped"], found["n"]) == (3, len(FLOW) - 3, len(FLOW))
    assert console.ask("/api/series", most="many", **MODEL_ID).status == 400
