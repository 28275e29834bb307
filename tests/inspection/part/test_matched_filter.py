"""Laws of the matched filter: the true hypothesis answers 1, the others 0, whatever is common to all drops out."""

from __future__ import annotations

import numpy as np
import pytest

from linewalker.inspection.part.alignment import features
from linewalker.inspection.part.matched_filter import MatchedFilter
from tests.inspection.part.drawn_parts import HYPOTHESES, Photograph, draw

EXPECTED = {name: features(draw(name)) for name in HYPOTHESES}


@pytest.fixture(scope="module")
def question() -> MatchedFilter:
    found = MatchedFilter.between(EXPECTED)
    assert found is not None
    return found


@pytest.mark.parametrize("name", HYPOTHESES)
def test_a_rendering_answers_for_itself(question: MatchedFilter, name: str) -> None:
    answers = question.ask(EXPECTED[name])
    assert answers.to[name] == pytest.approx(1.0, abs=1e-3)
    assert all(answers.to[other] < 0.05 for other in HYPOTHESES if other != name)
    assert answers.rest[name] < 0.01
    assert f"{name} 1.00" in str(answers)


@pytest.mark.parametrize("name", HYPOTHESES)
@pytest.mark.parametrize("photograph", [Photograph(), Photograph(exposure=0.7), Photograph(noise=5.0, blur_px=0.9)])
def test_a_photograph_answers_for_what_it_shows(question: MatchedFilter, photograph: Photograph, name: str) -> None:
    answers = question.ask(features(photograph.take(draw(name), np.random.default_rng(2)).rgb))
    assert max(answers.to, key=lambda hypothesis: answers.to[hypothesis]) == name
    assert answers.to[name] > 0.6


def test_only_pixels_that_differ_are_asked_and_their_surroundings_tell_the_contrast(question: MatchedFilter) -> None:
    spread = np.max([np.abs(EXPECTED[name] - EXPECTED["missing"]).max(axis=2) for name in ("rs", "gt")], axis=0)
    assert (spread[question.asked] > 0.01).all()
    assert not (question.asked & question.context).any()
    assert question.structured


def test_half_way_between_two_is_half_of_each() -> None:
    question = MatchedFilter.between({"missing": EXPECTED["missing"], "rs": EXPECTED["rs"]})
    assert question is not None
    half = question.ask(0.5 * (EXPECTED["missing"] + EXPECTED["rs"]))
    assert half.to["rs"] == pytest.approx(0.5, abs=0.02)
    assert half.to["missing"] == pytest.approx(0.5, abs=0.02)


def test_what_looks_alike_can_not_be_told_apart() -> None:
    assert MatchedFilter.between({"a": EXPECTED["rs"], "b": EXPECTED["rs"].copy()}) is None


def test_bare_paint_around_tells_no_place() -> None:
    cut = (slice(95, 145), slice(125, 195))  # so close around the part that even its shading is nothing
    bare = MatchedFilter.between({name: features(draw(name, structured=False)[cut]) for name in HYPOTHESES})
    assert bare is not None
    assert not bare.structured
