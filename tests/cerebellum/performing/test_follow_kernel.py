"""Kernels of following equal their readable forms."""

import numpy as np
import pytest

from linewalker.cerebellum.body.dynamics import GRAVITY
from linewalker.cerebellum.performing.follow_kernel import lead_body, lead_foot, shifts_ahead
from linewalker.cerebellum.performing.posture_plan import sole_rotation
from linewalker.geometry import exp_so3, log_so3, quat_from_rotation, rotation_z
from linewalker.kernel import make_ready

GAINS = np.array([0.1, 0.03, 2.2, 0.0, 1.0, 0.002, 120.0, 22.0, 200.0, 28.0])


def test_a_shift_that_stays_shifts_all_of_it() -> None:
    make_ready()
    share, out = np.full((200, 2), 0.5), np.zeros(4)
    errors = np.array([[0.02, 0.01], [0.04, -0.01]])
    shifts_ahead(share, np.array([10.0, 3.0, 30.0, 0.01]), (errors, errors), np.full(2, 1e9), 3.9, out)
    assert out == pytest.approx([0.03, 0.0, 0.03, 0.0])


def test_a_foot_that_will_land_elsewhere_shifts_the_dcm_ahead_of_the_pressure() -> None:
    make_ready()
    share, out = np.full((200, 2), 0.5), np.zeros(4)
    here, there = np.zeros((2, 2)), np.array([[0.04, 0.0], [0.0, 0.0]])
    shifts_ahead(share, np.array([0.0, 1.0, 150.0, 0.01]), (here, there), np.array([0.3, 1e9]), 3.9, out)
    assert out[0] == 0.0
    assert out[2] == pytest.approx(0.02 * np.exp(-3.9 * 0.31), rel=0.02)


def body_at(plan: np.ndarray, frame: np.ndarray, off: np.ndarray) -> tuple:
    R = rotation_z(frame[2])
    com = np.array([*frame[:2], 0.0]) + R @ plan[:3] + [*off, 0.0]
    return com, R @ plan[3:6], R.copy(), np.zeros(3)


def lead(off: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    make_ready()
    plan = np.zeros(21)
    plan[:9], plan[9:11] = [0.1, 0.02, 0.6, 0.2, -0.1, 0.0, 0.3, 0.1, 0.0], [0.08, 0.01]
    plan[11:15] = quat_from_rotation(np.eye(3))
    frame = np.array([1.0, 2.0, 0.5])
    acc, spin, told = np.zeros(3), np.zeros(3), np.zeros(4)
    soles = (np.array([[1.0, 2.1, 0.0], [1.05, 1.9, 0.0]]), np.stack([rotation_z(0.5)] * 2))
    lead_body(
        plan,
        frame,
        np.zeros(4),
        np.zeros(2),
        body_at(plan, frame, off),
        soles,
        np.array([True, True]),
        GAINS,
        (acc, spin, told),
    )
    return plan, acc, spin, told


def test_on_the_plan_it_is_the_plan() -> None:
    plan, acc, spin, told = lead(np.zeros(2))
    assert acc == pytest.approx(rotation_z(0.5) @ plan[6:9], abs=1e-9)
    assert told == pytest.approx(np.zeros(4), abs=1e-9)
    assert spin == pytest.approx(np.zeros(3), abs=1e-9)


def test_off_the_plan_the_pressure_point_pushes_back() -> None:
    off = np.array([0.01, 0.0])
    plan, acc, _, told = lead(off)
    planned = rotation_z(0.5) @ plan[6:9]
    assert told[:2] == pytest.approx(off)
    assert acc[:2] - planned[:2] == pytest.approx(GRAVITY / 0.6 * (off - 2.2 * off))


def test_a_foot_on_its_way_follows_it_and_one_beside_is_drawn_to_it() -> None:
    make_ready()
    way = np.zeros((3, 6))
    way[0], way[1, :3], way[2, :3] = [0.1, 0.2, 0.05, 0.3, 0.1, -0.1], [0.5, 0.0, 0.1], [1.0, 2.0, 3.0]
    frame, out = np.array([0.0, 0.0, 0.4]), np.zeros(6)
    turned = way[0].copy()
    turned[3] += 0.4
    R, p = sole_rotation(turned), rotation_z(0.4) @ way[0, :3]
    v = np.concatenate((rotation_z(0.4) @ way[1, :3], np.zeros(3)))
    lead_foot(way, frame, (p, R, v), np.array([500.0, 42.0]), out)
    assert out[:3] == pytest.approx(rotation_z(0.4) @ way[2, :3])
    assert out[3:] == pytest.approx(np.zeros(3), abs=1e-9)
    off = np.array([0.02, -0.01, 0.03])
    lead_foot(way, frame, (p - off, exp_so3([0.0, 0.0, -0.1]) @ R, v), np.array([500.0, 42.0]), out)
    assert out[:3] == pytest.approx(rotation_z(0.4) @ way[2, :3] + 500.0 * off)
    assert out[3:] == pytest.approx(500.0 * log_so3(exp_so3([0.0, 0.0, 0.1])))
