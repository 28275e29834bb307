"""``linewalker measure``: methods of inspection on files, without a robot. Rooms are imported inside the commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read

measure_app = typer.Typer(
    help="Methods of inspection on your own files, without a robot.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
