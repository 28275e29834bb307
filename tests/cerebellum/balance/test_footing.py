"""How a robot stands is what geometry says of its body, whichever way it faces and whatever is asked of its pelvis."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.balance.footing import Footing, footing_of
from linewalker.geometry import exp_so3, rotation_z
from linewalker.kernel import make_ready

OMEGA, WEIGHT_N = 3.7, 340.0
make_ready()


def seen(yaw: float, dcm: tuple[float, float], lean: float = 0.0, asked: np.ndarray | None = None) -> Footing:
    """A robot that faces ``yaw``, its feet turned 0.1 rad out, its DCM so far ahead and aside of their middle."""
    middle, speed = np.array([3.0, -2.0]), np.array([0.2, -0.1, 0.05])
    R = rotation_z(yaw)
    soles = np.array([[0.02, 0.1, 0.0], [-0.02, -0.1, 0.0]]) @ R.T + [*middle, 0.0]
    com = np.array([*middle, 0.7]) + R @ [*dcm, 0.0] - [*speed[:2] / OMEGA, 0.0]
    body = SimpleNamespace(
        base_R=R @ exp_so3(np.array([0.0, lean, 0.0])),
        base_v=np.array([0.03, 0.0, 0.04]),
        com=com,
        com_v=speed,
        foot_p=soles,
        foot_R=np.array([rotation_z(yaw + 0.1), rotation_z(yaw - 0.1)]),
    )
    contact = SimpleNamespace(load_n=np.array([0.7 * WEIGHT_N, 0.3 * WEIGHT_N]), weight_n=WEIGHT_N)
    return footing_of(body, contact, np.zeros(6) if asked is None else asked, OMEGA)


@given(st.floats(-10, 10), st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
def test_it_is_the_same_whichever_way_it_faces(yaw: float, ahead: float, aside: float) -> None:
    footing = seen(yaw, (ahead, aside))
    assert footing.astray_m == pytest.approx(np.hypot(ahead, aside), abs=1e-9)
    assert footing.off_balance_m == pytest.approx(footing.astray_m, abs=1e-9)
    assert footing.com_m_s == pytest.approx(np.sqrt(0.2**2 + 0.1**2 + 0.05**2))
    assert footing.base_m_s == pytest.approx(0.05)
    assert footing.load == pytest.approx(0.3)


def test_what_is_asked_is_no_error() -> None:
    asked = np.array([0.0, 0.0, 0.25, 0.0, 0.04, -0.02])
    footing = seen(0.7, (0.04, -0.02), lean=0.25, asked=asked)
    assert footing.off_balance_m == pytest.approx(0.0, abs=1e-9)
    assert footing.tilt_rad == pytest.approx(0.0, abs=1e-9)
    assert footing.astray_m == pytest.approx(np.hypot(0.04, 0.02))
    assert seen(0.7, (0.0, 0.0), lean=0.25).tilt_rad == pytest.approx(0.25)
