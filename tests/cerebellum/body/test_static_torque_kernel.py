"""Torques that hold a tree of hinges: derivatives of its potential energy, and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.body.static_torque_kernel import carried, static_torques
from linewalker.geometry import exp_so3

G = 9.81
PARENT = [-1, 0, 1, 0, 3]
"""Two limbs of hinges on a base: 1 on 0 ... as a list of what each hinge hangs on, -1 for the base."""
SOLES = np.array([[0.1, 0.2, 0.0], [-0.1, -0.25, 0.05]])


@dataclass
class Tree:
    """Hinges in W at one posture, with a point mass beyond each, and the base's own mass."""

    base: np.ndarray
    R: np.ndarray
    anchors: np.ndarray
    axes: np.ndarray
    points: np.ndarray
    masses: np.ndarray

    def chain(self, hinge: int) -> list[int]:
        """A hinge and those it hangs on."""
        return [] if hinge < 0 else [hinge, *self.chain(PARENT[hinge])]

    def moved(self, k: int, step: float) -> Tree:
        """A step along one tangent direction: base shifted, base turned about its own axes, or a hinge turned."""
        if k < 3:
            shift = step * np.eye(3)[k]
            return Tree(self.base + shift, self.R, self.anchors + shift, self.axes, self.points + shift, self.masses)
        about = self.base if k < 6 else self.anchors[k - 6]
        turn = exp_so3(step * (self.R[:, k - 3] if k < 6 else self.axes[k - 6]))
        takes = [k < 6 or k - 6 in self.chain(hinge) for hinge in range(len(PARENT))]
        mask = np.array([[*takes]]).T
        points = np.vstack((np.array([k < 6]), mask))
        return Tree(
            self.base,
            turn @ self.R if k < 6 else self.R,
            np.where(mask, about + (self.anchors - about) @ turn.T, self.anchors),
            np.where(mask, self.axes @ turn.T, self.axes),
            np.where(points, about + (self.points - about) @ turn.T, self.points),
            self.masses,
        )

    @property
    def com(self) -> np.ndarray:
        return self.masses @ self.points / self.masses.sum()

    @property
    def energy(self) -> float:
        return float(G * self.masses @ self.points[:, 2])


def tree(seed: int = 0) -> Tree:
    rng = np.random.default_rng(seed)
    n = len(PARENT)
    axes = rng.normal(size=(n, 3))
    axes /= np.linalg.norm(axes, axis=1, keepdims=True)
    masses = rng.uniform(0.5, 3.0, n + 1)
    return Tree(
        rng.normal(size=3),
        exp_so3(rng.normal(size=3)),
        rng.normal(size=(n, 3)),
        axes,
        rng.normal(size=(n + 1, 3)),
        masses,
    )


def torques(body: Tree, foot: list[int], least: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Torques and gradients of the kernel, base rows included."""
    n = len(PARENT)
    anchors, axes = np.vstack((np.tile(body.base, (3, 1)), body.anchors)), np.vstack((body.R.T, body.axes))
    above = np.zeros((3 + n, 3 + n), bool)
    above[:, :3] = True
    moments = np.tile(body.masses @ (body.points - body.base), (3, 1))
    for j in range(n):
        above[3 + j, [3 + k for k in body.chain(j)]] = True
    for j in range(n):
        carries = [i + 1 for i in range(n) if j in body.chain(i)]
        moments = np.vstack((moments, body.masses[carries] @ (body.points[carries] - body.anchors[j])))
    step = 1e-6
    com_by = np.array([(body.moved(k, step).com - body.moved(k, -step).com) / (2 * step) for k in range(6 + n)]).T
    weight = (float(body.masses.sum()), body.com, np.ascontiguousarray(com_by), SOLES)
    found = (np.zeros(3 + n), np.full((3 + n, 6 + n), np.nan))
    feet = np.array([-1, -1, -1, *foot], np.int64)
    static_torques((axes, anchors, moments), above, feet, weight, G, np.full(3 + n, least), found)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_a_torque_is_the_slope_of_the_potential_energy(seed: int) -> None:
    body, step = tree(seed), 1e-6
    torque = torques(body, [-1] * 5)[0][3:]
    slope = [(body.moved(6 + j, step).energy - body.moved(6 + j, -step).energy) / (2 * step) for j in range(5)]
    np.testing.assert_allclose(torque, slope, atol=1e-6)


@pytest.mark.parametrize("foot", [[-1] * 5, [-1, -1, 0, -1, 1]], ids=["in the air", "on both feet"])
def test_gradients_are_slopes_of_the_torques(foot: list[int]) -> None:
    body, step = tree(1), 1e-5
    gradient = torques(body, foot)[1][3:]
    for k in range(11):
        ahead, back = (torques(body.moved(k, sign * step), foot)[0][3:] for sign in (1, -1))
        np.testing.assert_allclose(gradient[:, k], (ahead - back) / (2 * step), atol=1e-4)


def test_what_is_too_small_to_matter_has_no_gradient() -> None:
    body = tree(2)
    torque, _ = torques(body, [-1] * 5)
    between = float(np.median(np.abs(torque[3:])))
    _, gradient = torques(body, [-1] * 5, least=between)
    told = np.isfinite(gradient[3:]).all(axis=1)
    np.testing.assert_array_equal(told, np.abs(torque[3:]) >= between)


@given(st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
def test_both_feet_together_carry_the_mass_where_it_is(x: float, y: float) -> None:
    """Statics: their shares add up to the mass, their first moments to that of the centre of mass."""
    weight = (70.0, np.array([x, y, 0.9]), np.zeros((3, 6)), SOLES)
    (left, lx, ly), (right, rx, ry) = carried(weight, 0), carried(weight, 1)
    assert left + right == pytest.approx(70.0)
    np.testing.assert_allclose(
        left * np.array([lx, ly]) + right * np.array([rx, ry]), 70.0 * np.array([x, y]), atol=1e-9
    )
    across = (SOLES[1] - SOLES[0])[:2]
    aside = np.array([lx, ly]) - SOLES[0, :2]
    np.testing.assert_allclose(aside, np.array([rx, ry]) - SOLES[1, :2], atol=1e-12)  # equally far beside their line
    assert aside @ across == pytest.approx(0.0, abs=1e-12)


def test_a_mass_over_one_foot_is_carried_by_it_alone() -> None:
    weight = (70.0, np.array([*SOLES[1, :2], 0.9]), np.zeros((3, 6)), SOLES)
    assert carried(weight, 0)[0] == pytest.approx(0.0)
    assert carried(weight, 1) == pytest.approx((70.0, *SOLES[1, :2]))
