"""The journal of a station: what was decided and why, entry by entry, in a file that only grows.

One entry is one line of JSON, on disk before the decision is carried out. A program that dies in the middle of a line
leaves one that nobody reads; whoever opens the journal next begins a new line after it. Ids count on and are never
given twice, so that an answer can cite them.
"""

from __future__ import annotations

import datetime
import json
import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from linewalker.errors import InputError
from linewalker.inspection.title import Title
from linewalker.wholefile import append

Detail = str | int | float | bool | None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that happened, or was decided.

    Attributes:
        number: counts the entries of one journal, from 1.
        time_s: robot time.
        at: when it was written: UTC, ISO 8601; for people, no logic looks at it.
        code: what it is, for machines, such as ``visit_skipped``.
        text: what it is and why, for people.
        about: what it concerns, by name: ``vin``, ``order``, ``visit``, ``characteristics``, ``cause`` and the like.
    """

    number: int
    time_s: float
    at: str
    code: str
    text: Title
    about: Mapping[str, Detail] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.number < 1 or not self.code or not math.isfinite(self.time_s):
            raise ValueError(f"an entry has a number from 1, a time and a code; got {self.number}, {self.time_s}")

    @property
    def id(self) -> str:
        """Under which an answer cites it: ``J12``."""
        return f"J{self.number}"

    def document(self) -> dict[str, Any]:
        """As it stands in the file."""
        return {
            "number": self.number,
            "time_s": round(self.time_s, 3),
            "at": self.at,
            "code": self.code,
            "zh": self.text.zh,
            "en": self.text.en,
            "about": dict(self.about),
        }

    @classmethod
    def of_document(cls, document: Mapping[str, Any]) -> Entry:
        """The entry that `document` gave."""
        return cls(
            number=document["number"],
            time_s=document["time_s"],
            at=document["at"],
            code=document["code"],
            text=Title(zh=document["zh"], en=document["en"]),
            about=dict(document["about"]),
        )


def read_journal(path: Path) -> tuple[Entry, ...]:
    """All whole entries of a journal; none where there is no file.

    Raises:
        InputError: the file can not be read.
    """
    try:
        lines = path.read_bytes().split(b"\n") if path.exists() else []
    except OSError as error:
        raise InputError(f"can not be read: {error.strerror}", file=path) from None
    return tuple(entry for line in lines if (entry := _read(line)) is not None)


def _read(line: bytes) -> Entry | None:
    """None for what somebody was writing when the power failed."""
    try:
        return Entry.of_document(json.loads(line))
    except (ValueError, KeyError, TypeError):
        return None


class Journal:
    """Writes a journal; any thread may. One program writes to a file at a time (`station.run_folder.lease`)."""

    def __init__(self, path: Path):
        """
        Raises:
            InputError: what is there can not be read.
            StorageFault: it can not be written.
        """
        self.path = path
        self._lock = threading.Lock()
        self._number = max((entry.number for entry in read_journal(path)), default=0)
        self._torn = not _ends_with_a_line(path)
        append(path, b"")

    def write(self, code: str, text: Title, time_s: float, **about: Detail) -> Entry:
        """Add an entry; it is on disk when this returns.

        Args:
            code, text, time_s, about: see `Entry`.

        Raises:
            StorageFault: the disk does not take it.
        """
        with self._lock:
            at = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
            entry = Entry(number=self._number + 1, time_s=time_s, at=at, code=code, text=text, about=about)
            line = json.dumps(entry.document(), ensure_ascii=False, allow_nan=False).encode() + b"\n"
            before, self._torn = b"\n" if self._torn else b"", True
            append(self.path, before + line)
            self._number, self._torn = entry.number, False
        return entry


def _ends_with_a_line(path: Path) -> bool:
    content = path.read_bytes() if path.exists() else b""
    return not content or content.endswith(b"\n")
