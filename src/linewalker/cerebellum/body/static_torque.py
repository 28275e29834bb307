"""Torques that hold a figure still on both feet, and how they change with its posture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.body.feet import Stance
from linewalker.cerebellum.body.kinematics import Figure
from linewalker.cerebellum.body.static_torque_kernel import Turns, Weight, static_torques
from linewalker.geometry import Array
from linewalker.limbs.model.robot_model import effort_limits


class StaticTorques:
    """Waist, arms and head carry what hangs on them, legs the robot.

    The floor pushes straight up, so that the feet do not work against one another. Each takes the share of the weight
    that balances it: on the line between the soles the centre of mass is nearer to the foot that carries more, and
    before or behind that line both are loaded equally far from their middles.

    Args:
        figure: the robot; it is read, never moved.

    Attributes:
        limits_nm: torque limits of ``profile.joints``, (n,).
    """

    def __init__(self, figure: Figure):
        self._figure, profile, model = figure, figure.profile, figure.model
        self.limits_nm = effort_limits(profile)
        self._bodies = model.jnt_bodyid[1:].astype(np.int64)
        self._carried_kg = model.body_subtreemass[self._bodies][:, None]
        self._mass_kg = float(model.body_subtreemass[1])
        turns = model.nv - 3
        self._above = np.ones((turns, turns), bool)
        self._above[:3, 3:] = False
        self._above[3:, 3:] = figure.hinges_above(self._bodies)
        self._foot = np.full(turns, -1)
        for foot, leg in enumerate(profile.legs):
            self._foot[[figure.column_of[name] - 3 for name in leg.joints]] = foot
        self._rows = figure.column - 3
        self._axes, self._anchors, self._moments = (np.zeros((turns, 3)) for _ in range(3))
        self._found = np.zeros(turns), np.zeros((turns, model.nv))
        self._limits_by_turn = np.ones(turns)
        self._limits_by_turn[self._rows] = self.limits_nm

    def at(self, stance: Stance) -> tuple[Array, Array]:
        """Torques of ``profile.joints`` as the figure stands, N m, (n,), and their gradients in tangent space.

        The floor takes effect at the soles of the stance, wherever those of the figure are.
        """
        torque, gradient = self._at(stance, 0.0)
        return torque[self._rows], gradient[self._rows]

    def near_limit(self, stance: Stance, share: float) -> tuple[NDArray[np.int64], Array, Array]:
        """Joints that need at least this share of their limit.

        Returns:
            their places in ``profile.joints`` (k,), shares of their limits, signed (k,), and gradients (k, 6 + h).
        """
        torque, gradient = self._at(stance, share)
        shares = torque[self._rows] / self.limits_nm
        near = np.flatnonzero(np.abs(shares) >= share)
        return near, shares[near], gradient[self._rows[near]] / self.limits_nm[near, None]

    def _at(self, stance: Stance, share: float) -> tuple[Array, Array]:
        g = -float(self._figure.model.opt.gravity[2])
        least = share * self._limits_by_turn
        static_torques(self._turns(), self._above, self._foot, self._weight(stance), g, least, self._found)
        return self._found

    def _turns(self) -> Turns:
        data, X_WB = self._figure.data, self._figure.X_WB
        axes, anchors = self._axes, self._anchors
        axes[:3], axes[3:] = X_WB.R.T, data.xaxis[1:]
        anchors[:3], anchors[3:] = X_WB.p, data.xanchor[1:]
        self._moments[3:] = self._carried_kg * (data.subtree_com[self._bodies] - anchors[3:])
        return axes, anchors, self._moments

    def _weight(self, stance: Stance) -> Weight:
        figure = self._figure
        return self._mass_kg, figure.com(), figure.com_jacobian(), np.array([stance.X_WL.p, stance.X_WR.p])
