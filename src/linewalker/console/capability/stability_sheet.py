"""The sheet of a stability study: two control charts."""

from __future__ import annotations

import numpy as np

from linewalker.console.capability.facts import facts_of, file_of
from linewalker.console.capability.plot import Plot, span
from linewalker.console.capability.sheet import Check, Grid, Sheet, figure
from linewalker.inspection.capability.grade import met
from linewalker.inspection.capability.stability import ENOUGH_POINTS, RUN, TREND, Chart, Stability
from linewalker.inspection.capability.table import Table
from linewalker.inspection.title import Title

_KINDS = {
    "mean": Title(zh="均值图", en="Means"),
    "value": Title(zh="单值图", en="Single values"),
    "range": Title(zh="极差图", en="Ranges"),
    "std": Title(zh="标准差图", en="Standard deviations"),
    "moving_range": Title(zh="移动极差图", en="Moving ranges"),
}


def stability_sheet(study: Stability, table: Table) -> Sheet:
    """Of a file."""
    return Sheet(
        name="stability",
        title=Title(zh="稳定性：控制图", en="Stability: control chart"),
        source="AIAG MSA 4 · VDA 5:2021 · ISO 7870-2:2013",
        facts=facts_of(
            table,
            (Title(zh="时间点", en="points in time"), str(len(study.names))),
            (Title(zh="每点测值数", en="values at each"), str(study.size)),
        ),
        checks=_checks(study),
        grids=(_lines(study),),
        plots=(_plot(study.location, study.names), _plot(study.spread, study.names)),
        notes=_notes(study),
        results=file_of(table) | _results(study),
    )


def _found(study: Stability) -> tuple[tuple[Title, Chart, tuple[int, ...]], ...]:
    location, spread = study.location, study.spread
    return (
        (Title(zh="超出控制限的点", en="points outside the limits"), location, location.outside),
        (Title(zh=f"同侧连续 {RUN} 点", en=f"{RUN} in a row on one side"), location, location.runs),
        (Title(zh=f"连续 {TREND} 点递增或递减", en=f"{TREND} in a row up or down"), location, location.trends),
        (Title(zh="散布：超出控制限的点", en="spread: points outside the limits"), spread, spread.outside),
    )


def _checks(study: Stability) -> tuple[Check, ...]:
    return tuple(
        Check(title=title, value=str(len(places)), limit="0", grade=met(not places))
        for title, _, places in _found(study)
    )


def _name(study: Stability, chart: Chart, at: int) -> str:
    """Of a point; a moving range belongs to the later of its two."""
    return study.names[at + len(study.names) - len(chart.points)]


def _lines(study: Stability) -> Grid:
    head = ("", Title(zh="中心线", en="centre"), Title(zh="下限", en="lower"), Title(zh="上限", en="upper"))
    rows = [
        (_KINDS[chart.kind], figure(chart.centre, 6), figure(chart.lower, 6), figure(chart.upper, 6))
        for chart in (study.location, study.spread)
    ]
    rows.append((Title(zh="标准差（子组内）", en="std within subgroups"), figure(study.sigma, 6), "", ""))
    return Grid(title=Title(zh="控制线", en="Lines"), head=head, rows=tuple(rows))


def _plot(chart: Chart, names: tuple[str, ...]) -> Plot:
    shown = names[len(names) - len(chart.points) :]
    x = np.arange(float(len(chart.points)))
    plot = Plot(
        _KINDS[chart.kind],
        Title(zh="时间", en="time"),
        Title(zh="测值", en="value"),
        x_range=span(x),
        y_range=span(chart.points, chart.lower, chart.upper),
        names=shown,
    )
    for level, label, kind in (
        (chart.lower, "LCL", "limit"),
        (chart.centre, "", "centre"),
        (chart.upper, "UCL", "limit"),
    ):
        plot.level(level, label, kind, below=label == "LCL")
    plot.line(x, chart.points)
    bad = np.zeros(len(x), dtype=bool)
    bad[list(chart.outside)] = True
    plot.marks(x[~bad], chart.points[~bad])
    plot.marks(x[bad], chart.points[bad], 3, "bad")
    return plot


def _notes(study: Stability) -> tuple[Title, ...]:
    notes = []
    for title, chart, places in _found(study):
        if places:
            where = ", ".join(_name(study, chart, at) for at in places[:8]) + ("…" if len(places) > 8 else "")
            notes.append(Title(zh=f"{title.zh}：{where}", en=f"{title.en}: {where}"))
    if len(study.names) < ENOUGH_POINTS:
        notes.append(
            Title(zh=f"建议 {ENOUGH_POINTS} 个时间点。", en=f"{ENOUGH_POINTS} points in time are recommended.")
        )
    return tuple(notes)


def _results(study: Stability) -> dict[str, object]:
    def chart(one: Chart) -> dict[str, object]:
        return {
            "kind": one.kind,
            "centre": one.centre,
            "lower": one.lower,
            "upper": one.upper,
            "outside": [_name(study, one, at) for at in one.outside],
        }

    location = study.location
    return {
        "size": study.size,
        "sigma": study.sigma,
        "stable": study.stable,
        "location": chart(location),
        "runs": [_name(study, location, at) for at in location.runs],
        "trends": [_name(study, location, at) for at in location.trends],
        "spread": chart(study.spread),
    }
