"""Derivatives of the figure against finite differences."""

import mujoco
import numpy as np
import pytest

from linewalker.cerebellum.body.clearance import Obstacles, Prism
from linewalker.cerebellum.body.kinematics import Figure, shape_of
from linewalker.geometry import Pose, exp_so3, log_so3
from linewalker.limbs.profiles import load_profile

STEP = 1e-6
WALL = Obstacles.pack(
    [Prism(outline_m=np.array([[0.35, -1.0], [1.35, -1.0], [1.35, 1.0], [0.35, 1.0]]), bottom_m=0.2, top_m=1.0)]
)


@pytest.fixture(scope="module")
def figure():
    return Figure(load_profile("g1"))


@pytest.fixture
def random_posture(figure):
    rng = np.random.default_rng(4)
    q = figure.profile.standing_q() + rng.normal(0.0, 0.1, len(figure.profile.joints))
    figure.place(Pose(p=np.array([0.1, 0.2, 0.75]), R=exp_so3([0.1, -0.2, 0.5])), q)
    return figure.data.qpos.copy()


def differences(figure, qpos, value):
    """Central differences of ``value()`` along every tangent direction, (values, 6 + h)."""
    columns = []
    for k in range(figure.model.nv):
        ends = []
        for sign in (1, -1):
            tangent = np.zeros(figure.model.nv)
            tangent[k] = sign * STEP
            figure.data.qpos[:] = qpos
            figure.move(tangent)
            ends.append(value())
        columns.append((ends[0] - ends[1]) / (2 * STEP))
    figure.data.qpos[:] = qpos
    figure.move(np.zeros(figure.model.nv))
    return np.array(columns).T


def test_jacobian_of_a_sensor(figure, random_posture):
    mount = figure.profile.scanners["right_wrist"]
    J = figure.jacobian(mount)
    R = figure.pose_of(mount).R
    assert J[:3] == pytest.approx(differences(figure, random_posture, lambda: figure.pose_of(mount).p), abs=1e-7)
    turning = differences(figure, random_posture, lambda: R @ log_so3(R.T @ figure.pose_of(mount).R))
    assert J[3:] == pytest.approx(turning, abs=1e-7)


def test_jacobian_of_the_centre_of_mass(figure, random_posture):
    J = figure.com_jacobian().copy()
    assert pytest.approx(differences(figure, random_posture, figure.com), abs=1e-7) == J


@pytest.mark.parametrize("obstacles", [Obstacles.pack(), WALL])
def test_gradients_of_distances(figure, random_posture, obstacles):
    distances, gradients, labels = (x.copy() for x in figure.clearances(obstacles, 0.25))
    assert len(distances) > 5

    def of_same_pairs():
        found = dict(zip(map(tuple, figure.clearances(obstacles, 0.3)[2].tolist()), figure._distances))
        return np.array([found[tuple(label)] for label in labels.tolist()])

    assert of_same_pairs() == pytest.approx(distances)
    numeric = differences(figure, random_posture, of_same_pairs)
    smooth = distances > 0.005  # inside one another the direction jumps
    assert gradients[smooth] == pytest.approx(numeric[smooth], abs=2e-3)


def test_distances_equal_those_of_mujoco(figure):
    """Capsules of the standing robot, placed as geoms, are as far apart as MuJoCo finds them."""
    shape = figure.shape
    figure.place(Pose(p=np.array([0.0, 0.0, 0.8])), figure.profile.standing_q())
    spec = mujoco.MjSpec()
    ends = figure._ends()
    for (start, end), radius in zip(ends, shape.radii_m):
        if np.linalg.norm(end - start) < 1e-9:
            spec.worldbody.add_geom(type=mujoco.mjtGeom.mjGEOM_SPHERE, pos=start, size=[radius, 0, 0])
        else:
            spec.worldbody.add_geom(type=mujoco.mjtGeom.mjGEOM_CAPSULE, fromto=[*start, *end], size=[radius, 0, 0])
    model = spec.compile()
    data = mujoco.MjData(model)
    mujoco.mj_forward(model, data)
    distances, _, labels = figure.clearances(Obstacles.pack(), 0.3)
    for distance, (i, j) in zip(distances, labels):
        assert distance == pytest.approx(mujoco.mj_geomDistance(model, data, i, j, 1.0, None), abs=1e-6)


def test_the_shape_holds_every_link_that_physics_lets_touch():
    shape = shape_of(load_profile("g1"))
    assert {"torso_link", "right_elbow_link", "right_wrist_yaw_link", "left_knee_link"} <= set(shape.bodies)
    assert (shape.radii_m > 0).all()
    assert shape.ends_m.shape == (len(shape.bodies), 2, 3)


def test_capsules_moved_by_an_arm(figure):
    arm = figure.profile.arms[1].joints
    moved = {body for body, moves in zip(figure.shape.bodies, figure.capsules_moved_by(arm)) if moves}
    assert "right_elbow_link" in moved
    assert "left_elbow_link" not in moved
    assert "torso_link" not in moved
