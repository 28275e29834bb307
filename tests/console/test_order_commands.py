"""``ask`` with a shift and ``chat``, as a script uses them, over a station without physics."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from linewalker.cli import app
from linewalker.console import listener
from linewalker.console.order_commands import _converse
from linewalker.errors import InputError, StationFault
from linewalker.station.acting.workplace import Workplace
from tests.station.acting.plane_station import HOME, PlaneStation, plane_workplace

RUNNER = CliRunner()
ROOT = Path(__file__).parents[2]
FILES = ["--plan", str(ROOT / "examples" / "plan.yaml"), "--shift", str(ROOT / "examples" / "shift.csv")]


class Stations:
    """Every station that was opened, in order."""

    def __init__(self) -> None:
        self.opened: list[PlaneStation] = []

    @contextmanager
    def open(self, _shift: Any, folder: Path, *, listen: Any, **_: Any) -> Iterator[Workplace]:
        with plane_workplace(folder.resolve()) as station:
            station.workplace.log.listen = listen
            self.opened.append(station)
            yield station.workplace


@pytest.fixture
def stations(monkeypatch: pytest.MonkeyPatch) -> Stations:
    there = Stations()
    monkeypatch.setattr(listener, "simulated_workplace", there.open)
    monkeypatch.setattr(listener, "read_simulated_shift", lambda _: None)
    return there


def ask(order: str, folder: Path, *more: str, typed: str = "") -> Any:
    return RUNNER.invoke(app, ["ask", order, *FILES, "--out", str(folder), *more], input=typed)


@pytest.mark.parametrize(("typed", "moves"), [("y\n", True), ("是\n", True), ("n\n", False), ("", False)])
def test_an_order_is_done_when_it_was_confirmed(typed: str, moves: bool, tmp_path: Path, stations: Stations) -> None:
    done = ask("go to the rear of the car and come back", tmp_path, typed=typed)
    assert done.exit_code == 0
    assert "Shall it be done? (y/n)" in done.output
    (station,) = stations.opened
    assert bool(station.motion.followed) == moves
    assert ("done: go to the rear of the car" in done.output) == moves
    assert station.motion.middle_W == pytest.approx(HOME.pose)


def test_nobody_is_asked_where_yes_is_said_before(tmp_path: Path, stations: Stations) -> None:
    done = ask("去车尾", tmp_path, "--yes")
    assert done.exit_code == 0
    assert "执行吗" not in done.output
    assert "执行完毕：走到车尾" in done.output
    assert len(stations.opened[0].motion.followed) == 1


def test_machines_get_the_plan_and_nothing_moves(tmp_path: Path, stations: Stations) -> None:
    document = json.loads(ask("go home", tmp_path, "--json").output)
    assert document["outcome"] == "act"
    assert document["plan"]["certificate"]["id"]
    assert stations.opened[0].motion.followed == []


def test_what_this_station_can_not_do_is_refused_with_its_reason(tmp_path: Path, stations: Stations) -> None:
    document = json.loads(ask("measure the hood gap", tmp_path, "--json", "--yes").output)
    assert (document["outcome"], document["reason"]["code"]) == ("refuse", "nothing_in_scope")
    assert stations.opened[0].motion.followed == []


def test_a_stop_is_understood_before_anything_is_asked(tmp_path: Path, stations: Stations) -> None:
    done = ask("stop", tmp_path, typed="y\n")
    assert done.exit_code == 0
    assert stations.opened[0].motion.followed == []


def test_a_station_needs_a_plan(tmp_path: Path) -> None:
    done = RUNNER.invoke(app, ["ask", "go home", "--shift", FILES[3], "--out", str(tmp_path)])
    assert isinstance(done.exception, InputError)
    assert "name it with --plan" in str(done.exception)


def test_a_dialogue_out_of_a_script(tmp_path: Path, stations: Stations) -> None:
    lines = "go to the rear of the car\ny\n再回原位\n是\nfly to the moon\nbye\ngo home\ny\n"
    done = RUNNER.invoke(app, ["chat", *FILES, "--out", str(tmp_path), "--pace", "max"], input=lines)
    assert done.exit_code == 0
    (station,) = stations.opened
    assert station.codes.count("order_done") == 2  # after bye nothing is heard
    assert station.motion.middle_W == pytest.approx(HOME.pose)
    assert "refuses:" in done.output


def test_a_dialogue_is_stopped_in_the_middle_of_a_walk(tmp_path: Path, stations: Stations) -> None:
    lines = "wait 50 minutes\ny\nstop\nstatus\n"
    done = RUNNER.invoke(app, ["chat", *FILES, "--out", str(tmp_path), "--pace", "max"], input=lines)
    assert done.exit_code == 0
    assert "Stopped: 0.000 m/s" in done.output
    assert "stopped: the robot stopped itself" in done.output
    assert stations.opened[0].motion.reports


def test_without_a_station_a_dialogue_only_understands(tmp_path: Path) -> None:
    done = RUNNER.invoke(app, ["chat", "--out", str(tmp_path)], input="go home\n停\n")
    assert done.exit_code == 0
    assert "there is no station here" in done.output
    assert "已停止" not in done.output


@pytest.mark.parametrize("live", [True, False])
def test_a_stop_does_not_wait_until_something_else_was_thought_about(live: bool) -> None:
    thinking, stopped = threading.Event(), threading.Event()
    performer = SimpleNamespace(busy=True, fault=None, request_stop=stopped.set)

    def hear(line: str, halts: int) -> None:
        if line == "think":
            thinking.set()
            assert stopped.wait(60.0)
        heard.append((line, halts))

    def lines() -> Iterator[str]:
        yield "think"
        assert thinking.wait(60.0)
        yield "stop"
        yield "exit"
        raise AssertionError("it has ended")

    heard: list[tuple[str, int]] = []
    conversation = SimpleNamespace(halts=0, hear=hear)
    conversation.halt = lambda: (performer.request_stop(), setattr(conversation, "halts", 1))
    there = SimpleNamespace(performer=performer, reader=SimpleNamespace(stops=lambda line: line == "stop"))
    _converse(there, conversation, lines(), live=live)
    assert heard == [("think", 0), ("stop", 1)]


def test_what_breaks_while_somebody_is_heard_ends_the_dialogue() -> None:
    def hear(_line: str, _halts: int) -> None:
        raise StationFault("the robot fell")

    there = SimpleNamespace(performer=SimpleNamespace(busy=False, fault=None), reader=None)
    with pytest.raises(StationFault, match="the robot fell"):
        _converse(there, SimpleNamespace(halts=0, hear=hear), iter(["go home"]), live=False)
