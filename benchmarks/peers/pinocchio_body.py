"""Our robot in Pinocchio (Carpentier et al. 2019): the same inertias, rotors and soles."""

from __future__ import annotations

from types import ModuleType

import numpy as np

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.geometry import rotation_from_quat
from linewalker.limbs.model.robot_model import SOLES
from linewalker.limbs.model.urdf_path import urdf_path
from linewalker.limbs.profile import RobotProfile

INSTALL = "install it with: python -m pip install --no-deps -r requirements-bench.lock"


class PeerMissing(Exception):
    """A library to compare with is not installed, or does not fit; the message says what to do."""


def import_pinocchio() -> ModuleType:
    """Pinocchio.

    Raises:
        PeerMissing: it can not be imported.
    """
    try:
        import pinocchio
    except ImportError as error:
        raise PeerMissing(f"{error}; {INSTALL}") from None
    return pinocchio


class PinocchioBody:
    """The robot's URDF in Pinocchio, with our rotor inertias and sole frames, and the way from our state to its own."""

    def __init__(self, profile: RobotProfile, dynamics: Dynamics):
        pin = import_pinocchio()
        model = pin.buildModelFromUrdf(str(urdf_path(profile)), pin.JointModelFreeFlyer())
        model = pin.buildReducedModel(model, [model.getJointId(name) for name in profile.welded], pin.neutral(model))
        self.pin, self.profile = pin, profile
        joints = [model.joints[model.getJointId(name)] for name in profile.joints]
        self.q_at, self.v_at = np.array([j.idx_q for j in joints]), np.array([j.idx_v for j in joints])
        self._from = dynamics.joints
        self.leg_at = [self.v_at[[profile.joints.index(name) for name in leg.joints]] for leg in profile.legs]
        armature = np.zeros(model.nv)
        armature[self.v_at] = dynamics.model.dof_armature[dynamics.joints]
        model.armature = armature
        for sole, leg in zip(SOLES, profile.legs):
            body = model.frames[model.getFrameId(leg.end.body)]
            X_BF = pin.SE3(leg.end.X_BF.R, leg.end.X_BF.p)
            model.addFrame(pin.Frame(sole, body.parentJoint, body.placement * X_BF, pin.FrameType.OP_FRAME))
        self.model, self.data = model, model.createData()
        self._soles = [model.getFrameId(sole) for sole in SOLES]

    def state(self, q: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Ours has wxyz quaternions and the base's velocity in the world; Pinocchio xyzw, and in the base's frame."""
        q_pin, v_pin = np.zeros(self.model.nq), np.zeros(self.model.nv)
        q_pin[:7] = [*q[:3], *q[4:7], q[3]]
        v_pin[:6] = [*(rotation_from_quat(q[3:7]).T @ v[:3]), *v[3:6]]
        q_pin[self.q_at], v_pin[self.v_at] = q[self._from + 1], v[self._from]
        return q_pin, v_pin

    def acceleration(self, q: np.ndarray, v: np.ndarray, acc_pin: np.ndarray) -> np.ndarray:
        """Generalised accelerations as `Dynamics` has them, (nv,)."""
        R_WB, acc = rotation_from_quat(q[3:7]), np.zeros(len(v))
        acc[:3] = R_WB @ acc_pin[:3] + np.cross(R_WB @ v[3:6], v[:3])
        acc[3:6] = acc_pin[3:6]
        acc[self._from] = acc_pin[self.v_at]
        return acc

    def bare_dynamics(self, q_pin: np.ndarray, v_pin: np.ndarray) -> None:
        """What `Dynamics.update` gives: inertia, bias forces, Jacobians and drift of the soles, centre of mass."""
        pin, model, data = self.pin, self.model, self.data
        pin.computeAllTerms(model, data, q_pin, v_pin)
        pin.updateFramePlacements(model, data)
        for sole in self._soles:
            pin.getFrameJacobian(model, data, sole, pin.LOCAL_WORLD_ALIGNED)
            pin.getFrameClassicalAcceleration(model, data, sole, pin.LOCAL_WORLD_ALIGNED)
