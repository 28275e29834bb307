"""Options that several commands have, each said once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read, folder_to_write, robot_name, run_folder


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
RunFolder = Annotated[Path, typer.Argument(metavar="DIR", callback=run_folder, help="Folder of a run or a station.")]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Same seed, same machine: same values.")]
PaceOption = Annotated[Pace, typer.Option("--pace", help="As fast as the machine can, or at wall pace.")]
EndpointOption = Annotated[str, typer.Option("--endpoint", help="OPC UA endpoint.")]
StationShiftOption = Annotated[
    Path | None,
    typer.Option(
        "--shift",
        callback=file_to_read,
        help="Have a simulated station do it, whose cars these are (CSV); without it nothing moves.",
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
VideoOption = Annotated[Path | None, typer.Option("--video", help="Film it into this MP4 file.")]
ViewOption = Annotated[bool, typer.Option("--view", help="Show it in a window, at wall pace; needs a display.")]
