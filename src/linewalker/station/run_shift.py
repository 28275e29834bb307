"""Work through a shift: the station's program and the line controller, over a real socket, results on disk."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from linewalker.brain.inspector import CarInspector, CarJob
from linewalker.brain.memory.journal import Journal
from linewalker.brain.operator import Operator
from linewalker.errors import LinewalkerError, in_words, noted_on
from linewalker.factory.handshake.job import HandshakeLimits
from linewalker.factory.handshake.line_controller import LineController, LineLink
from linewalker.factory.handshake.line_handshake import CarOutcome, Cause
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.opcua.credentials import random_credentials
from linewalker.factory.opcua.endpoint import ANY_PORT
from linewalker.factory.opcua.link import StationLink
from linewalker.factory.opcua.station_server import StationServer
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.orders.order_book import OrderBook
from linewalker.factory.records.records import NOT_YET, Records, RunRecords
from linewalker.factory.records.results_file import ResultsFile
from linewalker.inspection.title import Title
from linewalker.station.acting.log_book import LogBook
from linewalker.station.acts import ActsHeard
from linewalker.station.car_under_way import Rules
from linewalker.station.motion.motion_recorder import MotionRecorder, Recording
from linewalker.station.observer import Audience, HarmlessObserver, Observer
from linewalker.station.pace import WallPace
from linewalker.station.program import Crew, Desk, Plant, StationProgram
from linewalker.station.run_folder import (
    AUDIT_FILE,
    JOURNAL_FILE,
    MOTION,
    ORDERS_FILE,
    RECORDS_FILE,
    RESULTS_FILE,
    sole_lease,
)
from linewalker.station.shift_files import Shift
from linewalker.station.wire import Service, serve

TAKT_LIMIT_S = 300.0
_OVER = Title(zh="班次已结束", en="the shift ended before it")


class Station(Protocol):
    """What works through a shift: see `Crew`; simulated, or real."""

    @property
    def operator(self) -> Operator:
        """Works the robot."""

    @property
    def inspector(self) -> CarInspector:
        """Inspects cars with it."""

    @property
    def plant(self) -> Plant:
        """Brings the cars."""

    def job_of(self, order: BuildOrder) -> CarJob:
        """Everything the inspector has to know about an order."""

    def write_truth(self, orders: Iterable[BuildOrder], folder: Path) -> None:
        """True answers about the cars of these orders, for scoring; a real station knows none."""


class Line:
    """The line controller in a thread of its own."""

    def __init__(self, orders: Sequence[BuildOrder], link: LineLink):
        self._controller = LineController(link)
        self._orders = orders
        self.outcomes: tuple[CarOutcome, ...] = ()
        self.error: LinewalkerError | None = None
        self._thread = threading.Thread(target=self._run, name="line", daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether every car is through, or the line gave up."""
        return not self._thread.is_alive()

    def stop(self) -> None:
        """End the line and wait for it."""
        self._controller.stop()
        self._thread.join()

    def _run(self) -> None:
        try:
            self.outcomes = self._controller.run(self._orders)
        except LinewalkerError as error:
            self.error = error


def work_shift(shift: Shift, station: Station, folder: Path, observer: Observer, *, real_time: bool = False) -> None:
    """Drive all cars of a shift through a station; everything is on disk when this returns or raises.

    Whatever it raises, every car of the shift stands in the results, with why it came out as it did.

    Raises:
        StationFault: a fall, a lost line, a full disk.
    """
    credentials = random_credentials()
    with (
        open_desk(shift, station, folder, resume=False) as desk,
        StationServer(_port(desk), credentials=credentials, endpoint=ANY_PORT) as server,
        recorded(shift, station, desk) as recorder,
    ):
        link = StationLink(endpoint=server.endpoint, credentials=credentials, station_certificate=server.certificate)
        line = Line(shift.orders, link)
        try:
            program = StationProgram(
                server.station, crew_of(station, real_time=real_time), desk, watched_by(observer, recorder)
            )
            station.operator.on_tick.append(ActsHeard(folder, station.operator.motion).tick)
            program.on_car, server.station.on_scan = recorder.on_car, recorder.on_scan
            station.inspector.navigator.on_route = recorder.on_route
            program.serve(lambda: line.done)
        finally:
            line.stop()
        if line.error is not None:
            raise line.error
        left = [gone for gone in line.outcomes if gone.cause is not Cause.JUDGED]
        desk.records.end(_OVER, {(gone.vin, gone.sequence): _in_both_languages(gone) for gone in left})


def _in_both_languages(gone: CarOutcome) -> Title:
    """Why a car left the station without a result; the line's own words are English."""
    return Title(zh=f"{gone.cause.in_chinese}（{gone.reason}）", en=gone.reason)


def serve_line(
    shift: Shift,
    station: Station,
    folder: Path,
    observer: Observer,
    service: Service,
    on_listening: Callable[[str], None] = lambda _: None,
) -> None:
    """Work for whatever line connects, until enough cars are done or somebody interrupts.

    A station that is started again on the same folder goes on where it stopped.

    Args:
        on_listening: told the endpoint as soon as a line can connect to it.
    """
    with (
        contextlib.suppress(KeyboardInterrupt),
        open_desk(shift, station, folder, resume=True) as desk,
        serve(service, _port(desk), audit=desk.rules.folder / AUDIT_FILE) as server,
        recorded(shift, station, desk) as recorder,
    ):
        crew = crew_of(station, real_time=service.real_time)
        program = StationProgram(server.station, crew, desk, watched_by(observer, recorder))
        station.operator.on_tick.append(ActsHeard(folder, station.operator.motion).tick)
        program.on_car, server.station.on_scan = recorder.on_car, recorder.on_scan
        station.inspector.navigator.on_route = recorder.on_route
        on_listening(server.endpoint)
        program.serve(lambda: 0 < service.cars <= program.finished)


def recorded(shift: Shift, station: Station, desk: Desk) -> MotionRecorder:
    """Records what the robot does, into the folder of the run."""
    records = desk.records
    recording = Recording(
        folder=desk.rules.folder / MOTION, robot=shift.files.robot, run=records.number, opened_at=records.opened_at
    )
    return MotionRecorder(station.operator, recording)


def watched_by(observer: Observer, recorder: MotionRecorder) -> Audience:
    """Whoever looks, and the recording; if one fails the other goes on."""
    return Audience(HarmlessObserver(observer), HarmlessObserver(recorder, "the recording of the motion"))


def crew_of(station: Station, *, real_time: bool) -> Crew:
    if real_time:
        gc.freeze()  # what has been built so far is kept; to look through it again takes longer than a tick
        station.operator.on_tick.append(WallPace(lambda: station.operator.now_s))
    return Crew(
        operator=station.operator,
        inspector=station.inspector,
        job_of=station.job_of,
        plant=station.plant,
        balances=real_time,
    )


def _port(desk: Desk) -> StationPort:
    return StationPort(HandshakeLimits(takt_s=desk.rules.takt_limit_s))


@contextlib.contextmanager
def open_desk(shift: Shift, station: Station, folder: Path, *, resume: bool) -> Iterator[Desk]:
    """Records with every car of the shift, and at the end, however it comes, the results written out of them."""
    folder = folder.resolve()  # evidence is named relative to it, wherever the program was started
    rules = Rules(plan=shift.plan, folder=folder, takt_limit_s=TAKT_LIMIT_S)
    expected = (rules.not_inspected(order, NOT_YET) for order in shift.orders)
    with sole_lease(folder), Records(folder / RECORDS_FILE) as book:
        records = book.begin_run(shift.header, expected=expected, resume=resume)
        start_s = station.operator.now_s
        log = LogBook(Journal(folder / JOURNAL_FILE), lambda: station.operator.now_s - start_s)
        try:
            with ResultsFile(folder / RESULTS_FILE, records) as results:
                yield Desk(
                    rules=rules,
                    options=shift.models.options,
                    records=records,
                    results=results,
                    log=log,
                    orders=OrderBook(folder / ORDERS_FILE),
                )
        except BaseException as error:  # whatever ended it, by hand too: every car is accounted for before it goes on
            why = in_words(error)
            with noted_on(error):
                records.end(Title(zh=f"班次已结束（{why}）", en=f"the shift ended before it ({why})"))
            with noted_on(error):
                write_outcome(station, records, folder)
            raise
        records.end(_OVER)
        write_outcome(station, records, folder)


def write_outcome(station: Station, records: RunRecords, folder: Path) -> None:
    """results.json for people and machines, and what a simulated station writes for scoring."""
    records.write_results(folder / RESULTS_FILE)
    station.write_truth(records.orders(), folder)
