"""A guide among visitors: it waits for its group, goes round people, and passes over what is not free."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.brain.language.goal import Goal
from linewalker.brain.memory.journal import Entry
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.approval.performer import Draft, Phase
from linewalker.station.hall.hall_file import read_hall
from linewalker.station.hall.hall_reader import hall_reader
from linewalker.station.hall.simulated_hall import HallOptions
from tests.station.hall.point_guide import FILE, TEXT, point_workplace


class Round:
    """One order, carried out by a point.

    Attributes:
        said: what was said, each with how far the farthest of the group was.
        entries: of the journal.
    """

    def __init__(self, file: Path, folder: Path, order: str):
        hall = read_hall(file)
        self.said: list[tuple[str, float]] = []
        self.entries: list[Entry] = []
        options = HallOptions(listen=self.entries.append, voice=self._hear)
        folder.mkdir()
        self.place, self.crowd = point_workplace(hall, folder, options)
        with StationPerformer(self.place) as performer:
            goals = hall_reader(hall, folder, None).read(order).goals
            draft = performer.prepare(goals)
            assert isinstance(draft, Draft)
            assert performer.begin("P1", goals, draft.plan) is None
            assert performer.wait(120.0)
            self.phase = performer.progress().phase

    def _hear(self, text: str) -> None:
        middle = self.place.operator.motion.middle_W[:2]
        self.said.append((text, max((float(np.linalg.norm(p - middle)) for p in self.crowd.group()), default=0.0)))


def test_it_leaves_when_all_have_come_and_speaks_when_all_are_near(tmp_path: Path) -> None:
    hall = read_hall(FILE)
    done = Round(FILE, tmp_path / "out", "show us round")
    assert done.phase is Phase.DONE
    assert [text for text, _ in done.said] == [hall.told[name].title.en for name in hall.exhibits]
    assert all(far_m <= 3.05 for _, far_m in done.said)
    begun = {entry.text.en: entry.time_s for entry in done.entries if entry.code == "task_begun"}
    joined_s = max(visitor.arrives_s for visitor in hall.visitors if visitor.follows_m is not None)
    assert begun["begins: go to laser scanner"] >= joined_s - 0.1
    assert not [entry for entry in done.entries if entry.code == "task_skipped"]


def test_who_never_comes_is_not_waited_for_longer_than_a_minute(tmp_path: Path) -> None:
    path = tmp_path / "hall.yaml"
    path.write_text(TEXT.replace("arrives_s: 8,", "arrives_s: 3000,"), encoding="utf-8")
    done = Round(path, tmp_path / "out", "show us the hand")
    assert done.phase is Phase.DONE
    assert len(done.said) == 1
    skipped = [entry.text.en for entry in done.entries if entry.code == "task_skipped"]
    assert len(skipped) == 2
    assert all("wait for the group; 1 of the group did not come within 60 s" in text for text in skipped)


def test_a_visitor_who_stands_where_the_guide_should_is_waited_for_and_then_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "hall.yaml"
    alone = TEXT[: TEXT.index("visitors:")] + "visitors: [{name: {zh: 王, en: Wang}, way: [[0.9, -1.7]]}]\n"
    path.write_text(alone, encoding="utf-8")
    done = Round(path, tmp_path / "out", "go to the door")
    assert [entry.code for entry in done.entries].count("task_skipped") == 1
    assert done.place.operator.now_s >= 30.0
    assert done.place.operator.motion.middle_W[:2] == pytest.approx([0.0, 0.0], abs=0.2)


def test_what_is_said_is_shortened_where_it_is_read_back(tmp_path: Path) -> None:
    hall = read_hall(FILE)
    place, _ = point_workplace(hall, tmp_path, HallOptions())
    with StationPerformer(place) as performer:
        draft = performer.prepare([Goal(skill="say", slots={"text": "x" * 300})])
    assert isinstance(draft, Draft)
    assert len(draft.read_back.en) < 120
