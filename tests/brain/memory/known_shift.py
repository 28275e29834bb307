"""A shift of three cars whose answers are known by hand: a good one, a bad one, one beside which the robot fell."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from linewalker.brain.language.goal import Goal
from linewalker.brain.memory.answers import answer
from linewalker.brain.memory.recorded import History
from linewalker.brain.memory.selection import Selection, select
from linewalker.brain.memory.sentence import Sentence
from linewalker.factory.records.records import Records
from linewalker.station.history import read_history
from tests.factory.samples import HEADER, VINS, bad_car, fallen_car, good_car

GOOD, BAD, FALLEN = VINS
NOW = datetime.datetime.now(datetime.UTC)


def known_history(folder: Path) -> History:
    """The three cars, in ``folder/known``."""
    with Records(folder / "known" / "records.sqlite") as records:
        run = records.begin_run(HEADER)
        run.commit(good_car())
        run.commit(bad_car())
        run.interrupt(fallen_car())
    return read_history([folder / "known"])


def selected(history: History, **slots: Any) -> Selection:
    """What slots select; there is something."""
    found = select(slots, history, NOW)
    assert isinstance(found, Selection), found
    return found


def refused(history: History, **slots: Any) -> str:
    """Why slots select nothing, in English."""
    found = select(slots, history, NOW)
    assert isinstance(found, Sentence)
    assert not found.known
    return found.title.en


def told(history: History, skill: str, **slots: Any) -> list[str]:
    """The answer's sentences in English, with VINs cut to four digits."""
    given = answer(Goal(skill=skill, slots=slots), history, "en", NOW)
    return [
        sentence.title.en.replace("LSVAA49J132047371", "7371").replace(BAD, "7372").replace(FALLEN, "7373")
        for sentence in given.sentences
    ]
