"""What is written while a robot works is written by a thread of its own: no tick waits for a disk."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Generic, TypeVar

_LOG = logging.getLogger("linewalker")
_BACKLOG = 256
_PATIENCE_S = 10.0
Sink = TypeVar("Sink")


class WriterThread(Generic[Sink]):
    """Does jobs one after the other; one that can not follow loses jobs, and says so.

    Args:
        opened: opens what is written to, on the thread, and closes it.
        what: is written, in words, for messages.

    Attributes:
        lost: jobs that found no room.
    """

    def __init__(self, opened: Callable[[], AbstractContextManager[Sink]], what: str):
        self._opened, self._what, self.lost = opened, what, 0
        self._jobs: queue.SimpleQueue[Callable[[Sink], object] | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name=what, daemon=True)
        self._thread.start()

    def put(self, job: Callable[[Sink], object]) -> None:
        """Have something written, soon; without waiting."""
        if self._closed:  # what is listened to may outlive the recording
            return
        if self._jobs.qsize() < _BACKLOG:
            self._jobs.put(job)
        else:
            self.lost += 1

    def close(self) -> None:
        """Write what is left, and end."""
        self._closed = True
        self._jobs.put(None)
        self._thread.join(_PATIENCE_S)  # a disk that hangs does not hold the end up either
        if self.lost:
            _LOG.warning("the disk was too slow for %d parts of %s; the work was not held up", self.lost, self._what)

    def _work(self) -> None:
        try:
            with self._opened() as sink:
                while (job := self._jobs.get()) is not None:
                    job(sink)
        except Exception as error:  # noqa: BLE001  whatever it is, the work goes on without
            _LOG.error("%s is not recorded from here on; the work goes on: %s", self._what, error)
            while self._jobs.get() is not None:
                pass
