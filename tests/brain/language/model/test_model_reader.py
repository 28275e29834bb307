"""Beside the offline reading the model may agree, differ or fail; it never acts, and it is never asked to stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.goal_check import Offer
from linewalker.brain.language.interpretation import Because, Course, Interpretation
from linewalker.brain.language.model.model_reader import ModelReader
from linewalker.brain.language.model.model_settings import Use
from linewalker.brain.language.model.recording import RecordingWire, ReplayingWire, read_record
from linewalker.brain.language.model.wire import HttpWire
from linewalker.inspection.title import Title
from tests.brain.language.model.scripted_server import KEY, Act, Handler, Script, calls, says, scripted, streams

ROOF = Goal(skill="inspect", slots={"features": ("roof",)})
HOME = Goal(skill="home")
NOT_IN_ORDER = Because(code="not_in_order", title=Title(zh="没有说到", en="nobody said so"))
REASON = Because(code="not_understood", title=Title(zh="没听懂", en="it was not understood"))
WHICH = Because(code="which", title=Title(zh="哪一个", en="which one"))
MEASURE_ROOF = ("inspect", {"features": ["roof"]})


class Grammar:
    """An offline reading of a few orders, of each kind one; goals rest on what the order names."""

    def read(self, order: str, _after: Sequence[str] = ()) -> Interpretation:
        if order == "stop":
            return self.interpretation("en", [Goal(skill="stop")])
        if order == "measure the roof":
            return self.interpretation("en", [ROOF])
        if order == "measure the door":
            return Interpretation(language="en", course=Course.ASK, because=WHICH)
        course = Course.REFUSE if order == "open the door" else Course.ASK
        return Interpretation(language="en", course=course, because=REASON)

    def stops(self, order: str) -> bool:
        return order == "stop"

    def interpretation(self, language: str, goals: Sequence[Goal]) -> Interpretation:
        return Interpretation(language=language, course=Course.ACT, goals=tuple(goals), read_back=f"{len(goals)} goals")

    def objection(self, order: str, _after: Sequence[str], goals: Sequence[Goal]) -> Because | None:
        named = {name for goal in goals for name in goal.slots.get("features", ())}
        return None if all(name in order for name in named) else NOT_IN_ORDER

    def same(self, one: Sequence[Goal], other: Sequence[Goal]) -> bool:
        return list(one) == list(other)


OFFER = Offer(names={"features": ("roof", "hood")})


def reader(server: Script, **more: object) -> ModelReader:
    """That asks a server."""
    settings = server.settings(**more)
    return ModelReader(settings, HttpWire(settings), Grammar(), OFFER)


def read(order: str, *acts: Act, **more: object) -> Interpretation:
    """An order with a model that says this."""
    with scripted(*acts) as server:
        return reader(server, **more).read(order)


@pytest.mark.parametrize("answer", [calls(MEASURE_ROOF), streams(MEASURE_ROOF)])
def test_where_the_grammar_asks_the_model_s_goals_count(answer: Act) -> None:
    found = read("have a gander at the roof", answer)
    assert (found.course, found.goals, found.aside) == (Course.ACT, (ROOF,), None)


def test_a_slip_is_told_to_the_model_and_mended() -> None:
    with scripted(calls(("open_door", {})), calls(MEASURE_ROOF)) as server:
        assert reader(server).read("have a gander at the roof").goals == (ROOF,)
    assert b"unknown_skill" in server.requests[1][2]


def test_what_no_word_of_the_order_says_does_not_count() -> None:
    found = read("have a gander at the roof", calls(("inspect", {"features": ["hood"]})))
    assert (found.course, found.because) == (Course.ASK, REASON)
    assert found.aside is not None
    assert found.aside.code == "not_in_order"


def test_two_readings_lead_to_a_question() -> None:
    found = read("measure the roof", calls(MEASURE_ROOF, ("home", {})))
    assert found.course is Course.ASK
    assert found.goals == ()
    assert found.because is not None
    assert found.because.code == "two_readings"
    assert found.choices == ("1 goals", "2 goals")


def test_agreement_changes_nothing() -> None:
    assert read("measure the roof", calls(MEASURE_ROOF)) == Grammar().read("measure the roof")


@pytest.mark.parametrize("order", ["stop", "open the door", "measure the door"])
def test_for_a_stop_for_what_is_refused_and_for_what_only_the_operator_knows_no_model_is_asked(order: str) -> None:
    with scripted(calls(("home", {}))) as server:
        assert reader(server).read(order) == Grammar().read(order)
    assert server.requests == []


def test_where_only_doubts_are_its_business_what_is_clear_costs_nothing() -> None:
    with scripted(calls(("home", {}))) as server:
        assert reader(server, use=Use.UNSURE).read("measure the roof").goals == (ROOF,)
        assert server.requests == []
        assert reader(server, use=Use.UNSURE).read("hm").goals == (HOME,)


def test_a_stop_that_the_model_hears_stops() -> None:
    assert read("aaah", calls(("home", {}), ("stop", {}))).goals == (Goal(skill="stop"),)


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("model_no_tool_call", says("Done! I measured the roof: 4.0 mm, OK.")),
        ("model_timed_out", Handler.stall),
        ("model_refused", lambda handler: handler.send(b"{}", status=429)),
        ("unknown_skill", calls(("approve", {"proposal": "all"}))),
    ],
)
def test_when_it_is_of_no_use_the_offline_reading_answers_and_says_why(code: str, act: Act) -> None:
    found = read("measure the roof", act, time_s=0.4 if code == "model_timed_out" else 60.0)
    assert replace(found, aside=None) == Grammar().read("measure the roof")
    assert found.aside is not None
    assert found.aside.code == code


def test_an_endless_loop_ends_with_the_budget_of_calls() -> None:
    with scripted(calls(("spin", {}))) as server:
        found = reader(server, calls=3).read("measure the roof")
    assert len(server.requests) == 3
    assert found.goals == (ROOF,)


@pytest.mark.parametrize("budget", [{"tokens": 50, "calls": 5}, {"total_tokens": 50, "calls": 5}])
def test_what_an_order_and_what_all_of_them_may_cost_is_kept(budget: dict[str, int]) -> None:
    with scripted(calls(("spin", {}))) as server:
        found = reader(server, **budget).read("measure the roof")
    assert len(server.requests) == 1
    assert found.aside is not None
    assert found.aside.code == "model_over_budget"


def test_what_all_orders_may_cost_is_spent_once() -> None:
    with scripted(calls(MEASURE_ROOF)) as server:
        asked = reader(server, total_tokens=150)
        codes = [asked.read("measure the roof").aside for _ in range(4)]
    assert len(server.requests) == 2
    assert [aside and aside.code for aside in codes] == [None, None, "model_over_budget", "model_over_budget"]


def test_an_exchange_is_replayed_byte_for_byte_without_a_server(tmp_path: Path) -> None:
    with scripted(calls(("open_door", {})), calls(MEASURE_ROOF)) as server:
        settings = server.settings()
        wire = RecordingWire(HttpWire(settings), tmp_path / "model.jsonl")
        live = ModelReader(settings, wire, Grammar(), OFFER).read("have a gander at the roof", ["measure the hood"])
    replay = ReplayingWire(read_record(tmp_path / "model.jsonl"))
    again = ModelReader(settings, replay, Grammar(), OFFER).read("have a gander at the roof", ["measure the hood"])
    assert again == live
    assert live.goals == (ROOF,)
    assert KEY not in (tmp_path / "model.jsonl").read_text(encoding="utf-8")


def test_without_a_record_there_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "model.jsonl").mkdir()
    with scripted(calls(MEASURE_ROOF)) as server:
        settings = server.settings()
        wire = RecordingWire(HttpWire(settings), tmp_path / "model.jsonl")
        found = ModelReader(settings, wire, Grammar(), OFFER).read("have a gander at the roof")
    assert found.course is Course.ASK
    assert found.aside is not None
    assert found.aside.code == "model_not_recorded"
