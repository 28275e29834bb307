"""All measurements of all runs as columns, so that a question about a year is answered in a moment.

A file that has grown is read from where it was read to last; one in which something was deleted, or that another one
has taken the place of, is read anew. Nobody waits for that: he is told what there was, or how far the reading is.
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
    Measurements,
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
_Part = tuple[NDArray[Any], ...]
_KINDS = (np.int32, np.int32, np.float64, np.float64, np.float32, np.float64, np.float64, np.int8, np.int8)
"""Of the columns of a part, in the order in which `Columns` begins."""


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


class StillReading(Exception):
    """Nothing is known yet.

    Attributes:
        cars: read so far.
    """

    def __init__(self, cars: int):
        super().__init__(f"the records are being read, {cars} cars so far; ask again in a second")
        self.cars = cars


class HistoryIndex:
    """See the module. Any thread may ask; one reads at a time.

    Args:
        library: the runs.
    """

    def __init__(self, library: Library):
        self._library, self._lock = library, threading.Lock()
        self._files: dict[Path, _File] = {}
        self._columns: Columns | None = None

    def columns(self, patience_s: float = -1.0) -> Columns:
        """All there is at the moment.

        Args:
            patience_s: how long to wait for whoever reads; below 0: until he is done.

        Raises:
            StillReading: somebody reads for the first time, and is not done.
        """
        if not self._lock.acquire(timeout=patience_s if patience_s >= 0.0 else -1.0):
            if self._columns is None:
                raise StillReading(sum(len(file.cars) for file in list(self._files.values())))
            return self._columns
        try:
            self._columns = self._refreshed()
            return self._columns
        finally:
            self._lock.release()

    def _refreshed(self) -> Columns:
        changed = False
        folders = self._library.folders()
        for gone in set(self._files) - set(folders.values()):
            del self._files[gone]
            changed = True
        for name, folder in folders.items():
            file = self._files.setdefault(folder, _File(folder / RECORDS_FILE, name))
            changed |= file.refresh()
        return _joined(list(self._files.values())) if changed or self._columns is None else self._columns


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
        self.parts: list[_Part] = []
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

    def _take(self, part: Measurements) -> None:
        at_s = np.array([seconds_of(car.at) for car in part.cars])
        models = [car.model for car in part.cars]
        key = [self.keys.setdefault((models[i], name), len(self.keys)) for i, name in zip(part.car.tolist(), part.id)]
        reason = np.array([_REASON[name] for name in part.reason], int)
        numbers = part.value, part.uncertainty, part.lower, part.upper
        job = part.car + len(self.cars)
        columns: _Part = (job, np.array(key, int), at_s[part.car], *numbers, part.verdict, reason)
        self.parts.append(tuple(column.astype(kind) for column, kind in zip(columns, _KINDS, strict=True)))
        self.cars += [(f"{self.name}:{car.run}", car.sequence, car.vin) for car in part.cars]
        self._last = part.cars[-1].job_id


def _joined(files: list[_File]) -> Columns:
    cars: list[tuple[str, int, str]] = []
    keys: dict[Key, int] = {}
    parts: list[_Part] = [tuple(np.zeros(0, kind) for kind in _KINDS)]
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


def seconds_of(at: str) -> float:
    """Of a time in the records: seconds since 1970."""
    found = datetime.datetime.fromisoformat(at)
    return (found if found.tzinfo else found.replace(tzinfo=datetime.UTC)).timestamp()
