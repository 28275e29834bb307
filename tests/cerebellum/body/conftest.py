from __future__ import annotations

import pytest

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.limbs.profiles import PROFILES, load_profile


@pytest.fixture(params=sorted(PROFILES), scope="module")
def body(request: pytest.FixtureRequest) -> Dynamics:
    """The dynamics of every robot."""
    return Dynamics(load_profile(request.param))
