"""What is handed in for a shift, and what the records say of it."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import linewalker
from linewalker.errors import InputError
from linewalker.station.shift_files import read_shift_files
from linewalker.station.simulated_station import read_simulated_shift
from tests.station.small_shift import VIN, written


def test_the_header_names_this_very_version_of_every_file(tmp_path: Path) -> None:
    files = written(tmp_path)
    header = read_shift_files(files).header
    assert header.shift_sha256 == hashlib.sha256(files.shift.read_bytes()).hexdigest()
    assert header.plan_sha256 == hashlib.sha256(files.plan.read_bytes()).hexdigest()
    assert (header.shift, header.plan, header.robot, header.seed) == ("shift", "plan", "g1", 1)
    assert header.software == f"linewalker {linewalker.__version__}"
    files.plan.write_text(files.plan.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    changed = read_shift_files(files).header
    assert changed == replace(header, plan_sha256=changed.plan_sha256) != header


def test_a_station_that_waits_for_a_line_needs_no_shift(tmp_path: Path) -> None:
    shift = read_shift_files(replace(written(tmp_path), shift=None, world=None))
    assert shift.orders == ()
    assert (shift.header.shift, shift.header.shift_sha256) == ("", "")
    assert set(shift.plan.models) == {"sedan"}


def test_what_is_read_is_the_shift_and_the_plan_alone(tmp_path: Path) -> None:
    """A world is the simulation's own affair: here it is not even opened."""
    files = written(tmp_path)
    shift = read_shift_files(replace(files, world=tmp_path / "there is none"))
    assert [order.vin for order in shift.orders] == [VIN]


def test_a_robot_that_there_is_not_is_named_first(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no robot 'g2'"):
        read_shift_files(replace(written(tmp_path, plan="nonsense"), robot="g2"))


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes there")
def test_a_file_whose_name_is_no_text_has_a_name_in_the_records(tmp_path: Path) -> None:
    files = written(tmp_path)
    odd = files.shift.rename(tmp_path / os.fsdecode(b"Fr\xfch schicht.csv"))
    assert read_simulated_shift(replace(files, shift=odd)).header.shift == "Fr\ufffdh schicht.csv"
