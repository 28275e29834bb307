"""Whatever goes wrong in whatever car, every car is accounted for and nothing that was judged is lost."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from itertools import product
from pathlib import Path

import pytest

from linewalker import cli
from linewalker.console import commands
from linewalker.console.commands import report_again
from linewalker.errors import InputError, JobInterrupted, RobotFell, RobotLost, RobotStopped, StationFault, TaktExpired
from linewalker.factory.handshake.faults import FaultCode
from linewalker.factory.records.records import Records
from linewalker.station.run_folder import RECORDS_FILE, clear_folder, lease
from linewalker.station.simulated_station import SimulatedShift
from tests.station.accounts import half_written, judged_in, results_of, states
from tests.station.cheap_station import VINS, Port, Watcher, cheap_shift, cheap_station, work

PLACES = ("bring", "plan", "walk", "go_home", "take_away")
ERRORS: tuple[BaseException, ...] = (
    KeyError("trim"),
    RobotFell("it lies there"),
    RobotLost("no answer"),
    StationFault("no way"),
    KeyboardInterrupt(),
)


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory) -> SimulatedShift:
    return cheap_shift(tmp_path_factory.mktemp("files"))


def at(place: str, car: int, error: BaseException) -> Callable[[str], None]:
    """Raises the error when something happens for the last time in a car."""
    times = 2 if place == "walk" else 1
    begun, there = 0, 0

    def happens(what: str) -> None:
        nonlocal begun, there
        begun += what == "bring"
        there += what == place and begun == car
        if what == place and begun == car and there == times:
            raise error

    return happens


@pytest.mark.parametrize(
    ("place", "car", "error"),
    [*product(PLACES, [2], ERRORS), *product(("bring", "walk"), [1, 3], ERRORS[:2])],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else str(value),
)
def test_after_any_error_every_car_stands_in_the_results(
    shift: SimulatedShift, tmp_path: Path, place: str, car: int, error: BaseException
) -> None:
    watcher, port = Watcher(at(place, car, error)), Port(shift.orders)
    with pytest.raises(type(error)):
        work(shift, tmp_path, watcher, port)
    results = results_of(tmp_path)
    broken = "judged" if place == "take_away" else "interrupted"
    expected = ["judged"] * (car - 1) + [broken] + ["not_inspected"] * (3 - car)
    assert states(results) == dict(zip(VINS, expected))
    assert judged_in(results) == watcher.judged
    named = "ended by hand" if isinstance(error, KeyboardInterrupt) else type(error).__name__
    for entry, state in zip(results["cars"], expected):
        assert state == "judged" or named in entry["reason"]["en"]
    if broken == "interrupted":
        kind = "fall" if isinstance(error, RobotFell) else "fault"
        assert [event["kind"] for event in results["cars"][car - 1]["events"]] == [kind]
    code = FaultCode.ROBOT_FELL if isinstance(error, RobotFell) else FaultCode.ROBOT_FAULT
    assert [told for told, _ in port.faults] == ([code] if broken == "interrupted" else [])
    report_again(tmp_path)
    assert results_of(tmp_path) == results
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert all(vin in page for vin in VINS)
    assert all(entry["reason"]["en"] in page.replace("&#39;", "'") for entry in results["cars"] if entry["reason"])
    assert half_written(tmp_path) == []


@pytest.mark.parametrize("told", ["car_begins", "visit_done", "car_done"])
@pytest.mark.parametrize("error", [KeyError("trim"), BrokenPipeError(), StationFault("no film")], ids=repr)
def test_a_display_that_fails_ends_nothing_and_is_said_once(
    shift: SimulatedShift, tmp_path: Path, told: str, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(what: str) -> None:
        if what == told:
            raise error

    watcher = Watcher(fails)
    work(shift, tmp_path, watcher)
    results = results_of(tmp_path)
    assert states(results) == dict.fromkeys(VINS, "judged")
    assert judged_in(results) == watcher.judged
    assert [type(error).__name__ in record.getMessage() for record in caplog.records] == [True]


def test_the_line_stops_a_job_and_the_robot_falls_on_its_way_home(shift: SimulatedShift, tmp_path: Path) -> None:
    port = Port(shift.orders)
    watcher = Watcher(at("leave", 2, RobotFell("it lies there")))
    watcher.happens = both(watcher.happens, lambda what: stop_in(watcher, port, what, JobInterrupted("permit")))
    with pytest.raises(RobotFell):
        work(shift, tmp_path, watcher, port)
    results = results_of(tmp_path)
    assert states(results) == dict(zip(VINS, ["judged", "interrupted", "not_inspected"]))
    assert [event["kind"] for event in results["cars"][1]["events"]] == ["fall"]
    assert judged_in(results) == watcher.judged


def test_a_robot_that_stopped_itself_and_then_falls_is_on_record_with_both(
    shift: SimulatedShift, tmp_path: Path
) -> None:
    watcher, port = Watcher(at("leave", 1, RobotFell("it lies there"))), Port(shift.orders)
    watcher.happens = both(watcher.happens, at("go_home", 1, RobotStopped("lost its way")))
    with pytest.raises(RobotFell):
        work(shift, tmp_path, watcher, port)
    results = results_of(tmp_path)
    assert [event["kind"] for event in results["cars"][0]["events"]] == ["stop", "fall"]
    assert states(results)[VINS[0]] == "interrupted"


@pytest.mark.parametrize(
    ("stop", "said"),
    [
        (JobInterrupted("permit", "许可被撤回"), "任务被中止：许可被撤回（permit）"),
        (JobInterrupted("permit"), "任务被中止：permit"),
    ],
    ids=["in both languages", "in English alone"],
)
def test_a_report_in_chinese_says_why_the_line_stopped_the_job(
    shift: SimulatedShift, tmp_path: Path, stop: JobInterrupted, said: str
) -> None:
    watcher, port = Watcher(), Port(shift.orders)
    watcher.happens = lambda what: stop_in(watcher, port, what, stop)
    work(shift, tmp_path, watcher, port)
    assert results_of(tmp_path)["cars"][1]["reason"] == {"zh": said, "en": "permit"}


def test_a_robot_that_stops_itself_while_it_waits_holds_until_the_line_resets(
    shift: SimulatedShift, tmp_path: Path
) -> None:
    watcher, port = Watcher(once("wait", RobotStopped("lost its way"))), Port(shift.orders)
    work(shift, tmp_path, watcher, port, balances=True)
    assert port.faults == [(FaultCode.ROBOT_STOPPED, "lost its way")]
    assert states(results_of(tmp_path)) == dict.fromkeys(VINS, "judged")


@pytest.mark.parametrize(
    ("end", "code"),
    [(RobotFell("it lies there"), FaultCode.ROBOT_FELL), (RobotLost("no answer"), FaultCode.ROBOT_FAULT)],
)
def test_a_robot_that_falls_or_is_lost_while_it_waits_is_told_to_the_line(
    shift: SimulatedShift, tmp_path: Path, end: StationFault, code: FaultCode
) -> None:
    watcher, port = Watcher(once("wait", end)), Port(shift.orders)
    with pytest.raises(type(end)):
        work(shift, tmp_path, watcher, port, balances=True)
    assert port.faults == [(code, str(end))]
    assert states(results_of(tmp_path)) == dict.fromkeys(VINS, "not_inspected")


def once(place: str, error: BaseException) -> Callable[[str], None]:
    """Raises the error when something happens for the first time."""
    left = [error]

    def happens(what: str) -> None:
        if what == place and left:
            raise left.pop()

    return happens


@pytest.mark.parametrize(
    ("stop", "state"), [(TaktExpired("whatever it says"), "judged"), (JobInterrupted("takt expired"), "interrupted")]
)
def test_a_class_tells_an_expired_takt_from_a_stop_not_its_words(
    shift: SimulatedShift, tmp_path: Path, stop: JobInterrupted, state: str
) -> None:
    watcher, port = Watcher(), Port(shift.orders)
    watcher.happens = lambda what: stop_in(watcher, port, what, stop)
    work(shift, tmp_path, watcher, port)
    results = results_of(tmp_path)
    assert states(results) == dict(zip(VINS, ["judged", state, "judged"]))
    left = [entry["reason"]["code"] for entry in results["cars"][1]["characteristics"]]
    assert left == ["inside_tolerance"] * 2 + ["takt_expired" if state == "judged" else "aborted"]
    assert judged_in(results) == watcher.judged


def both(*calls: Callable[[str], None]) -> Callable[[str], None]:
    def happens(what: str) -> None:
        for call in calls:
            call(what)

    return happens


def stop_in(watcher: Watcher, port: Port, what: str, stop: JobInterrupted) -> None:
    """The line says stop after the first stop of the second car."""
    if what == "visit_done" and len(watcher.cars) == 1 and len(watcher.judged) == 5:
        port.stop = stop


def test_a_station_that_died_is_found_out_by_the_next_program_and_goes_on(
    shift: SimulatedShift, tmp_path: Path
) -> None:
    class Death(Exception):
        """Nothing is done any more after it, as after SIGKILL."""

    def die(what: str) -> None:
        if what == "walk" and len(watcher.judged) == 5:
            copy = tmp_path / "dead"
            copy.mkdir()
            for path in tmp_path.glob("*.*"):
                (copy / path.name).write_bytes(path.read_bytes())
            (tmp_path / "evidence").rename(copy / "evidence")
            raise Death

    watcher = Watcher(die)
    with pytest.raises(Death):
        work(shift, tmp_path, watcher)
    dead = tmp_path / "dead"
    assert "when this was written" in results_of(dead)["cars"][1]["reason"]["en"]
    report_again(dead)
    results = results_of(dead)
    assert states(results) == dict(zip(VINS, ["judged", "interrupted", "not_inspected"]))
    assert judged_in(results) == watcher.judged
    assert "killed" in results["cars"][1]["reason"]["en"]
    assert "killed" in results["cars"][2]["reason"]["en"]
    again = Watcher()
    port = work(shift, dead, again, resume=True)
    assert states(results_of(dead)) == dict.fromkeys(VINS, "judged")
    assert {vin for vin, _, _ in again.judged} == set(VINS[1:])
    assert [told.vin for told in port.told] == list(VINS)


def test_a_folder_in_which_a_station_works_is_left_alone_and_its_report_says_so(
    shift: SimulatedShift, tmp_path: Path
) -> None:
    said: list[dict[str, str]] = []

    def look(what: str) -> None:
        if what == "go_home" and not said:
            with pytest.raises(InputError, match="at work in this folder"):
                clear_folder(tmp_path)
            with pytest.raises(InputError, match="at work in this folder"):
                work(shift, tmp_path, Watcher())
            report_again(tmp_path)
            results = results_of(tmp_path)
            said.append({car["vin"]: car["reason"]["en"] for car in results["cars"]})

    work(shift, tmp_path, Watcher(look))
    assert (
        list(said[0].values())
        == ["it was being inspected when this was written"] + ["it had not come when this was written"] * 2
    )
    assert states(results_of(tmp_path)) == dict.fromkeys(VINS, "judged")
    with lease(tmp_path) as alone:
        assert alone


def test_pictures_of_another_attempt_are_not_touched(shift: SimulatedShift, tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        work(shift, tmp_path, Watcher(at("go_home", 1, KeyError("bug"))))
    first = {path: path.read_bytes() for path in (tmp_path / "evidence").rglob("*.svg")}
    work(shift, tmp_path, Watcher(), resume=True)
    assert len(first) == 3
    assert {path: path.read_bytes() for path in first} == first
    pictures = {entry["evidence"] for car in results_of(tmp_path)["cars"] for entry in car["characteristics"]}
    assert len(pictures) == 9
    assert not any(tmp_path / picture in first for picture in pictures)


@pytest.fixture
def cheap_run(shift: SimulatedShift, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Watcher], None]]:
    """``linewalker run`` with the robot of a watcher."""

    def instead(watcher: Watcher) -> None:
        monkeypatch.setattr(commands, "read_simulated_shift", lambda *_: shift)
        monkeypatch.setattr(commands, "build", lambda _: cheap_station(shift, watcher))
        monkeypatch.setattr(commands, "_watched", lambda *_: nullcontext())
        monkeypatch.setattr(commands, "work_shift", lambda _s, _st, folder, _p, **_: work(shift, folder, watcher))

    return instead  # type: ignore[return-value]


def words_of_run(out: Path) -> list[str]:
    """A command line whose files exist; what is read of them is cheap."""
    return ["linewalker", "run", "--shift", "examples/shift.csv", "--plan", "examples/plan.yaml", "--out", str(out)]


def test_a_bug_ends_in_one_clear_line_and_a_report(
    cheap_run: Callable[[Watcher], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    cheap_run(Watcher(at("walk", 2, KeyError("trim"))))
    monkeypatch.setattr("sys.argv", words_of_run(tmp_path / "out"))
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == cli.EXIT_FAULT
    told = capsys.readouterr()
    assert "Traceback" in told.err
    last = re.sub(r"\x1b\[[0-9;]*m", "", told.err).strip().splitlines()[-1]
    assert last == "station fault: the program broke off: KeyError: 'trim'; what was judged is kept"
    assert "3 cars: 1 ✓ OK, 0 ✗ NOK, 1 ? not decidable, 1 ○ not inspected" in told.out
    assert (tmp_path / "out" / "report.html").is_file()


def test_a_service_that_is_ended_stores_first(
    cheap_run: Callable[[Watcher], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(what: str) -> None:
        if what == "go_home" and len(watcher.judged) == 6:
            signal.raise_signal(signal.SIGTERM)

    watcher = Watcher(end)
    before = signal.getsignal(signal.SIGTERM)
    cheap_run(watcher)
    monkeypatch.setattr("sys.argv", words_of_run(tmp_path))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 130
    assert signal.getsignal(signal.SIGTERM) == before
    results = results_of(tmp_path)
    assert list(states(results).values()) == ["judged", "interrupted", "not_inspected"]
    assert judged_in(results) == watcher.judged


def test_a_report_needs_records(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is this the folder of a run"):
        report_again(tmp_path)
    with Records(tmp_path / RECORDS_FILE), pytest.raises(InputError, match="no shift"):
        report_again(tmp_path)
