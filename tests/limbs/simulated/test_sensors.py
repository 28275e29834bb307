"""Simulated sensors: reproducible, as bad as they are said to be, late by as much as they are said to be."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.geometry import log_so3, rotation_z
from linewalker.limbs.simulated.sensors import PERFECT, BodySensors, Localisation, SensorNoise

N = 29
TRUTH = (np.arange(6.0), np.linspace(-1, 1, N), np.linspace(2, 3, N), np.linspace(-20, 20, N), np.array([100.0, 200.0]))


def body(noise: SensorNoise, seed: int = 1) -> BodySensors:
    return BodySensors(N, noise, np.random.default_rng(seed))


def test_perfect_sensors_tell_the_truth() -> None:
    gyro, accel, q, dq, tau, force = body(PERFECT).measure(*TRUTH)
    np.testing.assert_array_equal(np.concatenate((gyro, accel)), TRUTH[0])
    for seen, true in zip((q, dq, tau, force), TRUTH[1:]):
        np.testing.assert_array_equal(seen, true)


def test_same_seed_same_values() -> None:
    first, second, other = body(SensorNoise(), 3), body(SensorNoise(), 3), body(SensorNoise(), 4)
    for _ in range(3):
        a, b, c = (np.concatenate(s.measure(*TRUTH)) for s in (first, second, other))
        np.testing.assert_array_equal(a, b)
        assert not np.array_equal(a, c)


def test_every_sensor_errs_by_its_own_noise_and_bias() -> None:
    """The kernel equals the sentence: truth + sigma noise + offset, torques in proportion, no pull at a foot."""
    sensors, noise = body(SensorNoise(foot_force_n=80.0), 3), np.random.default_rng(3)
    noise.standard_normal(N + 6)  # what the biases have drawn
    for _ in range(20):
        error = noise.standard_normal(8 + 3 * N) * sensors._sigma + sensors._offset
        imu, q, dq, tau, force = TRUTH
        ratio = error[6 + 2 * N : 6 + 3 * N]
        expected = [imu[:3] + error[:3], imu[3:] + error[3:6], q + error[6 : 6 + N], dq + error[6 + N : 6 + 2 * N]]
        expected += [tau * (1.0 + ratio), np.maximum(force + error[6 + 3 * N :], 0.0)]
        for seen, wanted in zip(sensors.measure(*TRUTH), expected):
            np.testing.assert_allclose(seen, wanted, rtol=1e-14, atol=1e-15)


def test_noise_and_bias_have_the_stated_size() -> None:
    noise = SensorNoise()
    sensors = body(noise)
    q = np.array([sensors.measure(*TRUTH)[2] for _ in range(2000)]) - TRUTH[1]
    assert q.std(axis=0) == pytest.approx(noise.encoder_rad, rel=0.15)
    assert q.mean(axis=0) == pytest.approx(sensors.encoder_bias_rad, abs=5e-5)
    biases = np.array([body(noise, seed).encoder_bias_rad for seed in range(100)])
    assert biases.std() == pytest.approx(noise.encoder_bias_rad, rel=0.1)


def test_a_foot_in_the_air_feels_no_pull() -> None:
    sensors = body(SensorNoise(foot_force_n=50.0))
    forces = np.array([sensors.measure(*TRUTH[:4], np.zeros(2))[5] for _ in range(100)])
    assert forces.min() == 0.0


def observe(noise: SensorNoise, seconds: float, lost: bool = False) -> list[tuple[float, float]]:
    """(time of arrival, time it was taken at) of every fix while the torso stands still."""
    sensor = Localisation(noise, (noise.fix_m, noise.fix_rad), np.random.default_rng(5))
    sensor.lost = lost
    arrivals = []
    for tick in range(round(seconds / 0.002)):
        fix = sensor.observe(0.002 * tick, np.array([1.0, 2.0, 0.8]), rotation_z(0.3))
        if fix is not None:
            arrivals.append((0.002 * tick, fix[0]))
    return arrivals


def test_fixes_come_at_their_rate_and_late() -> None:
    arrivals = np.array(observe(SensorNoise(fix_dropout=0.0), 2.0))
    assert len(arrivals) == 98
    np.testing.assert_allclose(arrivals[:, 0] - arrivals[:, 1], 0.04, atol=1e-9)
    np.testing.assert_allclose(np.diff(arrivals[:, 1]), 0.02, atol=1e-9)


def test_fixes_drop_out() -> None:
    assert len(observe(SensorNoise(fix_dropout=0.5), 4.0)) == pytest.approx(100, abs=25)
    assert not observe(SensorNoise(), 1.0, lost=True)


def test_fixes_scatter_as_stated() -> None:
    noise = SensorNoise(fix_latency_s=0.0)
    sensor = Localisation(noise, (noise.fix_m, noise.fix_rad), np.random.default_rng(6))
    p, R = np.array([1.0, 2.0, 0.8]), rotation_z(0.3)
    fixes = [sensor.observe(0.02 * k, p, R) for k in range(1000)]
    seen = [fix[1] for fix in fixes if fix is not None]
    assert np.std([X.p - p for X in seen]) == pytest.approx(noise.fix_m, rel=0.1)
    assert np.std([log_so3(X.R @ R.T) for X in seen]) == pytest.approx(noise.fix_rad, rel=0.1)


def test_in_another_episode_fixes_come_as_in_the_first() -> None:
    sensor = Localisation(PERFECT, (0.0, 0.0), np.random.default_rng(0))
    episodes = []
    for place in (np.zeros(3), np.ones(3)):
        ticks = [sensor.observe(0.002 * tick, place, np.eye(3)) for tick in range(100)]
        episodes.append([(tick, seen[0]) for tick, seen in enumerate(ticks) if seen is not None])
        assert all((seen[1].p == place).all() for seen in ticks if seen is not None)
    assert len(episodes[0]) > 3
    assert episodes[0] == episodes[1]
