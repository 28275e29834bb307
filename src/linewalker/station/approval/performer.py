"""The seam between whoever asks for goals and what carries them out: a simulated station, a real one, a fake.

A performer plans and moves; it asks nobody for leave. Leave is given in front of it: see `Assistant`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because
from linewalker.inspection.title import Title


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What goals come to, planned and proved, but not begun. Plain data, which goes through JSON unchanged.

    Attributes:
        plan: certificate, visits, durations: everything that decides over motion, as a document.
        read_back: what will be done, for a person to confirm.
    """

    plan: Mapping[str, Any]
    read_back: Title


class Phase(Enum):
    """How far what was begun has come."""

    IDLE = "idle"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    STOPPED = "stopped"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far what was begun last has come.

    Attributes:
        proposal: its id; empty before anything was begun.
        phase: as above.
        done, of: goals or visits made, and all of them.
        doing: what is done at present.
        because: of what failed, was cancelled or stopped.
    """

    proposal: str = ""
    phase: Phase = Phase.IDLE
    done: int = 0
    of: int = 0
    doing: Title | None = None
    because: Because | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How the robot stands, as it was measured last.

    Attributes:
        time_s: robot time of it.
        speed_m_s: of its base, as estimated; None if nobody knows, such as of a robot that does not answer.
        still_s: robot time for which the speed has been below that of a robot that stands.
        stop: how far a stop has come, in the words of the controller; empty if none was asked for.
    """

    time_s: float
    speed_m_s: float | None
    still_s: float = 0.0
    stop: str = ""


class Performer(Protocol):
    """Plans goals and carries them out, in a thread of its own; every method may be called from any thread."""

    @property
    def robot(self) -> str:
        """The name of the robot that would move."""

    @property
    def plan_fingerprint(self) -> str:
        """Of the inspection plan that is in force, SHA-256 in hexadecimal digits; changes with every byte of it."""

    def prepare(self, goals: Sequence[Goal]) -> Draft | Because:
        """Plan and prove; nothing moves. What can not be done is told with its reason."""

    def begin(self, proposal: str, goals: Sequence[Goal], plan: Mapping[str, Any]) -> Because | None:
        """Carry this very plan out, its certificate checked once more; returns at once.

        A robot that holds after a stop is released by it: whoever gave leave gave it after that stop.

        Returns:
            Why nothing was begun, such as a robot that works already; None if it was.
        """

    def progress(self) -> Progress:
        """How far it has come."""

    def cancel(self) -> None:
        """Break off what runs: the robot draws in its arms and stands; returns at once. Nothing runs: nothing."""

    @property
    def held(self) -> bool:
        """Whether somebody has paused it."""

    def pause(self) -> None:
        """Rest at the next instant at which that is safe, and go on when told to; returns at once."""

    def resume(self) -> None:
        """Go on with what was paused."""

    def request_stop(self) -> None:
        """Stop the robot as fast as balance allows. Never waits, never refuses; the controller takes it next tick."""

    def standing(self) -> Standing:
        """How the robot stands now."""
