"""A motion controller with a stop made for a machine that falls when its power is cut.

`SafeMotion` takes the commands of `MotionController` and is ticked like it. Whatever calls for a stop brings the robot
to a stand on two feet and latches; `stop_states` has the states and what confirms each.

    motion = SafeMotion(profile)
    ...
    motion.request_stop()
    while not motion.reports:                  # every stop ends with one, in a hold or in a fall
        robot.act(motion.tick(robot.sense()))
    print(motion.reports[-1].stop_time_s)
    motion.acknowledge()                       # or motion.lower(), for a squat and then no torque
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.balance.upper_body import UpperBodyReference
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.stopping.lowering import Brake, Lowering
from linewalker.cerebellum.stopping.stop_evidence import Consistency, StopReport, SweptFloor
from linewalker.cerebellum.stopping.stop_states import Evidence, StopCause, StopLogic, StopState
from linewalker.limbs.profile import RobotProfile, upper_body_joints
from linewalker.limbs.robot import JointCommand, Readings
from linewalker.limbs.soundness import stamp_fault

Array = NDArray[np.float64]
_NONE: frozenset[StopCause] = frozenset()


@dataclass(frozen=True, kw_only=True)
class StopRules:
    """When a stop is triggered and what confirms its states.

    Attributes:
        command_timeout_s: age of the last command or `SafeMotion.refresh` while anything moves; None: not watched.
        localisation_s: time without a fix that walking to a goal goes on for.
        overturning_rad, overturning_m: tilt of the pelvis beyond what is asked, and distance of the DCM from the feet.
        held_m, held_m_s: distance of the DCM from where it balances, and speed of the centre of mass, of a stable hold.
        loaded: share of the weight that each foot carries then.
        still_m_s: speed of the pelvis when it is low and still.

    >>> import linewalker as lw
    >>> rules = lw.StopRules(command_timeout_s=0.5)  # stops when your program hangs while the robot walks
    >>> lw.SafeMotion(lw.load_profile("g1"), rules).rules.command_timeout_s
    0.5
    """

    command_timeout_s: float | None = None
    localisation_s: float = 3.5
    overturning_rad: float = 0.5
    overturning_m: float = 0.4
    held_m: float = 0.02
    held_m_s: float = 0.10
    loaded: float = 0.25
    still_m_s: float = 0.03


class SafeMotion(MotionController):
    """See the module.

    Commands raise `MotionRefused` unless the state is RUNNING.

    Attributes:
        rules: when it stops.
        reports: every stop so far that has come to its end.
    """

    def __init__(self, profile: RobotProfile, rules: StopRules | None = None):
        super().__init__(profile)
        self.rules = rules if rules is not None else StopRules()
        self.reports: list[StopReport] = []
        self._logic = StopLogic()
        self._consistency = Consistency()
        self._swept = SweptFloor(profile, self.dynamics)
        self._way_of_upper_body: Brake | Lowering | None = None
        self._requested, self._refreshed = False, True
        self._refreshed_s, self._now_s, self._doubt = 0.0, 0.0, ""

    # ---- commands

    def follow(self, waypoints: Sequence[tuple[float, float, float | None]]) -> None:
        """As `MotionController.follow`."""
        self._accept()
        super().follow(waypoints)

    def walk(self, vx: float, vy: float, wz: float) -> None:
        """As `MotionController.walk`."""
        self._accept()
        super().walk(vx, vy, wz)

    def set_upper_body(self, reference: UpperBodyReference | None) -> None:
        """As `MotionController.set_upper_body`."""
        self._accept()
        self._way_of_upper_body = None
        super().set_upper_body(reference)

    def stop(self) -> None:
        """As `MotionController.stop`; a robot that is stopped already takes it as well."""
        self._refreshed = True
        super().stop()

    def halt(self) -> None:
        """As `MotionController.halt`; a robot that is stopped already takes it as well."""
        self._refreshed = True
        super().halt()

    def refresh(self) -> None:
        """Whoever commands is still there; see ``StopRules.command_timeout_s``."""
        self._refreshed = True

    def request_stop(self) -> None:
        """Come to a stable stand as fast as balance allows, and stay until acknowledged."""
        self._requested = True

    def lower(self) -> None:
        """Once it holds: squat down slowly, then take the torque off.

        Raises:
            MotionRefused: it has not been stopped.
        """
        self._logic.lower()

    def acknowledge(self) -> None:
        """Let a robot that holds run again; it stays where it is until it is commanded.

        Raises:
            MotionRefused: it does not hold, or what it stopped for is still there.
        """
        self._logic.acknowledge()
        self._refreshed = True

    def _accept(self) -> None:
        self._logic.require_running()
        self._refreshed = True

    def _anew(self) -> MotionController:
        return SafeMotion(self.profile, self.rules)

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
        if self.stop_state is StopState.TORQUE_OFF:
            return self.drives.damped
        command = super().tick(readings)
        if not self.fault:
            self._now_s = self._clock.time_s
            if self._clock.ticks == 0:
                return command
        elif not stamp_fault(readings.time_s):
            self._now_s = readings.time_s
        self._advance(self._evidence_of_fault() if self.fault else self._evidence())
        return self.drives.damped if self.stop_state is StopState.TORQUE_OFF else command

    def _doubted(self, readings: Readings, doubt: str) -> Readings:
        """A robot that lives on stops; one that began anew is a matter of `reset`."""
        if self._clock.begins_anew(readings.time_s):
            return super()._doubted(readings, doubt)
        self._doubt, self._refreshed = doubt, True
        return self._clock.trust(readings)

    def _advance(self, evidence: Evidence) -> None:
        was, state = self._logic.state, self._logic.update(evidence)
        if was is StopState.STOPPING:
            self._swept.tick()
        if state is not was:
            self._enter(state, was, evidence.time_s)
        if self._way_of_upper_body is None:
            return
        if self._mode is Mode.STANDING:
            super().set_upper_body(self._way_of_upper_body.tick(self._clock.passed_s))
        else:  # when it has to step, arms and pelvis go back to how they are carried
            self._way_of_upper_body = None
            super().set_upper_body(None)

    def _enter(self, state: StopState, was: StopState, now_s: float) -> None:
        if state is StopState.STOPPING:
            self._swept.begin()
            if was is StopState.RUNNING:
                self._arrest_upper_body()
                super().halt()
        elif state is StopState.LOWERING:
            self._way_of_upper_body = Lowering(self.dynamics, self.upper_body, self._lowered_q())
        elif state is StopState.HOLDING or (state is StopState.FALLEN and was is not StopState.RUNNING):
            self._report(state, now_s)
        elif state is StopState.FALLEN:
            self._swept.begin()
            self._report(state, now_s)

    def _lowered_q(self) -> Array | None:
        """Where waist, arms and head are to be when it is low, (m,); None: where they are."""
        lowered = self.profile.lowered
        joints = upper_body_joints(self.profile)
        return (
            np.array([lowered.get(name, self.profile.standing.get(name, 0.0)) for name in joints]) if lowered else None
        )

    def _arrest_upper_body(self) -> None:
        if self._mode is Mode.STANDING and self._reference is not None:
            self._way_of_upper_body = Brake(self.upper_body)
        else:
            super().set_upper_body(None)

    def _report(self, ended: StopState, now_s: float) -> None:
        self.reports.append(
            StopReport(
                causes=self._logic.causes,
                details=dict(self._logic.details),
                began_s=self._logic.began_s,
                ended_s=now_s,
                ended=ended,
                path_m=self._swept.path_m,
                swept_m2=self._swept.area_m2,
            )
        )

    # ---- evidence

    def _evidence_of_fault(self) -> Evidence:
        """Of a tick whose readings or command made no sense."""
        sensed = self._mode is not Mode.FALLEN or self._blind_s > 0.0
        cause = StopCause.ESTIMATE_INCONSISTENT if sensed else StopCause.NO_COMMAND
        return Evidence(
            time_s=self._now_s,
            causes=frozenset({cause}),
            details={cause: self.fault},
            standing=False,
            fallen=self._mode is Mode.FALLEN,
        )

    def _evidence(self) -> Evidence:
        way, standing = self._way_of_upper_body, self._mode is Mode.STANDING
        stopping, lowering = self.stop_state is StopState.STOPPING, isinstance(way, Lowering) and way.done
        details = self._causes()
        return Evidence(
            time_s=self._now_s,
            causes=frozenset(details) if details else _NONE,
            details={cause: detail for cause, detail in details.items() if detail},
            standing=standing,
            held=stopping and standing and self._held(),
            low=lowering and _length(self.dynamics.base_v) < self.rules.still_m_s and self._loaded(),
            fallen=self._mode is Mode.FALLEN,
        )

    def _causes(self) -> dict[StopCause, str]:
        """What calls for a stop now, and what more is known of it."""
        rules, now_s, found = self.rules, self._now_s, dict[StopCause, str]()
        walking, latched, timeout_s = self._mode is Mode.WALKING, self.stop_causes, rules.command_timeout_s
        if self._refreshed:
            self._refreshed, self._refreshed_s = False, now_s
        if self._requested:
            self._requested = False
            found[StopCause.REQUEST] = ""
        moving = walking or self._reference is not None or StopCause.COMMANDS_LOST in latched
        if timeout_s is not None and moving and now_s - self._refreshed_s > timeout_s:
            found[StopCause.COMMANDS_LOST] = ""
        for_goal, estimator = (walking and bool(self._path_W)) or StopCause.LOCALISATION_LOST in latched, self.estimator
        if for_goal and estimator.localised and estimator.fix_age_s > rules.localisation_s:
            found[StopCause.LOCALISATION_LOST] = ""
        if estimator.unused_s > rules.localisation_s:
            found[StopCause.LOCALISATION_LOST] = f"no fix is of use; {estimator.dropped.most_common(1)[0][0]}"
        if fault := self._consistency.fault(estimator):
            found[StopCause.ESTIMATE_INCONSISTENT] = fault
        if self._doubt:
            found[StopCause.CLOCK], self._doubt = self._doubt, ""
        if self._clock.gap_s > 0.0:
            found[StopCause.READINGS_LOST] = f"for {self._clock.gap_s:.3g} s"
        if self._overturning():
            found[StopCause.OVERTURNING] = ""
        return found

    def _overturning(self) -> bool:
        body, omega, offsets = self.dynamics, self.standing.omega, self.upper_body.offsets
        asked = math.hypot(offsets[1], offsets[2])
        astray = body.com + body.com_v / omega - 0.5 * (body.foot_p[0] + body.foot_p[1])
        tilted = body.base_R[2, 2] < math.cos(asked + self.rules.overturning_rad)
        return bool(tilted) or math.hypot(astray[0], astray[1]) > self.rules.overturning_m

    def _held(self) -> bool:
        way = self._way_of_upper_body
        if isinstance(way, Brake) and not way.done:
            return False
        error = self.standing.dcm_error(self.walking.middle()) - self.upper_body.offsets[4:6]
        slow = _length(self.dynamics.com_v) < self.rules.held_m_s
        return slow and _length(error) < self.rules.held_m and self._loaded()

    def _loaded(self) -> bool:
        contact = self.estimator.contact
        return bool(contact.load_n.min() > self.rules.loaded * contact.weight_n)


def _length(v: Array) -> float:
    """Euclidean; numpy's norm costs several times as much on so few numbers."""
    return math.sqrt(v @ v)
