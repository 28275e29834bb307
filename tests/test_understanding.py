"""Orders are marked by what they mean, however it is written; each half of the corpus is what it says it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from benchmarks.brain.agreement import Goals
from benchmarks.brain.corpus import Order, Reading, Wanted, read_corpus
from benchmarks.brain.understanding import OUTSIDE, PLAN, Marked, corpora, in_words, mark, rows, tags_in_words

GOALS = Goals(PLAN)
CORPUS = [order for path in corpora() for order in read_corpus(path)]
SLOTS = {
    "inspect": "features ids side area classes methods except times within_s vin",
    "go_to": "place x_m y_m yaw_deg",
    "home": "",
    "stop": "",
    "pause": "",
    "resume": "",
    "wait": "seconds",
    "look": "part",
    "say": "text",
    "dance": "music seconds",
    "guide": "places visitors",
    "status": "",
    "results": "vin verdict feature side shift since statistic",
    "why": "vin characteristic",
    "compare": "by feature",
}


def document(outcome: str, *goals: dict[str, Any], code: str = "") -> dict[str, Any]:
    reason = {"code": code} if code else None
    return {"language": "en", "outcome": outcome, "goals": list(goals), "reason": reason}


def goal(skill: str, **slots: Any) -> dict[str, Any]:
    return {"skill": skill, "slots": slots}


def order(*right: Reading, tags: tuple[str, ...] = ("slots",)) -> Order:
    return Order(id="a", language="en", tags=tags, order="an order", right=right)


def act(skill: str, **slots: Any) -> Reading:
    return Reading(outcome="act", goals=(Wanted(skill=skill, slots=slots),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"features": ["front_door_left/rear_door_left"], "methods": ["gap"]}, {"ids": ["L2-gap"]}),
        ({"features": ["rear_door_left/front_door_left"]}, {"ids": ["L2-gap", "L2-flush"]}),
        ({"features": ["hood"], "methods": ["gap"]}, {"ids": ["F1-gap"], "times": 1}),
        ({"area": "wheels"}, {"features": ["wheel_front_left", "wheel_rear_right"]}),
        ({"area": "left"}, {"side": "left"}),
        ({"side": "right", "except": ["wheels"]}, {"side": "right", "except": ["P4"]}),
        ({"features": ["trunk/rear_bumper"], "side": "left", "methods": ["gap"]}, {"ids": ["H1-gap"]}),
        ({"features": ["wheels"], "classes": ["major"]}, {"ids": ["P3", "P4"]}),
        ({"classes": ["critical"], "except": ["minor"]}, {"classes": ["critical"]}),
        ({"side": "left", "except": ["right"]}, {"side": "left"}),
        ({"methods": ["gap"], "except": ["F1-gap"]}, {"methods": ["gap"], "except": ["hood"]}),
        ({"vin": 7373}, {"vin": "7373"}),
        ({"features": ["mirror_left"]}, {"ids": ["mirror_left"]}),
    ],
)
def test_what_means_the_same_is_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert GOALS.form("inspect", one) == GOALS.form("inspect", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"ids": ["L2-gap"]}, {"ids": ["L2-flush"]}),
        ({"ids": ["L2-gap"]}, {"ids": ["R3-gap"]}),
        ({"ids": ["L2-gap"]}, {"ids": ["L2-gap"], "times": 2}),
        ({"side": "left"}, {"side": "right"}),
        ({"side": "left"}, {"side": "left", "except": ["wheels"]}),
        ({"side": "left"}, {"ids": ["L1-gap", "L1-flush", "L2-gap", "L2-flush", "L3-gap", "L3-flush"]}),
        ({"classes": ["critical"]}, {"classes": ["critical", "major"]}),
        ({"within_s": 90}, {"within_s": 120}),
        ({"except": ["rear"]}, {"except": ["front"]}),
        ({"features": ["mirror_left"]}, {"features": ["mirror_right"]}),
        ({"methods": ["gap"]}, {}),
    ],
)
def test_what_means_something_else_is_not(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert GOALS.form("inspect", one) != GOALS.form("inspect", other)


def test_goals_count_in_their_order() -> None:
    wanted = Reading(outcome="act", goals=(Wanted(skill="home", slots={}), Wanted(skill="wait", slots={"seconds": 60})))
    home, wait = goal("home"), goal("wait", seconds=60.0)
    assert GOALS.right(order(wanted), document("act", home, wait))
    for others in ([wait, home], [home], [home, wait, wait], [home, goal("wait", seconds=61)], [home, goal("wait")]):
        assert not GOALS.right(order(wanted), document("act", *others))


def test_a_slot_may_be_missing_or_one_of_several_only_where_that_is_said() -> None:
    wanted = act("results", **{"statistic": "mean|average", "verdict?": "OK"})
    for slots in ({"statistic": "mean"}, {"statistic": "Average", "verdict": "OK"}):
        assert GOALS.right(order(wanted), document("act", goal("results", **slots)))
    for slots in ({}, {"statistic": "max"}, {"statistic": "mean", "verdict": "NOK"}, {"statistic": "mean", "vin": 7}):
        assert not GOALS.right(order(wanted), document("act", goal("results", **slots)))


def test_of_a_refusal_the_code_counts_where_one_is_wanted() -> None:
    coded, plain = Reading(outcome="refuse", code="no_such_part"), Reading(outcome="refuse")
    other = document("refuse", code="out_of_scope")
    assert GOALS.right(order(plain), other)
    assert GOALS.right(order(coded), document("refuse", code="no_such_part"))
    assert not GOALS.right(order(coded), other)
    assert not GOALS.right(order(coded), document("ask"))


def test_a_text_is_the_same_in_any_quotes() -> None:
    wanted = order(act("say", text="欢迎光临"))
    assert GOALS.right(wanted, document("act", goal("say", text="“欢迎光临！”")))
    assert not GOALS.right(wanted, document("act", goal("say", text="欢迎")))


@pytest.mark.parametrize(("outcome", "goals"), [("guess", ()), ("act", ()), ("ask", (Wanted(skill="home", slots={}),))])
def test_a_reading_has_goals_where_they_belong(outcome: str, goals: tuple[Wanted, ...]) -> None:
    with pytest.raises(ValueError, match=outcome):
        Reading(outcome=outcome, goals=goals)


def test_an_order_that_stands_twice_is_found(tmp_path: Path) -> None:
    entry = "- {id: ID, language: en, tags: [body], order: halt, right: [{act: [stop: {}]}]}\n"
    twice = tmp_path / "twice.yaml"
    twice.write_text(entry.replace("ID", "a") + entry.replace("ID", "b"))
    with pytest.raises(ValueError, match="b: its words"):
        read_corpus(twice)


@pytest.mark.parametrize("corpus", corpora(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_corpus_asks_only_for_what_there_is(corpus: Path) -> None:
    """What a reader may say besides is optional."""
    for entry in read_corpus(corpus):
        for reading in entry.right:
            for wanted in reading.goals:
                assert {name for name in wanted.slots if not name.endswith("?")} <= set(SLOTS[wanted.skill].split()), (
                    entry.id
                )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_half_of_the_orders_are_in_each_language(language: str) -> None:
    spoken = [entry for entry in CORPUS if entry.language == language]
    assert abs(len(spoken) - len(CORPUS) / 2) < 0.05 * len(CORPUS)
    assert sum("stop" in entry.tags for entry in spoken) >= 80


@pytest.mark.parametrize("entry", [entry for entry in CORPUS if OUTSIDE & set(entry.tags)], ids=lambda entry: entry.id)
def test_what_is_out_of_scope_is_never_to_be_done(entry: Order) -> None:
    harmless = {"inspect", "stop", "pause", "look"}
    assert {wanted.skill for reading in entry.right if reading.outcome == "act" for wanted in reading.goals} <= harmless


def read_as(entry: Order) -> dict[str, Any]:
    """The first reading that is right, as a reader would write it."""
    reading = entry.right[0]
    goals = [{"skill": wanted.skill, "slots": next(wanted.writings())} for wanted in reading.goals]
    return document(reading.outcome, *goals, code=reading.code) | {"language": entry.language}


def numbers(marks: Sequence[Marked]) -> dict[str, list[float]]:
    """Of both languages, by the last words of the row."""
    found: dict[str, list[float]] = {}
    for row in rows(marks):
        found.setdefault(row.what.split(": ")[-1], []).extend(row.values.values())
    return found


def test_a_reader_without_fault_misses_nothing() -> None:
    answers = {(entry.after, entry.order): read_as(entry) for entry in CORPUS}
    marks = mark(CORPUS, lambda after, words: answers[tuple(after), words], GOALS)
    assert [in_words(marked) for marked in marks if not marked.right] == []
    assert not any(row.missed for row in rows(marks))
    assert numbers(marks)["acts wrongly"] == [0, 0]


def always(answer: Mapping[str, Any]) -> list[Marked]:
    return mark(CORPUS, lambda _after, _words: answer, GOALS)


def test_a_reader_that_always_asks_acts_on_nothing_and_stops_for_nobody() -> None:
    found = numbers(always(document("ask")))
    assert found["acts wrongly"] == [0, 0]
    assert found["refused or asked"] == [100, 100]
    assert all(value < 10 for value in found["found"])
    assert all(value < 50 for value in found["goals and slots all right"])


def test_a_reader_that_always_acts_is_found_out() -> None:
    marks = always(document("act", goal("home")))
    found = numbers(marks)
    assert found["refused or asked"] == [0, 0]
    assert all(value > 90 for value in found["acts wrongly"])
    assert all(row.missed for row in rows(marks) if row.what == "acts wrongly")
    wrong = sum("body" in marked.order.tags and not marked.right for marked in marks if marked.order.language == "zh")
    assert f"body zh {wrong}/" in tags_in_words(marks)
