"""The problem of `WholeBody`, posed once more in TSID (Del Prete, Mansard, Ramos, Stasse, Nori 2016).

The same accelerations are asked of the same body: of both feet, of the joints that are not in the legs, of the centre
of mass, of the pelvis in rotation. Prices of the last two and of the wrenches are the same, and so are the wrench cone
and the torque limits of the legs that stand. Two things differ. TSID's unknowns are all accelerations and the forces at
the corners of the soles; those of `WholeBody` are the wrenches, the rest is eliminated. And what `WholeBody` takes for
granted, swing foot and other joints, is a dear cost here, as in TSID's own examples: as constraints it is slower.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from benchmarks.peers.pinocchio_body import INSTALL, PeerMissing, PinocchioBody, import_pinocchio
from linewalker.cerebellum.balance.whole_body import EDGE_M, FRICTION, Tasks, Weights
from linewalker.cerebellum.body.dynamics import GRAVITY, Dynamics
from linewalker.geometry import rotation_from_quat
from linewalker.limbs.model.robot_model import SOLES, effort_limits
from linewalker.limbs.profile import RobotProfile

HARD, SOFT = 0, 1
SPIN_PRICE = 1e-3
"""Of the pelvis' rotation about any axis: TSID has one weight per task."""
SWING_PRICE, POSTURE_PRICE = 100.0, 10.0
DEAR = 1e3
"""All prices times this: the solver adds 1e-8 to the diagonal of its Hessian, which then weighs nothing."""
SE3_AT_REST = np.array([0.0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1])


def import_tsid() -> ModuleType:
    """TSID.

    Raises:
        PeerMissing: it can not be imported.
    """
    import_pinocchio()
    try:
        import tsid

        if not hasattr(tsid, "RobotWrapper"):  # wheels of 1.7 have their extension beside the package
            from tsid import tsid_pywrap as tsid
    except ImportError as error:
        raise PeerMissing(f"{error}; {INSTALL}") from None
    return tsid


class TsidWholeBody:
    """One formulation per set of feet in contact: adding and removing contacts is not what is measured."""

    def __init__(self, profile: RobotProfile, dynamics: Dynamics):
        self.body = PinocchioBody(profile, dynamics)
        self.dynamics, self.effort_nm = dynamics, effort_limits(profile)
        index = {int(dof): i for i, dof in enumerate(dynamics.joints)}
        self.rest = [index[int(dof)] for dof in dynamics.rest]
        self.state = self.body.state
        self._formulations = {feet: Formulation(self, feet) for feet in ((0, 1), (0,), (1,))}

    def ask(self, q: np.ndarray, tasks: Tasks) -> None:
        """Set the references of one tick."""
        self._current = self._formulations[tuple(int(k) for k in np.flatnonzero(tasks.contact))]
        self._current.ask(q, tasks)

    def solve(self, q_pin: np.ndarray, v_pin: np.ndarray) -> None:
        """One tick of TSID: dynamics, problem, solution, torques.

        Raises:
            ArithmeticError: it finds no solution.
        """
        self._solution = self._current.solve(q_pin, v_pin)

    def acceleration(self, q: np.ndarray, v: np.ndarray) -> np.ndarray:
        """Of the last solution, as `WholeBody.acceleration`."""
        return self.body.acceleration(q, v, self._current.problem.getAccelerations(self._solution))

    def torques(self) -> np.ndarray:
        """Of the last solution, in the order of ``profile.joints``, (n,)."""
        return self._current.problem.getActuatorForces(self._solution)[self.body.v_at - 6]


class Formulation:
    """TSID's problem for one set of feet in contact."""

    def __init__(self, peer: TsidWholeBody, feet: tuple[int, ...]):
        self._tsid = import_tsid()
        tsid, self._body, self.feet = self._tsid, peer.body, feet
        self._dynamics, self._effort, self._posed = peer.dynamics, peer.effort_nm, {}
        self._rest_at = self._body.v_at[peer.rest] - 6
        self.robot = tsid.RobotWrapper(self._body.model, tsid.RootJointType.FLOATING_BASE_SYSTEM, False)
        self.problem = tsid.InverseDynamicsFormulationAccForce("tsid", self.robot, False)
        self.problem.computeProblemData(0.0, self._body.pin.neutral(self._body.model), np.zeros(self.robot.nv))
        for k in feet:
            self._touch(k)
        for k in {0, 1} - set(feet):
            self._add(SOLES[k], tsid.TaskSE3Equality(f"swing {k}", self.robot, SOLES[k]), SWING_PRICE, SOFT)
        self._add("com", tsid.TaskComEquality("com", self.robot), 1.0, SOFT)
        pelvis = tsid.TaskSE3Equality("pelvis", self.robot, self._body.profile.base)
        self._add("pelvis", pelvis, SPIN_PRICE, SOFT, mask=[0, 0, 0, 1, 1, 1])
        mask = np.zeros(self.robot.na)
        mask[self._rest_at] = 1.0
        self._add("posture", tsid.TaskJointPosture("posture", self.robot), POSTURE_PRICE, SOFT, mask=mask)
        self._bound_torques()
        self.solver = tsid.SolverHQuadProgFast("solver")
        self.solver.resize(self.problem.nVar, self.problem.nEq, self.problem.nIn)

    def _add(self, name: str, task: Any, weight: float, priority: int, mask: ArrayLike | None = None) -> None:
        """A motion task without gains: it asks for its reference acceleration and nothing else."""
        rows = self.robot.na if name == "posture" else task.dim
        task.setKp(np.zeros(rows))
        task.setKd(np.zeros(rows))
        if mask is not None:
            task.setMask(np.asarray(mask, float))
        if hasattr(task, "useLocalFrame"):
            task.useLocalFrame(False)
        self.problem.addMotionTask(task, DEAR * weight, priority, 0.0)
        self._posed[name] = task

    def _touch(self, k: int) -> None:
        profile = self._body.profile
        x, y = profile.sole_half_length_m - EDGE_M, profile.sole_half_width_m - EDGE_M
        corners = np.array([[x, x, -x, -x], [y, -y, y, -y], [0.0] * 4])
        most_n, up = 3.0 * self._dynamics.mass * GRAVITY, np.array([0.0, 0.0, 1.0])
        contact = self._tsid.Contact6d(f"foot {k}", self.robot, SOLES[k], corners, up, FRICTION, 0.0, most_n)
        contact.setKp(np.zeros(6))
        contact.setKd(np.zeros(6))
        contact.setRegularizationTaskWeightVector(np.sqrt(Weights().wrench))
        self.problem.addRigidContact(contact, DEAR)
        self._posed[f"foot {k}"] = contact

    def _bound_torques(self) -> None:
        bounds = self._tsid.TaskActuationBounds("torques", self.robot)
        limits, bounded = np.zeros(self.robot.na), np.zeros(self.robot.na, bool)
        limits[self._body.v_at - 6] = self._effort
        bounded[np.concatenate([self._body.leg_at[k] for k in self.feet]) - 6] = True
        bounds.setMask(bounded.astype(float))
        bounds.setBounds(-limits[bounded], limits[bounded])
        self.problem.addActuationTask(bounds, 1.0, HARD, 0.0)
        self._posed["torques"] = bounds

    def ask(self, q: np.ndarray, tasks: Tasks) -> None:
        """Set the references of one tick."""
        R_WB = rotation_from_quat(q[3:7])
        rest = np.zeros(self.robot.na)
        rest[self._rest_at] = tasks.rest_acc
        self._refer("com", np.zeros(3), tasks.com_acc)
        self._refer("pelvis", SE3_AT_REST, np.concatenate((np.zeros(3), R_WB @ tasks.spin_acc)))
        self._refer("posture", np.zeros(self.robot.na), rest)
        for k in {0, 1} - set(self.feet):
            self._refer(SOLES[k], SE3_AT_REST, tasks.foot_acc[k])
        for k in self.feet:
            self._posed[f"foot {k}"].setMaxNormalForce(float(tasks.max_force_n[k]))

    def _refer(self, name: str, place: np.ndarray, acceleration: np.ndarray) -> None:
        sample = self._tsid.TrajectorySample(len(place), len(acceleration))
        sample.value(place)
        sample.derivative(np.zeros(len(acceleration)))
        sample.second_derivative(acceleration)
        self._posed[name].setReference(sample)

    def solve(self, q_pin: np.ndarray, v_pin: np.ndarray) -> Any:
        """Accelerations and corner forces."""
        solution = self.solver.solve(self.problem.computeProblemData(0.0, q_pin, v_pin))
        if solution.status != 0:
            raise ArithmeticError(f"TSID found no solution: status {solution.status}")
        self.problem.getActuatorForces(solution)
        return solution
