"""Laws of poses."""

import numpy as np
import pytest

from linewalker.geometry import Pose, exp_so3


def some_pose(seed: int) -> Pose:
    rng = np.random.default_rng(seed)
    return Pose(p=rng.normal(size=3), R=exp_so3(rng.normal(size=3)))


def test_composition_acts_like_its_parts_one_after_the_other() -> None:
    X_AB, X_BC = some_pose(1), some_pose(2)
    points = np.random.default_rng(3).normal(size=(5, 3))
    np.testing.assert_allclose((X_AB @ X_BC).apply(points), X_AB.apply(X_BC.apply(points)), atol=1e-12)


def test_inverse_undoes() -> None:
    X = some_pose(4)
    identity = X @ X.inverse()
    np.testing.assert_allclose(identity.R, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(identity.p, 0, atol=1e-12)


def test_planar_pose_has_its_heading() -> None:
    assert Pose.planar(1, 2, 0.7).yaw == pytest.approx(0.7)


@pytest.mark.parametrize("named", ["x", "y"])
def test_from_axes_is_right_handed_and_keeps_z(named: str) -> None:
    z = np.array([0.2, -1, 0.4])
    X = Pose.from_axes([1, 2, 3], z=z, **{named: [1, 0.1, 0]})
    np.testing.assert_allclose(X.R[:, 2], z / np.linalg.norm(z))
    assert np.linalg.det(X.R) == pytest.approx(1)
    assert X.R[:, "xyz".index(named)] @ [1, 0.1, 0] > 0.9


def test_from_axes_wants_one_of_x_and_y() -> None:
    with pytest.raises(ValueError, match="exactly one"):
        Pose.from_axes([0, 0, 0], z=[0, 0, 1])
