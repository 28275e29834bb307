"""The calibration file: what is written is read again, and whatever is wrong with it is named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.estimation.encoder_offsets import Calibration, read_calibration, write_calibration
from linewalker.cerebellum.estimation.estimator import Estimator
from linewalker.errors import InputError
from linewalker.limbs.profiles import load_profile

JOINTS = ("waist", "shoulder", "elbow")
OFFSETS = "offsets_rad: {waist: 0.001, shoulder: -0.002, elbow: 0.0}\n"
COVARIANCE = "covariance_rad2: [[1e-6, 0, 0], [0, 2e-6, 1e-7], [0, 1e-7, 3e-6]]\n"
GOOD = "robot: g1\n" + OFFSETS + COVARIANCE


@st.composite
def calibrations(draw: st.DrawFn) -> Calibration:
    offsets = draw(st.lists(st.floats(-0.1, 0.1), min_size=3, max_size=3))
    root = np.reshape(draw(st.lists(st.floats(-0.01, 0.01), min_size=9, max_size=9)), (3, 3))
    P = root @ root.T + 1e-9 * np.eye(3)
    return Calibration(robot="g1", joints=JOINTS, offsets_rad=np.array(offsets), covariance_rad2=0.5 * (P + P.T))


@given(calibrations())
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, calibration: Calibration) -> None:
    path = tmp_path_factory.mktemp("calibration") / "g1.yaml"
    write_calibration(path, calibration)
    read = read_calibration(path, "g1", JOINTS)
    np.testing.assert_array_equal(read.offsets_rad, calibration.offsets_rad)
    np.testing.assert_array_equal(read.covariance_rad2, calibration.covariance_rad2)


def test_the_order_of_joints_is_that_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "g1.yaml"
    path.write_text(GOOD)
    read = read_calibration(path, "g1", ("elbow", "waist", "shoulder"))
    assert read.offsets_rad == pytest.approx([0.0, 0.001, -0.002])
    assert np.diag(read.covariance_rad2) == pytest.approx([3e-6, 1e-6, 2e-6])
    assert read.covariance_rad2[0, 2] == pytest.approx(1e-7)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD.replace("g1", "talos"), "calibration of the robot 'talos', not of 'g1'"),
        (GOOD.replace("elbow", "elbwo"), "did you mean 'elbow'"),
        (GOOD.replace(", elbow: 0.0", ""), "the key 'elbow' is missing"),
        (GOOD.replace("0.001", "0.3"), "outside the range -0.1 to 0.1 rad"),
        (GOOD.replace("0.001", "nan"), "expected a number in rad"),
        (GOOD.replace(", [0, 1e-7, 3e-6]", ""), "expected 3 entries"),
        (GOOD.replace("[1e-6, 0, 0]", "[1e-6, 0]"), "expected 3 entries"),
        (GOOD.replace("[1e-6, 0, 0]", "[1e-6, 1e-8, 0]"), "symmetric"),
        (GOOD.replace("[1e-6, 0, 0]", "[-1e-6, 0, 0]"), "positive definite"),
        ("robot: g1\n" + OFFSETS, "'covariance_rad2' is missing"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "g1.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match=complaint) as caught:
        read_calibration(path, "g1", JOINTS)
    assert "g1.yaml" in str(caught.value)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can not be written"):
        write_calibration(tmp_path / "nowhere" / "g1.yaml", Estimator(G1, Dynamics(G1), 0.002).calibration)


G1 = load_profile("g1")


def test_the_estimator_takes_over_what_was_learnt() -> None:
    estimator = Estimator(G1, Dynamics(G1), 0.002)
    k = len(estimator.offset_joints)
    learnt = Calibration(
        robot="g1",
        joints=estimator.offset_joints,
        offsets_rad=np.linspace(-0.003, 0.003, k),
        covariance_rad2=1e-8 * np.eye(k),
    )
    estimator.calibrate(learnt)
    np.testing.assert_array_equal(estimator.calibration.offsets_rad, learnt.offsets_rad)
    np.testing.assert_array_equal(estimator.calibration.covariance_rad2, learnt.covariance_rad2)
    with pytest.raises(ValueError, match="waist_yaw_joint"):
        estimator.calibrate(Calibration(robot="g1", joints=JOINTS, offsets_rad=np.zeros(3), covariance_rad2=np.eye(3)))
