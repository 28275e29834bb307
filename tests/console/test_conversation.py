"""A dialogue: nothing moves before a yes, a stop needs none, and a line is answered in the language it was said in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from linewalker.brain.language.goal import Goal
from linewalker.brain.language.interpretation import Because, Course, Interpretation
from linewalker.brain.language.spelling import language_of
from linewalker.brain.language.stop_order import says_stop
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.console.conversation import Conversation, Ears
from linewalker.inspection.title import Title
from linewalker.station.acting.nobody import Nobody
from linewalker.station.approval.performer import Phase
from tests.brain.plane_robot import TICK_S
from tests.station.acting.plane_station import HOME, PlaneStation, plane_station

GOALS = {
    "go to the rear": (Goal(skill="go_to", slots={"place": "rear"}),),
    "去车尾": (Goal(skill="go_to", slots={"place": "rear"}),),
    "go home": (Goal(skill="home"),),
    "wait": (Goal(skill="wait", slots={"seconds": 600.0}),),
    "guide me": (Goal(skill="guide"),),
    "pause": (Goal(skill="pause"),),
    "resume": (Goal(skill="resume"),),
    "pause and go home": (Goal(skill="pause"), Goal(skill="home")),
    "status": (Goal(skill="status"),),
    "状态": (Goal(skill="status"),),
    "results": (Goal(skill="results"),),
}


class FewWords:
    """Knows some orders; notes the dialogue it was told of."""

    def __init__(self) -> None:
        self.after: list[tuple[str, ...]] = []

    def read(self, order: str, after: Sequence[str] = ()) -> Interpretation:
        self.after.append(tuple(after))
        language = language_of(order)
        if order not in GOALS:
            nothing = Because(code="out_of_scope", title=Title(zh="听不懂", en="not understood"))
            return Interpretation(language=language, course=Course.REFUSE, because=nothing)
        goals = GOALS[order]
        told = all(goal.skill in ("status", "results") for goal in goals)
        course = Course.ANSWER if told else Course.ACT
        return Interpretation(language=language, course=course, goals=goals, read_back="")

    def stops(self, order: str) -> bool:
        return says_stop(order)


@dataclass
class Talk:
    """A dialogue with a station, and all that was said in it."""

    station: PlaneStation
    reader: FewWords = field(default_factory=FewWords)
    said: list[str] = field(default_factory=list)
    shown: list[Interpretation] = field(default_factory=list)
    at_once: bool = False

    def __post_init__(self) -> None:
        ears = Ears(reader=self.reader, answer=lambda read: read, say=self.said.append, show=self.shown.append)
        self.conversation = Conversation(self.station.performer, ears, at_once=self.at_once)

    def says(self, *lines: str) -> list[str]:
        """Lines, one after the other; returns what was said since."""
        before = len(self.said)
        for line in lines:
            self.conversation.hear(line)
        return self.said[before:]


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    with plane_station(tmp_path) as station:
        yield Talk(station)


def test_nothing_moves_before_a_yes(talk: Talk) -> None:
    assert talk.says("go to the rear")[-1] == "Shall it be done? (y/n)"
    assert talk.conversation.waits
    assert not talk.station.performer.busy
    talk.says("Y")
    assert talk.station.performer.wait(60.0)
    assert talk.station.performer.progress().phase is Phase.DONE
    assert len(talk.station.motion.followed) == 1


@pytest.mark.parametrize("no", ["n", "不", "No."])
def test_a_no_is_a_no(no: str, talk: Talk) -> None:
    talk.says("go to the rear", no)
    assert talk.says("y") == []  # there is nothing left to say yes to
    assert talk.station.motion.followed == []


def test_another_order_is_no_yes(talk: Talk) -> None:
    said = talk.says("go to the rear", "go home")
    assert "The order before was not confirmed and is not done." in said
    talk.says("y")
    assert talk.station.performer.wait(60.0)
    assert talk.station.motion.middle_W == pytest.approx(HOME.pose)


def test_what_is_said_while_it_works_follows(talk: Talk) -> None:
    talk.says("go to the rear", "y")
    said = talk.says("go home", "y")
    assert "Something runs already; this would follow it." in said or not talk.station.performer.busy
    assert talk.station.performer.wait(60.0)
    assert talk.station.motion.middle_W == pytest.approx(HOME.pose)
    assert talk.station.codes.count("order_done") == 2


@pytest.mark.parametrize(("word", "answer"), [("stop", "Stopped: "), ("停", "已停止："), ("快停下!", "已停止：")])
def test_a_stop_needs_no_yes_and_says_stopped_when_it_is_measured(word: str, answer: str, talk: Talk) -> None:
    talk.says("go to the rear", "y")
    asked_s = talk.station.operator.now_s
    said = talk.says(word)
    assert said[-1].startswith(answer)
    assert talk.station.motion.stop_state is StopState.HOLDING
    assert talk.station.motion.reports[-1].began_s >= asked_s - TICK_S
    assert talk.reader.after == [()]  # nobody tried to understand it


def test_a_stop_takes_back_what_waits_for_a_yes(talk: Talk) -> None:
    talk.says("go to the rear", "stop")
    assert not talk.conversation.waits
    talk.says("y")
    assert talk.station.motion.followed == []


def test_after_a_stop_it_goes_on_with_a_new_order_that_is_confirmed(talk: Talk) -> None:
    talk.says("wait", "y", "stop", "go to the rear", "y")
    assert talk.station.performer.wait(60.0)
    assert talk.station.performer.progress().phase is Phase.DONE


def test_pause_and_resume_are_done_at_once_but_not_among_others(talk: Talk) -> None:
    talk.says("pause")
    assert talk.station.performer.held
    talk.says("resume")
    assert not talk.station.performer.held
    assert talk.says("pause and go home") == ["Please say 'pause' by itself."]
    assert not talk.station.performer.held


def test_the_status_is_told_in_either_language(talk: Talk) -> None:
    assert talk.says("status") == ["standing by."]
    talk.says("go to the rear", "y")
    assert talk.station.performer.wait(60.0)
    assert talk.says("状态") == ["已完成。"]


def test_what_is_asked_is_answered_and_what_is_not_understood_refused(talk: Talk) -> None:
    talk.says("results", "fly to the moon")
    assert [read.course for read in talk.shown] == [Course.ANSWER, Course.REFUSE]
    assert talk.says("guide me") == [
        "'guide' is not available here; there are inspect, look, home, go_to, wait, say, bow, gather"
    ]


def test_the_dialogue_is_remembered_without_what_was_refused(talk: Talk) -> None:
    talk.says("go home", "n", "fly", "status")
    assert talk.reader.after[-1] == ("go home",)


def test_where_nobody_asks_it_begins_at_once(tmp_path: Path) -> None:
    with plane_station(tmp_path) as station:
        Talk(station, at_once=True).says("go to the rear")
        assert station.performer.wait(60.0)
        assert len(station.motion.followed) == 1


def test_where_no_robot_is_nothing_can_be_done_and_a_stop_claims_nothing() -> None:
    said: list[str] = []
    ears = Ears(reader=FewWords(), answer=lambda read: read, say=said.append, show=lambda _: None)
    conversation = Conversation(Nobody(), ears)
    conversation.hear("go home")
    assert "no station" in said[-1]
    conversation.hear("stop")
    assert said[-1] == "The stop was asked for, but it was not measured that it stands."


def test_what_was_said_before_a_stop_begins_nothing_after_it(talk: Talk) -> None:
    before = talk.conversation.halts
    talk.conversation.halt()
    talk.conversation.hear("go to the rear", before)
    assert not talk.conversation.waits
    talk.says("go to the rear")
    talk.conversation.halt()
    talk.conversation.hear("y", before)
    assert not talk.station.performer.busy
    assert not talk.conversation.waits
    talk.says("go home")  # what is said now counts
    assert talk.conversation.waits
