"""All measurements of all runs as columns, so that a question about a year is answered in a moment.

A file that has grown is read from where it was read to last; one in which something was deleted, or that another one
has taken the place of, is read anew.
"""

from __future__ import annotations

import datetime
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linewalker.console.web.library import Library
from linewalker.factory.records.database import are_there, signature_of
from linewalker.factory.records.measurements import (
    Described,
    Happened,
    Measurement,
    fingerprint,
    read_described,
    read_happened,
    read_measurements,
)
from linewalker.inspection.verdict import Reason
from linewalker.station.run_folder import RECORDS_FILE

REASONS = tuple(reason.value for reason in Reason)
_REASON = {name: number for number, name in enumerate(REASONS)}
Key = tuple[str, str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Columns:
    """Measurements, a row each, in the order in which they were committed.

    Attributes:
        job: index into ``cars``.
        key: index into ``keys``.
        at_s: seconds since 1970, UTC.
        value, uncertainty, lower, upper: NaN where there is no number.
        verdict: as `Verdict`.
        reason: index into `REASONS`.
        cars: run id, sequence, VIN.
        keys: model and characteristic.
        happened: what happened besides, in any attempt.
        answers: what was reckoned of them, by what was asked.
    """

    job: NDArray[np.int32]
    key: NDArray[np.int32]
    at_s: NDArray[np.float64]
    value: NDArray[np.float64]
    uncertainty: NDArray[np.float32]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    verdict: NDArray[np.int8]
    reason: NDArray[np.int8]
    cars: list[tuple[str, int, str]]
    keys: list[Key]
    described: dict[Key, Described]
    happened: list[Happened]
    rows_of: dict[int, NDArray[np.int64]] = field(default_factory=dict)
    answers: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def of_key(self, key: Key) -> NDArray[np.int64]:
        """Rows of one characteristic of one model, in their order in time."""
        return (
            self.rows_of.get(self.keys.index(key), np.zeros(0, np.int64)) if key in self.keys else np.zeros(0, np.int64)
        )


class HistoryIndex:
    """See the module. Any thread may ask; one reads at a time.

    Args:
        library: the runs.
    """

    def __init__(self, library: Library):
        self._library, self._lock = library, threading.Lock()
        self._files: dict[Path, _File] = {}
        self._columns: Columns | None = None

    def columns(self) -> Columns:
        """All there is at the moment."""
        with self._lock:
            changed = False
            folders = self._library.folders()
            for gone in set(self._files) - set(folders.values()):
                del self._files[gone]
                changed = True
            for name, folder in folders.items():
                file = self._files.setdefault(folder, _File(folder / RECORDS_FILE, name))
                changed |= file.refresh()
            if changed or self._columns is None:
                self._columns = _joined(list(self._files.values()))
            return self._columns


class _File:
    """What was read of one records file: columns, whose jobs and keys are counted within the file."""

    def __init__(self, path: Path, name: str):
        self.path, self.name = path, name
        self._signature: tuple[Any, ...] | None = None
        self._known: tuple[Any, ...] = ()
        self._forget()

    def _forget(self) -> None:
        self._last = 0
        self.cars: list[tuple[str, int, str]] = []
        self.keys: dict[Key, int] = {}
        self.parts: list[tuple[NDArray[Any], ...]] = []
        self.described: list[Described] = []
        self.happened: list[Happened] = []

    def refresh(self) -> bool:
        """Take up what is new; returns whether anything is."""
        if not are_there(self.path):
            return False
        signature = signature_of(self.path)
        if signature == self._signature:
            return False
        self._signature, before, known = signature, len(self.parts), self._known
        if fingerprint(self.path, self._last) != known:
            self._forget()
        for part in read_measurements(self.path, after=self._last):
            self._take(part)
        self._known = fingerprint(self.path, self._last)
        happened, self.happened = self.happened, read_happened(self.path)
        if self._known == known and len(self.parts) == before:
            return self.happened != happened
        self.described = read_described(self.path)
        return True

    def _take(self, part: list[Measurement]) -> None:
        job, key = np.empty(len(part), np.int32), np.empty(len(part), np.int32)
        for i, row in enumerate(part):
            if row.job_id != self._last:
                self._last = row.job_id
                self.cars.append((f"{self.name}:{row.run}", row.sequence, row.vin))
            job[i] = len(self.cars) - 1
            key[i] = self.keys.setdefault((row.model, row.id), len(self.keys))
        self.parts.append((job, key, *_numbers(part)))


def _joined(files: list[_File]) -> Columns:
    cars: list[tuple[str, int, str]] = []
    keys: dict[Key, int] = {}
    parts = [(np.zeros(0, np.int32), np.zeros(0, np.int32), *_numbers([]))]
    for file in files:
        key_of = np.array([keys.setdefault(key, len(keys)) for key in file.keys], np.int32)
        parts += [(job + np.int32(len(cars)), key_of[key], *rest) for job, key, *rest in file.parts]
        cars += file.cars
    job, key, at_s, value, uncertainty, lower, upper, verdict, reason = map(np.concatenate, zip(*parts))
    order = np.lexsort((job, at_s, key))
    bounds = np.searchsorted(key[order], np.arange(len(keys) + 1))
    return Columns(
        job=job,
        key=key,
        at_s=at_s,
        value=value,
        uncertainty=uncertainty,
        lower=lower,
        upper=upper,
        verdict=verdict,
        reason=reason,
        cars=cars,
        keys=list(keys),
        happened=[one for file in files for one in file.happened],
        described={(one.model, one.id): one for file in files for one in file.described},
        rows_of={k: order[bounds[k] : bounds[k + 1]] for k in range(len(keys))},
    )


def _numbers(part: list[Measurement]) -> tuple[NDArray, ...]:
    """Times, numbers, verdicts and reasons of some rows."""
    times: dict[str, float] = {row.at: seconds_of(row.at) for row in part}
    numbers = np.array([row[7:11] for row in part], float).reshape(-1, 4)  # None becomes NaN
    return (
        np.array([times[row.at] for row in part], float),
        numbers[:, 0],
        numbers[:, 1].astype(np.float32),
        numbers[:, 2],
        numbers[:, 3],
        np.array([row.verdict for row in part], np.int8),
        np.array([_REASON[row.reason] for row in part], np.int8),
    )


def seconds_of(at: str) -> float:
    """Of a time in the records: seconds since 1970."""
    found = datetime.datetime.fromisoformat(at)
    return (found if found.tzinfo else found.replace(tzinfo=datetime.UTC)).timestamp()
