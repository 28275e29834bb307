"""``linewalker measure``: methods of inspection on files, without a robot. Rooms are imported inside the commands."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read

measure_app = typer.Typer(
    help="Methods of inspection on your own files, without a robot.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_RADIUS_MM = {"min": 0.3, "max": 10.0}


class Side(Enum):
    """Of a profile."""

    LOW = "low"
    HIGH = "high"


class Axis(Enum):
    """Along what a gap is measured: `linewalker.inspection.seam.bare_profiles.GapAxis`."""

    SURFACE = "surface"
    EDGE = "edge"
    DISTANCE = "distance"


class Heights(Enum):
    """Which way z grows."""

    AUTO = "auto"
    UP = "up"
    DOWN = "down"


class Unit(Enum):
    """Of the numbers in a file."""

    MM = "mm"
    M = "m"


@measure_app.command()
def code(
    file: Annotated[Path, typer.Argument(metavar="FILE", callback=file_to_read, help="A picture.")],
    expect: Annotated[str | None, typer.Option("--expect", metavar="TEXT", help="What the code must say.")] = None,
    symbology: Annotated[
        list[str] | None, typer.Option("--symbology", help="datamatrix or qr; may be repeated. Default: both.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Read the DataMatrix and QR codes in a picture (docs/codes.md)."""
    from linewalker.console.code_command import read_picture_codes

    raise typer.Exit(read_picture_codes(file, expect, symbology or [], as_json))


@measure_app.command()
def gap(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", callback=file_to_read, help="Profiles: CSV of x and z, CSV of a Gocator, PLY, PCD."
        ),
    ],
    radius_master: Annotated[
        float, typer.Option("--radius-master", **_RADIUS_MM, help="Edge radius of the master in CAD, mm.")
    ] = 2.0,
    radius_slave: Annotated[
        float, typer.Option("--radius-slave", **_RADIUS_MM, help="Edge radius of the slave in CAD, mm.")
    ] = 2.0,
    master: Annotated[Side, typer.Option("--master", help="Side of the master: at low x or at high x.")] = Side.LOW,
    axis: Annotated[
        Axis,
        typer.Option(
            "--axis", help="The gap along the master's skin, square to its flank, or from gap point to gap point."
        ),
    ] = Axis.SURFACE,
    max_void: Annotated[
        float | None, typer.Option("--max-void", min=0.0, help="Refuse a seam where more than this is not seen, mm.")
    ] = None,
    min_depth: Annotated[float, typer.Option("--min-depth", min=0.6, help="What is shallower is no seam, mm.")] = 0.7,
    z: Annotated[
        Heights, typer.Option("--z", help="z grows towards the sensor (up) or away from it (down).")
    ] = Heights.AUTO,
    standoff: Annotated[float, typer.Option("--standoff", min=20.0, help="From the sensor to the panels, mm.")] = 150.0,
    unit: Annotated[Unit, typer.Option("--unit", help="Of the numbers in the file.")] = Unit.MM,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Gap and flush of a seam with their uncertainty, out of laser profiles; all profiles of the file show one place.

    Exit codes: 0 measured; 1 not measurable, with the reason; 2 bad input."""
    from linewalker.console.measure_command import measure_gap
    from linewalker.inspection.seam.bare_profiles import GapAxis, ProfileChoices

    choices = ProfileChoices(
        radius_master_mm=radius_master,
        radius_slave_mm=radius_slave,
        master_at_low_x=master is Side.LOW,
        axis=GapAxis(axis.value),
        largest_void_mm=max_void,
        least_depth_mm=min_depth,
        standoff_mm=standoff,
    )
    upwards = (True, False) if z is Heights.AUTO else (z is Heights.UP,)
    scale = 1.0 if unit is Unit.MM else 1e3
    raise typer.Exit(measure_gap(file, choices, upwards=upwards, scale=scale, as_json=as_json))
