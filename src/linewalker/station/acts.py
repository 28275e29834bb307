"""What operators do at a screen beside the robot: written down line by line, and heard by whatever works the robot.

The file in the run folder is journal and mailbox in one: ``{"at": ..., "who": ..., "role": ..., "from": ...,
"what": ..., ...}``, a line each, appended whole. It outlives the runs in the folder. A screen writes; a station reads
what came after it began.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from linewalker.errors import StorageFault
from linewalker.station.run_folder import ACTS_FILE

_EVERY_TICKS = 25
_LONGEST_TEXT = 200


class Act(StrEnum):
    """What an operator does.

    A stop is the robot's safe stop: it comes to a stable stand and holds until the line resets. An acknowledgement says
    that somebody has seen a stop or a fault; it releases nothing. An approval gives leave to a proposal.
    """

    STOP = "stop"
    ACKNOWLEDGE = "acknowledge"
    APPROVE = "approve"
    REJECT = "reject"


def write_act(folder: Path, act: Act, *, who: str, role: str, host: str, **more: str) -> dict[str, str]:
    """Write one down, on disk before this returns; returns the line.

    Raises:
        StorageFault: it can not be written: then it is not done.
    """
    at = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
    line = {"at": at, "who": who, "role": role, "from": host, "what": act.value, **more}
    line = {name: text[:_LONGEST_TEXT] for name, text in line.items()}
    try:
        descriptor = os.open(folder / ACTS_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, json.dumps(line, ensure_ascii=False).encode() + b"\n")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StorageFault(f"{folder / ACTS_FILE} can not be written: {error.strerror}") from None
    return line


def read_acts(folder: Path, after: int = 0) -> tuple[list[dict[str, Any]], int]:
    """Whole lines from a place in the file on, and where they end; what is no such line is left out."""
    try:
        with open(folder / ACTS_FILE, "rb") as stream:
            stream.seek(after)
            content = stream.read()
    except OSError:
        return [], after
    end = content.rfind(b"\n") + 1
    return list(_lines(content[:end])), after + end


def _lines(content: bytes) -> Iterator[dict[str, Any]]:
    for text in content.decode("utf-8", "replace").splitlines():
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if isinstance(line, dict) and isinstance(line.get("what"), str) and isinstance(line.get("at"), str):
            yield line


class Stoppable(Protocol):
    """What can be stopped: a `SafeMotion`."""

    def request_stop(self, why: str = "") -> None:
        """Come to a stable stand, and hold."""


class ActsHeard:
    """Hears, from tick to tick, what operators want of a robot that works in a folder.

    Args:
        folder: of the run; what was written there before is not heard.
        motion: what is stopped.
    """

    def __init__(self, folder: Path, motion: Stoppable):
        self._folder, self._path, self._motion = folder, folder / ACTS_FILE, motion
        self._end, self._ticks = self._size(), 0

    def tick(self) -> None:
        """Now and then look whether the file has grown; that costs microseconds."""
        self._ticks += 1
        if self._ticks % _EVERY_TICKS or self._size() <= self._end:
            return
        acts, self._end = read_acts(self._folder, self._end)
        for act in acts:
            if act["what"] == Act.STOP:
                self._motion.request_stop(f"asked for at the console by {act.get('who', '?')}")

    def _size(self) -> int:
        try:
            return os.stat(self._path).st_size
        except OSError:
            return 0
