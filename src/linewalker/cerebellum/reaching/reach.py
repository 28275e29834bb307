"""Reaching: brings a wrist or head sensor to a pose in the station and holds it there.

A joint-space motion to a posture found by whole-body inverse kinematics; then the pose the controller estimates for
the sensor closes the loop: differential inverse kinematics shifts the joint references until it is where it should
be, which works as integral action against friction, gravity and a pelvis that sways.

    reach = Reach(motion, "right_wrist")
    for _ in reach.go_to(X_WS):                  # one turn of the loop is one control tick
        robot.act(motion.tick(robot.sense()))
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from linewalker.cerebellum.balance.upper_body import UpperBodyReference
from linewalker.cerebellum.body.clearance import Obstacles
from linewalker.cerebellum.body.feet import Stance
from linewalker.cerebellum.body.minimum_jerk import MinimumJerk
from linewalker.cerebellum.controller import BodyController, Mode
from linewalker.cerebellum.reaching.detours import Configuration, PathFinder, configuration_of
from linewalker.cerebellum.reaching.piecework import Piecework, Result
from linewalker.cerebellum.reaching.posture import Posture, PostureUnreachable, Tolerance
from linewalker.cerebellum.reaching.posture_ik import WholeBodyIK
from linewalker.cerebellum.reaching.sensor_servo import SensorServo
from linewalker.errors import UnreachableError
from linewalker.geometry import Array, Pose, log_so3
from linewalker.limbs.profile import upper_body_joints

_EXACT = Tolerance()


@dataclass(frozen=True, kw_only=True)
class ReachTuning:
    """How fast and how exactly.

    Attributes:
        joint_rad_s, joint_rad_s2: largest speed and acceleration of a joint of waist, arm or head.
        pelvis_m_s, pelvis_rad_s: largest speed of the pelvis.
        shortest_s: of any motion.
        servo_per_s: share of the sensor's error taken away per second until it has settled; a quarter once braced.
        holding_per_s: the same when holding begins; then it fades as 1 / t, for the noise of the estimate passes too.
        braced_after_s: when the body has rested so long, its legs are held, see `Brace`.
        servo_m, servo_rad: a larger error counts as this one.
        waist_share: how much the waist takes part in that, against 1 for the arm.
        settled_m, settled_rad: the sensor has arrived when its error stays below them for ``settled_s`` or, where it
            is to stand quietly, below half of them for ``quiet_s`` with the legs held.
        patience_s: how long to wait for that.
        given_up_m, given_up_rad: an error left after that which is not good enough.
        nearly_m, nearly_rad: a posture that comes so near to a target out of reach is taken for it.
    """

    joint_rad_s: float = 2.5
    joint_rad_s2: float = 9.0
    pelvis_m_s: float = 0.15
    pelvis_rad_s: float = 0.5
    shortest_s: float = 0.3
    servo_per_s: float = 8.0
    holding_per_s: float = 0.5
    braced_after_s: float = 0.2
    servo_m: float = 0.02
    servo_rad: float = 0.1
    waist_share: float = 0.2
    settled_m: float = 0.001
    settled_rad: float = float(np.radians(0.25))
    settled_s: float = 0.1
    quiet_s: float = 0.3
    patience_s: float = 2.5
    given_up_m: float = 0.01
    given_up_rad: float = float(np.radians(2.0))
    nearly_m: float = 0.003
    nearly_rad: float = float(np.radians(1.0))


class Reach:
    """Moves one sensor of a standing robot.

    `go_to`, `move_to`, `hold` and `retract` are generators that set the controller's upper-body reference and yield
    once per control tick; whoever runs them ticks the controller in between. Postures and ways are worked out
    piece by piece, less than a millisecond of it per tick, so that no tick comes late.

    Args:
        motion: the motion controller of the robot.
        sensor: name of a scanner or camera of its profile.
        ik: a solver for that sensor to share; else one is built, which takes about a second.
        obstacles: what to keep clear of, in W; may be replaced at any time.

    Attributes:
        obstacles: as above.
        target: the pose of the sensor last asked for, X_WF.
    """

    def __init__(
        self,
        motion: BodyController,
        sensor: str,
        *,
        ik: WholeBodyIK | None = None,
        obstacles: Obstacles | None = None,
        tuning: ReachTuning | None = None,
    ):
        profile = motion.profile
        self.motion, self.sensor, self._period_s = motion, sensor, motion.period_s
        self.ik = ik if ik is not None else WholeBodyIK(profile, sensor)
        self.obstacles = obstacles if obstacles is not None else Obstacles.pack()
        self.tuning = tuning if tuning is not None else ReachTuning()
        self._paths = PathFinder(self.ik)
        joints = upper_body_joints(profile)
        self._m = len(joints)
        self._upper = np.array([profile.joints.index(name) for name in joints])
        self._servo = SensorServo(
            motion,
            self.ik,
            waist_share=self.tuning.waist_share,
            largest_m=self.tuning.servo_m,
            largest_rad=self.tuning.servo_rad,
        )
        self._at, self._rested_s, self._held_s = np.zeros(self._m + 6), 0.0, 0.0
        self._posture: Posture | None = None
        self._way_back: list[Configuration] = []

    # -- what others see -----------------------------------------------------------------------------------------

    @property
    def target(self) -> Pose:
        """X_WF last asked for."""
        return self._servo.X_WF

    @property
    def extended(self) -> bool:
        """Whether the sensor is anywhere but where it is carried."""
        return self._posture is not None

    def error(self) -> tuple[float, float]:
        """Distance (m) and angle (rad) of the sensor, as estimated, from its target."""
        e = self._servo.smooth_error
        return float(np.linalg.norm(e[:3])), float(np.linalg.norm(e[3:]))

    def stance(self) -> Stance:
        """The soles as the controller estimates them, flat on the floor."""
        soles = [self.motion.pose_of(name) for name in ("left_sole", "right_sole")]
        floor = 0.5 * (soles[0].p[2] + soles[1].p[2])
        left, right = (Pose.planar(sole.p[0], sole.p[1], sole.yaw, z=floor) for sole in soles)
        return Stance(X_WL=left, X_WR=right)

    def go_to(self, X_WF: Pose, *, tolerance: Tolerance = _EXACT, quiet: bool = True) -> Iterator[None]:
        """Bring the sensor to a pose, by a detour if the straight way is not free, and wait until it stands there.

        Args:
            X_WF: target.
            tolerance: how far the sensor may stay from it.
            quiet: wait also until the body has come to rest, half a second longer.

        Raises:
            UnreachableError: there is no posture or no way, or the robot had to step; the message says which.
        """
        yield from self._stand()
        stance = self.stance()
        posture = yield from self._meanwhile(self._solving(X_WF, stance, tolerance, starts=4))
        goal = configuration_of(posture)
        stops = yield from self._meanwhile(self._paths.finding(self._now(), goal, self.obstacles))
        if not self.extended:
            self._way_back = []
        self._way_back = [*reversed(stops[:-1]), *self._way_back]
        self._servo.shift[:] = 0.0
        self._servo.X_WF = posture.X_WF
        yield from self._follow(stops, posture, stance)
        yield from self._settle(quiet=quiet)

    def move_to(self, X_WF: Pose) -> Iterator[None]:
        """A small move of a sensor that is already out: straight there from the posture it has.

        Raises:
            UnreachableError: as `go_to`; the sensor then stays where it is.
        """
        if self._posture is None:
            yield from self.go_to(X_WF)
            return
        stance = self.stance()
        posture = yield from self._meanwhile(self._solving(X_WF, stance, _EXACT, starts=0))
        self._servo.X_WF = posture.X_WF
        yield from self._follow([configuration_of(posture)], posture, stance)
        yield from self._settle(quiet=False)

    def hold(self, duration_s: float) -> Iterator[None]:
        """Keep the sensor at its target for a while."""
        gain = self.tuning.holding_per_s
        for _ in range(round(duration_s / self._period_s)):
            self._held_s += self._period_s
            self._rest(gain / (1.0 + gain * self._held_s))
            yield

    def retract(self) -> Iterator[None]:
        """Bring the sensor back to where it is carried while walking, and let go of the upper body.

        Where no free way is found, as when the sensor was moved on, it goes back the way it came.

        Raises:
            UnreachableError: the robot had to step.
        """
        stance = self.stance()
        standing = self.ik.stand(stance)
        goal = configuration_of(standing)
        try:
            stops = yield from self._meanwhile(self._paths.finding(self._now(), goal, self.obstacles))
        except UnreachableError:
            stops = [*self._way_back, goal]
        yield from self._follow(stops, standing, stance)
        self._posture = None
        self.motion.set_upper_body(None)

    # -- motion --------------------------------------------------------------------------------------------------

    def _stand(self) -> Iterator[None]:
        """Wait for a controller that has not ticked yet, or a robot that has only just come to a stand."""
        if self.motion.state.mode is Mode.WALKING:
            raise UnreachableError(f"the robot walks; {self.sensor} reaches when it stands")
        for _ in range(round(self.tuning.patience_s / self._period_s)):
            if self.motion.state.settled:
                return
            yield
            self._check()

    def _meanwhile(self, work: Piecework[Result]) -> Piecework[Result]:
        """A piece of work per tick; the robot stands and keeps its posture."""
        while True:
            try:
                next(work)
            except StopIteration as end:
                result: Result = end.value
                return result
            yield
            self._check()

    def _solving(self, X_WF: Pose, stance: Stance, tolerance: Tolerance, starts: int) -> Piecework[Posture]:
        solving = self.ik.solving
        try:
            return (
                yield from solving(
                    X_WF, stance, tolerance=tolerance, obstacles=self.obstacles, start=self._posture, starts=starts
                )
            )
        except PostureUnreachable as error:
            miss, tuning = error.miss, self.tuning
            if miss.position_m < tuning.nearly_m and miss.rotation_rad < tuning.nearly_rad and miss.broken_m < 0.005:
                return miss.nearest
            raise

    def _now(self) -> Configuration:
        return Configuration(X_WB=self.motion.pose_of("base"), q_rad=self.motion.estimate.q_rad)

    def _follow(self, stops: list[Configuration], posture: Posture, stance: Stance) -> Iterator[None]:
        """Move through configurations, resting at each; the last is that of ``posture``."""
        upper = self.motion.upper_body
        self._at = np.concatenate((upper.q - self._servo.shift, upper.offsets))
        goal = self._reference_of(posture, stance)
        tuning = self.tuning
        speed = np.full(self._m + 6, tuning.joint_rad_s)
        speed[self._m :] = [tuning.pelvis_m_s, *3 * (tuning.pelvis_rad_s,), *2 * (tuning.pelvis_m_s,)]
        acceleration = tuning.joint_rad_s2 / tuning.joint_rad_s * speed
        for k, stop in enumerate(stops):
            end = goal.copy()
            if k < len(stops) - 1:
                end[: self._m] = stop.q_rad[self._upper]
                end[self._m :] = self._at[self._m :] + (goal - self._at)[self._m :] / (len(stops) - k)
            motion = MinimumJerk.within(self._at, end, speed, acceleration, tuning.shortest_s)
            for tick in range(1, int(np.ceil(motion.duration_s / self._period_s)) + 1):
                self._at, rate, change = motion.at(tick * self._period_s)
                self._set_reference(rate[: self._m], change[: self._m])
                yield
                self._check()
        self._posture = posture
        self._rested_s = self._held_s = 0.0
        self._servo.forget()

    def _reference_of(self, posture: Posture, stance: Stance) -> Array:
        """Joint angles and offsets of `UpperBodyReference` in one vector, (m + 6,)."""
        X_MB = stance.X_WM.inverse() @ posture.X_WB
        height = X_MB.p[2] - (stance.X_WM.inverse() @ self.ik.stand(stance).X_WB).p[2]
        return np.concatenate((posture.q_rad[self._upper], [height], log_so3(X_MB.R), posture.com_m[:2]))

    def _set_reference(self, rate: Array, change: Array, *, still: bool = False) -> None:
        m = self._m
        q = self._at[:m] + self._servo.shift
        self.motion.set_upper_body(UpperBodyReference.of(q, rate, change, self._at[m:], still=still))

    def _rest(self, gain_per_s: float, *, quiet: bool = True) -> None:
        """Stay, but for what closing the loop asks."""
        self._rested_s += self._period_s
        self._servo.correct(self._at[: self._m], gain_per_s)
        still = quiet and self._rested_s > self.tuning.braced_after_s
        self._set_reference(np.zeros(self._m), np.zeros(self._m), still=still)

    def _settle(self, *, quiet: bool) -> Iterator[None]:
        tuning, motion, calm_s = self.tuning, self.motion, 0.0
        near = 0.5 if quiet else 1.0
        for _ in range(round(tuning.patience_s / self._period_s)):
            self._rest(tuning.servo_per_s * (1.0 - 0.75 * motion.braced), quiet=quiet)
            yield
            self._check()
            off_m, off_rad = self.error()
            arrived = off_m < near * tuning.settled_m and off_rad < near * tuning.settled_rad
            calm_s = calm_s + self._period_s if arrived and (motion.braced == 1.0 or not quiet) else 0.0
            if calm_s >= (tuning.quiet_s if quiet else tuning.settled_s):
                return
        if off_m > tuning.given_up_m or off_rad > tuning.given_up_rad:
            raise UnreachableError(
                f"{self.sensor} stays {1e3 * off_m:.1f} mm and {np.degrees(off_rad):.2f} deg from its target"
            )

    def _check(self) -> None:
        if self.motion.state.mode is not Mode.STANDING:
            self._posture = None
            self.motion.set_upper_body(None)
            raise UnreachableError(f"the robot had to step while {self.sensor} was reaching")
