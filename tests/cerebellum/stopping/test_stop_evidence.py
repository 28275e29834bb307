"""What a stop sweeps over is what geometry says; what contradicts itself is found out, noise is not."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.cerebellum.stopping.stop_evidence import SAMPLE_TICKS, Consistency, StopReport, SweptFloor
from linewalker.cerebellum.stopping.stop_states import StopCause, StopState
from linewalker.geometry import rotation_z
from linewalker.limbs.profiles import load_profile

PROFILE = load_profile("g1")
LENGTH, WIDTH = 2 * PROFILE.sole_half_length_m, 2 * PROFILE.sole_half_width_m


def body(x: float = 0.0, yaw: float = 0.0) -> SimpleNamespace:
    """A robot of two soles, 0.2 m apart, and a base between them; its links lie over the base."""
    return SimpleNamespace(
        base_p=np.array([x, 0.0, 0.7]),
        foot_p=np.array([[x, 0.1, 0.0], [x, -0.1, 0.0]]),
        foot_R=np.array([rotation_z(yaw)] * 2),
        data=SimpleNamespace(xpos=np.array([[0.0, 0.0, 0.0], [x, 0.0, 0.7]])),
    )


def go_to(robot: SimpleNamespace, x: float) -> None:
    robot.base_p[0] = robot.foot_p[0, 0] = robot.foot_p[1, 0] = robot.data.xpos[1, 0] = x


def test_standing_still_it_covers_the_outline_of_its_soles() -> None:
    swept = SweptFloor(PROFILE, body())
    for _ in range(25):
        swept.tick()
    assert swept.path_m == 0.0
    assert swept.area_m2 == pytest.approx(LENGTH * (0.2 + WIDTH))


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=8))
def test_the_way_is_the_sum_of_its_pieces_and_the_area_that_between_the_farthest(places: list[float]) -> None:
    robot = body()
    swept = SweptFloor(PROFILE, robot)
    for x in places:
        go_to(robot, x)
        for _ in range(SAMPLE_TICKS):
            swept.tick()
    assert swept.path_m == pytest.approx(np.abs(np.diff([0.0, *places])).sum())
    span = max([0.0, *places]) - min([0.0, *places])
    assert swept.area_m2 == pytest.approx((LENGTH + span) * (0.2 + WIDTH), rel=1e-9)


def test_turning_soles_cover_more() -> None:
    """A sole that is turned by a quarter reaches half its length aside."""
    robot = body()
    swept = SweptFloor(PROFILE, robot)
    robot.foot_R[:] = rotation_z(np.pi / 2)
    straight, across = LENGTH * (0.2 + WIDTH), WIDTH * (0.2 + LENGTH)
    corners = 0.5 * (LENGTH - WIDTH) ** 2  # what the hull of a cross of both adds, less what they share
    assert swept.area_m2 == pytest.approx(straight + across - WIDTH * (0.2 + WIDTH) + corners, rel=1e-9)


def test_what_was_swept_is_forgotten_and_places_that_are_no_numbers_do_not_count() -> None:
    robot = body()
    swept = SweptFloor(PROFILE, robot)
    go_to(robot, 1.0)
    swept.tick()
    swept.begin()
    assert swept.path_m == 0.0
    robot.data.xpos[1] = np.nan
    assert swept.area_m2 == pytest.approx(LENGTH * (0.2 + WIDTH))


def estimate(fix_off: tuple[float, float] | None = None, speed: float = 0.0, spin: float = 0.0) -> SimpleNamespace:
    return SimpleNamespace(fix_off=fix_off, base_m_s=np.array([speed, 0.0, 0.0]), base_rad_s=np.array([0.0, 0.0, spin]))


@pytest.mark.parametrize("off", [(0.09, 0.0), (0.0, np.radians(6))])
def test_a_fix_that_contradicts_is_believed_after_ten_in_a_row(off: tuple[float, float]) -> None:
    consistency = Consistency()
    for _ in range(Consistency.FIXES - 1):
        assert consistency.fault(estimate(off)) == ""
        assert consistency.fault(estimate(None)) == ""  # a tick without a fix says nothing
    assert consistency.fault(estimate((0.07, np.radians(4)))) == ""  # one that agrees begins the count anew
    seen = [consistency.fault(estimate(off)) for _ in range(Consistency.FIXES)]
    assert seen == [""] * (Consistency.FIXES - 1) + ["fixes contradict it"]


@pytest.mark.parametrize(("speed", "spin"), [(4.1, 0.0), (0.0, -15.5)])
def test_no_robot_moves_so_fast(speed: float, spin: float) -> None:
    consistency = Consistency()
    assert consistency.fault(estimate(speed=0.95 * speed, spin=0.95 * spin)) == ""
    assert "faster than a robot can" in consistency.fault(estimate(speed=speed, spin=spin))


def test_a_report_tells_its_causes_and_how_long_it_took() -> None:
    causes = frozenset({StopCause.REQUEST, StopCause.COMMANDS_LOST})
    report = StopReport(
        causes=causes,
        details={StopCause.REQUEST: "the light curtain"},
        began_s=12.5,
        ended_s=13.25,
        ended=StopState.HOLDING,
        path_m=0.1,
        swept_m2=0.2,
    )
    assert report.stop_time_s == pytest.approx(0.75)
    assert "the light curtain" in report.why
    for cause in causes:
        assert cause.value in report.why
