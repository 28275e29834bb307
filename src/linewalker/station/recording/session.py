"""What is said of a recording besides what it holds: robot, controller and program, so that it can be replayed."""

from __future__ import annotations

import importlib.metadata
import json
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import linewalker
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.controller import Controller
from linewalker.cerebellum.performing.performer import Performer
from linewalker.cerebellum.stopping.safe_stop import SafeMotion, StopRules
from linewalker.errors import InputError
from linewalker.limbs.profile import RobotProfile
from linewalker.station.recording.plain_value import plain, restored

CONTROLLERS: dict[str, Callable[[RobotProfile, float], Controller]] = {
    controller.__name__: controller for controller in (MotionController, Performer)
}
_PACKAGES = ("numpy", "numba", "llvmlite", "mujoco-core", "daqp", "scipy")


@dataclass(frozen=True, kw_only=True)
class Session:
    """What a recording is of.

    Attributes:
        robot: name of the profile, or the file it was read from.
        profile: the robot.
        controller: name of its class.
        period_s: of its ticks.
        rules: when it stops itself.
        from_the_start: the controller had felt nothing before the first tick.
        seed: of what is random in a simulated robot; None where there is none.
        words: of the command line.
        opened_at: UTC, ISO 8601.
        epoch_ns: wall time, ns since 1970, at robot time 0.
        versions: of what computed, by package.
    """

    robot: str
    profile: RobotProfile
    controller: str
    period_s: float
    rules: StopRules
    from_the_start: bool
    seed: int | None
    words: tuple[str, ...]
    opened_at: str
    epoch_ns: int
    versions: Mapping[str, str]

    def about(self) -> dict[str, str]:
        """As it stands in the file: texts, each JSON."""
        return {name: json.dumps(plain(getattr(self, name)), ensure_ascii=False) for name in _FIELDS}

    @classmethod
    def of_about(cls, about: Mapping[str, str]) -> Session:
        """What `about` gave.

        Raises:
            InputError: it was written by a version that says other things.
        """
        try:
            return cls(**{name: restored(json.loads(about[name])) for name in _FIELDS})
        except (KeyError, ValueError):
            raise InputError("the recording does not say what it is of; record anew with this version") from None

    def build(self, profile: RobotProfile | None = None) -> SafeMotion:
        """Its controller as it was before the first tick; of another profile, if one is given.

        Raises:
            InputError: this version has no such controller.
        """
        if self.controller not in CONTROLLERS:
            raise InputError(f"there is no controller {self.controller!r}; known: {', '.join(CONTROLLERS)}")
        return SafeMotion(CONTROLLERS[self.controller](profile or self.profile, self.period_s), self.rules)


_FIELDS = tuple(Session.__dataclass_fields__)


def present_versions() -> dict[str, str]:
    """Of what computes here."""
    packages = {name: importlib.metadata.version(name) for name in _PACKAGES}
    return {
        "linewalker": linewalker.__version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
        **packages,
    }
