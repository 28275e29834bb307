"""A score as people read it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from linewalker.console.terminal import narrow_table, terminal
from linewalker.messages.catalogue import say

_COLUMNS = {
    "count": "n",
    "true_nok": "really NOK",
    "found": "found",
    "misses": "missed",
    "false_alarms": "false NOK",
    "undecided": "not decided",
}
_SPREAD = {"bias": "bias", "std": "std", "p95": "95 %", "worst": "worst"}
_MM = "mm"
_BAD_ABOVE_ZERO = ("misses", "false_alarms")


def show_score(score: Mapping[str, Any], *, as_json: bool = False, console: Console | None = None) -> None:
    """Print the document of `linewalker.study.score.score_run` as tables, or as JSON for machines."""
    if as_json:
        print(json.dumps(score, indent=1))  # in ASCII: whatever the terminal, it is the same JSON
        return
    out = console if console is not None else terminal()
    units = _units(score["overall"]) or [_MM]
    out.print(_table(say("Per characteristic"), score["characteristics"], units))
    out.print(_table(say("Per method"), {**score["methods"], say("all"): score["overall"]}, units))
    for finding in score["findings"]:
        out.print(_sentence(finding, _unit_of(score, finding)))
    missing = f", {score['not_inspected']} of them not inspected" if score["not_inspected"] else ""
    told = f"{score['cars']} cars, {score['falls']} falls, {score['contacts']} touches, "
    out.print(say(f"{told}longest takt {score['longest_takt_s']:.0f} s{missing}"))


def _units(row: Mapping[str, Any]) -> list[str]:
    """Units in which something of this row was measured."""
    return [key.removeprefix("bias_") for key in row if key.startswith("bias_")]


def _table(title: str, rows: Mapping[str, Mapping[str, Any]], units: Sequence[str]) -> Table:
    """``units``: in which anything was measured; if they are several, each row says its own."""
    table = narrow_table(title)
    table.padding = 0  # eleven columns have to go into 80
    table.add_column("", overflow="fold")
    unit = f"\n{units[0]}" if len(units) == 1 else ""
    for heading in _COLUMNS.values():
        table.add_column(say(heading).replace(" ", "\n"), justify="right")
    for heading in _SPREAD.values():
        table.add_column(say(heading) + unit, justify="right")
    for name, row in rows.items():
        counts = (_count(key, row[key]) for key in _COLUMNS)
        spread, below = (_spread(key, row) for key in _SPREAD), "\n" if len(units) > 1 else ""
        own = "".join(f"\n{unit}" for unit in _units(row)) if below else ""
        table.add_row(f"{name}{own}", *counts, *(below + cell for cell in spread))
    return table


def _count(key: str, value: int) -> str | Text:
    return Text(str(value), style="bold red") if key in _BAD_ABOVE_ZERO and value else str(value)


def _spread(key: str, row: Mapping[str, Any]) -> str:
    """One line per unit."""
    values = [row[f"{key}_{unit}"] for unit in _units(row)]
    sign = "+" if key == "bias" else ""
    return "\n".join("" if value is None else f"{value:{sign}.3f}" for value in values)


def _unit_of(score: Mapping[str, Any], finding: Mapping[str, Any]) -> str:
    return next(iter(_units(score["methods"][finding["method"]])), _MM)


def _sentence(finding: Mapping[str, Any], unit: str) -> Text:
    what, style = {"miss": ("missed", "bold red"), "false_alarm": ("false NOK", "bold red")}.get(
        finding["outcome"], (finding["outcome"], "")
    )
    measured = "nothing" if finding["value"] is None else _value(finding["value"], unit)
    truth = f"{_value(finding['true_value'], unit)} ({finding['true_verdict']})"
    told = say(f"measured {measured}, true {truth}; {finding['reason']}")
    return Text.assemble((say(what), style), f"  {finding['vin']}  {finding['id']}: {told}")


def _value(value: float | str, unit: str) -> str:
    return value if isinstance(value, str) else f"{value:.3f} {unit}"
