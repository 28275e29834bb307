"""A way from one standing posture to another on which no part of the robot comes too near to anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

import numpy as np

from linewalker.cerebellum.body.clearance import Obstacles
from linewalker.cerebellum.reaching.piecework import Piecework, finished
from linewalker.cerebellum.reaching.posture import Posture
from linewalker.cerebellum.reaching.posture_ik import WholeBodyIK
from linewalker.cerebellum.reaching.posture_qp import PostureProgram
from linewalker.errors import UnreachableError
from linewalker.geometry import Array, Pose, exp_so3, log_so3

_STEP_RAD = 0.12
_STEP_M = 0.03
_SHARE = 0.6
"""On the way, this share of the distances that the rules ask of a posture is enough."""
_MOST_DETOURS, _MOST_PAIRS = 250, 1000
_PIECE = 5
"""Configurations looked at in a piece of work."""


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """Base pose and joint angles in the order of ``profile.joints``, (n,)."""

    X_WB: Pose
    q_rad: Array

    def towards(self, other: Configuration, share: float) -> Configuration:
        """The configuration that share (0 to 1) of the way to another."""
        turn = log_so3(self.X_WB.R.T @ other.X_WB.R)
        X_WB = Pose(p=self.X_WB.p + share * (other.X_WB.p - self.X_WB.p), R=self.X_WB.R @ exp_so3(share * turn))
        return Configuration(X_WB=X_WB, q_rad=self.q_rad + share * (other.q_rad - self.q_rad))

    def steps_to(self, other: Configuration) -> int:
        """How many steps are fine enough to notice everything in between."""
        rad = np.abs(other.q_rad - self.q_rad).max() / _STEP_RAD
        return int(np.ceil(max(rad, np.linalg.norm(other.X_WB.p - self.X_WB.p) / _STEP_M, 1.0)))


def configuration_of(posture: Posture) -> Configuration:
    """Where a posture puts the body."""
    return Configuration(X_WB=posture.X_WB, q_rad=posture.q_rad)


class PathFinder:
    """Finds detours for the limb that carries one sensor.

    Args:
        ik: the solver whose figure, rules and sampled limb postures are used.
    """

    def __init__(self, ik: WholeBodyIK):
        self._ik, self._seen = ik, 0

    def find(self, start: Configuration, goal: Configuration, obstacles: Obstacles) -> list[Configuration]:
        """Configurations to pass through one after the other, the goal last; between them on straight joint paths.

        Raises:
            UnreachableError: neither the straight way nor one of many detours over a posture or two is free.
        """
        return finished(self.finding(start, goal, obstacles))

    def finding(
        self, start: Configuration, goal: Configuration, obstacles: Obstacles
    ) -> Piecework[list[Configuration]]:
        """`find` in pieces; the solver's figure serves nothing else until the last one is done."""
        least = self._allowance(start, obstacles), self._allowance(goal, obstacles)
        allowed = {pair: min(side.get(pair, np.inf) for side in least) for pair in least[0].keys() | least[1].keys()}
        yield

        def is_free(a: Configuration, b: Configuration) -> Piecework[bool]:
            return self._is_free(a, b, obstacles, allowed)

        if (yield from is_free(start, goal)):
            return [goal]
        leaving: list[Configuration] = []
        arriving: list[Configuration] = []
        for via in self._detours(start, goal):
            leaves = yield from is_free(start, via)
            arrives = yield from is_free(via, goal)
            if leaves and arrives:
                return [via, goal]
            if leaves:
                leaving.append(via)
            elif arrives:
                arriving.append(via)
        for first, second in islice(product(leaving, arriving), _MOST_PAIRS):
            if (yield from is_free(first, second)):
                return [first, second, goal]
        raise UnreachableError(f"no free way for {self._ik.sensor} between its posture now and the one at the target")

    def _allowance(self, at: Configuration, obstacles: Obstacles) -> dict[tuple[int, int], float]:
        """Distances of pairs that start or end nearer than the way may otherwise be: they may stay so."""
        figure, program = self._ik.figure, self._ik.program
        figure.place(at.X_WB, at.q_rad)
        distances, _, pairs = figure.clearances(obstacles, 0.1)
        least = _SHARE * program.least_distances(pairs)
        near = distances < least
        return {(int(i), int(j)): float(d) - 1e-3 for (i, j), d in zip(pairs[near], distances[near])}

    def _is_free(
        self, a: Configuration, b: Configuration, obstacles: Obstacles, allowed: dict[tuple[int, int], float]
    ) -> Piecework[bool]:
        program: PostureProgram = self._ik.program
        figure = self._ik.figure
        steps = a.steps_to(b)
        for step in _coarse_first(steps):
            self._seen += 1
            if self._seen % _PIECE == 0:
                yield
            between = a.towards(b, step / steps)
            figure.place(between.X_WB, between.q_rad)
            distances, _, pairs = figure.clearances(obstacles, 0.1)
            tight = np.flatnonzero(distances < _SHARE * program.least_distances(pairs))
            if any(distances[k] < allowed.get((int(pairs[k, 0]), int(pairs[k, 1])), np.inf) for k in tight):
                return False
        return True

    def _detours(self, start: Configuration, goal: Configuration) -> Iterator[Configuration]:
        """Sampled limb postures, those that lengthen the way least first."""
        index = self._ik.moving_index
        middle = start.towards(goal, 0.5)
        samples = self._ik.samples.postures
        length = np.abs(samples - start.q_rad[index]).max(axis=1) + np.abs(samples - goal.q_rad[index]).max(axis=1)
        for k in np.argsort(length, kind="stable")[:_MOST_DETOURS]:
            q = middle.q_rad.copy()
            q[index] = samples[k]
            yield Configuration(X_WB=middle.X_WB, q_rad=q)


def _coarse_first(steps: int) -> list[int]:
    """1 to steps - 1, the middle first, so that a blocked way is found out early."""
    order = np.arange(1, steps)
    return [int(k) for k in order[np.argsort(np.abs(order - 0.5 * steps), kind="stable")]]
