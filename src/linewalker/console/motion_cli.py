"""Commands that move one robot on an empty floor: ``walk``, ``reach``, ``exercise``. Rooms are imported inside them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linewalker.console.given_paths import file_to_read, file_to_write
from linewalker.console.option_group import with_groups
from linewalker.console.options import (
    ConsoleOption,
    RecordOption,
    RobotOption,
    SeedOption,
    VideoOption,
    ViewOption,
    WearOption,
)
from linewalker.errors import InputError

if TYPE_CHECKING:
    from linewalker.console.motion_commands import Stage

motion_app = typer.Typer()
BoardsOption = Annotated[
    Path | None,
    typer.Option(
        "--boards",
        callback=file_to_read,
        help="AprilTag boards (YAML, docs/motion.md) to find the way by, in place of the station's tracker.",
    ),
]
HungOption = Annotated[
    Path | None,
    typer.Option("--hung", help="Where these boards hang in truth, if elsewhere; the robot has to find it out."),
]
NetOption = Annotated[
    str | None,
    typer.Option("--net", metavar="IFACE", help="A Unitree G1 wired to this interface walks (docs/unitree.md)."),
]
DomainOption = Annotated[int, typer.Option("--domain", min=0, max=232, help="Of DDS; a real robot's is 0.")]
ON_THE_WIRE = "--net goes with --velocity, --duration and --domain alone: nothing tells a robot at its wire where it is"


@dataclass(frozen=True, kw_only=True)
class FloorOptions:
    """A simulated robot on a floor, and who watches.

    Attributes:
        robot, seed: which one, and of all noise.
        wear: what is worn of it.
        record, video: files to write.
        view, console: whether a window, or a page, shows it.
    """

    robot: RobotOption = "g1"
    seed: SeedOption = 0
    wear: WearOption = None
    record: RecordOption = None
    video: VideoOption = None
    view: ViewOption = False
    console: ConsoleOption = False

    def stage(self, command: str, **besides: Any) -> Stage:
        """What is to be built for a command; ``besides``: further fields of `Stage`."""
        from linewalker.console.audience import Audience, console_recording, recording_in_full
        from linewalker.console.motion_commands import Stage

        audience = Audience(
            video=self.video,
            view=self.view,
            console=console_recording(self.console, Path("out") / command, self.robot),
            record=recording_in_full(self.record, self.robot, self.seed),
        )
        return Stage(robot=self.robot, seed=self.seed, audience=audience, wear=tuple(self.wear or ()), **besides)


@motion_app.command()
@with_groups
def walk(
    goal: Annotated[
        list[str] | None,
        typer.Option(
            "--goal",
            metavar="X,Y,YAW_DEG",
            help="Where to stand, m and degrees; the robot starts at 0,0,0. May be given again.",
        ),
    ] = None,
    obstacle: Annotated[
        list[str] | None,
        typer.Option(
            "--obstacle",
            metavar="X,Y,R",
            help="Stands in the way, and is walked round: a post, m, or corners 'X,Y X,Y X,Y'. May be given again.",
        ),
    ] = None,
    velocity: Annotated[
        str | None, typer.Option("--velocity", metavar="VX,VY,WZ", help="Forward, to the left, turning; m/s, rad/s.")
    ] = None,
    duration: Annotated[float, typer.Option("--duration", metavar="S", help="How long to walk at --velocity.")] = 6.0,
    net: NetOption = None,
    domain: DomainOption = 0,
    boards: BoardsOption = None,
    hung: HungOption = None,
    *,
    floor: FloorOptions,
) -> None:
    """Walk to goals, round obstacles, or at a velocity, and print how well; noisy sensors, no foot sensors."""
    from linewalker.console.obstacles import read_obstacle
    from linewalker.console.walk_command import walk as walk_on_floor

    if net is not None:
        from linewalker.console.walk_on_wire_command import WireWalk, walk_on_wire

        if goal or obstacle or boards or hung or velocity is None or floor != FloorOptions():
            raise InputError(ON_THE_WIRE)
        raise typer.Exit(walk_on_wire(WireWalk(interface=net, domain=domain, velocity=velocity, duration_s=duration)))
    obstacles = tuple(read_obstacle(text) for text in obstacle or [])
    stage = floor.stage("walk", obstacles=obstacles, boards=boards, hung=hung)
    raise typer.Exit(walk_on_floor(stage, goal or [], velocity, duration))


@motion_app.command()
@with_groups
def reach(
    target: Annotated[
        str, typer.Option("--target", metavar="X,Y,Z", help="Where the sensor is to be, m; the robot stands at 0,0.")
    ],
    sensor: Annotated[
        str | None,
        typer.Option("--sensor", help="Scanner or camera of the robot, for example head; default: its first scanner."),
    ] = None,
    direction: Annotated[
        str, typer.Option("--direction", metavar="DX,DY,DZ", help="Where its beam or view points; x is ahead.")
    ] = "1,0,0",
    calibration: Annotated[
        Path | None,
        typer.Option(
            "--calibration",
            callback=file_to_write,
            help="Encoder offsets of this robot (YAML): read if the file exists, written at the end.",
        ),
    ] = None,
    *,
    floor: FloorOptions,
) -> None:
    """Bring a wrist or head sensor to a place with the whole body, and print error and jitter."""
    from linewalker.console.reach_command import reach as reach_on_floor

    raise typer.Exit(reach_on_floor(floor.stage("reach"), sensor, target, direction, calibration))


@motion_app.command()
@with_groups
def exercise(floor: FloorOptions) -> None:
    """Move every joint for some 24 s: to be recorded now and then, and judged by [bold]linewalker health[/bold]."""
    from linewalker.console.exercise_command import exercise_robot

    raise typer.Exit(exercise_robot(floor.stage("exercise")))
