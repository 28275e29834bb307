"""The commands that run a station or a line: what they show while they work, and how they end."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.text import Text

import linewalker
from linewalker.console.progress import ShiftProgress
from linewalker.console.report import write_report
from linewalker.console.summary import show_cars, show_outcomes
from linewalker.console.terminal import terminal
from linewalker.console.video import Film, film_path
from linewalker.console.waiting import waiting
from linewalker.console.web.beside import console_beside
from linewalker.errors import InputError, LinewalkerError, ProgramFault, StationFault, in_words, noted_on
from linewalker.factory.handshake.line_controller import LineController
from linewalker.factory.handshake.line_handshake import Cause
from linewalker.factory.opcua.credentials import Credentials
from linewalker.factory.orders.build_orders import read_shift
from linewalker.factory.records.database import are_there, put_elsewhere
from linewalker.factory.records.records import Records
from linewalker.factory.records.results import CarResult
from linewalker.factory.records.results_file import remove_spares
from linewalker.messages.catalogue import say
from linewalker.station.observer import Gallery
from linewalker.station.run_folder import RECORDS_FILE, REPORT_FILE, RESULTS_FILE, clear_folder, lease, make_folder
from linewalker.station.run_shift import serve_line, work_shift
from linewalker.station.shift_files import Shift, ShiftFiles
from linewalker.station.simulated_station import Station, build, read_simulated_shift
from linewalker.station.wire import WITHOUT_A_PASSWORD, Service, Wire, link_to

ALL_JUDGED, FAULT = 0, 1


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """Options of ``linewalker run`` besides its files."""

    folder: Path
    real_time: bool = False
    video: Path | None = None
    console: bool = False
    opens: bool = False
    records: str | None = None

    def place_records(self) -> None:
        """In the folder, or in the database that was named."""
        if self.records is not None:
            put_elsewhere(self.folder / RECORDS_FILE, self.records)


def run_shift(files: ShiftFiles, options: RunOptions) -> int:
    """``linewalker run``: returns its exit code.

    Raises:
        InputError: before anything is written.
        StationFault: after results and report are complete up to there.
    """
    console = terminal()
    if options.video is not None:
        film_path(options.video)
    title = Text(f"Linewalker {linewalker.__version__}", style="bold")
    console.print(title, say(f"{files.shift} with {files.plan}"))
    with waiting("reading the files, loading the vehicle models", console) as wait:
        shift = read_simulated_shift(files, wait.done)
        clear_folder(options.folder)
        options.place_records()
    with waiting("building hall, robot and cars", console):
        station = build(shift)
    with (
        terminable(),
        console_beside(options.folder, options.console, opens=options.opens),
        _reported(options.folder, console),
        station.operator.robot,
        ShiftProgress(shift.orders, console, now=lambda: station.operator.motion.state.mode.value) as progress,
        _watched(station, options),
    ):
        work_shift(shift, station, options.folder, progress, real_time=options.real_time)
    with Records(options.folder / RECORDS_FILE) as book:
        worked = book.last_run()
        return exit_code(shift, () if worked is None else worked.cars())


def exit_code(shift: Shift, cars: Sequence[CarResult]) -> int:
    """0 if every car of the shift was worked through, else 1."""
    through = {car.order.vin for car in cars if car.interrupted is None}
    return ALL_JUDGED if through >= {order.vin for order in shift.orders} else FAULT


@contextmanager
def _reported(folder: Path, console: Console) -> Iterator[None]:
    """However the work inside ends, if it began: the table of what is on record, and the report.

    Raises:
        ProgramFault: instead of an error that nobody foresaw.
    """
    try:
        yield
    except InputError:
        raise
    except BaseException as error:
        with noted_on(error):
            _report(folder, console)
        if isinstance(error, LinewalkerError) or not isinstance(error, Exception):
            raise
        raise ProgramFault(f"the program broke off: {in_words(error)}; what was judged is kept") from error
    _report(folder, console)


def _report(folder: Path, console: Console) -> None:
    with Records(folder / RECORDS_FILE) as book:
        run = book.last_run()
        cars = () if run is None else run.cars()
    if cars:
        report = write_report(folder / RECORDS_FILE, folder / REPORT_FILE)
        show_cars(cars, console)
        console.print(say(f"report: {report}"), soft_wrap=True)


@contextmanager
def terminable() -> Iterator[None]:
    """SIGTERM, by which services are ended, ends the work as Ctrl-C does: what is judged is stored first."""
    before = signal.signal(signal.SIGTERM, _as_ctrl_c)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _as_ctrl_c(*_signal: object) -> None:
    if not callable(signal.getsignal(signal.SIGINT)):  # ignored, as by a shell that starts programs in the background
        raise KeyboardInterrupt
    signal.raise_signal(signal.SIGINT)


def report_again(folder: Path) -> int:
    """``linewalker report``: results.json and report anew out of the records; returns its exit code.

    Raises:
        InputError: the folder has no records.
        StorageFault: it can not be written.
    """
    write_results_again(folder)
    _report(folder, terminal())
    return ALL_JUDGED


def write_results_again(folder: Path) -> None:
    """results.json anew out of the records, which learn what became of the program that wrote them.

    Raises:
        InputError: the folder has no records.
        StorageFault: it can not be written.
    """
    if not are_there(folder / RECORDS_FILE):
        raise InputError("there are no records here; is this the folder of a run?", file=folder / RECORDS_FILE)
    with lease(folder) as alone, Records(folder / RECORDS_FILE) as book:
        run = book.last_run()
        if run is None:
            raise InputError("there is no shift in these records", file=book.path)
        if alone:  # nobody works on what stands there as running
            run.declare_dead()
            remove_spares(folder / RESULTS_FILE)
        run.write_results(folder / RESULTS_FILE)


@contextmanager
def _watched(station: Station, options: RunOptions) -> Iterator[None]:
    """Film the robot, if asked to."""
    calls = station.operator.on_tick
    data = station.plant.scene.data
    if options.video is None:
        yield
        return
    optics = station.plant.optics
    film = Film(station.plant.scene.model, station.profile.base, options.video, laser=lambda: optics.laser_line)

    def film_tick() -> None:
        order = station.plant.scene.in_place
        film.caption = "" if order is None else f"{order.vin}  {order.model}"
        film.tick(data)

    with film:
        calls.append(Gallery("the film").harmless(film_tick))
        yield


def serve_station(files: ShiftFiles, options: RunOptions, service: Service) -> int:
    """``linewalker station``: works for whatever line connects, until interrupted or enough cars are done."""
    console = terminal()
    with waiting("reading the files, loading the vehicle models", console) as wait:
        shift = read_simulated_shift(files, wait.done)
        make_folder(options.folder)
        options.place_records()
    with waiting("building hall, robot and cars", console):
        station = build(shift)

    def say_ready(endpoint: str) -> None:
        if service.wire is not Wire.OPCUA:
            warning = say(f"warning: {service.wire} {WITHOUT_A_PASSWORD}")
            console.print(warning, style="yellow", soft_wrap=True)
        console.print(say(f"ready for a line at {endpoint}; end with Ctrl-C"), soft_wrap=True)

    with (
        terminable(),
        console_beside(options.folder, options.console, opens=options.opens),
        _reported(options.folder, console),
        station.operator.robot,
        ShiftProgress(shift.orders, console, now=lambda: station.operator.motion.state.mode.value) as progress,
        _watched(station, options),
    ):
        serve_line(shift, station, options.folder, progress, service, say_ready)
    return ALL_JUDGED


def drive_line(shift: Path, wire: Wire, endpoint: str | None, credentials: Credentials | None) -> int:
    """``linewalker line``: brings the cars of a shift to a station; returns its exit code."""
    console = terminal()
    orders = read_shift(shift)
    controller = LineController(link_to(wire, endpoint, credentials))
    where = endpoint or "this machine"
    with waiting(f"{len(orders)} cars for {where} over {wire}", console):
        outcomes = controller.run(orders)
    show_outcomes(outcomes, console)
    if any(outcome.cause is not Cause.JUDGED for outcome in outcomes):
        raise StationFault("not every car was judged")
    return ALL_JUDGED
