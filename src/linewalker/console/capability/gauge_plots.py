"""The plots of a GRR study: components, ranges, means, parts, operators, and how both go together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from linewalker.console.capability.plot import Plot, span
from linewalker.geometry import Array
from linewalker.inspection.capability.gauge import Gauge
from linewalker.inspection.capability.ranges import range_constants
from linewalker.inspection.title import Title

_VALUE = Title(zh="测值", en="value")
_PART = Title(zh="零件", en="part")
_OPERATOR = Title(zh="评价人", en="operator")


def gauge_plots(study: Gauge, values: Array, parts: Sequence[str], operators: Sequence[str]) -> tuple[Plot, ...]:
    """As `gauge_sheet` has its arguments."""
    if study.method == "nested":
        cells, names = values.reshape(-1, values.shape[2]), list(parts)
    elif values.ndim == 2:
        cells, names = values, list(parts)
    else:
        cells = values.transpose(1, 0, 2).reshape(-1, values.shape[2])
        names = [f"{operator}/{part}" for operator in operators for part in parts]
    plots = [_components(study), _ranges(cells, names), _means(cells, names), _by_part(study, values, parts)]
    if values.ndim == 3:
        axis = 0 if study.method == "nested" else 1
        plots.append(_by_operator(np.moveaxis(values, axis, 0), operators))
    if study.method in ("crossed", "range"):
        plots.append(_interaction(values.mean(axis=2), parts, operators))
    return tuple(plots)


def _components(study: Gauge) -> Plot:
    titles = {"GRR": study.grr, "EV": study.repeatability, "AV+": study.reproducibility, "PV": study.part}
    shares = [[study.contribution_percent(sigma) for sigma in titles.values()]]
    shares.append([study.study_percent(sigma) for sigma in titles.values()])
    keys = ["% contrib", "% study"]
    if study.tolerance is not None:
        shares.append([study.tolerance_percent(sigma) or 0.0 for sigma in titles.values()])
        keys.append("% tol")
    plot = Plot(
        Title(zh="变差分量", en="Components"),
        Title(zh="来源", en="source"),
        Title(zh="百分比", en="percent"),
        x_range=(0.0, 1.0),
        y_range=(0.0, max(100.0, *(max(row) for row in shares))),
        names=list(titles),
    )
    width = 0.8 / len(shares)
    for series, row in enumerate(shares):
        plot.bars(np.arange(4.0) + (series - 0.5 * (len(shares) - 1)) * width, np.array(row), 0.9 * width, series)
    plot.legend(keys)
    return plot


def _ranges(cells: Array, names: Sequence[str]) -> Plot:
    ranges, constants = np.ptp(cells, axis=1), range_constants(cells.shape[1])
    mean = float(ranges.mean())
    return _chart(
        Title(zh="极差图", en="Ranges"), ranges, names, (constants.lower * mean, mean, constants.upper * mean)
    )


def _means(cells: Array, names: Sequence[str]) -> Plot:
    """Of a gauge that can tell parts apart, most points lie outside these limits."""
    constants, count = range_constants(cells.shape[1]), cells.shape[1]
    centre, reach = float(cells.mean()), 3.0 * float(np.ptp(cells, axis=1).mean()) / constants.mean / np.sqrt(count)
    return _chart(
        Title(zh="均值图（界外：零件可区分）", en="Means (outside: parts told apart)"),
        cells.mean(axis=1),
        names,
        (centre - reach, centre, centre + reach),
    )


def _chart(title: Title, points: Array, names: Sequence[str], limits: tuple[float, float, float]) -> Plot:
    x = np.arange(float(len(points)))
    labels = Title(zh="评价人/零件", en="operator/part")
    plot = Plot(title, labels, _VALUE, x_range=span(x), y_range=span(points, limits), names=names)
    for level, label, kind in zip(limits, ("LCL", "", "UCL"), ("limit", "centre", "limit")):
        plot.level(level, label, kind, below=label == "LCL")
    plot.line(x, points)
    outside = (points < limits[0]) | (points > limits[2])
    plot.marks(x[~outside], points[~outside])
    plot.marks(x[outside], points[outside], 3, "bad")
    return plot


def _by_part(study: Gauge, values: Array, parts: Sequence[str]) -> Plot:
    rows = values.reshape(len(parts), -1)
    title = Title(zh="按零件", en="By part")
    if study.method == "nested":
        title = Title(zh="按零件（评价人/零件）", en="By part (operator/part)")
    return _scattered(title, _PART, rows, parts)


def _by_operator(values: Array, operators: Sequence[str]) -> Plot:
    return _scattered(Title(zh="按评价人", en="By operator"), _OPERATOR, values.reshape(len(operators), -1), operators)


def _scattered(title: Title, axis: Title, rows: Array, names: Sequence[str]) -> Plot:
    plot = Plot(title, axis, _VALUE, x_range=(0.0, 1.0), y_range=span(rows), names=names)
    x = np.arange(float(len(names)))
    plot.marks(np.repeat(x, rows.shape[1]), rows.ravel(), 0, "pale")
    plot.line(x, rows.mean(axis=1))
    plot.marks(x, rows.mean(axis=1), 1)
    return plot


def _interaction(means: Array, parts: Sequence[str], operators: Sequence[str]) -> Plot:
    title = Title(zh="零件 × 评价人", en="Part x operator")
    plot = Plot(title, _PART, _VALUE, x_range=(0.0, 1.0), y_range=span(means), names=parts)
    x = np.arange(float(len(parts)))
    for series, column in enumerate(means.T):
        plot.line(x, column, f"s{series % 6}")
        plot.marks(x, column, series)
    plot.legend(operators[:6])
    return plot
