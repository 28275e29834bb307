"""Do now what would otherwise be done, slowly, on first use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

# what is imported is compiled, and these import all that a station runs, plans and dances
import linewalker.brain.music.beats
import linewalker.brain.planning.exhaustive
import linewalker.station.performance
import linewalker.station.run_shift
import linewalker.station.simulated_station  # noqa: F401
from linewalker.errors import MissingPackage
from linewalker.kernel import make_ready
from linewalker.limbs.checks.robot_facts import robot_facts
from linewalker.limbs.profiles import PROFILES
from linewalker.station.inputs import known_models, load_models


def prepare() -> Iterator[str]:
    """Build vehicle models, measure robots, compile all that a station calls, and keep it; yields what is next."""
    for name in known_models():
        yield f"building the {name}"
        load_models([name])
    yield "measuring the robots"
    for profile in PROFILES.values():
        with suppress(MissingPackage):  # whoever wants that robot is told what installs it
            robot_facts(profile)
    yield "compiling what moves the robot and draws what it sees"
    make_ready()
