"""What a gait can do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.limbs.profile import Gait
from linewalker.limbs.profiles import PROFILES, load_profile

speeds = st.floats(-5.0, 5.0)


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_each_bound_alone_is_the_whole_of_it(name: str) -> None:
    gait = load_profile(name).gait
    for velocity in (
        (gait.fastest_ahead_m_s, 0.0, 0.0),
        (-gait.fastest_back_m_s, 0.0, 0.0),
        (0.0, -gait.fastest_aside_m_s, 0.0),
        (0.0, 0.0, gait.fastest_turn_rad_s),
    ):
        assert gait.share_of_fastest(*velocity) == pytest.approx(1.0)


@given(speeds, speeds, speeds, st.floats(0.0, 3.0))
def test_the_share_grows_with_the_velocity(vx: float, vy: float, wz: float, factor: float) -> None:
    gait = Gait()
    share = gait.share_of_fastest(vx, vy, wz)
    assert gait.share_of_fastest(factor * vx, factor * vy, factor * wz) == pytest.approx(factor * share)
