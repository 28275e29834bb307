"""A score as people read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from linewalker.console.terminal import narrow_table, terminal

_COLUMNS = {
    "count": "数\nn",
    "true_nok": "实为\nreally\nNOK",
    "found": "检出\nfound",
    "misses": "漏检\nmissed",
    "false_alarms": "误报\nfalse\nNOK",
    "undecided": "不可\n判定\nnot\ndecided",
    "bias_mm": "偏倚\nbias\nmm",
    "std_mm": "标准差\nstd\nmm",
    "p95_mm": "95 %\nmm",
    "worst_mm": "最差\nworst\nmm",
}
_BAD_ABOVE_ZERO = ("misses", "false_alarms")


def show_score(score: Mapping[str, Any], *, as_json: bool = False, console: Console | None = None) -> None:
    """Print the document of `linewalker.study.score.score_run` as tables, or as JSON for machines."""
    if as_json:
        print(json.dumps(score, indent=1))  # in ASCII: whatever the terminal, it is the same JSON
        return
    out = console if console is not None else terminal()
    out.print(_table("Per characteristic 按特性", score["characteristics"]))
    out.print(_table("Per method 按方法", {**score["methods"], "all 总计": score["overall"]}))
    for finding in score["findings"]:
        out.print(_sentence(finding))
    out.print(
        f"{score['cars']} cars, {score['falls']} falls, {score['contacts']} touches, "
        f"longest takt {score['longest_takt_s']:.0f} s"
        + (f", {score['not_inspected']} of them not inspected" if score["not_inspected"] else "")
    )
    out.print(
        f"{score['cars']} 台车，跌倒 {score['falls']} 次，碰触 {score['contacts']} 次，"
        f"最长节拍 {score['longest_takt_s']:.0f} s"
        + (f"，其中 {score['not_inspected']} 台未检测" if score["not_inspected"] else "")
    )


def _table(title: str, rows: Mapping[str, Mapping[str, Any]]) -> Table:
    table = narrow_table(title)
    table.padding = 0  # eleven columns have to go into 80
    table.add_column("", overflow="fold")
    for heading in _COLUMNS.values():
        table.add_column(heading, justify="right")
    for name, row in rows.items():
        table.add_row(name, *(_cell(key, row.get(key)) for key in _COLUMNS))
    return table


def _cell(key: str, value: float | None) -> str | Text:
    if value is None:
        return ""
    text = f"{value:+.3f}" if key == "bias_mm" else f"{value:.3f}" if key.endswith("_mm") else str(value)
    return Text(text, style="bold red") if key in _BAD_ABOVE_ZERO and value else text


def _sentence(finding: Mapping[str, Any]) -> Text:
    what, style = {"miss": ("missed", "bold red"), "false_alarm": ("false NOK", "bold red")}.get(
        finding["outcome"], (finding["outcome"], "")
    )
    measured = "nothing" if finding["value"] is None else _value(finding["value"])
    return Text.assemble(
        (what, style),
        f"  {finding['vin']}  {finding['id']}: measured {measured}, "
        f"true {_value(finding['true_value'])} ({finding['true_verdict']}); {finding['reason']}",
    )


def _value(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.3f} mm"
