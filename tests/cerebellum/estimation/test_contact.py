"""Contact sensing: hysteresis, and which feet are landmarks."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.cerebellum.estimation.contact import WARM_UP_TICKS, ContactSense, FootTuning

FLAT = np.array([[0.0, 0.1, 0.0], [0.0, -0.1, 0.0]])
BOTH = np.array([True, True])
WEIGHT = 33.0 * 9.81


def sense() -> ContactSense:
    contact = ContactSense(33.0, 0.002)
    for _ in range(WARM_UP_TICKS + 20):
        contact.update(np.full(2, WEIGHT / 2), FLAT, BOTH)
    return contact


def test_two_loaded_feet_are_landmarks() -> None:
    contact = sense()
    assert contact.down.all()
    assert contact.stands.all()
    assert not contact.fresh.any()


def test_hysteresis() -> None:
    contact = sense()
    seen = []
    for share in (0.10, 0.06, 0.10, 0.13, 0.15, 0.10):
        contact.update(np.array([WEIGHT, share * WEIGHT]), FLAT, BOTH)
        seen.append(bool(contact.down[1]))
    assert seen == [True, False, False, False, True, True]


def test_a_foot_in_the_air_does_not_press_whatever_its_force_says() -> None:
    contact = sense()
    high = FLAT + [[0, 0, 0], [0, 0, 0.05]]
    contact.update(np.full(2, WEIGHT / 2), high, BOTH)
    assert list(contact.down) == [True, False]


def test_a_foot_that_lands_becomes_a_landmark_after_a_while_and_is_fresh_once() -> None:
    contact = sense()
    for _ in range(50):
        contact.update(np.array([WEIGHT, 0.0]), FLAT, np.array([True, False]))
    assert list(contact.stands) == [True, False]
    fresh = []
    for _ in range(20):
        contact.update(np.full(2, WEIGHT / 2), FLAT, BOTH)
        fresh.append(bool(contact.fresh[1]))
    assert fresh.index(True) == FootTuning().settle_ticks
    assert sum(fresh) == 1


def test_there_is_always_a_landmark() -> None:
    contact = sense()
    contact.update(np.array([3.0, 5.0]), FLAT, BOTH)
    assert list(contact.stands) == [False, True]
    contact.update(np.array([3.0, 5.0]), FLAT, np.array([True, False]))
    assert list(contact.stands) == [True, False]


def test_trust_grows_with_load_and_with_standing() -> None:
    contact = sense()
    contact.update(np.array([WEIGHT, 0.2 * WEIGHT]), FLAT, BOTH)
    firm, light = contact.variances
    assert (firm[:4] < light[:4]).all()
    contact.update(np.array([WEIGHT, 0.0]), FLAT, np.array([True, False]))
    young = []
    for _ in range(200):
        contact.update(np.full(2, WEIGHT / 2), FLAT, BOTH)
        young.append(contact.variances[1, 0])
    assert young[-1] < 0.1 * young[0]
    assert np.diff(young).max() <= 0


def test_a_sole_may_tilt_only_while_its_load_changes() -> None:
    contact = sense()
    for _ in range(1000):
        contact.update(np.full(2, WEIGHT / 2), FLAT, BOTH)
    assert contact.variances[:, 5].max() < 1e-16
    tilted = np.zeros(2)
    for share in np.concatenate((np.linspace(0.5, 0.8, 100), np.full(900, 0.8))):
        contact.update(WEIGHT * np.array([share, 1.0 - share]), FLAT, BOTH)
        tilted += contact.variances[:, 5]
    assert np.sqrt(tilted) == pytest.approx(0.3 * FootTuning().tilt_rad, rel=0.4)
    assert contact.variances[:, 5].max() < 1e-9


@pytest.mark.parametrize("ticks", [1, 5])
def test_at_the_start_feet_are_landmarks_at_once(ticks: int) -> None:
    contact = ContactSense(33.0, 0.002)
    for _ in range(ticks):
        contact.update(np.full(2, WEIGHT / 2), FLAT, BOTH)
    assert contact.stands.all()
