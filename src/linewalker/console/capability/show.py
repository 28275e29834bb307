"""A sheet on the terminal, in one language, within 80 columns."""

from __future__ import annotations

import json
from collections.abc import Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from linewalker.console.capability.sheet import GRADES, Grid, Sheet, said
from linewalker.console.terminal import narrow_table, terminal
from linewalker.inspection.capability.grade import Grade
from linewalker.inspection.title import Title

SIGNS = {Grade.GOOD: "✓", Grade.MARGINAL: "~", Grade.POOR: "✗"}
_COLOURS = {Grade.GOOD: "green", Grade.MARGINAL: "yellow", Grade.POOR: "bold red"}


def show_sheet(sheet: Sheet, language: str, *, as_json: bool = False, console: Console | None = None) -> None:
    """Print facts, tables and grades, or JSON for machines."""
    if as_json:
        print(json.dumps(sheet.document(), indent=1, allow_nan=False))  # in ASCII: whatever the terminal, the same JSON
        return
    out = console if console is not None else terminal()
    out.print(Text(said(sheet.title, language), style="bold"), end="  ")
    out.print(Text(sheet.source, style="dim"))
    for title, value in sheet.facts:
        out.print(f"{said(title, language)}: {said(value, language)}", soft_wrap=True)
    for grid in sheet.grids:
        out.print()
        _show_grid(grid, language, out)
    if sheet.checks:
        out.print()
        _show_checks(sheet, language, out)
    for note in sheet.notes:
        out.print(f"* {said(note, language)}")


def styled(grade: Grade, language: str, grades: Mapping[Grade, Title] = GRADES) -> Text:
    """``✗ not capable`` in its colour."""
    return Text(f"{SIGNS[grade]} {said(grades[grade], language)}", style=_COLOURS[grade])


def _show_grid(grid: Grid, language: str, out: Console) -> None:
    out.print(Text(said(grid.title, language), style="italic"))
    table = _table()
    for at, name in enumerate(grid.head):
        table.add_column(said(name, language), justify="right" if at else "left", overflow="fold")
    for row in grid.rows:
        table.add_row(*(said(cell, language) for cell in row))
    out.print(table)


def _table() -> Table:
    """Without a title: that would be wrapped to the width of the table."""
    table = narrow_table("")
    table.title = None
    return table


def _show_checks(sheet: Sheet, language: str, out: Console) -> None:
    table = _table()
    for at, name in enumerate(sheet.columns):
        table.add_column(said(name, language), justify="right" if at in (1, 2) else "left")
    for check in sheet.checks:
        table.add_row(
            said(check.title, language), check.value, check.limit, styled(check.grade, language, sheet.grades)
        )
    out.print(table)
