"""Orders of visitors come to acts of every robot; questions have answers in their language, with their source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import linewalker
from linewalker.brain.language.interpretation import Course
from linewalker.station.hall.hall_file import read_hall
from linewalker.station.hall.hall_reader import HallReader, hall_reader
from tests.station.hall.point_guide import FILE, TEXT

HALL = read_hall(FILE)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> HallReader:
    return hall_reader(HALL, tmp_path_factory.mktemp("hall"), None)


def walked(reader: HallReader, order: str) -> list[Any]:
    """Where an order leads, and what is done elsewhere than on the way."""
    goals = [goal for goal in reader.read(order).goals if goal.skill not in ("gather", "say")]
    return [next(iter(goal.slots.values()), goal.skill) for goal in goals]


def test_nothing_of_the_brain_knows_the_hall() -> None:
    brain = Path(linewalker.__file__).parent / "brain"
    words = ("showroom", "激光测头", "灵巧手")
    for path in (p for p in brain.rglob("*") if p.suffix in (".py", ".yaml", ".txt")):
        text = path.read_text(encoding="utf-8")
        assert not [word for word in words if word in text], path


@pytest.mark.parametrize(
    ("order", "leads"),
    [
        ("guide us round", ["scanner", "hand"]),
        ("show us around the hall, then dance", ["scanner", "hand", "dance"]),
        ("带我们转转", ["scanner", "hand"]),
        ("带我们看看第二个展品", ["hand"]),
        ("take us to the second exhibit", ["hand"]),
        ("带两位客人看一下激光测头，然后去门口", ["scanner", "door"]),
        ("show three guests the laser scanner and the robot hand", ["scanner", "hand"]),
        ("带客人去门口", ["door"]),
        ("参观", ["scanner", "hand"]),
        ("我想参观一下", ["scanner", "hand"]),
        ("take a bow", ["bow"]),
        ("dance", ["dance"]),
    ],
)
def test_orders_lead_where_they_say(reader: HallReader, order: str, leads: list[str]) -> None:
    assert reader.read(order).course is Course.ACT
    assert walked(reader, order) == leads


@pytest.mark.parametrize(
    ("question", "told", "source"),
    [
        ("what is the robot hand?", "This is the robot hand. Next year it will drive screws.", "exhibits.hand.say"),
        ("第二个展品是什么", "这是灵巧手，明年它会拧螺丝。", "exhibits.hand.say"),
        ("介绍一下灵巧手", "这是灵巧手，明年它会拧螺丝。", "exhibits.hand.say"),
        ("门口在哪", "从我等候处看，门口在前方 0.9 米、右侧 1.7 米。", "places.door"),
        ("有哪些展品", "有激光测头、灵巧手。", "exhibits"),
        ("几点关门？", "今天下午五点闭馆。", "questions.hours.say"),
        ("how fast can you walk?", "I walk a good half metre a second.", "questions.speed.say"),
    ],
)
def test_questions_are_answered_with_their_source(reader: HallReader, question: str, told: str, source: str) -> None:
    read = reader.read(question)
    assert (read.course, read.answer) == (Course.ANSWER, told)
    (cited,) = read.citations
    line = int(cited.partition(":")[2].partition(" ")[0])
    assert cited == f"hall.yaml:{line} {source}"
    said = told if source.endswith("say") else source.rpartition(".")[2]  # stands there, word for word
    assert any(said in text for text in TEXT.splitlines()[line - 2 : line + 2])


@pytest.mark.parametrize("order", ["带客人看一下水族馆", "show us the aquarium", "measure the hood", "open the door"])
def test_what_is_not_in_the_file_is_not_done(reader: HallReader, order: str) -> None:
    assert reader.read(order).course in (Course.ASK, Course.REFUSE)


def test_cars_are_not_asked_about_in_a_hall(reader: HallReader) -> None:
    read = reader.read("which cars failed today?")
    assert read.course is Course.REFUSE
    assert read.because is not None
    assert read.because.code == "no_records"
    assert reader.stops("停")
