"""One step of whole-body inverse kinematics as a small quadratic program.

With both soles on the floor the six joints of each leg follow from the pelvis, so that the unknowns are
y = (pelvis 6, waist, arm or head). With the error e of the sensor along its own axes, its remainder t and one slack s:

    min   |t|^2_W + |r + J_r y|^2_P + rho s^2
    s.t.  -tolerance <= e - J y - t <= tolerance       the sensor arrives, or t says by how much it fails
          joint limits of waist and arm, a trust region
          joint limits of the legs, the centre of mass over the feet, torques that hold all this, distances that are
          too small:  a y + s >= b
"""

from __future__ import annotations

from dataclasses import dataclass

import daqp
import numpy as np
from numpy.typing import NDArray

from linewalker.cerebellum.body.clearance import Obstacles
from linewalker.cerebellum.body.feet import Stance
from linewalker.cerebellum.body.kinematics import Figure
from linewalker.cerebellum.body.static_torque import StaticTorques
from linewalker.cerebellum.reaching.posture import PostureRules, Tolerance
from linewalker.geometry import Array, Pose, log_so3, skew
from linewalker.limbs.profile import Limb, Mount

_REMAINDER_WEIGHT = np.array([1e6, 1e6, 1e6, 5e4, 5e4, 5e4])  # m^-2 and rad^-2, against a posture's cost of about one
_SLACK_WEIGHT = 1e8
_TRUST = np.array([0.1, 0.1, 0.1, 0.2, 0.2, 0.2])  # m and rad of the pelvis
_TRUST_JOINT_RAD = 0.35
_PELVIS_WEIGHT = np.array([0.0, 0.0, 20.0, 2.0, 2.0, 1.0])
_WAIST_WEIGHT, _LIMB_WEIGHT = 0.5, 0.1
_COM_WEIGHT_M2 = 60.0
_DISTANCES_SEEN_M = 0.08  # a limb moves less in one step
_TORQUES_SEEN = 0.5  # of what a joint may use; its torque changes less in one step

_KNEE_RAD = 0.65  # a leg joint bent so far when standing is a knee

LEG, BALANCE, TORQUE, DISTANCE = range(4)
"""Kinds of rules."""
_PELVIS = tuple(f"pelvis {what} at its limit" for what in ("shift", "shift", "height", "roll", "pitch", "turn"))


@dataclass(frozen=True)
class Local:
    """The problem near one posture; unknowns are y.

    Attributes:
        v0, N: tangent vectors that keep the soles in place are v0 + N y.
        e, J: error of the sensor and how fast it shrinks, (6,) and (6, u).
        H, f: cost of the posture, (u, u) and (u,).
        lower, upper: joint limits and trust region, (u,).
        A, b: rules A y >= b that still hold when b is negative. labels: what each is about, (r, 3).
        merit: what the posture costs, errors and broken rules included; steps have to lower it.
    """

    v0: Array
    N: Array
    e: Array
    J: Array
    H: Array
    f: Array
    lower: Array
    upper: Array
    A: Array
    b: Array
    labels: NDArray[np.int64]
    merit: float


@dataclass(frozen=True)
class Step:
    """What one program found.

    Attributes:
        tangent: the step, (6 + h,).
        size: its largest component among the unknowns.
        pressures: multipliers of the bounds on the unknowns and of the rules, (u + r,).
    """

    tangent: Array
    size: float
    pressures: Array


class PostureProgram:
    """The program for one sensor of one figure; it holds no state between steps but the figure's posture.

    Args:
        figure: the robot; stepping moves it.
        mount: the sensor's frame.
        rules: what a posture has to keep to.
    """

    def __init__(self, figure: Figure, mount: Mount, rules: PostureRules):
        profile = figure.profile
        self.figure, self.mount, self.rules, self.torques = figure, mount, rules, StaticTorques(figure)
        legs = {joint for leg in profile.legs for joint in leg.joints}
        self.moving = tuple(name for name in figure.hinge_names_of(mount.body) if name not in legs)
        self._columns = np.array([figure.column_of[name] for name in self.moving], int)
        self._leg_columns = [np.array([figure.column_of[name] for name in leg.joints]) for leg in profile.legs]
        order = {name: i for i, name in enumerate(profile.joints)}
        self._moving_index = np.array([order[name] for name in self.moving], int)
        self._leg_index = np.array([order[name] for leg in profile.legs for name in leg.joints])
        self.preferred_q = profile.standing_q()
        legs_standing, bend = self.preferred_q[self._leg_index], rules.knee_bend_rad
        lower = figure.lower[self._leg_index] + rules.joint_margin_rad
        upper = figure.upper[self._leg_index] - rules.joint_margin_rad
        self._leg_lower = np.where(legs_standing > _KNEE_RAD, np.maximum(lower, bend), lower)
        self._leg_upper = np.where(legs_standing < -_KNEE_RAD, np.minimum(upper, -bend), upper)
        legs_by = np.eye(figure.model.nv)[figure.column[self._leg_index]]
        self._leg_rows = np.vstack((legs_by, -legs_by))
        rows = [(LEG, joint, 0) for joint in (*self._leg_index, *self._leg_index)] + 4 * [(BALANCE, 0, 0)]
        self._labels = np.array(rows, np.int64)
        self._limb_capsules = figure.capsules_moved_by([name for name in self.moving if name not in profile.waist])
        in_waist = np.array([name in profile.waist for name in self.moving], bool)
        self._weights = np.concatenate((_PELVIS_WEIGHT, np.where(in_waist, _WAIST_WEIGHT, _LIMB_WEIGHT)))
        self._trust = np.concatenate((_TRUST, np.full(len(self.moving), _TRUST_JOINT_RAD)))
        self.unknowns = 6 + len(self.moving)

    # -- the feet ------------------------------------------------------------------------------------------------

    def _closure(self, stance: Stance) -> tuple[Array, Array]:
        """Tangent vectors that keep the soles in place: v = v0 + N y, with v0 what brings them back to the stance."""
        figure = self.figure
        N = np.zeros((figure.model.nv, self.unknowns))
        N[:6, :6] = np.eye(6)
        N[self._columns, np.arange(6, self.unknowns)] = 1.0
        v0 = np.zeros(figure.model.nv)
        for leg, columns, X_WS in zip(figure.profile.legs, self._leg_columns, (stance.X_WL, stance.X_WR)):
            J = figure.jacobian(leg.end)
            solved = np.linalg.solve(J[:, columns], np.column_stack((J[:, :6], self._sole_error(leg, X_WS))))
            N[columns, :6] = -solved[:, :6]
            v0[columns] = solved[:, 6]
        return N, v0

    def _sole_error(self, leg: Limb, X_WS: Pose) -> Array:
        is_at = self.figure.pose_of(leg.end)
        return np.concatenate((X_WS.p - is_at.p, is_at.R @ log_so3(is_at.R.T @ X_WS.R)))

    def stand(self, stance: Stance) -> None:
        """Move the figure into its standing posture over a stance: level, as high as the profile's, in balance."""
        figure, X_WM = self.figure, stance.X_WM
        figure.place(X_WM, self.preferred_q)
        drop = 0.5 * sum(figure.pose_of(leg.end).p[2] for leg in figure.profile.legs) - X_WM.p[2]
        figure.place(Pose(p=X_WM.p - [0.0, 0.0, drop], R=X_WM.R), self.preferred_q)
        height = figure.X_WB.p[2]
        balanced = X_WM.apply([*self.rules.com_preferred_m, 0.0])[:2]
        for _ in range(8):
            N, v0 = self._closure(stance)
            J = figure.com_jacobian()[:2]
            y = np.zeros(self.unknowns)
            y[2] = height - figure.X_WB.p[2]
            y[:2] = np.linalg.solve((J @ N)[:, :2], balanced - figure.com()[:2] - J @ (v0 + N[:, 2] * y[2]))
            figure.move(v0 + N @ y)

    def worst_broken_rule(self, stance: Stance, obstacles: Obstacles) -> float:
        """By how much the figure breaks a rule or its feet leave the stance, m, rad or share; negative when well."""
        com = stance.X_WM.R.T @ (self.figure.com() - stance.X_WM.p)
        _, b, _ = self._rule_rows(stance, com[:2] - self.rules.com_preferred_m, obstacles)
        legs = zip(self.figure.profile.legs, (stance.X_WL, stance.X_WR))
        return max(float(b.max()), *(float(np.abs(self._sole_error(leg, X_WS)).max()) for leg, X_WS in legs))

    def effort(self, stance: Stance, pelvis_m: float) -> float:
        """What the figure's posture costs."""
        deviation, com = self._posture(stance.X_WM, pelvis_m)
        return float(self._weights @ deviation**2 + _COM_WEIGHT_M2 * com @ com)

    # -- the sensor ----------------------------------------------------------------------------------------------

    def error(self, X_WF: Pose) -> Array:
        """What is missing to the target along and about the sensor's own axes, (6,), m and rad."""
        is_at = self.figure.pose_of(self.mount)
        return np.concatenate((is_at.R.T @ (X_WF.p - is_at.p), log_so3(is_at.R.T @ X_WF.R)))

    def error_jacobian(self, e: Array) -> Array:
        """How fast `error` shrinks with a tangent vector, (6, 6 + h).

        The rotational part uses the inverse left Jacobian of SO(3) (Chirikjian 2011, eq. 10.86).
        """
        R = self.figure.pose_of(self.mount).R
        J = self.figure.jacobian(self.mount)
        local = np.vstack((R.T @ J[:3], R.T @ J[3:]))
        local[:3] -= skew(e[:3]) @ local[3:]
        angle = float(np.linalg.norm(e[3:]))
        if angle < 3.1:  # half a turn has no direction
            E = skew(e[3:])
            bend = 1 / 12 if angle < 1e-3 else 1 / angle**2 - (1 + np.cos(angle)) / (2 * angle * np.sin(angle))
            local[3:] = (np.eye(3) - 0.5 * E + bend * E @ E) @ local[3:]
        return local

    # -- cost and rows -------------------------------------------------------------------------------------------

    def _posture(self, X_WM: Pose, pelvis_m: float) -> tuple[Array, Array]:
        """Deviation from the standing posture and from balance: residuals of the unknowns (u,) and of the CoM (2,)."""
        X_MB = X_WM.inverse() @ self.figure.X_WB
        deviation = np.zeros(self.unknowns)
        deviation[2] = X_MB.p[2] - pelvis_m
        deviation[3:6] = log_so3(X_MB.R)
        deviation[6:] = (self.figure.q_rad - self.preferred_q)[self._moving_index]
        com = X_WM.R.T @ (self.figure.com() - X_WM.p)
        return deviation, com[:2] - self.rules.com_preferred_m

    def _bounds(self, deviation: Array) -> tuple[Array, Array]:
        """Joint limits, pelvis limits and trust region on the unknowns, (u,) each."""
        rules, figure, index = self.rules, self.figure, self._moving_index
        lower, upper = np.full(self.unknowns, -1e9), np.full(self.unknowns, 1e9)
        lower[2], upper[2] = -rules.lowest_m - deviation[2], rules.highest_m - deviation[2]
        tilt = np.array([rules.lean_rad, rules.lean_rad, rules.twist_rad])
        lower[3:6], upper[3:6] = -tilt - deviation[3:6], tilt - deviation[3:6]
        q = figure.q_rad[index]
        lower[6:] = figure.lower[index] + rules.joint_margin_rad - q
        upper[6:] = figure.upper[index] - rules.joint_margin_rad - q
        trust = self._trust
        return np.minimum(np.maximum(lower, -trust), trust), np.minimum(np.maximum(upper, -trust), trust)

    def _rule_rows(self, stance: Stance, com: Array, obstacles: Obstacles) -> tuple[Array, Array, NDArray[np.int64]]:
        """Rows ``a v >= b`` of legs, balance, torques and distances, in tangent space, with labels (r, 3)."""
        figure, rules = self.figure, self.rules
        q = figure.q_rad[self._leg_index]
        low, high = self._leg_lower - q, q - self._leg_upper
        balance = (stance.X_WM.R.T @ figure.com_jacobian())[:2]
        room = np.array([rules.com_fore_aft_m, rules.com_sideways_m])
        joints, shares, change = self.torques.near_limit(stance, _TORQUES_SEEN * rules.torque_share)
        distances, gradients, pairs = figure.clearances(obstacles, _DISTANCES_SEEN_M)
        least = self.least_distances(pairs)
        A = np.vstack((self._leg_rows, balance, -balance, -np.sign(shares)[:, None] * change, gradients))
        b = np.concatenate((low, high, -room - com, com - room, np.abs(shares) - rules.torque_share, least - distances))
        labels = np.zeros((len(b), 3), np.int64)
        torques, far = len(self._labels), len(self._labels) + len(joints)
        labels[:torques] = self._labels
        labels[torques:far, 0], labels[torques:far, 1] = TORQUE, joints
        labels[far:, 0], labels[far:, 1:] = DISTANCE, pairs
        return A, b, labels

    def least_distances(self, pairs: NDArray[np.int64]) -> Array:
        """What the rules ask of each pair that `Figure.clearances` reports, (r,), m.

        Parts of the body that are nearer to one another than that when standing may be a little nearer still.
        """
        rules, gaps = self.rules, self.figure.standing_gaps_m
        against = np.where(self._limb_capsules[pairs[:, 0]], rules.arm_clearance_m, rules.body_clearance_m)
        between = np.minimum(rules.self_clearance_m, 0.5 * gaps[pairs[:, 0], np.maximum(pairs[:, 1], 0)])
        return np.where(pairs[:, 1] < 0, against, between)

    # -- the step ------------------------------------------------------------------------------------------------

    def linearise(
        self, X_WF: Pose, stance: Stance, pelvis_m: float, tolerance: Tolerance, obstacles: Obstacles
    ) -> Local:
        """The problem near the figure's posture; ``pelvis_m`` is the pelvis height when standing."""
        X_WM = stance.X_WM
        N, v0 = self._closure(stance)
        e = self.error(X_WF)
        J = self.error_jacobian(e)
        deviation, com = self._posture(X_WM, pelvis_m)
        A, b, labels = self._rule_rows(stance, com, obstacles)
        com_rows = (X_WM.R.T @ self.figure.com_jacobian())[:2]
        C = com_rows @ N
        lower, upper = self._bounds(deviation)
        left = np.maximum(np.abs(e) - tolerance.per_axis, 0.0)
        effort = self._weights @ deviation**2 + _COM_WEIGHT_M2 * com @ com
        return Local(
            v0=v0,
            N=N,
            e=e - J @ v0,
            J=J @ N,
            H=np.diag(self._weights) + _COM_WEIGHT_M2 * C.T @ C,
            f=self._weights * deviation + _COM_WEIGHT_M2 * C.T @ (com + com_rows @ v0),
            lower=lower,
            upper=upper,
            A=A @ N,
            b=b - A @ v0,
            labels=labels,
            merit=float(effort + _REMAINDER_WEIGHT @ left**2 + _SLACK_WEIGHT * max(b.max(), 0.0) ** 2),
        )

    def step(self, local: Local, tolerance: Tolerance, damping: float) -> Step:
        """The best step in the linearised problem; the figure stays where it is."""
        u, near = self.unknowns, tolerance.per_axis
        H = np.zeros((u + 7, u + 7))
        H[:u, :u] = local.H
        H.flat[:: u + 8] += np.concatenate((np.full(u, damping), _REMAINDER_WEIGHT, [_SLACK_WEIGHT]))
        rows = np.zeros((6 + len(local.b), u + 7))
        rows[:6, :u], rows[:6, u : u + 6] = local.J, np.eye(6)
        rows[6:, :u], rows[6:, -1] = local.A, 1.0
        lower = np.concatenate((local.lower, np.full(6, -1e9), [0.0], local.e - near, local.b))
        upper = np.concatenate((local.upper, np.full(7, 1e9), local.e + near, np.full(len(local.b), 1e9)))
        f = np.append(local.f, np.zeros(7))
        z, _, flag, info = daqp.solve(H, f, rows, upper, lower, np.zeros(len(lower), np.int32))
        if flag < 1:
            raise RuntimeError(f"the quadratic program of a posture step failed with exit flag {flag}")
        return Step(
            tangent=local.v0 + local.N @ z[:u],
            size=float(np.abs(z[:u]).max()),
            pressures=np.concatenate((info["lam"][:u], info["lam"][u + 13 :])),
        )

    def names_of(self, local: Local, needed_nm: Array) -> list[str]:
        """What each entry of `Step.pressures` is about.

        Args:
            local: the problem the step was found for.
            needed_nm: torques that the target would take, (n,).
        """
        names = [*_PELVIS, *(f"{name} at its limit" for name in self.moving)]
        return names + [
            self._rule_name(kind, first, second, needed_nm) for kind, first, second in local.labels.tolist()
        ]

    def _rule_name(self, kind: int, first: int, second: int, needed_nm: Array) -> str:
        if kind == BALANCE:
            return "balance"
        if kind == LEG:
            return f"{self.figure.profile.joints[first]} at its limit"
        if kind == TORQUE:
            limit_nm, needs_nm = self.torques.limits_nm[first], abs(needed_nm[first])
            may_nm = self.rules.torque_share * limit_nm
            needs = f"would need {needs_nm:.3g}, " if needs_nm > may_nm else ""
            return f"{self.figure.profile.joints[first]} ({needs}may use {may_nm:.3g} of its {limit_nm:.3g} N m)"
        bodies = self.figure.shape.bodies
        return f"{bodies[first]} close to {'an obstacle' if second < 0 else bodies[second]}"
