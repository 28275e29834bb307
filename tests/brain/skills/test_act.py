"""An act is done without a car, whoever asks for it and whatever car is named."""

from __future__ import annotations

from typing import Any

import pytest

from linewalker.brain.operator import Routine
from linewalker.brain.skills.act import Act
from linewalker.brain.skills.skill import Outcome, Values
from linewalker.errors import UnreachableError
from linewalker.inspection.title import Title
from tests.inspection.nominal_car import catalogue


class Nod(Act):
    title = Title(zh="点头", en="nod")

    def cost_s(self, _values: Values) -> float:
        return 1.0

    def act(self, _values: Values) -> Routine[Outcome]:
        yield
        return Outcome(evidence="nodded")


def test_it_is_done_as_a_skill_and_needs_no_site() -> None:
    nothing: Any = None
    routine = Nod(nothing).do({}, nothing)
    next(routine)
    with pytest.raises(StopIteration) as done:
        next(routine)
    assert done.value.value.evidence == "nodded"


def test_it_has_no_place_at_a_car_and_by_itself_none_in_the_station() -> None:
    nothing: Any = None
    with pytest.raises(UnreachableError, match="'nod' is not done at a car"):
        Nod(nothing).place({}, catalogue())
    assert Nod.goal({}, {}) is None
