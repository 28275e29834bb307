"""The part of the command line that is about clients: who serves them, and who approves what they propose."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read, folder_to_write, run_folders
from linewalker.console.option_group import with_groups
from linewalker.console.options import Pace, PaceOption, StationOptions

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
@with_groups
def mcp(
    station: StationOptions,
    out: Annotated[
        Path, typer.Option("--out", callback=folder_to_write, help="Folder for proposals, records and evidence.")
    ] = Path("out/mcp"),
    run: Annotated[
        list[Path] | None,
        typer.Option("--run", metavar="DIR", callback=run_folders, help="A run to answer from. May be given again."),
    ] = None,
    pace: PaceOption = Pace.REAL,
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
    from linewalker.console.mcp.command import McpOptions, serve_mcp

    options = McpOptions(
        folder=out,
        runs=tuple(run or ()),
        plan=station.plan,
        station=station.files(),
        real_time=pace is Pace.REAL,
        http=http,
        token_file=token_file,
    )
    raise typer.Exit(serve_mcp(options))


@client_app.command()
def mes(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", callback=folder_to_write, help="Folder of the station, which may be at work."),
    ],
    http: Annotated[
        str | None,
        typer.Option("--http", metavar="HOST:PORT", help="Serve orders and results there, over REST; needs a token."),
    ] = None,
    token_file: Annotated[
        Path | None,
        typer.Option(
            "--token-file",
            callback=file_to_read,
            help="File whose first line is the token; or set LINEWALKER_MES_TOKEN. Made up if others can not connect.",
        ),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", callback=file_to_read, help="PEM, for HTTPS; wants --key, too.")
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", callback=file_to_read, help="PEM, of the certificate.")] = None,
    orders_from: Annotated[
        Path | None,
        typer.Option("--orders-from", metavar="DIR", help="Take lists of orders (CSV) out of this folder, too."),
    ] = None,
    plan: Annotated[
        Path | None,
        typer.Option("--plan", callback=file_to_read, help="Refuse orders that this inspection plan has nothing for."),
    ] = None,
) -> None:
    """Orders in, results out: what a plant system and a station tell one another (docs/mes.md)."""
    from linewalker.console.mes.command import MesOptions, serve_mes

    options = MesOptions(
        folder=folder,
        http=http,
        token_file=token_file,
        certificate=certificate,
        key=key,
        orders_from=orders_from,
        plan=plan,
    )
    raise typer.Exit(serve_mes(options))
