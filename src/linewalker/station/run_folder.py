"""The folder of a run: the names in it, and who may work there."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from linewalker.errors import InputError
from linewalker.factory.records.archive import attempts_in
from linewalker.factory.records.database import URL_FILE, are_there

RECORDS_FILE, RESULTS_FILE, EVIDENCE = "records.sqlite", "results.json", "evidence"
JOURNAL_FILE = "journal.jsonl"
"""What was decided while a shift was worked, and why."""
AUDIT_FILE = "audit.jsonl"
"""Who did what over the line's wire, and who deleted cars or gave them pseudonyms, and why; it outlives the runs."""
ACTS_FILE = "acts.jsonl"
"""What operators did at the console; it outlives the runs."""
REPORT_FILE, REPORT_TABLE_FILE, LOCK_FILE = "report.html", "report.csv", ".in-use"
MOTION = "motion"
"""What the robot did, to be looked at again: a file for every start of a program."""
LOOKS = "looks"
"""Pictures that somebody asked for."""
OUTBOX_FILE = "outbox.sqlite"
"""How far results are on their way to others."""
ORDERS_FILE = "orders.sqlite"
"""What a plant system announced of the cars that will come."""
PROPOSALS_FILE = "proposals.sqlite"
"""What others asked the robot to do, and who gave leave; it outlives the runs in the folder."""
TRUTH_FILE = "truth.json"
"""Simulated runs only: the true answers, for scoring."""
_NO_LOCKS_HERE = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS})


@contextmanager
def sole_lease(folder: Path) -> Iterator[None]:
    """`lease`, or nothing.

    Raises:
        InputError: another program is at work there.
    """
    with lease(folder) as alone:
        if not alone:
            raise InputError("a station is at work in this folder; end it, or choose another with --out", file=folder)
        yield


@contextmanager
def lease(folder: Path) -> Iterator[bool]:
    """Hold a folder for oneself as long as the block lasts: False if a program holds it already.

    The kernel takes the lease back when its holder dies, however that comes; so a folder that is free, with a job in
    its records that runs, is one whose program was killed.

    Raises:
        InputError: the folder can not be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise InputError(f"can not be written: {error.strerror}", file=folder) from None
    try:
        yield _locked(descriptor)
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS_HERE:
            raise
    return True


def evidence_folder(folder: Path, vin: str, sequence: int, attempt: int) -> Path:
    """Where the pictures of one attempt at a job go; no two attempts share one, so a picture stays its verdict's."""
    return folder / EVIDENCE / vin / f"{sequence}-{attempt}"


def clear_folder(folder: Path) -> None:
    """Make the folder, and take away what a former run left in it; what others put there is left alone.

    Raises:
        InputError: it can not be written, a program is at work in it, or a file of another origin is in the way.
    """
    with _a_folder_of_ours(folder):
        if (folder / LOCK_FILE).exists():
            with sole_lease(folder):
                pass
        records = folder / RECORDS_FILE
        names = (RESULTS_FILE, TRUTH_FILE, REPORT_FILE, REPORT_TABLE_FILE, JOURNAL_FILE)
        written = [folder / name for name in names]
        if are_there(records):
            _clear_evidence(folder, attempts_in(records))
        elif strange := next((path for path in written if path.exists()), None):
            raise InputError("no run left this file here; move it, or choose another folder with --out", file=strange)
        for path in (
            *written,
            *(folder / f"{RECORDS_FILE}{end}" for end in ("-wal", "-shm", "")),
            folder / URL_FILE,
            folder / OUTBOX_FILE,
            folder / ORDERS_FILE,
        ):
            path.unlink(missing_ok=True)
        clear_motion(folder)


def clear_motion(folder: Path) -> None:
    """Take away what the robot did in former runs."""
    shutil.rmtree(folder / MOTION, ignore_errors=True)


def _clear_evidence(folder: Path, attempts: Iterable[tuple[str, int, int]]) -> None:
    for attempt in attempts:
        pictures = evidence_folder(folder, *attempt)
        shutil.rmtree(pictures, ignore_errors=True)
        for empty in (pictures.parent, folder / EVIDENCE):
            with suppress(OSError):  # somebody keeps something there
                empty.rmdir()


def make_folder(folder: Path) -> None:
    """Make the folder, if it is not there, and leave alone what is in it.

    Raises:
        InputError: it can not be made.
    """
    with _a_folder_of_ours(folder):
        pass


@contextmanager
def _a_folder_of_ours(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except (OSError, ValueError) as error:  # a ValueError: the path has a NUL in it
        why = error.strerror if isinstance(error, OSError) else error
        problem = f"can not be written: {why}; choose another folder with --out"
        raise InputError(problem, file=folder) from None
