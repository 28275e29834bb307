"""Who is connected to a fieldbus server. Nobody is kept out by others who only hold their connections."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from linewalker.factory.handshake.write_lease import Writer

MOST_CALLERS = 16


@dataclass
class _Caller:
    hang_up: Callable[[], object]
    heard_s: float


class Callers:
    """The connections there are. When one too many comes, the one that was silent longest is closed.

    Args:
        speaker: the session that speaks for the line, which is never closed for another.
        clock: seconds that never go back.
    """

    def __init__(self, speaker: Callable[[], int | None], clock: Callable[[], float] = time.monotonic):
        self._speaker, self._clock = speaker, clock
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._callers: dict[int, _Caller] = {}

    def __bool__(self) -> bool:
        return bool(self._callers)

    def comes(self, host: str, port: int, hang_up: Callable[[], object]) -> Writer:
        """Somebody connected.

        Args:
            host, port: of the other end; a line is known again by its host.
            hang_up: closes the connection, from any thread.
        """
        session, dropped = next(self._numbers), None
        speaker = self._speaker()
        with self._lock:
            if len(self._callers) >= MOST_CALLERS:
                others = [number for number in self._callers if number != speaker]
                dropped = self._callers.pop(min(others, key=lambda number: self._callers[number].heard_s))
            self._callers[session] = _Caller(hang_up=hang_up, heard_s=self._clock())
        if dropped is not None:
            dropped.hang_up()
        return Writer(session=session, identity=host.encode(), name=f"{host}:{port}")

    def heard(self, session: int) -> None:
        """A connection asked for something."""
        with self._lock:
            if caller := self._callers.get(session):
                caller.heard_s = self._clock()

    def goes(self, session: int) -> None:
        """A connection ended."""
        with self._lock:
            self._callers.pop(session, None)

    def hang_up(self) -> None:
        """Close all of them."""
        with self._lock:
            callers, self._callers = list(self._callers.values()), {}
        for caller in callers:
            caller.hang_up()
