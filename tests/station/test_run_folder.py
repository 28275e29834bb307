"""The folder of a run: one program at a time works in it, and only what is ours is taken away."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from linewalker.errors import InputError
from linewalker.factory.records.records import Records
from linewalker.factory.records.results import CarResult
from linewalker.station import run_folder
from linewalker.station.run_folder import LOCK_FILE, clear_folder, evidence_folder, lease, make_folder, sole_lease
from tests.factory.samples import HEADER, good_car

HOLD = """
import sys, time
from pathlib import Path
from linewalker.station.run_folder import lease
with lease(Path(sys.argv[1])) as alone:
    print(alone, flush=True)
    time.sleep(60.0)
"""


@pytest.mark.parametrize("name", ["a\0b", "file/below", "x" * 256])
def test_a_folder_that_can_not_be_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    for make in (clear_folder, make_folder):
        with pytest.raises(InputError, match="choose another folder"):
            make(tmp_path / name)


def left_by_a_run(folder: Path) -> CarResult:
    """Everything a run leaves behind, with the pictures of one car; returns that."""
    car = good_car()
    with Records(folder / "records.sqlite") as book:
        book.begin_run(HEADER).commit(car)
    pictures = evidence_folder(folder, car.order.vin, car.order.sequence, 1)
    pictures.mkdir(parents=True)
    for path in (
        pictures / "old.svg",
        *(folder / name for name in ("results.json", "truth.json", "report.html", "outbox.sqlite")),
    ):
        path.write_text("old", encoding="utf-8")
    return car


def test_a_new_run_takes_away_all_that_a_former_one_left(tmp_path: Path) -> None:
    left_by_a_run(tmp_path)
    clear_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_others_put_there_stays(tmp_path: Path) -> None:
    car = left_by_a_run(tmp_path)
    others = [tmp_path / "notes.txt", tmp_path / "results.json.bak", tmp_path / "evidence" / "mine.jpg"]
    others.append(tmp_path / "evidence" / car.order.vin / "photo.jpg")
    for path in others:
        path.write_text("mine", encoding="utf-8")
    clear_folder(tmp_path)
    assert {path for path in tmp_path.rglob("*") if path.is_file()} == set(others)


@pytest.mark.parametrize("name", ["results.json", "truth.json", "report.html"])
def test_a_file_that_no_run_left_is_not_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=f"{name}.*move it, or choose another folder"):
        clear_folder(tmp_path)
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_a_run_that_was_killed_before_its_first_row_is_in_nobodys_way(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "records.sqlite") as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    clear_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_records_of_another_kind_are_not_taken_for_ours(tmp_path: Path) -> None:
    (tmp_path / "records.sqlite").write_text("a diary", encoding="utf-8")
    with pytest.raises(InputError, match="can not be read as records"):
        clear_folder(tmp_path)
    assert (tmp_path / "records.sqlite").read_text(encoding="utf-8") == "a diary"


def test_a_folder_that_goes_on_keeps_everything(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text("old", encoding="utf-8")
    make_folder(tmp_path)
    make_folder(tmp_path / "new" / "one")
    assert (tmp_path / "results.json").is_file()
    assert (tmp_path / "new" / "one").is_dir()


def test_a_folder_has_one_holder_at_a_time(tmp_path: Path) -> None:
    with lease(tmp_path / "new") as first:
        with lease(tmp_path / "new") as second:
            assert (first, second) == (True, False)
        with pytest.raises(InputError, match="a station is at work in this folder"), sole_lease(tmp_path / "new"):
            pass
        with pytest.raises(InputError, match="at work"):
            clear_folder(tmp_path / "new")
    with lease(tmp_path / "new") as third:
        assert third


def test_a_holder_that_was_killed_holds_no_more(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, encoding="utf-8")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "True\n"
    with lease(tmp_path) as alone:
        assert not alone
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    with lease(tmp_path) as alone:
        assert alone


def test_a_folder_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="can not be written"), lease(tmp_path / "file" / "below"):
        pass


@pytest.mark.parametrize("number", sorted(run_folder._NO_LOCKS_HERE))
def test_a_disk_without_locks_is_worked_on_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(run_folder.fcntl, "flock", refuse)
    with lease(tmp_path) as alone:
        assert alone
    assert (tmp_path / LOCK_FILE).is_file()
