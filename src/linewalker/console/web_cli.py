"""The part of the command line that is about the page in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read, run_folders

web_app = typer.Typer()
"""Its commands stand beside those of the program itself."""


@web_app.command()
def console(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[DIR]...",
            callback=run_folders,
            help="Folders of runs, or folders with such in them; default: out. One that is at work is shown live.",
        ),
    ] = None,
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; an address that others reach needs a token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0: any that is free.")] = 8600,
    token_file: Annotated[
        Path | None,
        typer.Option(
            "--token-file",
            callback=file_to_read,
            help="File whose first line is the token; or set LINEWALKER_CONSOLE_TOKEN.",
        ),
    ] = None,
    beside: Annotated[bool, typer.Option("--beside", hidden=True)] = False,
) -> None:
    """A page in the browser: watch a robot at work, play it back, see verdicts, history and line (docs/console.md)."""
    from linewalker.console.web.web_command import ConsoleOptions, serve_console

    options = ConsoleOptions(
        folders=folders or run_folders([Path("out")]), host=host, port=port, token_file=token_file, beside=beside
    )
    raise typer.Exit(serve_console(options))
