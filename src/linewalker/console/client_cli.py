"""The part of the command line that is about clients: who serves them, and who approves what they propose."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read, folder_to_write, robot_name
from linewalker.errors import InputError

client_app = typer.Typer()
"""Its commands stand beside those of the program itself."""


@client_app.command()
def approve(
    proposal: Annotated[
        str | None, typer.Argument(metavar="ID", help="Of the proposal; without it, the only one that waits.")
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", callback=folder_to_write, help="Folder of the server that it was proposed to.")
    ] = Path("out/mcp"),
    no: Annotated[bool, typer.Option("--no", help="Say no, also to what was approved but not started.")] = False,
    new_key: Annotated[
        bool, typer.Option("--new-key", help="Make the operator's key: from then on approvals need its passphrase.")
    ] = False,
    passphrase_file: Annotated[
        Path | None,
        typer.Option(
            "--passphrase-file",
            callback=file_to_read,
            help="File with the passphrase, for a button or a console that approves without a terminal.",
        ),
    ] = None,
) -> None:
    """Look at what was proposed over MCP, and say yes or no: nothing moves for a client before (docs/mcp.md)."""
    from linewalker.console.approve_command import Operator, decide, make_key

    operator = Operator.at_this_terminal(passphrase_file)
    raise typer.Exit(make_key(out, operator) if new_key else decide(out, proposal, operator, no=no))


@client_app.command()
def mcp(
    out: Annotated[
        Path, typer.Option("--out", callback=folder_to_write, help="Folder for proposals, records and evidence.")
    ] = Path("out/mcp"),
    run: Annotated[
        list[Path] | None,
        typer.Option("--run", help="Folder of a run to answer questions out of. May be given again."),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", callback=file_to_read, help="Inspection plan (YAML); without it, the example's names."),
    ] = None,
    shift: Annotated[
        Path | None,
        typer.Option(
            "--shift", callback=file_to_read, help="Cars of a simulated station to act in; without it nothing moves."
        ),
    ] = None,
    world: Annotated[
        Path | None,
        typer.Option("--world", callback=file_to_read, help="What is wrong with these cars (YAML)."),
    ] = None,
    robot: Annotated[
        str, typer.Option("--robot", callback=robot_name, help="One that [bold]linewalker robots[/bold] lists.")
    ] = "g1",
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same machine: same values.")] = 0,
    pace: Annotated[
        str, typer.Option("--pace", metavar="real|max", help="Of simulated time: the wall's, or the machine's.")
    ] = "real",
    http: Annotated[
        str | None,
        typer.Option("--http", metavar="HOST:PORT", help="Serve over HTTP there instead of over pipes; needs a token."),
    ] = None,
    token_file: Annotated[
        Path | None,
        typer.Option(
            "--token-file",
            callback=file_to_read,
            help="File whose first line is the token for HTTP; or set LINEWALKER_MCP_TOKEN. Made up if others can "
            "not connect.",
        ),
    ] = None,
) -> None:
    """Serve the station to MCP clients: they propose, ask and stop; an operator approves (docs/mcp.md)."""
    from linewalker.console.mcp.command import McpOptions, serve_mcp, station_files

    if pace not in ("real", "max"):
        raise InputError(f"--pace is '{pace}'; expected real or max")
    options = McpOptions(
        folder=out,
        runs=tuple(run or ()),
        plan=plan,
        station=station_files(plan, shift, world, robot, seed),
        real_time=pace == "real",
        http=http,
        token_file=token_file,
    )
    raise typer.Exit(serve_mcp(options))
