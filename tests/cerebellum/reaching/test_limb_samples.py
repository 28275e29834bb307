"""Sampled postures of a limb: within limits, free of itself, and found again by where their sensor is."""

import numpy as np
import pytest

from linewalker.cerebellum.body.clearance import Obstacles
from linewalker.cerebellum.body.feet import Stance
from linewalker.cerebellum.reaching.limb_samples import LimbSamples
from linewalker.geometry import Pose, rotation_z

AT_ORIGIN = Stance.about(Pose(), 0.1)


@pytest.fixture
def ik(scanner_ik):
    """The solver in its standing posture over the origin."""
    scanner_ik.program.stand(AT_ORIGIN)
    return scanner_ik


def taken_up(ik, posture):
    """Where the sensor is in a sampled posture."""
    standing = ik.stand(AT_ORIGIN)
    q = standing.q_rad.copy()
    q[ik.moving_index] = posture
    ik.figure.place(standing.X_WB, q)
    return ik.figure.pose_of(ik.mount)


def test_every_sample_keeps_joint_limits_and_its_parts_apart(ik):
    samples, index = ik.samples.postures, ik.moving_index
    assert len(samples) > 300
    assert (samples >= ik.figure.lower[index]).all()
    assert (samples <= ik.figure.upper[index]).all()
    for posture in samples[::25]:
        taken_up(ik, posture)
        distances, _, pairs = ik.figure.clearances(Obstacles.pack(), ik.rules.self_clearance_m)
        assert (distances >= ik.program.least_distances(pairs)).all()


def test_samples_fill_the_range_of_the_limb_and_spare_the_waist(ik):
    figure, index = ik.figure, ik.moving_index
    span = np.ptp(ik.samples.postures, axis=0) / np.minimum(figure.upper - figure.lower, 2 * np.pi)[index]
    waist = np.array([name in ik.profile.waist for name in ik.moving])
    assert (span[~waist] > 0.5).all()
    assert (span[waist] < 0.3).all()


def test_a_sample_is_found_where_its_sensor_is(ik):
    for posture in ik.samples.postures[::100]:
        X_WF = taken_up(ik, posture)
        assert ik.samples.distance(X_WF) == pytest.approx(0.0, abs=1e-6)
        assert ik.samples.nearest(X_WF, 1)[0] == pytest.approx(posture)


def test_a_metre_counts_as_a_metre_and_a_turn_as_a_quarter(ik):
    posture = ik.samples.postures[0]
    X_WF = taken_up(ik, posture)
    far = Pose(p=X_WF.p + [0.0, 0.0, 9.0], R=X_WF.R)
    assert ik.samples._distances(far)[0] == pytest.approx(9.0)
    turned = Pose(p=X_WF.p, R=X_WF.R @ rotation_z(0.4))
    assert ik.samples._distances(turned)[0] == pytest.approx(0.25 * 0.4, abs=1e-6)


def test_those_chosen_are_unlike_one_another_and_the_nearest_first(ik):
    X_WF = taken_up(ik, ik.samples.postures[3])
    chosen = ik.samples.nearest(X_WF, 5)
    assert len(chosen) == 5
    for i, one in enumerate(chosen):
        assert all(np.abs(one - other).max() > 0.6 for other in chosen[:i])
    place = {tuple(posture): k for k, posture in enumerate(ik.samples.postures)}
    cost = ik.samples._distances(X_WF)
    order = [cost[place[tuple(posture)]] for posture in chosen]
    assert order == sorted(order)


def test_the_same_seed_draws_the_same_and_leaves_the_figure_standing(ik):
    before = ik.figure.q_rad
    again = LimbSamples(ik.program)
    np.testing.assert_array_equal(again.postures, ik.samples.postures)
    np.testing.assert_allclose(ik.figure.q_rad, before)
