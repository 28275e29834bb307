"""Slots select what they say, and say what was selected; what is not on record is refused, with what there is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linewalker.brain.memory.recorded import Stage
from linewalker.brain.memory.selection import is_judged, select
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Verdict
from tests.brain.memory.known_shift import BAD, NOW, known_history, refused, selected
from tests.brain.memory.test_recorded import judged


@pytest.fixture
def history(tmp_path):
    return known_history(tmp_path)


def ids(selection) -> list[str]:
    return [f"{car.sequence} {entry.id}" for car, entry in selection.entries]


def test_nothing_said_is_everything(history):
    everything = selected(history)
    assert len(everything.cars) == 3
    assert len(everything.entries) == 7
    assert (everything.narrowed, everything.title, everything.opening()) == (False, None, ("", ""))


@pytest.mark.parametrize(
    ("slots", "found"),
    [
        ({"vin": "7372"}, ["2 gap_hood_fender_left", "2 flush_door_left", "2 variant_badge_rear"]),
        ({"vin": ("7371", "7373"), "feature": "badge"}, ["1 variant_badge_rear", "3 variant_badge_rear"]),
        ({"methods": ("flush",)}, ["2 flush_door_left"]),
        ({"statistic": "mean flush"}, ["2 flush_door_left"]),
        ({"classes": ("minor",), "vin": "#1"}, ["1 variant_badge_rear"]),
        ({"feature": "left", "methods": ("flush",)}, ["2 flush_door_left"]),
        ({"characteristic": "flush_door_left"}, ["2 flush_door_left"]),
        ({"side": "rear", "vin": "7371"}, ["1 variant_badge_rear"]),
        ({"paint": "red", "model": "sedan", "side": "rear", "vin": BAD}, ["2 variant_badge_rear"]),
        ({"shift": "known:1", "methods": ("flush",)}, ["2 flush_door_left"]),
        ({"shift": "current", "since": "today", "methods": ("flush",)}, ["2 flush_door_left"]),
    ],
)
def test_slots_select(history, slots, found):
    assert ids(selected(history, **slots)) == found


def test_what_was_selected_is_said(history):
    title = selected(history, since="today", side="left", methods=("gap",), vin="7372").title
    assert title == Title(zh=f"今天，VIN {BAD}，左侧，间隙", en=f"Today, VIN {BAD}, left side, gap")


@pytest.mark.parametrize(
    ("slots", "why"),
    [
        ({"vin": "9999"}, "Not known: no car on record is '9999' (3 cars looked through)."),
        ({"vin": "04737"}, f"which car '04737' is, for there are LSVAA49J132047371, {BAD}"),
        ({"feature": "sunroof"}, "nothing is on record of 'sunroof'; there are hood/front_fender_left, badge_rear."),
        ({"since": "tomorrow"}, "'tomorrow' is no time that records go by"),
        ({"since": "yesterday"}, "no shift was opened yesterday; the newest is known:1, of "),
        ({"shift": "night"}, "there is no shift 'night'; there are known:1 (shift.csv)."),
        ({"statistic": "temperature"}, "the records hold no 'temperature'"),
        ({"operator": "Wang"}, "the records hold no 'operator'"),
        ({"paint": "green"}, "there is no car with paint=green"),
        ({"model": "truck"}, "there is no car with model=truck"),
        ({"verdict": "SPLENDID"}, "there is no verdict 'SPLENDID'"),
        ({"side": "left", "classes": ("critical",)}, "there is no characteristic 'left side, critical'"),
    ],
)
def test_what_is_not_on_record_is_not_known(history, slots, why):
    assert why in refused(history, **slots)


def test_a_shift_is_called_by_number_file_or_place(tmp_path):
    history = known_history(tmp_path)
    known_history(tmp_path)
    history = known_history(tmp_path)
    assert [shift.citation for shift in history.shifts] == ["known:1", "known:2", "known:3"]
    for name, found in {"2": 2, "known:1": 1, "current": 3, "last": 3, "previous": 2}.items():
        assert [shift.citation for shift in selected(history, shift=name).shifts] == [f"known:{found}"]
    assert len(selected(history, shift="shift.csv").shifts) == 3
    assert len(selected(history, shift=("1", "2")).shifts) == 2


def test_the_shift_before_is_meant_while_one_is_under_way(tmp_path):
    known_history(tmp_path)
    history = known_history(tmp_path)
    cars = history.shifts[1].cars
    running = replace(history.shifts[1], cars=(replace(cars[0], stage=Stage.RUNNING), *cars[1:]))
    history = replace(history, shifts=(history.shifts[0], running))
    found = select({"shift": "last"}, history, NOW)
    assert [shift.citation for shift in found.shifts] == ["known:1"]


def test_what_the_robot_has_not_reached_yet_is_not_judged(history):
    car = history.shifts[0].cars[0]
    aborted = judged(None, verdict=Verdict.NOT_DECIDABLE, reason=Reason.ABORTED)
    assert is_judged(car, aborted)
    assert not is_judged(replace(car, stage=Stage.RUNNING), aborted)
    assert not is_judged(car, replace(aborted, reason=Reason.NOT_INSPECTED))
