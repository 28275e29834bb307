"""The part of the command line that is about the page in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linewalker.console.given_paths import file_to_read, folder_to_write, run_folders
from linewalker.messages.language import Language

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
    operators: Annotated[
        Path | None,
        typer.Option(
            "--operators",
            callback=file_to_read,
            help="File with lines NAME TOKEN: who may stop the robot, acknowledge and approve; default: nobody, or the "
            "file in LINEWALKER_CONSOLE_OPERATORS.",
        ),
    ] = None,
    opens: Annotated[bool, typer.Option("--open", help="Open the page in this machine's browser.")] = False,
    beside: Annotated[bool, typer.Option("--beside", hidden=True)] = False,
    bridge: Annotated[Path | None, typer.Option("--bridge", hidden=True)] = None,
) -> None:
    """A page in the browser: watch a robot at work, play it back, see verdicts, history and line (docs/console.md)."""
    from linewalker.console.web.web_command import ConsoleOptions, serve_console

    options = ConsoleOptions(
        folders=folders or run_folders([Path("out")]),
        host=host,
        port=port,
        token_file=token_file,
        operators=operators,
        opens=opens,
        beside=beside,
        bridge=bridge,
    )
    raise typer.Exit(serve_console(options))


@web_app.command()
def demo(
    out: Annotated[
        Path, typer.Option("--out", callback=folder_to_write, help="Folder for results, records, evidence and report.")
    ] = Path("out/demo"),
    opens: Annotated[bool, typer.Option("--open/--no-open", help="Open the page in this machine's browser.")] = True,
) -> None:
    """Watch a robot inspect three cars in your browser: the example's shift, at the pace of the wall."""
    from linewalker.console.first_minute import show_demo

    raise typer.Exit(show_demo(out, opens=opens))


@web_app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", callback=folder_to_write, help="Where to write it.")],
    lang: Annotated[
        Language | None, typer.Option("--lang", help="en or zh; default: the language of this terminal (LANG).")
    ] = None,
) -> None:
    """Write a small project to begin with: a plan, a shift, a world, and what to do with them."""
    from linewalker.console.first_minute import write_project

    write_project(folder, lang)
