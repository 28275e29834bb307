"""A disk that is full, and a process that is killed, at every single write of a shift."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from linewalker.console.commands import report_again, write_results_again
from linewalker.errors import InputError, StorageFault
from linewalker.station.simulated_station import SimulatedShift
from tests.station.accounts import half_written, judged_in, results_of
from tests.station.cheap_station import VINS, Port, Watcher, cheap_shift, work
from tests.station.full_disk import Disk, writing_to

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> SimulatedShift:
    return cheap_shift(tmp_path_factory.mktemp("files"), cars=2, characteristics=1)


def test_a_disk_that_is_full_from_the_nth_write_on_costs_nothing_that_was_kept(
    shift: SimulatedShift, tmp_path: Path
) -> None:
    n = 0
    while True:
        n += 1
        folder, watcher, port = tmp_path / str(n), Watcher(), Port(shift.orders)
        try:
            with writing_to(Disk(n)):
                work(shift, folder, watcher, port)
            break
        except (StorageFault, InputError) as refused:
            said = str(refused)
        assert str(folder) in said
        assert re.search("No space|full", said)
        assert "free some space" in said or not watcher.judged
        assert half_written(folder) == []
        if (folder / "results.json").exists():
            assert [car["vin"] for car in results_of(folder)["cars"]] == list(VINS[:2])
        if watcher.judged:
            told = judged_in({"cars": [json.loads(result.document) for result in port.told]})
            write_results_again(folder)  # somebody freed some space
            results = results_of(folder)
            assert [car["vin"] for car in results["cars"]] == list(VINS[:2])
            assert watcher.kept | told <= judged_in(results) <= watcher.judged
    assert n > 60


@pytest.mark.parametrize("n", [1, 4, -1])
def test_a_disk_that_takes_no_report_leaves_the_old_one(shift: SimulatedShift, tmp_path: Path, n: int) -> None:
    work(shift, tmp_path, Watcher())
    report_again(tmp_path)
    files = {path: path.read_bytes() for path in tmp_path.glob("re*.*") if path.suffix in (".json", ".html")}
    assert len(files) == 2
    counting = Disk(0)
    with writing_to(counting):
        report_again(tmp_path)
    (tmp_path / "results.json").write_text("old")
    files[tmp_path / "results.json"] = b"old"
    full = Disk(counting.written if n < 0 else n)
    with writing_to(full), pytest.raises(StorageFault, match="free some space"):
        report_again(tmp_path)
    assert (tmp_path / "report.html").read_bytes() == files[tmp_path / "report.html"]
    assert half_written(tmp_path) == []


def test_killed_at_any_write_the_next_program_tells_what_was(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.station.kill_while_working", str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    deaths = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(deaths) > 20
    for death in deaths:
        assert death["vins"] == list(VINS[:2]), death
        assert set(map(tuple, death["kept"])) <= set(map(tuple, death["found"])), death
        assert all("killed" in why for why in death["why"]), death
        assert death["half_written"] <= 2  # what the kernel had not finished is hidden, and nobody reads it
    assert {len(death["why"]) for death in deaths} == {0, 1, 2}


def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """On a small file system of its own, in a namespace of its own; where that is not allowed, nothing is tested."""
    command = ["unshare", "-rm", sys.executable, "-m", "tests.station.small_disk", str(tmp_path)]
    try:
        allowed = subprocess.run([*command[:2], "mount", "-t", "tmpfs", "none", str(tmp_path)], check=False).returncode
    except FileNotFoundError:
        allowed = 1
    if allowed != 0:
        pytest.skip("no file system may be mounted here")
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    shifts = [json.loads(line) for line in run.stdout.splitlines()]
    assert {found["ended"] for found in shifts} >= {"StorageFault", "well"}
    for found in shifts:
        assert set(map(tuple, found["kept"])) <= set(map(tuple, found["found"])), found
        assert found["vins"] == list(VINS), found
