"""Things that take a second to build and are shared by the tests of this room."""

import pytest

from linewalker.cerebellum.reaching.posture_ik import WholeBodyIK
from linewalker.limbs.profiles import load_profile


@pytest.fixture(scope="session")
def scanner_ik():
    """Whole-body inverse kinematics of the G1's wrist scanner."""
    return WholeBodyIK(load_profile("g1"), "right_wrist")
