"""Where commands print."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

_PAPER_WIDTH = 140  # columns where there is no terminal to ask, such as a file or a pipe
_LEAST_WIDTH = 80  # columns that a table needs; lines on a narrower terminal are wrapped by it, and nothing is drawn


def terminal() -> Console:
    """The terminal; into a file or a pipe, tables are as wide as a page across.

    What a plant writes is shown as it stands: an id such as ``gap[/left]`` is no markup, ``:car:`` no emoji.
    """
    console = _plain_console()
    if console.is_terminal and console.width >= _LEAST_WIDTH:
        return console
    return _plain_console(width=_LEAST_WIDTH if console.is_terminal else _PAPER_WIDTH, force_terminal=False)


def narrow_table(title: str) -> Table:
    """A table that wastes no column of a narrow terminal on lines."""
    return Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)


def _plain_console(*, width: int | None = None, force_terminal: bool | None = None) -> Console:
    return Console(width=width, force_terminal=force_terminal, markup=False, emoji=False, highlight=False)
