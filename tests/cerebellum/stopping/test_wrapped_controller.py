"""A wrapper tells what the controller inside says, name by name."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.controller import BodyController
from linewalker.cerebellum.stopping.wrapped_controller import WrappedController
from linewalker.errors import MotionRefused
from linewalker.limbs.profiles import load_profile
from tests.cerebellum.stiff_controller import StiffController

TOLD = [name for kind in BodyController.__mro__ for name, value in vars(kind).items() if isinstance(value, property)]


@pytest.fixture(scope="module")
def motion() -> MotionController:
    return MotionController(load_profile("g1"))


@pytest.mark.parametrize("name", TOLD)
def test_every_name_of_the_seam_is_that_of_the_one_inside(motion: MotionController, name: str) -> None:
    inside, told = getattr(motion, name), getattr(WrappedController(motion), name)
    if isinstance(inside, np.ndarray):
        np.testing.assert_array_equal(told, inside)
    else:
        assert told is inside or repr(told) == repr(inside)


def test_poses_and_calibration_go_through(motion: MotionController) -> None:
    wrapper = WrappedController(motion)
    np.testing.assert_array_equal(wrapper.pose_of("torso").p, motion.pose_of("torso").p)
    known = motion.calibration
    wrapper.calibrate(known)
    np.testing.assert_array_equal(motion.calibration.offsets_rad, known.offsets_rad)


def test_what_the_one_inside_can_not_do_is_refused() -> None:
    wrapper = WrappedController(StiffController(load_profile("g1")))
    assert wrapper.fault == ""
    with pytest.raises(MotionRefused, match="neither walks nor reaches"):
        wrapper.pose_of("torso")
