"""Rows of a benchmark's table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Row:
    """One number: what it is, what was measured, what is asked for, and the command that shows it."""

    what: str
    measured: str
    wanted: str
    command: str


def show(title: str, rows: Iterable[Row]) -> None:
    """Print a table."""
    table = Table(title=title, title_justify="left")
    for heading in ("number", "measured", "wanted", "command"):
        table.add_column(heading)
    for row in rows:
        table.add_row(row.what, row.measured, row.wanted, row.command)
    Console(width=150).print(table)
