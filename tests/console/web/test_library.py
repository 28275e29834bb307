"""Runs are found wherever they lie, by names that stay, and are seen as they are now."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from linewalker.console.web.library import Library, UnknownRun
from tests.console.web.runs import motion, records, whole_run
from tests.factory.samples import bad_car, good_car


def test_runs_are_found_below_and_have_the_names_of_their_folders(tmp_path: Path) -> None:
    whole_run(tmp_path / "out" / "early")
    records(tmp_path / "out" / "plant" / "late", shifts=2)
    (tmp_path / "out" / "nothing").mkdir()
    assert [entry.id for entry in Library([tmp_path / "out"]).runs()] == ["early:1", "late:1", "late:2"]


def test_folders_of_one_name_are_told_apart(tmp_path: Path) -> None:
    for place in ("a", "b"):
        records(tmp_path / place / "run")
    library = Library([tmp_path / "a" / "run", tmp_path / "b" / "run", tmp_path / "a"])
    assert {entry.id for entry in library.runs()} == {"a/run:1", "b/run:1"}
    assert library.run("a/run:1").folder == (tmp_path / "a" / "run").resolve()


def test_what_is_written_meanwhile_is_seen(tmp_path: Path) -> None:
    folder = records(tmp_path / "run", [good_car()])
    library = Library([folder])
    assert library.run("run:1").summary.cars == {"committed": 1}  # type: ignore[union-attr]
    records(folder, [bad_car()], shifts=1)
    assert [entry.id for entry in library.runs()] == ["run:1", "run:2"]


def test_motions_belong_to_their_run(tmp_path: Path) -> None:
    folder = records(tmp_path / "run", shifts=2)
    for name, run in (("1", 1), ("2", 2), ("3", 2)):
        motion(folder, name, run)
    library = Library([folder])
    assert list(library.motions(library.run("run:1"))) == ["1"]
    assert list(library.motions(library.run("run:2"))) == ["2", "3"]
    with pytest.raises(UnknownRun, match="no motion '1'"):
        library.motion(library.run("run:2"), "1")


def test_a_motion_that_was_put_in_the_place_of_another_is_read_anew(tmp_path: Path) -> None:
    folder = records(tmp_path / "run")
    path = motion(folder, until_s=15.0)
    library = Library([folder])
    assert library.motion(library.run("run:1"), "1").last_s > 14.0
    path.rename(tmp_path / "old")
    motion(folder, until_s=3.0)
    assert library.motion(library.run("run:1"), "1").last_s < 3.0
    path.unlink()
    assert library.motions(library.run("run:1")) == {}


def test_a_motion_without_records_is_a_run_and_what_is_neither_is_none(tmp_path: Path) -> None:
    motion(tmp_path / "walk", run=0)
    (tmp_path / "broken" / "motion").mkdir(parents=True)
    (tmp_path / "broken" / "motion" / "1.motion").write_bytes(b"LWMB")
    (tmp_path / "broken" / "records.sqlite").write_bytes(b"no database" * 999)
    library = Library([tmp_path])
    assert [entry.id for entry in library.runs()] == ["broken:0", "walk:0"]
    assert library.motions(library.run("broken:0")) == {}
    assert list(library.motions(library.run("walk:0"))) == ["1"]
    assert library.archived(library.run("walk:0")) is None


def test_a_folder_nobody_may_look_into_is_passed_by(tmp_path: Path) -> None:
    records(tmp_path / "run")
    closed = tmp_path / "closed"
    closed.mkdir()
    os.chmod(closed, 0)
    try:
        assert [entry.id for entry in Library([tmp_path]).runs()] == ["run:1"]
    finally:
        os.chmod(closed, 0o755)


def test_a_recorded_run_bridges_until_a_car_has_come(tmp_path: Path) -> None:
    recorded, here = whole_run(tmp_path / "recorded"), tmp_path / "here"
    library = Library([here], recorded)
    assert [(entry.id, entry.bridges) for entry in library.runs()] == [("recorded:1", True)]
    motion(records(here), until_s=2.0)
    assert [entry.id for entry in library.runs()] == ["recorded:1"]
    motion(here, until_s=4.0)
    assert [(entry.id, entry.bridges) for entry in library.runs()] == [("here:1", False)]
    assert library.run("recorded:1").bridges
    assert [entry.id for entry in Library([here]).runs()] == ["here:1"]
