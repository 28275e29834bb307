"""The command line. Rooms are imported inside the commands, so that ``--help`` answers at once."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

import linewalker
from linewalker.console.client_cli import client_app
from linewalker.console.dance_cli import dance_app
from linewalker.console.given_paths import file_to_read, file_to_write, robot_name
from linewalker.console.help_words import labelled, mistyped, speak_help, tell
from linewalker.console.machine_cli import machine_app
from linewalker.console.measure_cli import measure_app
from linewalker.console.motion_cli import motion_app
from linewalker.console.msa_cli import msa_app
from linewalker.console.options import (
    ConsoleOption,
    EndpointOption,
    Format,
    HostileOption,
    InsecureOption,
    LanguageOption,
    LineShiftOption,
    OutOption,
    Pace,
    PaceOption,
    PasswordOption,
    PlanOption,
    PlantShiftOption,
    RecordsOption,
    RobotOption,
    RunFolder,
    SeedOption,
    ShiftOption,
    StandardsOption,
    UserOption,
    WireOption,
    WorldOption,
)
from linewalker.console.order_cli import order_app
from linewalker.console.recording_cli import recording_app
from linewalker.console.records_cli import records_app
from linewalker.console.speech_cli import speech_app
from linewalker.console.streams import steady_output
from linewalker.console.surface_cli import surface_app
from linewalker.console.trust_cli import trust_app
from linewalker.console.web_cli import web_app
from linewalker.errors import InputError, LinewalkerError, ProgramFault, StationFault
from linewalker.factory.opcua.endpoint import DEFAULT_ENDPOINT
from linewalker.messages.catalogue import say
from linewalker.messages.language import language_asked, speaking, spoken_language
from linewalker.station.wire import Wire

EXIT_FAULT, EXIT_INPUT = 1, 2
HELP_ON_H = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    name="linewalker",
    help="""Puts a humanoid robot to work on a vehicle line: it walks up to each car of a shift, measures gap and flush
    with a laser on its wrist, checks parts with its camera and hands the verdicts to the line's control system over
    OPC UA.

    Start with [bold]make run[/bold], or with your own files:
    [bold]linewalker run --shift shift.csv --plan plan.yaml[/bold].

    Exit codes: 0 done, all cars judged; 1 a fault (a fall, a lost line, something missing); 2 bad input.""",
    rich_markup_mode="rich",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=HELP_ON_H,
)


def show_version(asked: bool) -> None:
    """``--version``, and no more."""
    if asked:
        typer.echo(f"linewalker {linewalker.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
    lang: LanguageOption = None,
) -> None:
    """Options of the program itself."""


plan_app = typer.Typer(help="Inspection plans.", no_args_is_help=True, context_settings=HELP_ON_H)
app.add_typer(plan_app, name="plan")
app.add_typer(trust_app, name="trust")
app.add_typer(client_app)
app.add_typer(dance_app)
app.add_typer(order_app)
app.add_typer(machine_app)
app.add_typer(measure_app, name="measure")
app.add_typer(motion_app)
app.add_typer(msa_app, name="msa")
app.add_typer(recording_app)
app.add_typer(records_app, name="records")
app.add_typer(speech_app)
app.add_typer(surface_app, name="surface")
app.add_typer(web_app)


@app.command()
def run(
    shift: ShiftOption,
    plan: PlanOption,
    world: WorldOption = None,
    robot: RobotOption = "g1",
    out: OutOption = Path("out/run"),
    seed: SeedOption = 0,
    pace: PaceOption = Pace.MAX,
    video: Annotated[Path | None, typer.Option("--video", help="Film the shift into this MP4 file.")] = None,
    console: ConsoleOption = False,
    records: RecordsOption = None,
) -> None:
    """Work through a shift: robot station and line controller together, over a real OPC UA socket."""
    from linewalker.console.commands import RunOptions, run_shift
    from linewalker.station.shift_files import ShiftFiles

    files = ShiftFiles(shift=shift, plan=plan, world=world, robot=robot, seed=seed)
    raise typer.Exit(
        run_shift(
            files, RunOptions(folder=out, real_time=pace is Pace.REAL, video=video, console=console, records=records)
        )
    )


@app.command()
def station(
    plan: PlanOption,
    shift: PlantShiftOption = None,
    world: WorldOption = None,
    robot: RobotOption = "g1",
    out: OutOption = Path("out/station"),
    seed: SeedOption = 0,
    pace: PaceOption = Pace.REAL,
    wire: WireOption = Wire.OPCUA,
    endpoint: Annotated[
        str | None, typer.Option("--endpoint", help="Where to listen; default: the port of the wire on this machine.")
    ] = None,
    user: UserOption = "line",
    password_file: PasswordOption = None,
    cars: Annotated[int, typer.Option("--cars", min=0, help="Stop after this many cars; 0: never.")] = 0,
    insecure: InsecureOption = False,
    standards: StandardsOption = False,
    console: ConsoleOption = False,
    records: RecordsOption = None,
) -> None:
    """The robot station alone: a server that waits for a line (docs/line-interface.md)."""
    from linewalker.console.commands import RunOptions, serve_station
    from linewalker.factory.opcua.credentials import read_credentials
    from linewalker.station.shift_files import ShiftFiles
    from linewalker.station.wire import Service

    files = ShiftFiles(shift=shift, plan=plan, world=world, robot=robot, seed=seed)
    service = Service(
        wire=wire,
        endpoint=endpoint,
        credentials=read_credentials(user, password_file) if wire is Wire.OPCUA else None,
        cars=cars,
        real_time=pace is Pace.REAL,
        insecure=insecure,
        standards=standards,
    )
    raise typer.Exit(serve_station(files, RunOptions(folder=out, console=console, records=records), service))


@app.command()
def line(
    shift: LineShiftOption = None,
    wire: WireOption = Wire.OPCUA,
    endpoint: EndpointOption = None,
    user: UserOption = "line",
    password_file: PasswordOption = None,
    hostile: HostileOption = None,
    seed: SeedOption = 0,
) -> None:
    """The line controller alone: brings the cars of a shift to a station (docs/line-interface.md)."""
    from linewalker.console.commands import drive_line
    from linewalker.console.hostile_command import LIST, play_hostile, show_scenarios
    from linewalker.factory.opcua.credentials import read_credentials

    if hostile and LIST in hostile:
        raise typer.Exit(show_scenarios())
    if shift is None:
        raise InputError("a line brings the cars of a shift; give its file", key="--shift")
    if hostile and wire is not Wire.OPCUA:
        raise InputError("a line behaves badly over OPC UA only; leave --wire out", key="--wire")
    credentials = read_credentials(user, password_file) if wire is Wire.OPCUA else None
    if hostile and credentials:
        raise typer.Exit(play_hostile(hostile, shift, endpoint or DEFAULT_ENDPOINT, credentials, seed))
    raise typer.Exit(drive_line(shift, wire, endpoint, credentials))


@app.command()
def interface(
    wanted: Annotated[Format, typer.Option("--format", help="scl: types for TIA Portal; csv: a table of offsets.")],
    out: Annotated[
        Path | None, typer.Option("--out", callback=file_to_write, help="File to write; default: the screen.")
    ] = None,
) -> None:
    """Write the byte image that Modbus TCP and S7 carry, for those who program the line (docs/line-interface.md)."""
    from linewalker.console.interface_command import show_interface

    show_interface(wanted, out)


@app.command()
def report(folder: RunFolder) -> None:
    """Write results.json and the report anew out of the records, for instance after the program was killed."""
    from linewalker.console.commands import report_again

    raise typer.Exit(report_again(folder))


@app.command()
def score(
    folder: RunFolder,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Compare a simulated run with the true values: bias, spread, worst error, misses, false alarms, undecided."""
    from linewalker.console.score_table import show_score
    from linewalker.study.score import score_run

    show_score(score_run(folder), as_json=as_json)


@plan_app.command("check")
def plan_check(
    plan: Annotated[Path, typer.Argument(metavar="FILE", callback=file_to_read, help="Inspection plan (YAML).")],
    shift: ShiftOption,
    robot: RobotOption = "g1",
) -> None:
    """Say which characteristics the robot can reach on the cars of a shift, and why not the others."""
    from linewalker.console.plans import check_plan

    raise typer.Exit(check_plan(plan, shift, robot))


@plan_app.command("features")
def plan_features(
    model: Annotated[str, typer.Argument(help="Vehicle model.")],
) -> None:
    """List the seams and parts of a model that a plan can name, with their vehicle coordinates."""
    from linewalker.console.plans import list_features

    list_features(model)


@app.command()
def doctor(
    robot: Annotated[
        str | None,
        typer.Option(
            "--robot",
            callback=lambda name: name and robot_name(name),
            help="Also check this robot, or this profile file (.yaml).",
        ),
    ] = None,
    real_time: Annotated[
        bool, typer.Option("--real-time", help="Say what makes ticks of a real robot late on this machine, instead.")
    ] = False,
) -> None:
    """Say what is missing on this machine, and the command that mends it."""
    from linewalker.console.doctor import run_doctor

    raise typer.Exit(run_doctor(None if robot is None else Path(robot), real_time=real_time))


@app.command()
def robots() -> None:
    """List the robots that a station can be built with."""
    from linewalker.console.robots import list_robots

    list_robots()


@app.command()
def prepare() -> None:
    """Build the vehicle models and compile the kernels now rather than on first use; part of make setup."""
    from linewalker.console.prepare import prepare_machine

    prepare_machine()


def main() -> None:
    """Run the command line; errors become one clear line and an exit code, whatever the terminal can show."""
    words, asked = language_asked(sys.argv[1:])
    with steady_output(), speaking(asked or spoken_language()):
        try:
            command = typer.main.get_command(app)
            speak_help(command)
            sys.exit(command.main(words, standalone_mode=False))
        except typer.Abort:
            tell(say("Aborted"))
            sys.exit(EXIT_FAULT)
        except typer.TyperException as error:
            tell(mistyped(error))
            sys.exit(error.exit_code)
        except InputError as error:
            tell(labelled("error:", error.placed(say(error.problem))))
            sys.exit(EXIT_INPUT)
        except LinewalkerError as error:
            if isinstance(error, ProgramFault):
                traceback.print_exception(error.__cause__)
            said = dict.fromkeys([str(error), *getattr(error, "__notes__", ())])  # each thing once
            tell(labelled("station fault:" if isinstance(error, StationFault) else "error:", "; ".join(map(say, said))))
            sys.exit(EXIT_FAULT)
