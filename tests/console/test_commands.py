"""How the commands of station and line end: with a report of what is on record, and the exit code that it deserves."""

from __future__ import annotations

import io
import json
import signal
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rich.console import Console

from linewalker.console import commands
from linewalker.console.commands import (
    ALL_JUDGED,
    FAULT,
    RunOptions,
    _reported,
    drive_line,
    exit_code,
    report_again,
    terminable,
)
from linewalker.errors import InputError, ProgramFault, StationFault
from linewalker.factory.handshake.line_handshake import CarOutcome, Cause
from linewalker.factory.handshake.signals import LineResult
from linewalker.factory.records.database import URL_FILE
from linewalker.factory.records.records import Records
from linewalker.station.run_folder import RECORDS_FILE, REPORT_FILE, RESULTS_FILE, lease
from linewalker.station.wire import Wire
from tests.factory.samples import HEADER, VINS, bad_car, build_order, fallen_car, good_car, missing_car


def shift(cars: int) -> SimpleNamespace:
    return SimpleNamespace(orders=[build_order(number) for number in range(cars)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run of two cars that is on record, without results or report."""
    with Records(tmp_path / RECORDS_FILE) as records:
        run = records.begin_run(HEADER)
        run.commit(good_car(0))
        run.commit(bad_car(1))
    return tmp_path


@pytest.fixture
def screen() -> Console:
    return Console(file=io.StringIO(), width=160)


def text_of(screen: Console) -> str:
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


@pytest.mark.parametrize(
    ("cars", "code"),
    [
        ((good_car(0), bad_car(1)), ALL_JUDGED),  # NOK is a result like any other
        ((good_car(0),), FAULT),
        ((good_car(0), fallen_car(1)), FAULT),
        ((good_car(0), missing_car(1)), FAULT),
        ((), FAULT),
    ],
    ids=["all judged", "one not begun", "one broken off", "one that never came", "none"],
)
def test_only_a_shift_that_was_worked_through_ends_with_zero(cars: tuple, code: int) -> None:
    assert exit_code(shift(2), cars) == code  # type: ignore[arg-type]


def test_an_empty_shift_is_worked_through() -> None:
    assert exit_code(shift(0), ()) == ALL_JUDGED  # type: ignore[arg-type]


def test_work_that_ends_well_is_reported(folder: Path, screen: Console) -> None:
    with _reported(folder, screen):
        assert not (folder / REPORT_FILE).exists()
    assert VINS[1] in (folder / REPORT_FILE).read_text(encoding="utf-8")
    assert VINS[0] in text_of(screen)
    assert f"report: {folder / REPORT_FILE}" in text_of(screen)


@pytest.mark.parametrize("error", [StationFault("the robot fell"), KeyboardInterrupt()], ids=["a fall", "Ctrl-C"])
def test_work_that_ends_badly_is_reported_and_the_error_goes_on(
    folder: Path, screen: Console, error: BaseException
) -> None:
    with pytest.raises(type(error)) as caught, _reported(folder, screen):
        raise error
    assert caught.value is error
    assert (folder / REPORT_FILE).is_file()
    assert VINS[0] in text_of(screen)


def test_an_error_that_nobody_foresaw_becomes_a_fault_of_the_program(folder: Path, screen: Console) -> None:
    said = "broke off: KeyError: 'trim'; what was judged is kept"
    with pytest.raises(ProgramFault, match=said) as caught, _reported(folder, screen):
        raise KeyError("trim")
    assert isinstance(caught.value.__cause__, KeyError)
    assert (folder / REPORT_FILE).is_file()


def test_work_that_did_not_begin_is_not_reported(folder: Path, screen: Console) -> None:
    with pytest.raises(InputError, match="no such plan"), _reported(folder, screen):
        raise InputError("no such plan")
    assert not (folder / REPORT_FILE).exists()
    assert text_of(screen) == ""


def hear_sigterm() -> None:
    """Sent to this thread: another may hear it when it means the end again."""
    signal.raise_signal(signal.SIGTERM)
    time.sleep(10.0)


@pytest.mark.parametrize("on_ctrl_c", [signal.default_int_handler, signal.SIG_IGN, signal.SIG_DFL])
def test_sigterm_ends_as_ctrl_c_does_and_afterwards_means_what_it_meant(on_ctrl_c: Any) -> None:
    ctrl_c, before = signal.signal(signal.SIGINT, on_ctrl_c), signal.getsignal(signal.SIGTERM)
    try:
        with pytest.raises(KeyboardInterrupt), terminable():
            hear_sigterm()
    finally:
        signal.signal(signal.SIGINT, ctrl_c)
    assert signal.getsignal(signal.SIGTERM) is before


def test_results_and_report_come_again_out_of_the_records(
    folder: Path, screen: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "terminal", lambda: screen)
    assert report_again(folder) == ALL_JUDGED
    cars = json.loads((folder / RESULTS_FILE).read_text(encoding="utf-8"))["cars"]
    assert [car["vin"] for car in cars] == list(VINS[:2])
    assert VINS[1] in text_of(screen)


def test_a_folder_without_records_or_without_a_shift_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no records here"):
        report_again(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with Records(tmp_path / RECORDS_FILE):
        pass
    with pytest.raises(InputError, match="no shift in these records"):
        report_again(tmp_path)


def broken_off(folder: Path) -> bool:
    return bool(json.loads((folder / RESULTS_FILE).read_text(encoding="utf-8"))["cars"][-1]["interrupted"])


def test_a_job_of_a_program_that_died_is_declared_dead_but_not_one_that_still_works(tmp_path: Path) -> None:
    with Records(tmp_path / RECORDS_FILE) as records:
        records.begin_run(HEADER, expected=[missing_car(0)]).keep(good_car(0))
    with lease(tmp_path):  # as the station at work holds it
        commands.write_results_again(tmp_path)
        assert not broken_off(tmp_path)
    commands.write_results_again(tmp_path)
    assert broken_off(tmp_path)


class Line:
    """A controller whose cars come out as they are told to."""

    def __init__(self, causes: list[Cause]):
        self._causes = causes

    def run(self, orders: list) -> list[CarOutcome]:
        return [
            CarOutcome(
                vin=order.vin,
                sequence=order.sequence,
                result=LineResult.OK if cause is Cause.JUDGED else LineResult.NOT_DECIDABLE,
                cause=cause,
            )
            for order, cause in zip(orders, self._causes)
        ]


@pytest.mark.parametrize("other", [cause for cause in Cause if cause is not Cause.JUDGED])
def test_a_line_ends_well_only_if_every_car_was_judged(
    tmp_path: Path, screen: Console, monkeypatch: pytest.MonkeyPatch, other: Cause
) -> None:
    path = tmp_path / "shift.csv"
    path.write_text("sequence,vin,model,options\n" + "".join(f"{i + 1},{VINS[i]},sedan,\n" for i in range(2)))
    monkeypatch.setattr(commands, "terminal", lambda: screen)
    causes = [Cause.JUDGED, Cause.JUDGED]
    monkeypatch.setattr(commands, "link_to", lambda *_: None)
    monkeypatch.setattr(commands, "LineController", lambda _: Line(causes))
    assert drive_line(path, Wire.OPCUA, None, None) == ALL_JUDGED
    causes[1] = other
    with pytest.raises(StationFault, match="not every car was judged"):
        drive_line(path, Wire.OPCUA, None, None)
    assert VINS[1] in text_of(screen)


def test_records_lie_in_the_folder_or_in_the_database_that_was_named(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="there is no psycopg here: pip install 'linewalker[postgresql]'")
    RunOptions(folder=tmp_path).place_records()
    assert list(tmp_path.iterdir()) == []
    RunOptions(folder=tmp_path, records="postgresql://line@db.plant/station_7").place_records()
    assert "db.plant/station_7" in (tmp_path / URL_FILE).read_text(encoding="utf-8")
    with pytest.raises(InputError, match="elsewhere"):
        RunOptions(folder=tmp_path, records="postgresql://line@db.plant/station_8").place_records()
