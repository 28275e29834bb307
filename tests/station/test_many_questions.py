"""A hundred questions and more, put together from what, when and where, on several folders and shifts.

What each is about is a test on rows of SQLite; the numbers are computed from those rows, and from nothing that answers.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pytest

from linewalker.brain.language.interpretation import Course
from linewalker.brain.language.reader import OrderReader
from linewalker.brain.memory.answers import answered
from linewalker.brain.memory.recorded import History
from linewalker.station.history import read_history
from linewalker.station.spoken_names import EXAMPLE_PLAN, lexicon_of
from tests.brain.memory.record_sums import NOK, OK, Row, inspected, mean, median, read_rows, spread
from tests.brain.memory.test_answers import numbers_in
from tests.factory.random_shifts import record_shift

NOW = datetime.datetime.now(datetime.UTC)
Test = Callable[[Row], bool]


def features(*words: str) -> Test:
    """Rows whose feature has one of these in its name."""
    return lambda row: any(word in row["feature"] for word in words)


def at_the_front(row: Row) -> bool:
    return row["feature"].startswith("hood") or row["feature"] == "badge_front"


def also(*tests: Test) -> Test:
    return lambda row: all(test(row) for test in tests)


def is_(name: str, value: object) -> Test:
    return lambda row: row[name] == value


LEFT, RIGHT = features("left"), features("right")
GAP, FLUSH = is_("method", "gap"), is_("method", "flush")
DOORS = features("front_door_", "rear_door_")
CLOSURES = features("front_door_", "rear_door_", "hood", "trunk", "tailgate")
TRIM = features("badge", "mirror_right", "handle_front_left", "plate_rear")
WHAT: tuple[tuple[str, str, Test], ...] = (
    ("左侧", "on the left", LEFT),
    ("右侧", "on the right", RIGHT),
    ("车头", "at the front", at_the_front),
    ("间隙", "gaps", GAP),
    ("面差", "flush", FLUSH),
    ("关键项", "critical", is_("severity", "critical")),
    ("次要项", "minor", is_("severity", "minor")),
    ("左侧间隙", "gaps on the left", also(LEFT, GAP)),
    ("右侧面差", "flush on the right", also(RIGHT, FLUSH)),
    ("右侧关键项", "critical ones on the right", also(RIGHT, is_("severity", "critical"))),
    ("车门", "doors", DOORS),
    ("车门间隙", "door gaps", also(DOORS, GAP)),
    ("四门两盖", "closures", CLOSURES),
    ("四门两盖间隙", "closures gaps", also(CLOSURES, GAP)),
    ("外饰件", "exterior trim", TRIM),
    ("车轮", "wheels", features("wheel")),
    ("L2间隙", "L2 gap", is_("id", "L2-gap")),
    ("R3面差", "R3 flush", is_("id", "R3-flush")),
    ("引擎盖间隙", "hood gap", is_("id", "F1-gap")),
)
SHIFTS = (("", ""), ("今天", " today"), ("上个班次", " last shift"))
STATISTICS: tuple[tuple[str, str, Callable[[list[float]], float]], ...] = (
    ("平均值", "average", mean),
    ("最大值", "largest", max),
    ("最小值", "smallest", min),
    ("中位数", "median", median),
    ("标准差", "standard deviation of the", spread),
)
MEASURED = (("L2间隙", "L2 gap", "L2-gap"), ("R3面差", "R3 flush", "R3-flush"), ("引擎盖间隙", "hood gap", "F1-gap"))


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked, and the numbers that the answer must name; of what was never inspected none."""

    words: str
    numbers: list[float]


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What is on record in several folders, and the rows of it, of each folder by itself."""

    history: History
    folders: dict[str, tuple[list[Row], list[Row]]]

    @property
    def last(self) -> str:
        """The folder of the shift that was opened last."""
        return self.history.shifts[-1].citation.split(":")[0]

    def entries(self, when: str) -> list[Row]:
        """Characteristics that were inspected, of all shifts or the last one."""
        names = [self.last] if "last" in when else list(self.folders)
        return [row for name in names for row in inspected(self.folders[name][1])]


@pytest.fixture(scope="module", params=range(3))
def recorded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    random = np.random.default_rng(400 + request.param)
    root = tmp_path_factory.mktemp("runs")
    folders = [root / name for name in ("monday", "tuesday", "friday")[: 1 + request.param]]
    for folder in folders:
        record_shift(folder, random, cars=8)
    rows = {folder.name: read_rows([folder])[:2] for folder in folders}
    return Recorded(history=read_history(folders), folders=rows)


def questions(recorded: Recorded) -> Iterator[Question]:
    for zh_when, en_when in SHIFTS:
        judged = recorded.entries(en_when)
        for zh, en, test in WHAT:
            there = [row for row in judged if test(row)]
            counts = [float(len([row for row in there if row["verdict"] == NOK])), float(len(there))]
            yield Question(words=f"{zh_when}{zh}有几项不合格", numbers=counts if there else [])
            asked = (
                f"how many {en} failed{en_when}" if "the" not in en.split()[:2] else f"how many failed {en}{en_when}"
            )
            yield Question(words=asked, numbers=counts if there else [])
        for zh, en, name in MEASURED:
            values = [row["value"] for row in judged if row["id"] == name and row["value"] is not None]
            for zh_made, en_made, make in STATISTICS:
                numbers = [make(values)] if len(values) > (make is spread) else []
                yield Question(words=f"{zh_when}{zh}的{zh_made}是多少", numbers=numbers)
                yield Question(words=f"{en_made} {en}{en_when}", numbers=numbers)
    yield from of_cars(recorded)


def of_cars(recorded: Recorded) -> Iterator[Question]:
    jobs = [job for rows in recorded.folders.values() for job in rows[0]]
    ended = [job for job in jobs if job["state"] in ("committed", "interrupted")]
    for verdict, zh, en in ((NOK, "不合格", "failed"), (OK, "合格", "passed")):
        count = [float(len([job for job in ended if job["verdict"] == verdict]))]
        yield Question(words=f"{zh}的车有几台", numbers=count)
        yield Question(words=f"how many cars {en}", numbers=count)
    for row in [row for row in recorded.entries("") if row["verdict"] == NOK and row["value"] is not None][:6]:
        numbers = [row["value"], row["expanded_uncertainty"]]
        yield Question(words=f"why did {row['id']} fail on {row['vin']}", numbers=numbers)
        yield Question(words=f"{row['vin']}的{row['id']}为什么不合格", numbers=numbers)


def test_every_question_gets_the_numbers_of_the_rows(recorded: Recorded) -> None:
    lexicon = lexicon_of(EXAMPLE_PLAN, history=recorded.history)
    reader = OrderReader(lexicon)
    every = list(questions(recorded))
    assert len(every) >= 200
    wrong = []
    for question in every:
        understood = reader.read(question.words)
        if understood.course is not Course.ANSWER:
            wrong.append((question.words, understood.question))
            continue
        given = answered(understood, recorded.history, NOW, lexicon.members)
        assert given.answer is not None
        named = numbers_in(given.answer)
        missing = [n for n in question.numbers if not any(abs(abs(n) - abs(m)) <= 0.6e-3 for m in named)]
        known = not re.match("Not known|没有记录", given.answer)
        if missing or known != bool(question.numbers) or not all(cited for _, cited in given.sentences):
            wrong.append((question.words, f"{missing} in {given.answer}"))
    assert wrong == []
