"""Who may write the line's image: one session at a time, as long as its LifeCounter goes on.

Two programs that know the password must not speak for one line: the heartbeat of one would keep the other's job alive.
A session whose LifeCounter goes on holds the lease until it says goodbye. During a job, and where it did not say so,
another one takes it over when the counter has stood still: of the same identity after a moment, as a line that lost
its connection comes back; of any other only when the station has given the line up for lost.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

COMES_BACK_S = 1.5
"""Stillness after which the same line comes back in another session."""
AFTER_THE_LOSS_S = 1.0
"""Longer than the station's own patience with the LifeCounter, a stranger has to wait."""


@dataclass(frozen=True, kw_only=True)
class Writer:
    """A session that writes.

    Attributes:
        session: unlike any other's.
        identity: what the same line has again in another session: its certificate, its address.
        name: what people see.
    """

    session: int
    identity: bytes
    name: str


class WriteLease:
    """See the module.

    Args:
        life_timeout_s: how long the station bears with a LifeCounter that stands still.
        clock: seconds that never go back.

    Attributes:
        holder: who may write; None: whoever comes first.
        at_work: whether the station does, or holds a result.
    """

    at_work = False

    def __init__(self, life_timeout_s: float, clock: Callable[[], float] = time.monotonic):
        self._lost_s, self._clock = life_timeout_s + AFTER_THE_LOSS_S, clock
        self.holder: Writer | None = None
        self._life: int | None = None
        self._lived_s, self._gone = -math.inf, False

    def admits(self, writer: Writer) -> bool:
        """Whether this session may write now; one that may holds the lease from now on."""
        holder = self.holder
        if holder is None or holder.session != writer.session:
            if holder is not None and self._clock() - self._lived_s <= self._patience_s(holder, writer):
                return False
            self.holder, self._life, self._lived_s, self._gone = writer, None, -math.inf, False
        return True

    def _patience_s(self, holder: Writer, writer: Writer) -> float:
        same_line = holder.identity == writer.identity
        if self._gone and (same_line or not self.at_work):
            return -1.0
        return COMES_BACK_S if same_line else self._lost_s

    def beats(self, life_counter: int) -> None:
        """The holder has written its LifeCounter; the first value proves nothing."""
        if self._life is not None and life_counter != self._life:
            self._lived_s = self._clock()
        self._life = life_counter

    def leaves(self, session: int) -> None:
        """A session said goodbye."""
        self._gone = self._gone or (self.holder is not None and self.holder.session == session)
