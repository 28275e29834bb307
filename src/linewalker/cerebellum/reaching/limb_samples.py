"""Postures of waist and limb drawn once per robot: good places to start inverse kinematics from."""

from __future__ import annotations

import numpy as np

from linewalker.cerebellum.body.clearance import Obstacles
from linewalker.cerebellum.reaching.posture_qp import PostureProgram
from linewalker.geometry import Array, Pose

_COUNT = 1500
_WAIST_SHARE = 0.25
_ANGLE_ARM_M = 0.25  # one radian of wrong orientation counts like so many metres
_APART_RAD = 0.6


class LimbSamples:
    """Self-collision free postures of the joints that move a sensor, with the pelvis where it is when standing.

    Args:
        program: knows the robot, the sensor and how near its parts may come; its figure has to be in its standing
            posture over the origin, and is left in it.
        seed: of the draw.

    Attributes:
        postures: angles of the moving joints, (k, m).
    """

    def __init__(self, program: PostureProgram, seed: int = 1):
        figure, moving = program.figure, program.moving
        profile, reach_m = figure.profile, program.rules.self_clearance_m
        order = {name: i for i, name in enumerate(profile.joints)}
        index = np.array([order[name] for name in moving], int)
        share = np.array([_WAIST_SHARE if name in profile.waist else 0.9 for name in moving])
        middle, half = 0.5 * (figure.lower + figure.upper)[index], 0.5 * (figure.upper - figure.lower)[index]
        half = np.minimum(half, np.pi)  # a joint that turns farther comes to the same postures again
        middle = np.where(share < 0.5, 0.0, middle)
        drawn = middle + share * half * np.random.default_rng(seed).uniform(-1.0, 1.0, (_COUNT, len(index)))
        X_MB, q = figure.X_WB, figure.q_rad
        kept, positions, rotations, nothing = [], [], [], Obstacles.pack()
        for sample in np.clip(drawn, figure.lower[index], figure.upper[index]):
            trial = q.copy()
            trial[index] = sample
            figure.place(X_MB, trial)
            distances, _, pairs = figure.clearances(nothing, reach_m)
            if (distances < program.least_distances(pairs)).any():
                continue
            X_MF = figure.pose_of(program.mount)
            kept.append(sample)
            positions.append(X_MF.p)
            rotations.append(X_MF.R)
        figure.place(X_MB, q)
        self.postures, self._p, self._R = np.array(kept), np.array(positions), np.array(rotations)

    def nearest(self, X_MF: Pose, count: int) -> list[Array]:
        """Up to ``count`` postures of the moving joints, unlike each other, whose sensor comes nearest to X_MF."""
        cost = self._distances(X_MF)
        chosen: list[Array] = []
        for i in np.argsort(cost, kind="stable")[:60]:
            if all(np.abs(self.postures[i] - other).max() > _APART_RAD for other in chosen):
                chosen.append(self.postures[i])
                if len(chosen) == count:
                    break
        return chosen

    def distance(self, X_MF: Pose) -> float:
        """How far the nearest sample stays from X_MF, m, angles counted as metres: a guess at what is in reach."""
        return float(self._distances(X_MF).min())

    def _distances(self, X_MF: Pose) -> Array:
        cosine = 0.5 * (np.einsum("kij,ij->k", self._R, X_MF.R) - 1.0)
        return np.linalg.norm(self._p - X_MF.p, axis=1) + _ANGLE_ARM_M * np.arccos(np.clip(cosine, -1.0, 1.0))
