"""What is said becomes a line like any other: nothing moves before a clear yes, and a stop acts at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from linewalker.brain.speech.hearing import NOTHING, Heard
from linewalker.brain.speech.sound import Sound
from linewalker.console.spoken_lines import NOTHING_HEARD, UNCLEAR, in_words, spoken_lines
from tests.brain.speech.recordings import loud
from tests.console.test_conversation import Talk
from tests.station.acting.plane_station import plane_station


class Mouth:
    """Somebody who says these, one after the other; ``!`` before what is mumbled."""

    def __init__(self, *says: str):
        self.says = list(says)
        self.listens = False

    def begin(self) -> None:
        self.listens = True

    def end(self) -> Sound:
        assert self.listens
        self.listens = False
        return loud()

    def heard(self, sound: Sound) -> Heard:
        assert not sound.silent
        text = self.says.pop(0)
        return Heard(language="en", text=text.lstrip("!"), recognised=text, sure=text[:1] != "!") if text else NOTHING


def lines(mouth: Mouth, *typed: str) -> tuple[list[str], list[str]]:
    """The lines of a dialogue, and what was shown."""
    shown: list[str] = []
    return list(spoken_lines(iter(typed), mouth, mouth.heard, shown.append)), shown


def test_what_is_said_between_two_empty_lines_is_a_line() -> None:
    said, shown = lines(Mouth("go home", "yes"), "", "", "status", "", "")
    assert said == ["go home", "status", "yes"]
    assert "heard: go home" in shown


def test_what_is_typed_while_it_listens_goes_first() -> None:
    mouth = Mouth("go to the rear")
    said, _ = lines(mouth, "", "stop", "")
    assert said == ["stop"]
    assert not mouth.listens


@pytest.mark.parametrize("yes", ["!yes", "!Yes", "!是", "!好的"])
def test_a_mumbled_yes_is_none(yes: str) -> None:
    said, shown = lines(Mouth(yes, "!go home"), "", "", "", "")
    assert said == ["go home"]
    assert shown.count(UNCLEAR) == 1


def test_nothing_heard_is_no_line() -> None:
    said, shown = lines(Mouth(""), "", "")
    assert said == []
    assert NOTHING_HEARD in shown


def test_what_was_heard_is_shown_in_its_language() -> None:
    assert in_words(Heard(language="zh", text="回原位", recognised="", sure=True)) == "听到：回原位"


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    with plane_station(tmp_path) as station:
        yield Talk(station)


def converse(talk: Talk, mouth: Mouth, *typed: str) -> None:
    for line in spoken_lines(iter(typed), mouth, mouth.heard, talk.said.append):
        talk.conversation.hear(line)


@pytest.mark.parametrize(
    ("says", "moves"),
    [
        (["go to the rear"], 0),
        (["go to the rear", "!yes"], 0),
        (["go to the rear", "no"], 0),
        (["go to the rear", "yes"], 1),
    ],
)
def test_nothing_moves_before_a_clear_yes_to_what_was_read_back(says: list[str], moves: int, talk: Talk) -> None:
    converse(talk, Mouth(*says), *[""] * (2 * len(says)))
    assert "Shall it be done? (y/n)" in talk.said
    assert talk.station.performer.wait(60.0)
    assert len(talk.station.motion.followed) == moves


@pytest.mark.parametrize("stop", ["stop", "停", "!Stop!", "!停下"])
def test_a_stop_that_is_heard_needs_no_yes(stop: str, talk: Talk) -> None:
    converse(talk, Mouth("go to the rear", "yes", stop), *[""] * 6)
    assert talk.station.performer.standing().stop
