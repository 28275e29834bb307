"""The states of a stop made for a machine that falls when its power is cut, and what leads from one to the next.

    RUNNING --cause--> STOPPING --held--> HOLDING --on request--> LOWERING --low and still--> TORQUE_OFF
                           ^--had to step---'  '--acknowledged, causes gone--> RUNNING
    a fall leads from anywhere but TORQUE_OFF to FALLEN

No state is entered because it was asked for or because some time has passed: each is confirmed by what was measured.
Nothing here knows a robot; `SafeMotion` brings the evidence and acts on the state.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from linewalker.errors import MotionRefused


class StopState(Enum):
    """How far a stop has come.

    >>> import linewalker as lw
    >>> lw.SafeMotion(lw.MotionController(lw.load_profile("g1"))).stop_state is lw.StopState.RUNNING
    True
    """

    RUNNING = "commands are followed"
    STOPPING = "coming to a stand on two feet"
    HOLDING = "stands still on two loaded feet"
    LOWERING = "squats down as low as it can stably go"
    TORQUE_OFF = "low and still; the drives only damp"
    FALLEN = "fell; the drives only damp"


class StopCause(Enum):
    """What calls for a stop.

    >>> import linewalker as lw
    >>> lw.StopCause.COMMANDS_LOST.value
    'no command was refreshed in time'
    """

    REQUEST = "a stop was requested"
    COMMANDS_LOST = "no command was refreshed in time"
    LOCALISATION_LOST = "walking to a goal without localisation"
    ESTIMATE_INCONSISTENT = "sensors and estimate contradict each other"
    READINGS_LOST = "no readings came for too long"
    CLOCK = "the readings' stamps are not robot time"
    OVERTURNING = "the body is about to overturn"
    NO_COMMAND = "the controller found no command made of numbers"
    FALL = "the robot fell"


NO_DETAILS: Mapping[StopCause, str] = MappingProxyType({})


class Evidence(NamedTuple):
    """What was measured at one tick. A tuple, for one is made at every tick.

    Attributes:
        time_s: robot time.
        causes: everything that calls for a stop now.
        details: what more is known of a cause.
        standing: both feet are meant to stand; False while the robot steps.
        held: it stands still on two loaded feet.
        low: it is as low as it can stably go, and still.
        fallen: it lies, or can not be kept from it.
    """

    time_s: float
    causes: frozenset[StopCause] = frozenset()
    details: Mapping[StopCause, str] = NO_DETAILS
    standing: bool = True
    held: bool = False
    low: bool = False
    fallen: bool = False


class StopLogic:
    """The state, latched.

    Args:
        held_s: for how long a hold must be seen before it counts.
        low_s: the same for being low.

    Attributes:
        state: how far the stop has come.
        causes: everything that called for this stop since it began; empty while running.
        details: what more is known of them.
        began_s: robot time of its trigger.
    """

    def __init__(self, *, held_s: float = 0.06, low_s: float = 0.3):
        self._held_s, self._low_s = held_s, low_s
        self.state, self.causes, self.began_s = StopState.RUNNING, frozenset[StopCause](), 0.0
        self.details: dict[StopCause, str] = {}
        self._present = frozenset[StopCause]()
        self._lower = False
        self._since_s: float | None = None

    def update(self, evidence: Evidence) -> StopState:
        """Take in one tick; returns the state."""
        self._present = evidence.causes
        if self.state in (StopState.TORQUE_OFF, StopState.FALLEN):
            return self.state
        if self.state is StopState.RUNNING and (evidence.causes or evidence.fallen):
            self.began_s = evidence.time_s
            self._enter(StopState.STOPPING)
        if self.state is not StopState.RUNNING:
            self.causes |= evidence.causes
            self.details.update(evidence.details)
        if evidence.fallen:
            self.causes |= {StopCause.FALL}
            return self._enter(StopState.FALLEN)
        return self._advance(evidence)

    def _advance(self, evidence: Evidence) -> StopState:
        if self.state is StopState.STOPPING:
            if self._lasts(evidence.held and evidence.standing, evidence.time_s, self._held_s):
                return self._enter(StopState.HOLDING)
        elif self.state in (StopState.HOLDING, StopState.LOWERING) and not evidence.standing:
            self._lower = False
            self.began_s = evidence.time_s
            return self._enter(StopState.STOPPING)
        elif self.state is StopState.HOLDING and self._lower:
            self._lower = False
            return self._enter(StopState.LOWERING)
        elif self.state is StopState.LOWERING and self._lasts(evidence.low, evidence.time_s, self._low_s):
            return self._enter(StopState.TORQUE_OFF)
        return self.state

    def lower(self) -> None:
        """Lower the robot and take its torque off as soon as it holds.

        Raises:
            MotionRefused: it runs, or it lies already.
        """
        if self.state not in (StopState.STOPPING, StopState.HOLDING, StopState.LOWERING):
            raise MotionRefused(f"only a stopped robot is lowered; this one: {self.state.value}; request a stop first")
        self._lower = self.state is not StopState.LOWERING

    def acknowledge(self) -> None:
        """Release the latch of a robot that holds and that nothing calls to a stop any more.

        Raises:
            MotionRefused: it does not hold, or a cause is still there; the message names it.
        """
        if self.state is not StopState.HOLDING:
            raise MotionRefused(f"only a robot that holds can run again; this one: {self.state.value}")
        if self._present:
            raise MotionRefused(f"it can not run again while {names_of(self._present, self.details)}")
        self.causes, self.details = frozenset(), {}
        self._lower = False
        self._enter(StopState.RUNNING)

    def require_running(self) -> None:
        """
        Raises:
            MotionRefused: the robot is stopping or stopped.
        """
        if self.state is not StopState.RUNNING:
            raise MotionRefused(
                f"stopped because {names_of(self.causes, self.details)}; acknowledge the stop before new commands"
            )

    def _enter(self, state: StopState) -> StopState:
        self.state, self._since_s = state, None
        return state

    def _lasts(self, seen: bool, now_s: float, for_s: float) -> bool:
        """Whether something has been seen at every tick for so long."""
        if not seen:
            self._since_s = None
        elif self._since_s is None or now_s < self._since_s:
            self._since_s = now_s
        return self._since_s is not None and now_s - self._since_s >= for_s - 1e-9


def names_of(causes: frozenset[StopCause], details: Mapping[StopCause, str] | None = None) -> str:
    """Causes in words, each with what more is known of it."""
    known = details if details is not None else {}
    words = {cause: cause.value + (f" ({known[cause]})" if cause in known else "") for cause in causes}
    return ", ".join(words[cause] for cause in StopCause if cause in causes)
