"""A stop made for a machine that falls when its power is cut, around any controller.

`SafeMotion` takes the commands of the controller it wraps and is ticked like it. Whatever calls for a stop brings the
robot to a stand on two feet and latches; `stop_states` has the states and what confirms each.

    motion = SafeMotion(MotionController(profile))
    ...
    motion.request_stop()
    while not motion.reports:                  # every stop ends with one, in a hold or in a fall
        robot.act(motion.tick(robot.sense()))
    print(motion.reports[-1].stop_time_s)
    motion.acknowledge()                       # or motion.lower(), for a squat and then no torque
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from linewalker.cerebellum.balance.footing import Footing
from linewalker.cerebellum.balance.upper_body import UpperBodyReference
from linewalker.cerebellum.controller import Mode, MotionState
from linewalker.cerebellum.estimation.encoder_offsets import Calibration
from linewalker.cerebellum.stopping.lowering import Brake, Lowering
from linewalker.cerebellum.stopping.stop_evidence import Consistency, StopReport, SweptFloor
from linewalker.cerebellum.stopping.stop_states import NO_DETAILS, Evidence, StopCause, StopLogic, StopState
from linewalker.cerebellum.stopping.wrapped_controller import Wrapped, WrappedController
from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.limbs.profile import RobotProfile, upper_body_joints
from linewalker.limbs.robot import JointCommand, Readings
from linewalker.limbs.soundness import stamp_fault

_NONE: frozenset[StopCause] = frozenset()
FORGOTTEN = 0.05
"""Sound readings of a second make up for so many seconds without: a sensor that gives no sense more often is broken."""


@dataclass(frozen=True, kw_only=True)
class StopRules:
    """When a stop is triggered and what confirms its states.

    Attributes:
        command_timeout_s: age of the last command or `SafeMotion.refresh` while anything moves; None: not watched.
        localisation_s: time without a fix that walking to a goal goes on for.
        senseless_s: time for which it goes on while readings make no sense and are foreseen.
        overturning_rad, overturning_m: tilt of the pelvis beyond what is asked, and distance of the DCM from the feet.
        held_m, held_m_s: distance of the DCM from where it balances, and speed of the centre of mass, of a stable hold.
        loaded: share of the weight that each foot carries then.
        still_m_s: speed of the pelvis when it is low and still.

    >>> import linewalker as lw
    >>> rules = lw.StopRules(command_timeout_s=0.5)  # stops when your program hangs while the robot walks
    >>> lw.SafeMotion(lw.MotionController(lw.load_profile("g1")), rules).rules.command_timeout_s
    0.5
    """

    command_timeout_s: float | None = None
    localisation_s: float = 3.5
    senseless_s: float = 0.11
    overturning_rad: float = 0.5
    overturning_m: float = 0.4
    held_m: float = 0.02
    held_m_s: float = 0.10
    loaded: float = 0.25
    still_m_s: float = 0.03


def unheard(_name: str, _arguments: tuple[Any, ...]) -> None:
    """Nobody listens to verbs; a function of its own, so that a controller can be pickled."""


class SafeMotion(WrappedController[Wrapped]):
    """See the module.

    Commands raise `MotionRefused` unless the state is RUNNING; `stop` and `halt` are taken in any. What only the
    wrapped controller knows goes through `command`. Verbs of walking and reaching need one that walks and reaches.

    Args:
        controller: what moves the robot; from now on it is ticked and commanded here only.
        rules: when it stops.

    Attributes:
        rules: as above.
        reports: every stop so far that has come to its end.
        on_verb: told the name and the arguments of every verb that was taken, for instance to record it; of a request
            to stop when it is heeded, within a tick.

    Raises:
        InputError: something else than a controller.
    """

    def __init__(self, controller: Wrapped, rules: StopRules | None = None):
        if isinstance(controller, RobotProfile):
            raise InputError("SafeMotion wraps a controller: SafeMotion(MotionController(profile)), not a profile")
        super().__init__(controller)
        self.rules = rules if rules is not None else StopRules()
        self.on_verb: Callable[[str, tuple[Any, ...]], None] = unheard
        self._begin()

    def _begin(self) -> None:
        self.reports: list[StopReport] = []
        self._logic = StopLogic()
        self._consistency = Consistency()
        self._swept = SweptFloor(self.profile, self.dynamics)
        self._way_of_upper_body: Brake | Lowering | None = None
        self._led, self._requested, self._asked_why, self._refreshed = False, False, "", True
        self._refreshed_s, self._now_s, self._made_up_s = 0.0, 0.0, 0.0
        self.clock.lenient = True

    # ---- commands

    def command(self) -> Wrapped:
        """The wrapped controller, to command it.

        Raises:
            MotionRefused: the robot is stopping or stopped.
        """
        self._logic.require_running()
        self._refreshed = True
        return self.controller

    def walk_to(self, x: float, y: float, yaw: float) -> None:
        """Walk until the middle between the feet is at (x, y) with this heading, in the station frame; m, rad."""
        self.command()
        self.body.walk_to(x, y, yaw)
        self.on_verb("walk_to", (x, y, yaw))

    def follow(self, waypoints: Sequence[tuple[float, float, float | None]]) -> None:
        """Walk through waypoints (x, y, yaw) without stopping and arrive at the last."""
        self.command()
        self.body.follow(waypoints)
        self.on_verb("follow", (waypoints,))

    def walk(self, vx: float, vy: float, wz: float) -> None:
        """Walk at a velocity: forward, to the left, turning left; m/s and rad/s."""
        self.command()
        self.body.walk(vx, vy, wz)
        self.on_verb("walk", (vx, vy, wz))

    def set_upper_body(self, reference: UpperBodyReference | None) -> None:
        """Track this reference while standing; None: carry arms and head as when walking."""
        self.command()
        self.body.set_upper_body(reference)
        self._way_of_upper_body, self._led = None, reference is not None
        self.on_verb("set_upper_body", (reference,))

    def stop(self) -> None:
        """Come to a stand as one does at the end of a walk; a robot that is stopped already takes it as well."""
        self._refreshed = True
        self.body.stop()
        self.on_verb("stop", ())

    def halt(self) -> None:
        """Come to a stand as fast as balance allows; a robot that is stopped already takes it as well."""
        self._refreshed = True
        self.controller.halt()
        self.on_verb("halt", ())

    def refresh(self) -> None:
        """Whoever commands is still there; see ``StopRules.command_timeout_s``."""
        self._refreshed = True
        self.on_verb("refresh", ())

    def request_stop(self, why: str = "") -> None:
        """Come to a stable stand as fast as balance allows, and stay until acknowledged; ``why``: for the report."""
        self._requested, self._asked_why = True, why

    def lower(self) -> None:
        """Once it holds: squat down slowly, then take the torque off.

        Raises:
            MotionRefused: it has not been stopped, or its controller leads no pelvis.
        """
        _ = self.body  # whose pelvis goes down
        self._logic.lower()
        self.on_verb("lower", ())

    def acknowledge(self) -> None:
        """Let a robot that holds run again; it stays where it is until it is commanded.

        Raises:
            MotionRefused: it does not hold, or what it stopped for is still there.
        """
        self._logic.acknowledge()
        self._refreshed = True
        self.on_verb("acknowledge", ())

    def reset(self) -> None:
        """Begin anew, controller and all: for a robot that is placed anew, as in another episode."""
        self.controller.reset()
        self._begin()
        self.on_verb("reset", ())

    def calibrate(self, known: Calibration) -> None:
        """Take over what was learnt before. To be called before the first tick."""
        super().calibrate(known)
        self.on_verb("calibrate", (known,))

    # ---- what it knows

    @property
    def stop_state(self) -> StopState:
        """How far a stop has come; RUNNING when there is none."""
        return self._logic.state

    @property
    def stop_causes(self) -> frozenset[StopCause]:
        """Everything that called for the present stop."""
        return self._logic.causes

    # ---- the tick

    def tick(self, readings: Readings) -> JointCommand:
        """One control period: estimate, watch, decide, command."""
        controller = self.controller
        if self.stop_state is StopState.TORQUE_OFF:
            return controller.damped
        command = controller.tick(readings)
        state = controller.state
        made_up = controller.blind and state.mode is not Mode.FALLEN
        if not controller.fault or made_up:
            self._now_s = controller.clock.time_s
            if controller.clock.ticks == 0:
                return command
            self._count_made_up(made_up)
            evidence = self._evidence(state)
            if made_up:  # nothing is confirmed by what was not measured
                evidence = evidence._replace(held=False, low=False)
        else:
            if not stamp_fault(readings.time_s):
                self._now_s = readings.time_s
            evidence = self._evidence_of_fault(state)
        self._advance(evidence, state)
        return controller.damped if self.stop_state is StopState.TORQUE_OFF else command

    def _count_made_up(self, made_up: bool) -> None:
        """For how long readings were made up, what is long ago forgotten."""
        passed_s = self.clock.passed_s
        self._made_up_s = self._made_up_s + passed_s if made_up else max(0.0, self._made_up_s - FORGOTTEN * passed_s)

    def _advance(self, evidence: Evidence, motion: MotionState) -> None:
        was, state = self._logic.state, self._logic.update(evidence)
        if was is StopState.STOPPING:
            self._swept.tick()
        if state is not was:
            self._enter(state, was, motion)
        if self._way_of_upper_body is None:
            return
        if motion.mode is Mode.STANDING:
            self._lead(self._way_of_upper_body.tick(self.clock.passed_s))
        else:  # when it has to step, arms and pelvis go back to how they are carried
            self._way_of_upper_body = None
            self._lead(None)

    def _enter(self, state: StopState, was: StopState, motion: MotionState) -> None:
        if state is StopState.STOPPING:
            self._swept.begin()
            if was is StopState.RUNNING:
                self._arrest_upper_body(motion.mode is Mode.STANDING)
                self.controller.halt()
        elif state is StopState.LOWERING:
            self._way_of_upper_body = Lowering(self.dynamics, self.upper_body, self._lowered_q())
        elif state is StopState.HOLDING or (state is StopState.FALLEN and was is not StopState.RUNNING):
            self._report(state)
        elif state is StopState.FALLEN:
            self._swept.begin()
            self._report(state)

    def _lowered_q(self) -> Array | None:
        """Where waist, arms and head are to be when it is low, (m,); None: where they are."""
        lowered = self.profile.lowered
        joints = upper_body_joints(self.profile)
        return (
            np.array([lowered.get(name, self.profile.standing.get(name, 0.0)) for name in joints]) if lowered else None
        )

    def _arrest_upper_body(self, standing: bool) -> None:
        if standing and self._led:
            self._way_of_upper_body = Brake(self.upper_body)
        else:
            self._lead(None)

    def _lead(self, reference: UpperBodyReference | None) -> None:
        self._led = reference is not None
        if self._body is not None:
            self._body.set_upper_body(reference)

    def _report(self, ended: StopState) -> None:
        self.reports.append(
            StopReport(
                causes=self._logic.causes,
                details=dict(self._logic.details),
                began_s=self._logic.began_s,
                ended_s=self._now_s,
                ended=ended,
                path_m=self._swept.path_m,
                swept_m2=self._swept.area_m2,
            )
        )

    # ---- evidence

    def _evidence_of_fault(self, state: MotionState) -> Evidence:
        """Of a tick after which it is let down, for its readings or its command made no sense."""
        cause = StopCause.ESTIMATE_INCONSISTENT if self.blind else StopCause.NO_COMMAND
        return Evidence(
            time_s=self._now_s,
            causes=frozenset({cause}),
            details={cause: self.fault},
            standing=False,
            fallen=state.mode is Mode.FALLEN,
        )

    def _evidence(self, state: MotionState) -> Evidence:
        way, footing, rules = self._way_of_upper_body, self.controller.footing, self.rules
        standing, loaded = state.mode is Mode.STANDING, footing.load > rules.loaded
        at_rest = way is None or not isinstance(way, Brake) or way.done
        balanced = footing.com_m_s < rules.held_m_s and footing.off_balance_m < rules.held_m
        low = way is not None and isinstance(way, Lowering) and way.done and footing.base_m_s < rules.still_m_s
        found = self._causes(state, footing)
        return Evidence(
            time_s=self._now_s,
            causes=frozenset(found) if found else _NONE,
            details={cause: detail for cause, detail in found.items() if detail} if found else NO_DETAILS,
            standing=standing,
            held=standing and at_rest and balanced and loaded,
            low=low and loaded,
            fallen=state.mode is Mode.FALLEN,
        )

    def _causes(self, state: MotionState, footing: Footing) -> dict[StopCause, str]:
        """What calls for a stop now, and what more is known of it."""
        rules, clock, now_s, latched = self.rules, self.controller.clock, self._now_s, self._logic.causes
        estimate, timeout_s = self.controller.estimate, rules.command_timeout_s
        found: dict[StopCause, str] = {}
        if self._refreshed or clock.doubt or clock.gap_s > 0.0:  # ages of commands say nothing across such a jump
            self._refreshed, self._refreshed_s = False, now_s
        if self._requested:
            self._requested = False
            found[StopCause.REQUEST] = self._asked_why
            self.on_verb("request_stop", (self._asked_why,))
        late = timeout_s is not None and now_s - self._refreshed_s > timeout_s
        if late and (not state.arrived or self._led or StopCause.COMMANDS_LOST in latched):
            found[StopCause.COMMANDS_LOST] = ""
        unseen = estimate.localised and estimate.fix_age_s > rules.localisation_s
        if unseen and (state.to_goal or StopCause.LOCALISATION_LOST in latched):
            found[StopCause.LOCALISATION_LOST] = ""
        if estimate.unused_s > rules.localisation_s:
            often = max(estimate.dropped, key=lambda reason: estimate.dropped[reason])
            found[StopCause.LOCALISATION_LOST] = f"no fix is of use; {often}"
        if fault := self._consistency.fault(estimate):
            found[StopCause.ESTIMATE_INCONSISTENT] = fault
        if self._made_up_s > rules.senseless_s:
            found[StopCause.ESTIMATE_INCONSISTENT] = self.controller.fault or "readings make no sense now and then"
        if clock.doubt:
            found[StopCause.CLOCK] = clock.doubt
        if clock.gap_s > 0.0:
            found[StopCause.READINGS_LOST] = f"for {clock.gap_s:.3g} s"
        if footing.tilt_rad > rules.overturning_rad or footing.astray_m > rules.overturning_m:
            found[StopCause.OVERTURNING] = ""
        return found
