"""The runs in some folders, as they are at the moment; nothing is written there, and a station may be at work."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from linewalker.errors import InputError
from linewalker.factory.records.archive import ArchivedRun, RunSummary, read_run, read_summaries
from linewalker.factory.records.database import are_there, signature_of
from linewalker.station.history import folder_names
from linewalker.station.motion.motion_file import MotionReader, motion_files
from linewalker.station.run_folder import MOTION, RECORDS_FILE

_DEEPEST = 2


@dataclass(frozen=True, kw_only=True)
class RunEntry:
    """One run.

    Attributes:
        id: ``NAME:NUMBER``, with the name of the folder; the same after a restart.
        folder: where it lies.
        number: in the records of the folder; 0: a motion without records.
        summary: what the records say in short; None without records.
        bridges: it is a recorded one, shown as long as there is no other.
    """

    id: str
    folder: Path
    number: int
    summary: RunSummary | None
    bridges: bool = False

    @property
    def records(self) -> Path:
        """The file of the records."""
        return self.folder / RECORDS_FILE


class UnknownRun(Exception):
    """There is no such run, motion or file here."""


class Library:
    """See the module. Any thread may ask.

    Args:
        folders: of runs, or folders with such in them.
        bridge: of a recorded run that is shown as long as nothing has moved in the others.
    """

    def __init__(self, folders: Sequence[Path], bridge: Path | None = None):
        self._given, self._bridge = tuple(folders), bridge
        self._lock = threading.Lock()
        self._summaries: dict[Path, tuple[Any, tuple[RunSummary, ...]]] = {}
        self._readers: dict[Path, MotionReader] = {}

    def folders(self) -> dict[str, Path]:
        """The folders that have something in them, by the names they are called by."""
        found = list(dict.fromkeys(place.resolve() for given in self._given for place in _run_folders(given)))
        return dict(zip(folder_names(found), found)) if found else {}

    def runs(self) -> list[RunEntry]:
        """Every run, oldest first."""
        entries = [entry for name, folder in self.folders().items() for entry in self._runs_in(name, folder)]
        if self._bridge is not None and not any(self._has_moved(entry) for entry in entries):
            return list(self._bridges())
        return sorted(entries, key=lambda entry: (entry.summary.opened_at if entry.summary else "", entry.id))

    def run(self, name: str) -> RunEntry:
        """One of them.

        Raises:
            UnknownRun: there is none of that name.
        """
        for entry in self._bridges():
            if entry.id == name:
                return entry
        of_folder, _, _ = name.rpartition(":")
        folder = self.folders().get(of_folder)
        for entry in () if folder is None else self._runs_in(of_folder, folder):
            if entry.id == name:
                return entry
        raise UnknownRun(f"there is no run {name!r}")

    def archived(self, entry: RunEntry) -> ArchivedRun | None:
        """All that the records say of a run; None without records."""
        return read_run(entry.records, entry.number) if entry.summary is not None else None

    def motions(self, entry: RunEntry) -> dict[str, MotionReader]:
        """What was recorded of a run, by name, in the order of its starts; up to date."""
        found = {path.stem: self._reader(path) for path in motion_files(entry.folder / MOTION)}
        return {name: reader for name, reader in found.items() if reader and reader.header.run == entry.number}

    def motion(self, entry: RunEntry, name: str) -> MotionReader:
        """One of them.

        Raises:
            UnknownRun: there is none of that name.
        """
        reader = self.motions(entry).get(name)
        if reader is None:
            raise UnknownRun(f"run {entry.id} has no motion {name!r}")
        return reader

    def _bridges(self) -> Iterator[RunEntry]:
        if self._bridge is not None:
            for entry in self._runs_in(self._bridge.name, self._bridge):
                yield replace(entry, bridges=True)

    def _has_moved(self, entry: RunEntry) -> bool:
        """Whether a car was there."""
        return any(moment["what"] == "car" for one in self.motions(entry).values() for _, moment in one.moments)

    def _runs_in(self, name: str, folder: Path) -> Iterator[RunEntry]:
        summaries = self._summaries_of(folder)
        for summary in summaries:
            yield RunEntry(id=f"{name}:{summary.number}", folder=folder, number=summary.number, summary=summary)
        if not summaries and motion_files(folder / MOTION):
            yield RunEntry(id=f"{name}:0", folder=folder, number=0, summary=None)

    def _summaries_of(self, folder: Path) -> tuple[RunSummary, ...]:
        file = folder / RECORDS_FILE
        if not are_there(file):
            return ()
        signature = signature_of(file)
        with self._lock:
            known = self._summaries.get(file)
        if known is None or known[0] != signature:
            try:
                known = (signature, read_summaries(file))
            except InputError:  # records of another version or program are no runs that can be shown
                known = (signature, ())
            with self._lock:
                self._summaries[file] = known
        return known[1]

    def _reader(self, path: Path) -> MotionReader | None:
        with self._lock:
            reader = self._readers.get(path)
            try:
                if reader is None or not reader.same_file:
                    reader = self._readers[path] = MotionReader(path)
                else:
                    reader.refresh()
            except (InputError, OSError):  # as yet without a header, or gone meanwhile
                self._readers.pop(path, None)
                return None
            return reader


def _run_folders(folder: Path, depth: int = 0) -> Iterable[Path]:
    """The folder itself if there is a run in it, else those below."""
    if are_there(folder / RECORDS_FILE) or (folder / MOTION).is_dir():
        return [folder]
    if depth == _DEEPEST:
        return []
    try:
        below = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError:
        return []
    return [found for path in below for found in _run_folders(path, depth + 1)]
