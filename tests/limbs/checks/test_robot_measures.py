"""What a robot measures."""

from __future__ import annotations

import pytest

from linewalker.limbs.checks.robot_measures import girth_m
from linewalker.limbs.checks.standing_body import HANDS, StandingBody
from linewalker.limbs.profiles import PROFILES, load_profile


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_hands_and_feet_are_within_the_girth(name: str) -> None:
    body = StandingBody(load_profile(name))
    girth = girth_m(body.profile)
    for frame in (*HANDS, "left_sole", "right_sole"):
        x, y, _ = body.site_p(frame) - body.ground
        assert (x**2 + y**2) ** 0.5 < girth + 0.02
    assert girth < 0.7
