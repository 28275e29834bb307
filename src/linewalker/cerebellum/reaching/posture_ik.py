"""Whole-body inverse kinematics of a standing robot: pelvis, waist, arm and legs together place one sensor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from linewalker.cerebellum.body.clearance import Obstacles
from linewalker.cerebellum.body.feet import Stance
from linewalker.cerebellum.body.kinematics import Figure
from linewalker.cerebellum.reaching.limb_samples import LimbSamples
from linewalker.cerebellum.reaching.piecework import Piecework, finished
from linewalker.cerebellum.reaching.posture import Miss, Posture, PostureRules, PostureUnreachable, Tolerance
from linewalker.cerebellum.reaching.posture_qp import BALANCE, DISTANCE, TORQUE, Local, PostureProgram, Step
from linewalker.errors import InputError
from linewalker.geometry import Array, Pose
from linewalker.limbs.model.mounting import mounted
from linewalker.limbs.profile import Mount, RobotProfile

_MOST_STEPS = 30
_DAMPING, _LEAST_DAMPING, _STUCK = 1e-2, 1e-3, 1e5
_CONVERGED = 3e-3  # rad, m: the next step would be its square
_ARRIVED = np.array([1e-4, 1e-4, 1e-4, 5e-4, 5e-4, 5e-4])  # m, rad beyond the tolerance
_SMALL_GAIN, _PATIENCE = 0.03, 2
_RULE_BROKEN = 1.5e-3
_ANGLE_ARM_M = 0.25
_NO_OBSTACLES = Obstacles.pack()
_EXACT = Tolerance()
_RULES = PostureRules()


class _Task(NamedTuple):
    """What a posture is asked for; ``pelvis_m`` is the pelvis height when standing."""

    X_WF: Pose
    stance: Stance
    pelvis_m: float
    tolerance: Tolerance
    obstacles: Obstacles


@dataclass
class _Attempt:
    """Where one start led: what is left beyond the tolerance (6,), the worst broken rule, and the last step."""

    left: Array
    broken: float
    posture: Posture
    local: Local
    step: Step

    @property
    def arrived(self) -> bool:
        return bool((self.left < _ARRIVED).all()) and self.broken < _RULE_BROKEN

    @property
    def miss_m(self) -> float:
        return float(np.linalg.norm(self.left[:3]) + _ANGLE_ARM_M * np.linalg.norm(self.left[3:])) + self.broken

    @property
    def held_back(self) -> list[int]:
        """Places in `Step.pressures` of what presses hardest against the way to the target, m and rad on one scale."""
        unknowns, kinds = len(self.local.lower), self.local.labels[:, 0]
        pressures = np.abs(self.step.pressures)
        pressures[:3] *= _ANGLE_ARM_M
        pressures[unknowns:][(kinds == BALANCE) | (kinds == DISTANCE)] *= _ANGLE_ARM_M
        return [int(i) for i in np.argsort(-pressures)[:6] if pressures[i] > 0.1 * pressures.max() > 1.0]


class WholeBodyIK:
    """Solver for one sensor of one robot.

    Args:
        profile: the robot.
        sensor: name of a camera or scanner of the profile.
        rules: what postures have to keep to.

    Raises:
        InputError: the profile has no such sensor.
    """

    def __init__(self, profile: RobotProfile, sensor: str, *, rules: PostureRules = _RULES):
        profile = mounted(profile)
        mounts: dict[str, Mount] = {**profile.cameras, **profile.scanners}
        if sensor not in mounts:
            raise InputError(f"{profile.name} has no sensor {sensor!r}; it has {', '.join(mounts)}")
        self.profile, self.sensor, self.mount, self.rules = profile, sensor, mounts[sensor], rules
        self.figure = Figure(profile)
        self.program = PostureProgram(self.figure, self.mount, rules)
        self._strong = PostureProgram(self.figure, self.mount, replace(rules, torque_share=np.inf))
        self.moving = self.program.moving
        self.moving_index = np.array([profile.joints.index(name) for name in self.moving])
        self._standing: dict[tuple[float, ...], Posture] = {}
        self.stand(Stance.about(Pose(), profile.gait.half_width_m))
        self.samples = LimbSamples(self.program)

    def stand(self, stance: Stance) -> Posture:
        """The posture a reach starts from: standing at the height of walking, upper body as the profile says."""
        key = tuple(np.round(stance.X_WL.inverse().apply(stance.X_WR.p), 4)) + (
            round(stance.X_WL.yaw - stance.X_WR.yaw, 4),
        )
        if key not in self._standing:
            at_origin = stance.seen_from(stance.X_WM)
            self.program.stand(at_origin)
            self._standing[key] = self._posture_of_figure(at_origin, _NO_OBSTACLES, effort=0.0)
        return self._standing[key].moved(stance.X_WM)

    def solve(
        self,
        X_WF: Pose,
        stance: Stance,
        *,
        tolerance: Tolerance = _EXACT,
        obstacles: Obstacles = _NO_OBSTACLES,
        start: Posture | None = None,
        starts: int = 4,
    ) -> Posture:
        """A posture whose sensor stands at X_WF, or as near as the tolerance allows.

        Args:
            X_WF: target pose of the sensor.
            stance: where the soles are.
            tolerance: how far the sensor may stay from it.
            obstacles: what the body must not touch.
            start: where to begin, for a target near one solved before; tried first.
            starts: how many other starts to try.

        Raises:
            PostureUnreachable: none of the starts led there; says by how much, why, and the nearest posture.
        """
        return finished(
            self.solving(X_WF, stance, tolerance=tolerance, obstacles=obstacles, start=start, starts=starts)
        )

    def solving(
        self,
        X_WF: Pose,
        stance: Stance,
        *,
        tolerance: Tolerance = _EXACT,
        obstacles: Obstacles = _NO_OBSTACLES,
        start: Posture | None = None,
        starts: int = 4,
    ) -> Piecework[Posture]:
        """`solve` in pieces; the solver and its figure serve nothing else until the last one is done."""
        standing = self.stand(stance)
        yield
        pelvis_m = float(standing.X_WB.p[2] - stance.X_WM.p[2])
        task = _Task(X_WF=X_WF, stance=stance, pelvis_m=pelvis_m, tolerance=tolerance, obstacles=obstacles)
        best: _Attempt | None = None
        for X_WB, q in self._starts(X_WF, stance, standing, start, starts):
            attempt = yield from self._attempt(self.program, X_WB, q, task)
            if attempt.arrived:
                return attempt.posture
            if best is None or attempt.miss_m < best.miss_m:
                best = attempt
        assert best is not None
        needed_nm = yield from self._torques_needed(best, task)
        raise PostureUnreachable(self.sensor, self._miss(best, needed_nm))

    def _starts(
        self, X_WF: Pose, stance: Stance, standing: Posture, start: Posture | None, count: int
    ) -> Iterator[tuple[Pose, Array]]:
        """Base poses and joint angles to begin from."""
        if start is not None:
            yield start.X_WB, start.q_rad
        X_MF = stance.X_WM.inverse() @ X_WF
        for sample in self.samples.nearest(X_MF, count):
            q = standing.q_rad.copy()
            q[self.moving_index] = sample
            yield standing.X_WB, q

    def _attempt(self, program: PostureProgram, X_WB: Pose, q: Array, task: _Task) -> Piecework[_Attempt]:
        """Levenberg and Marquardt's damping about the quadratic programs, until the steps get small."""
        figure = self.figure
        figure.place(X_WB, q)
        local, damping, stalled = program.linearise(*task), _DAMPING, 0
        for _ in range(_MOST_STEPS):
            yield
            step, solved = program.step(local, task.tolerance, damping), local
            before = figure.X_WB, figure.q_rad
            figure.move(step.tangent)
            ahead = program.linearise(*task)
            if ahead.merit >= local.merit and step.size > _CONVERGED:
                figure.place(*before)
                damping *= 10.0
                if damping > _STUCK:
                    break
                continue
            gain, local, damping = local.merit - ahead.merit, ahead, max(0.1 * damping, _LEAST_DAMPING)
            stalled = stalled + 1 if gain < _SMALL_GAIN * (0.2 + ahead.merit) else 0
            if step.size < _CONVERGED or stalled > (0 if self._arrived(task) else _PATIENCE):
                break
        yield
        left = self._left(task)
        broken = program.worst_broken_rule(task.stance, task.obstacles)
        effort = program.effort(task.stance, task.pelvis_m)
        posture = self._posture_of_figure(task.stance, task.obstacles, effort)
        return _Attempt(left, broken, posture, solved, step)

    def _left(self, task: _Task) -> Array:
        return np.maximum(np.abs(self.program.error(task.X_WF)) - task.tolerance.per_axis, 0.0)

    def _arrived(self, task: _Task) -> bool:
        return bool((self._left(task) < _ARRIVED).all())

    def _posture_of_figure(self, stance: Stance, obstacles: Obstacles, effort: float) -> Posture:
        figure = self.figure
        q, X_WM = figure.q_rad, stance.X_WM
        distances = figure.clearances(obstacles, 0.3)[0]
        to_limit = np.minimum(q - figure.lower, figure.upper - q) / (0.5 * (figure.upper - figure.lower))
        return Posture(
            q_rad=q,
            X_WB=figure.X_WB,
            X_WF=figure.pose_of(self.mount),
            com_m=X_WM.R.T @ (figure.com() - X_WM.p),
            clearance_m=float(distances.min(initial=np.inf)),
            limit_margin=float(to_limit[self.moving_index].min()),
            torque_share=float(np.abs(self.program.torques.at(stance)[0] / self.program.torques.limits_nm).max()),
            effort=effort,
        )

    def _torques_needed(self, best: _Attempt, task: _Task) -> Piecework[Array]:
        """Torques the target would take, (n,): those where the robot gets to from its best posture if it is strong."""
        rules_from = self._strong.unknowns
        kinds = [best.local.labels[i - rules_from, 0] for i in best.held_back if i >= rules_from]
        self.figure.place(best.posture.X_WB, best.posture.q_rad)
        if TORQUE in kinds:
            yield from self._attempt(self._strong, best.posture.X_WB, best.posture.q_rad, task)
        return self.program.torques.at(task.stance)[0]

    def _miss(self, attempt: _Attempt, needed_nm: Array) -> Miss:
        names = self.program.names_of(attempt.local, needed_nm)
        because = tuple(dict.fromkeys(names[i] for i in attempt.held_back))[:3]
        return Miss(
            position_m=float(np.linalg.norm(attempt.left[:3])),
            rotation_rad=float(np.linalg.norm(attempt.left[3:])),
            broken_m=attempt.broken,
            because=because or ("the limb being stretched out",),
            nearest=attempt.posture,
        )
