"""A guide at a fair is data: what its file says is what orders mean, and nothing of ours knows it.

The tour itself, in physics, is a soak; a point that walks goes through it here.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from examples.showroom.crowd import COMFORT_M, RADIUS_M, Crowd
from examples.showroom.guide import Guide, HallReader, guide_at_work
from examples.showroom.hall import Hall, Visitor, read_hall

import linewalker
from linewalker.brain.language.interpretation import Course
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.model.grounds import GroundedReading
from linewalker.brain.language.vocabulary import Vocabulary
from linewalker.errors import InputError
from linewalker.inspection.title import Title
from tests.brain.plane_robot import PlaneMotion, plane_operator
from tests.station.acting.plane_station import PlaneSkills

ROOT = Path(__file__).parents[2]
FILE = ROOT / "examples" / "showroom" / "hall.yaml"
TEXT = FILE.read_text(encoding="utf-8")
DOOR = "places: # to go to; nothing stands there\n"


def hall_of(text: str, folder: Path) -> Hall:
    path = folder / "hall.yaml"
    path.write_text(text, encoding="utf-8")
    return read_hall(path)


def reader_of(hall: Hall) -> HallReader:
    return HallReader(hall, GroundedReading(Lexicon(Vocabulary(packs=(hall.pack,)))))


def told(hall: Hall, order: str) -> list[tuple[str, Any]]:
    """What an order comes to: skills, each with where or what."""
    return [(goal.skill, next(iter(goal.slots.values()), None)) for goal in reader_of(hall).read(order).goals]


# ------------------------------------------------------------------------------------------------------------- the data
def test_nothing_of_the_brain_knows_it() -> None:
    brain = Path(linewalker.__file__).parent / "brain"
    words = ("showroom", "激光测头", "灵巧手")
    for path in (p for p in brain.rglob("*") if p.suffix in (".py", ".yaml", ".txt")):
        text = path.read_text(encoding="utf-8")
        assert not [word for word in words if word in text], path


def test_orders_come_to_what_every_station_can_do() -> None:
    hall = read_hall(FILE)
    zh, en = hall.said["scanner"].zh, hall.said["scanner"].en
    tour = [("go_to", "scanner"), ("say", zh), ("go_to", "door")]
    assert told(hall, "带两位客人看一下激光测头，然后去门口") == tour
    assert told(hall, "show the visitors the scanner, then dance") == [
        ("go_to", "scanner"),
        ("say", en),
        ("dance", None),
    ]
    hand = hall.said["hand"].en
    both = [("go_to", "scanner"), ("say", en), ("go_to", "hand"), ("say", hand)]
    assert told(hall, "show three guests the laser scanner and the robot hand") == both
    assert told(hall, "tell us about the robot hand") == [("say", hand)]
    assert told(hall, "几点关门？") == [("say", hall.said["asked/hours"].zh)]
    assert told(hall, "take a bow") == [("bow", None)]
    assert told(hall, "带客人去门口") == [("go_to", "door")]  # nothing is said of a door


def test_what_is_not_in_the_file_is_not_done() -> None:
    for order in ("带客人看一下水族馆", "show the visitors the aquarium", "measure the hood", "open the door"):
        assert reader_of(read_hall(FILE)).read(order).course in (Course.ASK, Course.REFUSE), order


def test_a_place_that_is_added_to_the_file_is_understood(tmp_path: Path) -> None:
    aquarium = "  tank: {name: {zh: 水族馆, en: aquarium}, words: [fish], stance: [-1, 1, 90]}\n"
    hall = hall_of(TEXT.replace(DOOR, DOOR + aquarium), tmp_path)
    assert told(hall, "带客人看一下水族馆") == [("go_to", "tank")]
    assert told(hall, "go to the fish, then take a bow") == [("go_to", "tank"), ("bow", None)]
    assert hall.places["tank"].stance.yaw == pytest.approx(np.pi / 2)


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("stance: [0.9, -1.7, -90]", "stance: [0.9, -1.7]", "places.door.stance", "expected 3 numbers"),
        ("stance: [2.3, 0.7, 90]", "stance: [2.3, 1.3, 90]", "exhibits.scanner.stance", "0.20 m from 'scanner'"),
        ("stands: [1.8, 1.5, 2.8, 2.1]", "stands: [2.8, 1.5, 1.8, 2.1]", "exhibits.scanner.stands", "one corner"),
        ("words: [测头, 扫描仪, scanner]", "words: [entrance]", "exhibits.scanner", "'entrance' means 'door' already"),
        ("does: [bow]", "does: [bows]", "skills.bow.does[0]", "did you mean 'bow'"),
        ("does: [bow]", "does: [say, bow]", "skills.bow", "need a place"),
        ("arrives_s: 4,", "arives_s: 4,", "visitors[1].arives_s", "did you mean 'arrives_s'"),
        ("way: [[1.2, 0.3]]", "way: []", "visitors[0].way", "one point or more"),
        ("zh: 今天下午五点闭馆。, ", "", "questions.hours.say", "'zh' is missing"),
        ("home: [0.0, 0.0, 0]", "home: [0.0, north, 0]", "home[1]", "found the text 'north'"),
    ],
)
def test_a_mistake_is_one_line_with_file_line_and_key(tmp_path: Path, old: str, new: str, key: str, says: str) -> None:
    assert TEXT.count(old) == 1
    with pytest.raises(InputError) as caught:
        hall_of(TEXT.replace(old, new), tmp_path)
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    assert caught.value.key == key
    assert caught.value.line is not None
    assert abs(caught.value.line - line) <= 6  # of the entry's beginning, where a key is missing in it
    assert says in caught.value.problem
    assert "\n" not in str(caught.value)


# ----------------------------------------------------------------------------------------------------------- the people
def visitor(way: list[list[float]], arrives_s: float = 0.0) -> Visitor:
    return Visitor(name=Title(zh="客", en="guest"), way=np.array(way), arrives_s=arrives_s, walks_m_s=1.0)


def test_visitors_come_walk_and_stay() -> None:
    crowd = Crowd([visitor([[0.0, 5.0], [3.0, 5.0]], arrives_s=2.0)], seed=1)
    where = {}
    for k in range(100):
        crowd.tick(0.1 * k, np.zeros(2))
        where[k] = crowd.at[0]
    assert where[19] is None
    assert where[20] == pytest.approx([0.0, 5.0])
    assert where[30] == pytest.approx([1.0, 5.0])
    assert where[99] == pytest.approx([3.0, 5.0])
    (outline,) = crowd.seen()
    assert outline.mean(axis=0) == pytest.approx([3.0, 5.0], abs=0.05)
    assert np.linalg.norm(outline - outline.mean(axis=0), axis=1) == pytest.approx(RADIUS_M + COMFORT_M, rel=0.02)


def test_nobody_walks_into_a_robot_and_everybody_goes_on_when_it_has_left() -> None:
    crowd = Crowd([visitor([[0.0, 0.0], [4.0, 0.0]])], seed=1)
    for k in range(60):
        crowd.tick(0.1 * k, np.array([2.0, 0.0]))
    here = crowd.at[0]
    assert here is not None
    assert here[0] == pytest.approx(1.1, abs=0.11)
    for k in range(60, 120):
        crowd.tick(0.1 * k, np.array([2.0, 5.0]))
    assert crowd.at[0] == pytest.approx([4.0, 0.0])


# ------------------------------------------------------------------------------------------------------------- the tour
def tour(hall: Hall, folder: Path, orders: tuple[str, ...]) -> tuple[Guide, PlaneMotion, list[str]]:
    """A tour of a robot that is a point."""
    motion, lines = PlaneMotion(hall.home.pose), list[str]()
    motion.profile = SimpleNamespace(name="point", gait=motion.profile.gait)  # type: ignore[misc]
    operator, crowd = plane_operator(motion), Crowd(hall.visitors, seed=0)
    skills: Any = PlaneSkills(operator, [])

    def gap_m() -> float | None:
        gaps = [float(np.hypot(*(motion.middle_W[:2] - at))) - RADIUS_M for at in crowd.at if at is not None]
        return min(gaps, default=None)

    with guide_at_work(hall, operator, skills, crowd, folder, gap_m=gap_m, tell=lines.append) as guide:
        for order in orders:
            guide.order(order)
    return guide, motion, lines


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tour_is_gone_round_everybody_and_all_of_it_is_said(language: str, tmp_path: Path) -> None:
    hall = read_hall(FILE)
    guide, _, lines = tour(hall, tmp_path, hall.tour[language])
    assert all(tally.fine for tally in guide.tallies), lines
    assert [tally.order for tally in guide.tallies] == list(hall.tour[language])
    said = [text for tally in guide.tallies for text in tally.said]
    assert getattr(hall.said["scanner"], language) in said
    assert len(said) == 2  # of the scanner, and an answer
    nearest = [tally.nearest_m for tally in guide.tallies if tally.nearest_m is not None]
    assert min(nearest) > 0.5
    assert guide.tallies[0].walked_m > 2.4  # home to scanner
    assert any("at laser scanner" in line for line in lines)


def test_a_visitor_who_stands_where_the_guide_should_is_waited_for_and_then_passed_over(tmp_path: Path) -> None:
    hall = hall_of(TEXT.replace("way: [[1.2, 0.3]]", "way: [[0.9, -1.7]]"), tmp_path)
    guide, motion, lines = tour(hall, tmp_path / "out", ("go to the door", "take a bow"))
    assert [tally.outcome for tally in guide.tallies] == ["skipped", "done"]
    assert guide.tallies[0].took_s >= 30.0
    assert motion.middle_W[:2] == pytest.approx([0.0, 0.0], abs=0.2)
    assert any("skipped" in line for line in lines)


@pytest.mark.soak
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tour_in_physics(language: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "examples.showroom", "--language", language, "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=1200)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "at laser scanner" in done.stdout
