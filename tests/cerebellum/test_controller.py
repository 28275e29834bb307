"""The seam of controllers: the biped and whatever wraps it keep to it; one that only stands is a controller, too."""

from __future__ import annotations

import pytest

from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.controller import BodyController, Controller, Mode
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.errors import InputError, MotionRefused
from linewalker.limbs.profiles import load_profile
from tests.cerebellum.stiff_controller import StiffController


def names_of(protocol: type) -> set[str]:
    return {name for kind in protocol.__mro__ for name in vars(kind) if not name.startswith("_")}


@pytest.mark.parametrize("robot", ["g1", "walker"])
def test_the_biped_and_its_safe_stop_walk_and_reach(robot: str) -> None:
    motion = MotionController(load_profile(robot))
    for controller in (motion, SafeMotion(motion)):
        assert isinstance(controller, BodyController)
        assert not [name for name in names_of(BodyController) if not hasattr(controller, name)]


def test_one_that_only_stands_is_wrapped_and_refuses_to_walk() -> None:
    motion = SafeMotion(StiffController(load_profile("g1")))
    assert not [name for name in names_of(Controller) if not hasattr(motion, name)]
    assert motion.state.mode is Mode.STANDING
    for command in (lambda: motion.walk(0.1, 0.0, 0.0), lambda: motion.set_upper_body(None), motion.lower, motion.stop):
        with pytest.raises(MotionRefused, match="StiffController"):
            command()


def test_a_profile_is_no_controller() -> None:
    with pytest.raises(InputError, match=r"SafeMotion\(MotionController\(profile\)\)"):
        SafeMotion(load_profile("g1"))  # type: ignore[type-var]
