"""Work through a shift: the station's program and the line controller, over a real socket, results on disk."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import linewalker
from linewalker.errors import InputError, LinewalkerError, in_words, noted_on
from linewalker.factory.handshake.job import HandshakeLimits
from linewalker.factory.handshake.line_handshake import CarOutcome, Cause
from linewalker.factory.opcua.credentials import Credentials, random_credentials
from linewalker.factory.opcua.line_client import LineController
from linewalker.factory.opcua.station_server import StationPort
from linewalker.factory.orders.build_orders import BuildOrder
from linewalker.factory.records.records import NOT_YET, RECORDS_FILE, RESULTS_FILE, Records, ShiftRecords
from linewalker.factory.records.results import ShiftHeader
from linewalker.inspection.plan import InspectionPlan
from linewalker.inspection.title import Title
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profiles import load_profile
from linewalker.station.car_under_way import Rules
from linewalker.station.inputs import (
    KnownModels,
    Progress,
    fingerprint,
    load_models,
    read_inspection_plan,
    read_orders,
)
from linewalker.station.observer import Observer
from linewalker.station.pace import WallPace
from linewalker.station.plant import SimulatedPlant
from linewalker.station.program import Crew, Desk, StationProgram
from linewalker.station.questions import questions_about
from linewalker.station.run_folder import EVIDENCE, LOCK_FILE, REPORT_FILE, sole_lease
from linewalker.station.simulated_station import Station, build_station
from linewalker.wholefile import write_json
from linewalker.world.deviations import World, read_world
from linewalker.world.truth import TRUTH_FILE, truth_document, truth_of_car

TAKT_LIMIT_S = 300.0
ANY_PORT = "opc.tcp://127.0.0.1:0/linewalker"
_OVER = Title(zh="班次已结束", en="the shift ended before it")


@dataclass(frozen=True, kw_only=True)
class ShiftFiles:
    """What a user hands in.

    Attributes:
        shift, plan, world: the three files. A world may be left out; so may the shift of a station that waits for a
            line, unless there is a world, which speaks of the cars of a shift.
        robot: name of the robot.
        seed: of everything random.
    """

    shift: Path | None
    plan: Path
    world: Path | None
    robot: str
    seed: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Shift:
    """The files, read and checked."""

    files: ShiftFiles
    profile: RobotProfile
    models: KnownModels
    plan: InspectionPlan
    orders: tuple[BuildOrder, ...]
    world: World

    @property
    def header(self) -> ShiftHeader:
        """What the records say about where results come from."""
        return ShiftHeader(
            shift="" if self.files.shift is None else _name(self.files.shift),
            shift_sha256="" if self.files.shift is None else fingerprint(self.files.shift),
            plan=_name(self.files.plan),
            plan_sha256=fingerprint(self.files.plan),
            station="simulated station",
            robot=self.profile.name,
            software=f"linewalker {linewalker.__version__}",
            seed=self.files.seed,
        )


def _name(file: Path) -> str:
    """The name of a file, whatever bytes it was given, as a text that can be stored."""
    return os.fsencode(file.name).decode("utf-8", "replace")


def read_shift_files(files: ShiftFiles, progress: Progress | None = None) -> Shift:
    """Read and check everything before anything is written or moves.

    Raises:
        InputError: names file, line, key and what is allowed.
    """
    profile = load_profile(files.robot)
    models = load_models(progress=progress)
    plan = read_inspection_plan(files.plan, models)
    orders = () if files.shift is None else read_orders(files.shift, plan, models)
    if files.world is not None and files.shift is None:
        raise InputError(
            "a world speaks of the cars of a shift; give the shift as well, with --shift", file=files.world
        )
    world = World() if files.world is None else read_world(files.world, orders, models.vehicles)
    return Shift(files=files, profile=profile, models=models, plan=plan, orders=orders, world=world)


def clear_folder(folder: Path) -> None:
    """Make the folder, and take away what a former run left in it; other files are left alone.

    Raises:
        InputError: it can not be written, or a program is at work in it.
    """
    with _a_folder_of_ours(folder):
        if (folder / LOCK_FILE).exists():
            with sole_lease(folder):
                pass
        records = (f"{RECORDS_FILE}{end}" for end in ("", "-wal", "-shm"))
        for name in (RESULTS_FILE, TRUTH_FILE, REPORT_FILE, *records):
            (folder / name).unlink(missing_ok=True)
        shutil.rmtree(folder / EVIDENCE, ignore_errors=True)


def make_folder(folder: Path) -> None:
    """Make the folder, if it is not there, and leave alone what is in it.

    Raises:
        InputError: it can not be made.
    """
    with _a_folder_of_ours(folder):
        pass


@contextlib.contextmanager
def _a_folder_of_ours(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except (OSError, ValueError) as error:  # a ValueError: the path has a NUL in it
        why = error.strerror if isinstance(error, OSError) else error
        problem = f"can not be written: {why}; choose another folder with --out"
        raise InputError(problem, file=folder) from None


class Line:
    """The line controller in a thread of its own."""

    def __init__(self, orders: Sequence[BuildOrder], port: StationPort, credentials: Credentials):
        self._controller = LineController(
            endpoint=port.endpoint, credentials=credentials, station_certificate=port.certificate
        )
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


def build(shift: Shift) -> Station:
    """The simulated station of a shift; without orders, of any model that the plan covers."""
    present = list(dict.fromkeys(order.model for order in shift.orders)) or sorted(shift.plan.models)
    return build_station(shift.profile, shift.models, present, shift.plan, shift.world, shift.files.seed)


def work_shift(shift: Shift, station: Station, folder: Path, observer: Observer, *, real_time: bool = False) -> None:
    """Drive all cars of a shift through a station; everything is on disk when this returns or raises.

    Whatever it raises, every car of the shift stands in the results, with why it came out as it did.

    Raises:
        StationFault: a fall, a lost line, a full disk.
    """
    credentials = random_credentials()
    with (
        open_desk(shift, station, folder, resume=False) as desk,
        StationPort(credentials=credentials, limits=_limits(desk), endpoint=ANY_PORT) as port,
    ):
        line = Line(shift.orders, port, credentials)
        try:
            StationProgram(port, crew_of(station, real_time=real_time), desk, observer).serve(lambda: line.done)
        finally:
            line.stop()
        if line.error is not None:
            raise line.error
        left = {(gone.vin, gone.sequence): gone.reason for gone in line.outcomes if gone.cause is not Cause.JUDGED}
        desk.records.end(_OVER, {key: Title(zh=reason, en=reason) for key, reason in left.items()})


@dataclass(frozen=True, kw_only=True)
class Service:
    """How a station serves a line of somebody else's.

    Attributes:
        endpoint: where it listens.
        credentials: what the line must know.
        cars: stop after so many; 0: never.
        real_time: hold the pace of the wall clock.
    """

    endpoint: str
    credentials: Credentials
    cars: int = 0
    real_time: bool = True


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
    with contextlib.suppress(KeyboardInterrupt), open_desk(shift, station, folder, resume=True) as desk:
        port = StationPort(credentials=service.credentials, limits=_limits(desk), endpoint=service.endpoint)
        with port:
            program = StationProgram(port, crew_of(station, real_time=service.real_time), desk, observer)
            on_listening(port.endpoint)
            program.serve(lambda: 0 < service.cars <= program.finished)


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


def _limits(desk: Desk) -> HandshakeLimits:
    return HandshakeLimits(takt_s=desk.rules.takt_limit_s)


@contextlib.contextmanager
def open_desk(shift: Shift, station: Station, folder: Path, *, resume: bool) -> Iterator[Desk]:
    """Records with every car of the shift, and at the end, however it comes, the results written out of them."""
    folder = folder.resolve()  # evidence is named relative to it, wherever the program was started
    rules = Rules(plan=shift.plan, folder=folder, takt_limit_s=TAKT_LIMIT_S)
    expected = [rules.not_inspected(order, NOT_YET) for order in shift.orders]
    with sole_lease(folder), Records(folder / RECORDS_FILE) as book:
        records = book.begin_shift(shift.header, expected=expected, resume=resume)
        records.write_results(folder / RESULTS_FILE)
        try:
            yield Desk(rules=rules, options=shift.models.options, records=records)
        except BaseException as error:
            why = in_words(error)
            with noted_on(error):
                records.end(Title(zh=f"班次已结束（{why}）", en=f"the shift ended before it ({why})"))
            with noted_on(error):
                write_outcome(shift, station.plant, records, folder)
            raise
        records.end(_OVER)
        write_outcome(shift, station.plant, records, folder)


def write_outcome(shift: Shift, plant: SimulatedPlant, records: ShiftRecords, folder: Path) -> None:
    """results.json for people and machines, truth.json for scoring."""
    records.write_results(folder / RESULTS_FILE)
    answers = []
    for car in records.cars():
        order = car.order
        vehicle = shift.models.vehicles[order.model]
        questions = questions_about(shift.plan, shift.models.catalogues[order.model], order)
        answers.append(truth_of_car(vehicle, order, plant.world.car(order.vin, shift.files.seed), questions))
    write_json(folder / TRUTH_FILE, truth_document(answers))
