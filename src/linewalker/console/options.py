"""Options that several commands have, each said once."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from linewalker.console.given_paths import (
    file_to_read,
    folder_to_write,
    recording_to_write,
    robot_name,
    run_folder,
    run_folders,
)
from linewalker.errors import InputError
from linewalker.messages.language import Language
from linewalker.station.wire import Wire

if TYPE_CHECKING:
    from linewalker.station.shift_files import ShiftFiles


class Pace(StrEnum):
    """How fast simulated time runs."""

    MAX = "max"
    REAL = "real"


class Format(StrEnum):
    """What the byte image is written as."""

    SCL = "scl"
    CSV = "csv"


ShiftOption = Annotated[
    Path,
    typer.Option(
        "--shift", callback=file_to_read, help="Build orders of the shift (CSV: sequence, vin, model, options)."
    ),
]
PlanOption = Annotated[Path, typer.Option("--plan", callback=file_to_read, help="Inspection plan (YAML).")]
WorldOption = Annotated[
    Path | None,
    typer.Option(
        "--world", callback=file_to_read, help="What is wrong with the cars (YAML); read only by the simulator."
    ),
]
RobotOption = Annotated[
    str,
    typer.Option(
        "--robot",
        callback=robot_name,
        help="One that [bold]linewalker robots[/bold] lists, or a profile file (.yaml).",
    ),
]
OutOption = Annotated[
    Path, typer.Option("--out", callback=folder_to_write, help="Folder for results, records, evidence and report.")
]
RecordsOption = Annotated[
    str | None,
    typer.Option(
        "--records",
        metavar="URL",
        envvar="LINEWALKER_RECORDS",
        help="postgresql://USER@HOST/DATABASE, of this station alone; default: a file in the folder.",
    ),
]
RunFolder = Annotated[Path, typer.Argument(metavar="DIR", callback=run_folder, help="Folder of a run or a station.")]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Same seed, same machine: same values.")]
PaceOption = Annotated[Pace, typer.Option("--pace", help="As fast as the machine can, or at wall pace.")]
EndpointOption = Annotated[
    str | None, typer.Option("--endpoint", help="Of the station; default: where the wire has it on this machine.")
]
WireOption = Annotated[
    Wire,
    typer.Option("--wire", help="opcua; modbus: Modbus TCP; s7: data blocks of an S7. The last two want extras."),
]
LineShiftOption = Annotated[
    Path | None,
    typer.Option(
        "--shift", callback=file_to_read, help="Build orders of the shift (CSV: sequence, vin, model, options)."
    ),
]
HostileOption = Annotated[
    list[str] | None,
    typer.Option(
        "--hostile",
        metavar="SCENARIO",
        help="Behave badly on purpose, and see what the station does (docs/bad-lines.md): list, all, or names, one "
        "option each.",
    ),
]
YesOption = Annotated[
    bool, typer.Option("--yes", help="Do what is read back without asking; for scripts, and where nobody is near.")
]
UserOption = Annotated[str, typer.Option("--user", envvar="LINEWALKER_USER", help="OPC UA user name.")]
PasswordOption = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        callback=file_to_read,
        help="File with the OPC UA password; or set LINEWALKER_PASSWORD.",
    ),
]
ConsoleOption = Annotated[
    bool, typer.Option("--console", help="Serve a page that shows it in a browser, on this machine (docs/console.md).")
]
LanguageOption = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        help="Language of what is said, zh or en, anywhere on the line; default: that of this terminal (LANG).",
    ),
]
WearOption = Annotated[
    list[str] | None,
    typer.Option(
        "--wear",
        metavar="KIND:JOINT",
        help="What of the simulated robot is worn (docs/recordings.md). May be given again.",
    ),
]
RecordOption = Annotated[
    Path | None,
    typer.Option("--record", callback=recording_to_write, help="Record it in full into this file (MCAP)."),
]
VideoOption = Annotated[Path | None, typer.Option("--video", help="Film it into this MP4 file.")]
ViewOption = Annotated[bool, typer.Option("--view", help="Show it in a window, at wall pace; needs a display.")]


@dataclass(frozen=True, kw_only=True)
class StationOptions:
    """A simulated station to act in, if there is a shift; else whose names are spoken.

    Attributes:
        plan: the inspection plan; None: the example's.
        shift: its cars; None: nothing moves.
        world: what is wrong with them.
        robot, seed: which robot, and of all noise.
    """

    plan: Annotated[
        Path | None,
        typer.Option(
            "--plan", callback=file_to_read, help="Inspection plan (YAML) whose names are spoken; or the example's."
        ),
    ] = None
    shift: Annotated[
        Path | None,
        typer.Option(
            "--shift",
            callback=file_to_read,
            help="Have a simulated station do it, whose cars these are (CSV); without it nothing moves.",
        ),
    ] = None
    world: WorldOption = None
    robot: RobotOption = "g1"
    seed: SeedOption = 0

    def files(self) -> ShiftFiles | None:
        """Of the station, if there is one.

        Raises:
            InputError: one file needs another one.
        """
        if self.shift is None:
            if self.world is not None:
                raise InputError(
                    "a world speaks of the cars of a shift; name it as well, with --shift", file=self.world
                )
            return None
        if self.plan is None:
            raise InputError("a station works by an inspection plan; name it with --plan", file=self.shift)
        from linewalker.station.shift_files import ShiftFiles  # not before a station is needed

        return ShiftFiles(shift=self.shift, plan=self.plan, world=self.world, robot=self.robot, seed=self.seed)


@dataclass(frozen=True, kw_only=True)
class SpokenOptions(StationOptions):
    """Of what is asked in words.

    Attributes:
        pack: a hall instead of a station.
        run: folders of runs that are asked about.
        words: a file of the plant's own words.
        out: where what is done goes.
        yes: begin what is read back without asking.
    """

    pack: Annotated[
        Path | None,
        typer.Option(
            "--pack", callback=file_to_read, help="Skill pack (YAML) of a hall to act in, in place of a station."
        ),
    ] = None
    run: Annotated[
        list[Path] | None,
        typer.Option("--run", metavar="DIR", callback=run_folders, help="A run to answer from. May be given again."),
    ] = None
    words: Annotated[
        Path | None, typer.Option("--words", callback=file_to_read, help="What your plant calls things (YAML).")
    ] = None
    out: OutOption = Path("out/orders")
    yes: YesOption = False

    def __post_init__(self) -> None:
        others = {
            "--shift": self.shift,
            "--plan": self.plan,
            "--world": self.world,
            "--run": self.run,
            "--words": self.words,
        }
        if self.pack is not None and (besides := [name for name, given in others.items() if given]):
            raise InputError(f"a hall has no cars; leave out --pack or {', '.join(besides)}", file=self.pack)


InsecureOption = Annotated[
    bool, typer.Option("--insecure", help="Also serve unencrypted channels and anonymous observers: never at a plant.")
]
StandardsOption = Annotated[
    bool,
    typer.Option("--standards", help="Also show OPC 40100-1, Machinery Result and Job Control (docs/standards.md)."),
]
PlantShiftOption = Annotated[
    Path | None,
    typer.Option(
        "--shift", callback=file_to_read, help="The cars the simulated plant may bring; only needed with --world."
    ),
]
