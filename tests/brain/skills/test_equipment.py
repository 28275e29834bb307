"""Equipment: one robot's sensors and solver, shared."""

from dataclasses import replace

import pytest

from linewalker.brain.skills.equipment import Equipment
from linewalker.errors import InputError
from linewalker.limbs.profiles import PROFILES, load_profile

G1 = load_profile("g1")


@pytest.mark.parametrize("name", PROFILES)
def test_every_robot_of_ours_can_inspect(name):
    profile = load_profile(name)
    equipment = Equipment(profile)
    assert (equipment.scanner in profile.scanners, equipment.camera in profile.cameras) == (True, True)


@pytest.mark.parametrize(("lacks", "says"), [("scanners", "no line scanner"), ("cameras", "no camera")])
def test_a_robot_without_a_sensor_is_refused(lacks, says):
    with pytest.raises(InputError, match=rf"the robot g1 has {says}; choose another"):
        Equipment(replace(G1, **{lacks: {}}))


def test_the_solver_is_built_once():
    equipment = Equipment(G1)
    assert equipment.ik is equipment.ik
