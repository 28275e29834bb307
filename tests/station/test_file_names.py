"""No name of a file comes from outside: ids of a plan as hostile as a plan can have them, through a whole shift."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linewalker.errors import InputError
from linewalker.station.run_folder import RESULTS_FILE
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.simulated_station import read_simulated_shift
from tests.station.cheap_station import PLAN, Watcher, cheap_shift, work

HOSTILE = [
    "左" * 88,
    "../../../outside",
    "/etc/hostname",
    "nul",
    "a\tb",
    "..",
    ".",
    "~",
    "x" * 300,
    "C:\\x",
    "*?<>|",
    "-rf",
]


def shift_with(ids: list[str], folder: Path):
    """A shift whose plan has characteristics with these ids."""
    cheap_shift(folder, cars=1)
    head, first, *_ = PLAN.split("- {id:")
    body = "".join("- {id:" + first.replace(" G,", f" {json.dumps(name)},", 1) for name in ids)
    (folder / "plan.yaml").write_text(head + body, encoding="utf-8")
    files = ShiftFiles(shift=folder / "shift.csv", plan=folder / "plan.yaml", world=None, robot="g1", seed=1)
    return read_simulated_shift(files)


def test_whatever_an_id_is_its_picture_lies_in_the_folder_of_its_car(tmp_path: Path) -> None:
    out = tmp_path / "out"
    work(shift_with(HOSTILE, tmp_path / "files"), out, Watcher())
    [car] = json.loads((out / RESULTS_FILE).read_text(encoding="utf-8"))["cars"]
    assert [entry["id"] for entry in car["characteristics"]] == HOSTILE
    pictures = [out / entry["evidence"] for entry in car["characteristics"]]
    assert len({path.name.casefold() for path in pictures}) == len(HOSTILE)
    [folder] = {path.parent for path in pictures}
    assert folder.is_relative_to(out / "evidence")
    assert all(path.is_file() and path.resolve() == path for path in pictures)
    assert {path.name for path in tmp_path.iterdir()} == {"files", "out"}


@pytest.mark.parametrize("odd", ["\x07", "\x1b[2J", "\x85", "\u0000"])
def test_an_id_that_can_not_be_shown_is_refused_at_the_door(odd: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can be neither stored nor shown"):
        shift_with([f"gap{odd}"], tmp_path)
