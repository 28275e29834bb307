"""What a recording is of comes back, and makes the same controller."""

from __future__ import annotations

from dataclasses import replace

import pytest

from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.stopping.safe_stop import StopRules
from linewalker.errors import InputError
from linewalker.limbs.profiles import load_profile
from linewalker.station.recording.session import Session, present_versions

SESSION = Session(
    robot="g1",
    profile=load_profile("g1"),
    controller="MotionController",
    period_s=0.002,
    rules=StopRules(command_timeout_s=0.5),
    from_the_start=True,
    seed=4,
    words=("walk", "--goal", "1,0,0"),
    opened_at="2026-01-02T03:04:05+00:00",
    epoch_ns=1_795_808_692_622_546_545,
    versions=present_versions(),
)


def test_it_comes_back() -> None:
    came = Session.of_about(SESSION.about())
    assert replace(came, profile=SESSION.profile) == SESSION
    assert came.profile.name == "g1"
    assert came.profile.joints == SESSION.profile.joints


def test_it_builds_the_controller_it_names() -> None:
    motion = SESSION.build()
    assert type(motion.controller) is MotionController
    assert (motion.rules.command_timeout_s, motion.period_s) == (0.5, 0.002)
    with pytest.raises(InputError, match="no controller 'Snake'; known: MotionController, Performer"):
        replace(SESSION, controller="Snake").build()


@pytest.mark.parametrize("spoilt", [{}, SESSION.about() | {"seed": "{"}])
def test_what_does_not_say_it_is_refused(spoilt: dict[str, str]) -> None:
    with pytest.raises(InputError, match="does not say what it is of"):
        Session.of_about(spoilt)
