"""What the answers should be, computed from rows of SQLite by other means than the answers are: the reference."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

_LEFT_OVER = ("aborted", "robot_fell", "takt_expired", "not_inspected")
OK, NOK, NOT_DECIDABLE = 1, 2, 3

Row = dict[str, Any]


def read_rows(folders: Sequence[Path]) -> tuple[list[Row], list[Row], list[Row]]:
    """The jobs that count (a row each), their characteristics with ``vin`` and the like, and all events."""
    jobs: list[Row] = []
    entries: list[Row] = []
    events: list[Row] = []
    for folder in folders:
        database = sqlite3.connect(folder / "records.sqlite")
        database.row_factory = sqlite3.Row
        attempts: dict[tuple[Any, ...], list[Row]] = {}
        for row in database.execute("SELECT * FROM jobs ORDER BY id"):
            job = {**dict(row), "folder": folder.name}
            job["entries"] = _entries(database, job["id"])
            attempts.setdefault((folder, job["shift_id"], job["vin"], job["sequence"]), []).append(job)
            happened = database.execute("SELECT * FROM events WHERE job_id = ?", (job["id"],))
            events += [{**dict(event), "vin": job["vin"]} for event in happened]
        for of_car in attempts.values():
            job, merged = _counting(of_car)
            jobs.append(job)
            whole = ("vin", "model", "options", "state", "folder")
            entries += [{**entry, **{name: job[name] for name in whole}} for entry in merged]
        database.close()
    return jobs, entries, events


def _entries(database: sqlite3.Connection, job: int) -> list[Row]:
    rows = database.execute("SELECT * FROM characteristics WHERE job_id = ? ORDER BY position", (job,))
    return [dict(row) for row in rows]


def _counting(attempts: list[Row]) -> tuple[Row, list[Row]]:
    for job in attempts:
        if job["state"] == "committed":
            return job, job["entries"]
    last = attempts[-1]
    merged = []
    for entry in last["entries"]:
        if entry["reason"] in _LEFT_OVER:
            for former in attempts[:-1]:
                for other in former["entries"]:
                    if other["id"] == entry["id"] and other["reason"] not in _LEFT_OVER:
                        entry = other
        merged.append(entry)
    return last, merged


def inspected(entries: Iterable[Row]) -> list[Row]:
    """Of cars that came, as far as the robot got if one is there now."""
    return [
        entry
        for entry in entries
        if entry["reason"] != "not_inspected" and not (entry["state"] == "running" and entry["reason"] == "aborted")
    ]


def chosen(rows: Iterable[Row], **wanted: Any) -> list[Row]:
    """Rows with these values; a value may be a test."""
    return [
        row
        for row in rows
        if all(test(row[name]) if isinstance(test, Callable) else row[name] == test for name, test in wanted.items())  # type: ignore[arg-type]
    ]


def on_side(side: str) -> Callable[[str], bool]:
    """Of a feature: whether its name has the side in it."""
    return lambda feature: side in feature


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def median(values: Sequence[float]) -> float:
    low, high = sorted(values)[(len(values) - 1) // 2], sorted(values)[len(values) // 2]
    return (low + high) / 2


def spread(values: Sequence[float]) -> float:
    middle = mean(values)
    return (sum((value - middle) ** 2 for value in values) / (len(values) - 1)) ** 0.5
