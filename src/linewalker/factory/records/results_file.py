"""results.json, whole at every moment, at a cost per car that does not grow with the shift.

There are two copies: the one that is read, and a spare that nobody sees and that lacks the last change. A change goes
into the spare, where every car has a line of its own with room to grow in; when it is on disk, the spare takes the
name, and what had it is the next spare. So a file that has the name is never written to. A copy that somebody still
reads is left to him (a lease, fcntl(2), tells), and a new spare is copied.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self

from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.car_lines import CARS, CHARACTERISTICS, CarLine, Tally, json_text
from linewalker.factory.records.results import DOCUMENT_FORMAT, NOT_INSPECTED, RunHeader
from linewalker.inspection.verdict import Verdict
from linewalker.wholefile import stored, sync_folder, whole

_GREATEST = 10**10
_END = b" ]}\n"
_ROOM_FOR_ALL, _ROOM_FOR_EACH = 600, 160
"""Bytes that a car, and each of its characteristics, may grow by when they are judged; where that is too little, the
file is written anew with twice as much."""

Change = tuple[int, bytes]
"""Where in the file, and what stands there now."""


class Source(Protocol):
    """Where the cars come from."""

    @property
    def header(self) -> RunHeader:
        """What the shift is worked with."""

    def lines(self, order: BuildOrder | None = None) -> Iterable[CarLine]:
        """Every car, or one."""


@dataclass
class _Slot:
    """A car's place: from where, how many bytes, and what it adds to the summary."""

    begin: int
    size: int
    tally: Tally


class ResultsFile:
    """results.json of a run; a context manager, for the one who works there: in it `update` may be called.

    All raise StorageFault if the disk does not take it; the file that is there stays whole.
    """

    def __init__(self, path: Path, source: Source):
        self._path, self._source = path, source
        self._next, self._old = _spares(path)
        self._slots: dict[tuple[str, int], _Slot] = {}
        self._total: Tally = Counter()
        self._summary_at = self._end = 0
        self._generosity = 1
        self._live: IO[bytes] | None = None
        self._spare: IO[bytes] | None = None
        self._missing: list[Change] = []

    def __enter__(self) -> Self:
        self._forget()
        self._write(self._generosity)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._forget()

    def write(self) -> None:
        """The whole file anew, with nothing in it but what has to be; cars as they are on record now."""
        self._write(0)

    def update(self, order: BuildOrder) -> None:
        """What is on record of one car now."""
        (line,) = self._source.lines(order)
        changes = self._changes(line) if self._still_ours() else None
        if changes is None:
            self._forget()
            self._write(self._generosity)
            return
        try:
            with stored(self._path), self._spare_to_write() as spare:
                for place, data in (*self._missing, *changes):
                    spare.seek(place)
                    spare.write(data)
                spare.flush()
                os.fsync(spare.fileno())
                self._swap(spare)
        except BaseException:
            self._forget()
            raise
        self._missing = changes

    # ------------------------------------------------------------------ the whole file
    def _write(self, generosity: int) -> None:
        """Every line with room for so many times what it may grow by."""
        self._close()
        self._slots, self._total = {}, Counter()
        with stored(self._path), whole(self._path) as stream:
            head = f'{{"format": "{DOCUMENT_FORMAT}",\n "shift": {json_text(vars(self._source.header))},\n "summary": '
            stream.write(head.encode())
            self._summary_at = stream.tell()
            stream.write(b" " * _SUMMARY_BYTES + b',\n "cars": [\n')
            self._end = stream.tell()
            for line in self._source.lines():
                for _, data in self._placed(line, generosity):
                    stream.write(data)
            stream.write(_END)
            stream.seek(self._summary_at)
            stream.write(self._summary())
        self._live = self._path.open("r+b", buffering=0) if generosity else None

    def _placed(self, line: CarLine, generosity: int) -> Iterator[Change]:
        """A new line, at the end."""
        data = line.text.encode()
        room = 0 if line.settled else generosity * (_ROOM_FOR_ALL + _ROOM_FOR_EACH * line.characteristics)
        before = b", " if self._slots else b"  "
        slot = _Slot(begin=self._end + len(before), size=len(data) + room, tally=line.tally)
        yield self._end, before + data.ljust(slot.size) + b"\n"
        self._slots[line.vin, line.sequence] = slot
        self._total += line.tally
        self._end = slot.begin + slot.size + 1

    def _summary(self) -> bytes:
        return _summary_text(self._total).ljust(_SUMMARY_BYTES)

    # ------------------------------------------------------------------ one car
    def _changes(self, line: CarLine) -> list[Change] | None:
        """What is to be written for one car; None if it has not room enough, and is given more."""
        slot, data = self._slots.get((line.vin, line.sequence)), line.text.encode()
        if slot is None:
            changes = [*self._placed(line, self._generosity), (self._end, _END)]
        elif len(data) > slot.size:
            self._generosity *= 2
            return None
        else:
            self._total.subtract(slot.tally)
            self._total.update(line.tally)
            slot.tally = line.tally
            changes = [(slot.begin, data.ljust(slot.size))]
        return [*changes, (self._summary_at, self._summary())]

    def _still_ours(self) -> bool:
        """Whether what has the name is what was written here; another program may have written it anew."""
        if self._live is None:
            return False
        try:
            return os.path.samestat(os.stat(self._path), os.fstat(self._live.fileno()))
        except FileNotFoundError:
            return False

    @contextmanager
    def _spare_to_write(self) -> Iterator[IO[bytes]]:
        """The spare, which nobody reads; a new one if there is none, or somebody does."""
        spare = self._spare
        if spare is None or not _leased(spare):
            self._next.unlink(missing_ok=True)
            if spare is not None:
                spare.close()
            shutil.copy(self._path, self._next)
            self._spare = spare = self._next.open("r+b", buffering=0)
            self._missing = []
            yield spare
            return
        try:
            yield spare
        finally:
            fcntl.fcntl(spare, fcntl.F_SETLEASE, fcntl.F_UNLCK)

    def _swap(self, spare: IO[bytes]) -> None:
        """The spare takes the name; what had it becomes the spare, where the file system allows two names."""
        self._old.unlink(missing_ok=True)
        with suppress(OSError):
            os.link(self._path, self._old)
        os.replace(self._next, self._path)
        kept = self._live
        if self._old.exists():
            os.replace(self._old, self._next)
        elif kept is not None:
            kept.close()
            kept = None
        self._live, self._spare = spare, kept
        sync_folder(self._path.parent)

    def _forget(self) -> None:
        """Nothing is left beside the file, of us or of one that was killed; the next update begins anew."""
        self._close()
        remove_spares(self._path)

    def _close(self) -> None:
        for stream in (self._live, self._spare):
            if stream is not None:
                stream.close()
        self._live = self._spare = None
        self._missing = []


def _spares(path: Path) -> tuple[Path, Path]:
    """The names of the spare, and of what has the name while the two change places."""
    return path.with_name(f".{path.name}.next"), path.with_name(f".{path.name}.old")


def remove_spares(path: Path) -> None:
    """What a program that was killed left beside a results.json that nobody works on."""
    for spare in _spares(path):
        with suppress(OSError):
            spare.unlink(missing_ok=True)


def _leased(spare: IO[bytes]) -> bool:
    """Take the lease of a file that nobody else has open; who opens it meanwhile waits, and nobody is killed for it."""
    try:
        fcntl.fcntl(spare, fcntl.F_SETSIG, signal.SIGURG)  # else whoever opens it ends us: SIGIO
        fcntl.fcntl(spare, fcntl.F_SETLEASE, fcntl.F_WRLCK)
    except OSError:  # somebody reads it, or this file system has no leases
        return False
    return True


def _summary_text(total: Tally) -> bytes:
    names = (*Verdict.__members__, NOT_INSPECTED)
    counted = {what: {name: total[what, name] for name in names} for what in (CARS, CHARACTERISTICS)}
    return json_text({what: {"total": sum(found.values()), **found} for what, found in counted.items()}).encode()


_SUMMARY_BYTES = len(_summary_text(Counter({(CARS, Verdict.OK.name): _GREATEST}))) + 10 * 8
