"""The choreography among the examples can be read, and is danced by every robot's arms and legs."""

import pytest

from linewalker.cerebellum.performing.choreography_file import read_choreography
from linewalker.limbs.profiles import PROFILES
from tests.cerebellum.performing.short_dance import BEATS_S, staging
from tests.docs.blocks import ROOT


@pytest.mark.parametrize("robot", sorted(PROFILES))
def test_the_example_has_time_for_all_its_steps(robot: str) -> None:
    dance = read_choreography(ROOT / "examples" / "dance.yaml")
    timeline, lost = staging(robot).stage(dance, BEATS_S)
    assert lost == 0
    assert len(timeline.swings) == sum(len(phrase.steps) for phrase in dance.phrases)
