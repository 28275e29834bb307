"""What is on record is what can be asked about: nothing is left out, and every citation leads to one row."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from linewalker.brain.memory.journal import Journal
from linewalker.brain.memory.recorded import Stage
from linewalker.errors import InputError
from linewalker.factory.records.records import Records
from linewalker.inspection.title import Title
from linewalker.station.history import read_history
from linewalker.station.run_folder import JOURNAL_FILE
from tests.factory.random_shifts import record_shift
from tests.factory.samples import HEADER, VINS, badge, fallen_car, gap, good_car


def rows(folder: Path, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "records.sqlite") as connection:
        return connection.execute(statement).fetchall()


@pytest.mark.parametrize("seed", range(3))
def test_a_citation_leads_to_exactly_one_row(tmp_path, seed):
    folder = tmp_path / "line 3"
    for under_way in (False, True):
        record_shift(folder, np.random.default_rng(seed), cars=12, under_way=under_way)
    history = read_history([folder])
    cars = [car for shift in history.shifts for car in shift.cars]
    attempts = [attempt for car in cars for attempt in car.attempts]
    cited = [attempt.citation for attempt in attempts]
    assert sorted(cited) == sorted(
        f"line 3:{shift}/{vin}/{sequence}-{attempt}"
        for shift, vin, sequence, attempt in rows(folder, "SELECT shift_id, vin, sequence, attempt FROM jobs")
    )
    assert len(set(cited)) == len(cited)
    events = [event.citation for attempt in attempts for event in attempt.events]
    assert len(set(events)) == len(events) == rows(folder, "SELECT count(*) FROM events")[0][0]
    values = {
        f"line 3:{shift}/{vin}/{sequence}-{attempt}/{name}": value
        for shift, vin, sequence, attempt, name, value in rows(
            folder,
            "SELECT shift_id, vin, sequence, attempt, characteristics.id, coalesce(value, variant_seen) "
            "FROM jobs JOIN characteristics ON job_id = jobs.id",
        )
    }
    judged = [entry for car in cars for entry in car.characteristics]
    assert all(values[entry.citation] == entry.value for entry in judged)
    assert set(Stage) == {attempt.stage for attempt in attempts}


def test_a_car_begun_twice_and_never_done_cites_the_attempt_that_judged(tmp_path):
    with Records(tmp_path / "a" / "records.sqlite") as records:
        run = records.begin_run(HEADER)
        run.interrupt(fallen_car())  # it judged the gap, not the badge
        run.interrupt(replace(fallen_car(), characteristics=(fallen_car().characteristics[1], badge())[:1]))
        run.commit(good_car())
    [shift] = read_history([tmp_path / "a"]).shifts
    fallen, good = shift.cars
    assert fallen.citations == (f"a:1/{VINS[2]}/3-1", f"a:1/{VINS[2]}/3-2")
    assert [entry.citation for entry in fallen.characteristics] == [f"a:1/{VINS[2]}/3-2/variant_badge_rear"]
    assert len(fallen.events) == 2
    assert good.citations == (f"a:1/{VINS[0]}/1-1",)
    assert good.characteristics[0].evidence == (tmp_path / "a" / "evidence" / "a.png").as_posix()


def test_what_a_former_attempt_judged_is_cited_from_there(tmp_path):
    with Records(tmp_path / "records.sqlite") as records:
        run = records.begin_run(HEADER)
        run.interrupt(fallen_car())
        left_over = replace(fallen_car().characteristics[1], id=gap().id)
        run.interrupt(replace(fallen_car(), characteristics=(left_over,)))
    [car] = read_history([tmp_path]).shifts[0].cars
    [entry] = car.characteristics
    assert entry.citation == f"{tmp_path.name}:1/{VINS[2]}/3-1/{gap().id}"
    assert entry.value == gap().value


def test_what_was_decided_belongs_to_the_shift_that_was_open(tmp_path):
    journal = Journal(tmp_path / JOURNAL_FILE)
    journal.write("before", Title(zh="先", en="before"), 1.0)
    with Records(tmp_path / "records.sqlite") as records:
        for _ in range(2):
            records.begin_run(HEADER)
    changed = {1: "2030-01-01T00:00:00+00:00", 2: "2030-01-01T06:00:00+00:00"}
    with sqlite3.connect(tmp_path / "records.sqlite") as connection:
        connection.executemany(
            "UPDATE shifts SET opened_at = ? WHERE id = ?", [(at, key) for key, at in changed.items()]
        )
    connection.close()
    lines = [
        {
            "number": n,
            "time_s": 2.5,
            "at": at,
            "code": "detour",
            "zh": "绕行",
            "en": "a detour",
            "about": {"vin": VINS[0]},
        }
        for n, at in enumerate(["2030-01-01T00:00:00.500+00:00", "2030-01-01T05:59:59.999+00:00", changed[2]], start=2)
    ]
    with (tmp_path / JOURNAL_FILE).open("a", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(line)}\n" for line in lines)
    early, late = read_history([tmp_path]).shifts
    name = tmp_path.name
    assert [decision.citation for decision in early.decisions] == [f"{name}/J2", f"{name}/J3"]
    assert [decision.citation for decision in late.decisions] == [f"{name}/J4"]
    assert (late.decisions[0].vin, late.decisions[0].text.en, late.decisions[0].time_s) == (VINS[0], "a detour", 2.5)


def test_folders_of_one_name_are_told_apart_and_one_named_twice_counts_once(tmp_path):
    folders = [tmp_path / "mon" / "out", tmp_path / "tue" / "out"]
    for seed, folder in enumerate(folders):
        record_shift(folder, np.random.default_rng(seed), cars=2)
    history = read_history([*folders, tmp_path / "mon" / ".." / "mon" / "out"])
    assert [shift.citation for shift in history.shifts] == ["mon/out:1", "tue/out:1"]


def test_a_folder_without_records_says_what_to_name(tmp_path):
    with pytest.raises(
        InputError, match=r"there are no records here .* name the folder that 'linewalker run --out DIR'"
    ):
        read_history([tmp_path])
    with Records(tmp_path / "records.sqlite"):
        pass
    with pytest.raises(InputError, match="no shift in these records yet"):
        read_history([tmp_path])
    with pytest.raises(InputError, match="name one with --run DIR"):
        read_history([])


def test_a_shift_opened_at_no_time_is_an_error(tmp_path):
    record_shift(tmp_path, np.random.default_rng(0), cars=1)
    with sqlite3.connect(tmp_path / "records.sqlite") as connection:
        connection.execute("UPDATE shifts SET opened_at = 'yesterday'")
    connection.close()
    with pytest.raises(InputError, match="shift 1 was opened at 'yesterday', which is no time"):
        read_history([tmp_path])
