"""``linewalker records``: what is on record, and what is done with it. Rooms are imported inside the commands."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read, folder_to_write, run_folder
from linewalker.console.options import RunFolder
from linewalker.factory.records.means import Means

records_app = typer.Typer(
    help="What is on record: list, show, hand over, save, delete.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _run_folders(folders: list[Path]) -> list[Path]:
    return [run_folder(folder) for folder in folders]


Folders = Annotated[
    list[Path],
    typer.Argument(
        metavar="DIR...", callback=_run_folders, help="Folders of runs or stations; a station may be at work."
    ),
]
VinOption = Annotated[str | None, typer.Option("--vin", help="Only this car.")]
JsonOption = Annotated[bool, typer.Option("--json", help="For machines.")]


@records_app.command("ls")
def list_runs(folders: Folders, as_json: JsonOption = False) -> None:
    """Every run in these folders: when, with what, how many cars came out how."""
    from linewalker.console.records_command import list_runs as list_them

    list_them(folders, as_json=as_json)


@records_app.command()
def show(
    vin: Annotated[str, typer.Argument(metavar="VIN", help="Of the car.")],
    folders: Folders,
    as_json: JsonOption = False,
) -> None:
    """Everything about one car, attempt by attempt."""
    from linewalker.console.records_command import show_car

    show_car(vin, folders, as_json=as_json)


@records_app.command()
def export(
    folders: Folders,
    name: Annotated[str, typer.Option("--format", help="dfq, dfd (with dfx), qif, csv-de, csv-zh or json.")],
    out: Annotated[
        Path, typer.Option("--out", callback=folder_to_write, help="Folder that the files go to, each written whole.")
    ] = Path("out/export"),
    vin: VinOption = None,
) -> None:
    """Hand results over: Q-DAS, QIF, Excel in German and Chinese, JSON (docs/quality-data.md)."""
    from linewalker.console.records_command import export as write_files

    write_files(folders, name, out, vin)


@records_app.command()
def backup(
    folders: Folders,
    out: Annotated[Path, typer.Option("--out", callback=folder_to_write, help="Folder that the copies go to.")] = Path(
        "out/backup"
    ),
) -> None:
    """Copy records while a station works with them, and check the copy."""
    from linewalker.console.records_command import backup as copy

    copy(folders, out)


OutboxFile = Annotated[
    Path, typer.Option("--to", callback=file_to_read, help="Where results go (YAML, docs/quality-data.md).")
]


@records_app.command()
def send(
    folder: RunFolder,
    to: OutboxFile,
    watch: Annotated[bool, typer.Option("--watch", help="Go on as long as a station works; end with Ctrl-C.")] = False,
) -> None:
    """Deliver every committed result to folders and servers, in order, each once; what is away is waited for."""
    from linewalker.console.outbox_command import send as deliver

    raise typer.Exit(deliver(folder, to, watch=watch))


@records_app.command()
def outbox(folder: RunFolder, to: OutboxFile, as_json: JsonOption = False) -> None:
    """What has arrived where, what waits and why, and what was refused."""
    from linewalker.console.outbox_command import show_outbox

    show_outbox(folder, to, as_json=as_json)


@records_app.command()
def retain(
    folders: Folders,
    do: Annotated[Means, typer.Option("--do", help="Delete the cars, or replace their VINs by pseudonyms.")],
    why: Annotated[str, typer.Option("--why", help="Goes into the audit, which names no car.")],
    older_than: Annotated[
        int | None, typer.Option("--older-than", metavar="DAYS", min=0, help="Cars of runs opened before that.")
    ] = None,
    vin: VinOption = None,
) -> None:
    """Delete cars, or give them pseudonyms, where no station works; there is no way back (docs/quality-data.md)."""
    from linewalker.console.retain_command import retain_records

    retain_records(folders, do, older_than, vin, why)
