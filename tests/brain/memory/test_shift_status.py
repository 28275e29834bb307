"""How far a shift is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from linewalker.brain.memory.shift_status import status
from linewalker.station.history import read_history
from tests.brain.memory.known_shift import known_history, selected, told
from tests.factory.random_shifts import record_shift


def test_a_shift_that_is_over(tmp_path):
    sentences = told(known_history(tmp_path), "status")
    assert sentences[0].startswith(
        "Shift known:1 (shift.csv, plan.yaml, simulated station, robot g1, linewalker 0.1.0, seed 7), opened "
    )
    assert sentences[0].endswith(", 3 cars: 2 judged, 1 broken off.")
    assert sentences[1] == "At 480 s, VIN 7373, fall: the robot fell beside the trunk."


def test_a_shift_that_runs(tmp_path):
    record_shift(tmp_path, np.random.default_rng(1), cars=3, under_way=True)
    sentences = status(selected(read_history([tmp_path])))
    assert "1 being inspected, 1 still to come" in sentences[0].title.en
    assert " is being inspected: by " in sentences[1].title.en
    assert "of 12 characteristics " in sentences[1].title.en


def test_a_shift_without_cars(tmp_path):
    history = known_history(tmp_path)
    empty = replace(history, shifts=(replace(history.shifts[0], cars=()),))
    [sentence] = status(selected(empty))
    assert sentence.title.en.endswith(", 0 cars.")
