"""A folder of a dance holds what happened, in tables that can be read, and a report that needs nothing else."""

import csv
from pathlib import Path

import numpy as np

from linewalker.brain.music.rhythm import Rhythm
from linewalker.cerebellum.performing.rehearsal import Change, Rehearsal
from linewalker.console.dance_folder import COLUMNS, FRAME_PX, FRAMES, report, strip, write_folder
from linewalker.station.dance_score import score
from tests.cerebellum.performing.short_dance import BEATS_S, short_plan
from tests.station.danced import danced

CHANGE = Change(phrase="punch", at_s=1.0, what="arms to 75 %", why="<a joint>")
REHEARSAL = Rehearsal(plan=short_plan(), changes=(CHANGE,), torque={"knee": 0.5}, beats_s=BEATS_S)
RHYTHM = Rhythm(beats_s=BEATS_S, number=np.arange(60) % 4 + 1, meter="4/4", energy=np.ones(60), duration_s=31.0)


def test_tables_and_report(tmp_path: Path) -> None:
    floor, recording = danced()
    result = score(recording, short_plan(), floor.performer, BEATS_S)
    write_folder(tmp_path, RHYTHM, REHEARSAL, recording, result, floor)
    rows = list(csv.DictReader((tmp_path / "poses.csv").open()))
    assert len(rows) == len(recording.time_s)
    assert float(rows[-1]["z_m"]) > 0.5
    for name in ("beats.csv", "plan.csv", "forces.csv", "torques.csv", "strip.png", "report.html"):
        assert (tmp_path / name).stat().st_size > 100
    page = (tmp_path / "report.html").read_text()
    assert "&lt;a joint&gt;" in page
    assert "side_touch" in page


def test_the_strip_shows_as_many_moments() -> None:
    floor, recording = danced()
    picture = strip(floor.profile, floor.performer.dynamics.model, recording)
    assert picture.shape == (FRAMES // COLUMNS * FRAME_PX[1], COLUMNS * FRAME_PX[0], 3)
    assert picture.std() > 10.0


def test_a_report_without_changes_says_so() -> None:
    floor, recording = danced()
    result = score(recording, short_plan(), floor.performer, BEATS_S)
    unchanged = Rehearsal(plan=short_plan(), changes=(), torque={}, beats_s=BEATS_S)
    assert "nothing" in report(RHYTHM, unchanged, result, b"")
