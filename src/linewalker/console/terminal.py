"""Where commands print."""

from __future__ import annotations

from rich.console import Console

_PAPER_WIDTH = 140  # columns where there is no terminal to ask, such as a file or a pipe


def terminal() -> Console:
    """The terminal; into a file or a pipe, tables are as wide as a page across."""
    console = Console()
    return console if console.is_terminal else Console(width=_PAPER_WIDTH)
