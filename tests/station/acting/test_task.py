"""Tasks are plain data: they travel to other processes, and their documents through JSON."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

from linewalker.brain.language.goal import Goal
from linewalker.station.acting.task import ActTask, CarTask
from tests.station.acting.plane_station import VINS, plane_station

GOALS = (
    Goal(skill="inspect", slots={"ids": ("L1",), "times": 2}),
    Goal(skill="go_to", slots={"place": "rear"}),
    Goal(skill="wait", slots={"seconds": 2.0}),
)


def test_a_mission_of_mixed_skills_travels(tmp_path: Path) -> None:
    with plane_station(tmp_path) as station:
        errand = station.workplace.maker.errand(GOALS)
    assert isinstance(errand, tuple)
    assert [type(task) for task in errand] == [CarTask, CarTask, ActTask, ActTask]
    travelled = pickle.loads(pickle.dumps(errand))
    assert [task.document() for task in travelled] == [task.document() for task in errand]


def test_documents_say_what_is_done_where(tmp_path: Path) -> None:
    with plane_station(tmp_path) as station:
        errand = station.workplace.maker.errand(GOALS)
    assert isinstance(errand, tuple)
    inspect, again, go, wait = (json.loads(json.dumps(task.document())) for task in errand)
    assert (inspect["vin"], inspect["characteristics"], len(inspect["visits"])) == (VINS[0], ["L1"], 1)
    assert (inspect["time"], again["time"], again["times"]) == (1, 2, 2)
    assert go["place"] is not None
    assert (wait["place"], wait["values"]) == (None, {"seconds": 2.0})
