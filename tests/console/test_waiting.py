"""Whoever waits is told for what, and how long still, as measured or remembered."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from linewalker.console import waiting as module
from linewalker.console.waiting import Durations, Wait, in_time, waiting
from linewalker.messages.language import Language, speaking

WHAT = "loading the vehicle models"


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def monotonic(self) -> float:
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(module, "time", made)
    return made


def told(durations: Durations, clock: Clock, seconds: float) -> str:
    stream = io.StringIO()
    with waiting(WHAT, Console(file=stream, width=80), durations):
        clock.now_s += seconds
    return stream.getvalue()


def test_the_next_time_it_is_known_how_long_it_takes(tmp_path: Path, clock: Clock) -> None:
    durations = Durations(tmp_path / "durations.json")
    assert told(durations, clock, 12.0) == "", "nobody knows yet, and it was over before the timer"
    assert told(durations, clock, 20.0) == f"{WHAT} … still about 12 s\n"
    assert durations.usual_s(WHAT) == 16.0
    with speaking(Language.ZH):
        assert told(durations, clock, 16.0) == "载入车型 … 大约还要 16 秒\n"


def test_a_short_wait_is_neither_told_nor_remembered(tmp_path: Path, clock: Clock) -> None:
    durations = Durations(tmp_path / "durations.json")
    for _ in range(2):
        assert told(durations, clock, 1.0) == ""
    assert durations.usual_s(WHAT) is None


def test_a_long_one_that_nobody_knows_is_told_as_soon_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SHORT_S", 0.01)
    stream = io.StringIO()
    with waiting(WHAT, Console(file=stream, width=80), Durations(tmp_path / "d.json")):
        for _ in range(500):
            if stream.getvalue():
                break
            module.time.sleep(0.01)
    assert stream.getvalue() == f"{WHAT} … for 1 s\n"


def test_a_line_counts_down_by_what_is_usual_or_by_the_share_that_is_done(clock: Clock) -> None:
    wait = Wait(WHAT, 40.0)
    clock.now_s += 10.0
    assert wait.line() == f"{WHAT} … still about 30 s"
    clock.now_s += 50.0
    assert wait.line() == f"{WHAT} … for 60 s", "longer than usual: how long still, nobody knows"
    wait.done(0.25, "building the sedan")
    assert wait.line() == "building the sedan … still about 3 min"


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"loading the vehicle models": "soon"}'])
def test_what_was_remembered_wrongly_is_not_known(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "durations.json"
    path.write_bytes(content)
    assert Durations(path).usual_s(WHAT) is None
    Durations(path).took("other", 3.0)
    assert Durations(path).usual_s("other") == 3.0


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "1 s"), (14.4, "14 s"), (47, "50 s"), (150, "2 min"), (7500, "2 h 5 min")]
)
def test_a_guess_is_no_more_exact_than_it_is(seconds: float, text: str) -> None:
    assert in_time(seconds) == text
