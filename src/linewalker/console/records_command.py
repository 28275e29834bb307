"""What ``linewalker records`` shows and writes."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from linewalker.console.summary import value_text
from linewalker.console.terminal import narrow_table, terminal
from linewalker.console.verdict_style import outcome_of, styled
from linewalker.errors import InputError
from linewalker.factory.quality.export import write_exported
from linewalker.factory.quality.inspected import inspected_cars
from linewalker.factory.records.archive import ArchivedRun, Attempt, RunSummary, read_job, read_summaries, walk
from linewalker.factory.records.backup import back_up
from linewalker.factory.records.car_lines import json_text
from linewalker.factory.records.database import are_there
from linewalker.inspection.evidence import file_name
from linewalker.messages.catalogue import say
from linewalker.station.run_folder import RECORDS_FILE


def list_runs(folders: Sequence[Path], *, as_json: bool) -> None:
    """Every run of some folders."""
    found = [(folder, summary) for folder in folders for summary in read_summaries(_file(folder))]
    if as_json:
        print(json.dumps([_run_document(folder, run) for folder, run in found], ensure_ascii=False, indent=1))
        return
    table = narrow_table(say("Runs"))
    for heading in ("folder", "run", "opened", "shift", "robot", "cars"):
        table.add_column(say(heading), overflow="fold")
    for folder, run in found:
        cars = ", ".join(f"{number} {say(state)}" for state, number in run.cars.items())
        opened = f"{datetime.datetime.fromisoformat(run.opened_at).astimezone():%Y-%m-%d %H:%M}"
        table.add_row(str(folder), str(run.number), opened, run.header.shift, run.header.robot, cars)
    terminal().print(table, markup=False)


def _run_document(folder: Path, run: RunSummary) -> dict[str, Any]:
    return {
        "folder": str(folder), "run": run.number, "opened_at": run.opened_at, **vars(run.header), "cars": dict(run.cars)
    }  # fmt: skip


def show_car(vin: str, folders: Sequence[Path], *, as_json: bool) -> None:
    """Every attempt at a car.

    Raises:
        InputError: no folder has it on record.
    """
    found = [
        (folder, run, attempt)
        for folder in folders
        for run in read_job(_file(folder), vin)
        for job in run.jobs
        for attempt in job.attempts
    ]
    if not found:
        raise InputError(f"no car with the VIN {vin} is on record in {', '.join(map(str, folders))}")
    if as_json:
        print(json.dumps([_attempt_document(*entry) for entry in found], ensure_ascii=False, indent=1))
        return
    console = terminal()
    for folder, run, attempt in found:
        _show_attempt(console, f"{folder}, {say(f'run {run.number}')}", attempt)


def _attempt_document(folder: Path, run: ArchivedRun, attempt: Attempt) -> dict[str, Any]:
    clock = attempt.clock
    return {
        "folder": str(folder), "run": run.number, "attempt": attempt.number, "job": attempt.state,
        "recorded_at": None if clock is None else clock.text, "clock": None if clock is None else clock.source.value,
        **attempt.car.document(),
    }  # fmt: skip


def _show_attempt(console: Console, where: str, attempt: Attempt) -> None:
    car, clock = attempt.car, attempt.clock
    parts = [where, say(f"attempt {attempt.number}"), say(attempt.state)]
    if clock is not None:
        parts.append(f"{clock.at.astimezone():%Y-%m-%d %H:%M:%S} ({say(f'clock {clock.source.value}')})")
    console.print(", ".join(parts), soft_wrap=True)
    console.print(f"{car.order.sequence} {car.order.vin} {car.order.model} {car.order.options_text}", markup=False)
    console.print(outcome_of(car), "" if car.interrupted is None else car.interrupted.spoken)
    table = narrow_table("")
    for heading in ("characteristic", "value", "verdict", "reason"):
        table.add_column(say(heading), overflow="fold")
    for entry in car.characteristics:
        table.add_row(entry.id, value_text(entry), styled(entry.verdict), entry.reason.title.spoken)
    console.print(table, markup=False)


def export(folders: Sequence[Path], name: str, out: Path, vin: str | None) -> None:
    """Write results in a format; what it wrote is printed, a file a line.

    Raises:
        InputError: no such format, or there is nothing to write.
        StorageFault: the disk does not take it.
    """
    written = 0
    stems: Counter[str] = Counter()
    for folder in folders:
        stem = file_name(folder.resolve().name)
        stems[stem] += 1
        stem = stem if stems[stem] == 1 else f"{stem}-{stems[stem]}"
        for path in _written(folder, name, stem, vin, out):
            print(path)
            written += 1
    if not written:
        raise InputError("there is no inspected car to export in " + ", ".join(map(str, folders)))


def _written(folder: Path, name: str, stem: str, vin: str | None, out: Path) -> list[Path]:
    file = _file(folder)
    return write_exported(lambda: inspected_cars(walk(file, vin)), name, stem, out)


def backup(folders: Sequence[Path], out: Path) -> None:
    """Copy the records of folders; what it wrote is printed, with its digest, a file a line."""
    for folder in folders:
        stamp = f"{datetime.datetime.now(datetime.UTC):%Y%m%dT%H%M%SZ}"
        target = out / f"{file_name(folder.resolve().name)}-{stamp}.sqlite"
        print(json_text({"file": str(target), "sha256": back_up(_file(folder), target)}))


def _file(folder: Path) -> Path:
    """The records of a folder.

    Raises:
        InputError: it has none.
    """
    file = folder / RECORDS_FILE
    if not are_there(file):
        raise InputError("there are no records here; is this the folder of a run?", file=file)
    return file
