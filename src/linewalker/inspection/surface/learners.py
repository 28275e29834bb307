"""Ways of learning a surface: ours, and those of packages that are installed, by the name that commands use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from linewalker.inspection.surface.model import SurfaceModel, Surprise, train
from linewalker.plugins import Registry


class LearnedSurface(Protocol):
    """What was learned of good surfaces."""

    @property
    def threshold(self) -> float:
        """Score above which a picture is not good."""

    @property
    def most_false_alarms(self) -> float:
        """Upper bound at 95 % of the share of good pictures above it."""

    def judge(self, picture: NDArray[np.uint8]) -> Surprise:
        """How unlike a good one a picture (h, w, 3) RGB is, and where."""

    def save(self, path: Path) -> None:
        """Into one file."""


@dataclass(frozen=True, kw_only=True)
class Learner:
    """A way of learning.

    Attributes:
        train: learns from good pictures (h, w, 3) RGB, which are read when asked for.
        load: reads what was saved; raises InputError.
    """

    train: Callable[[Sequence[NDArray[np.uint8]]], LearnedSurface]
    load: Callable[[Path], LearnedSurface]


LEARNERS: Registry[Learner] = Registry(
    group="linewalker.surfaces",
    kind="learner",
    wanted=Learner,
    built_in={"filters": Learner(train=train, load=SurfaceModel.load)},
)
