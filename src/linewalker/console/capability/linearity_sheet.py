"""The sheet of a linearity study: the bias over the reference, its line and band."""

from __future__ import annotations

import numpy as np

from linewalker.console.capability.facts import facts_of, file_of
from linewalker.console.capability.plot import Plot, span
from linewalker.console.capability.sheet import Check, Grid, Sheet, Words, chance, figure, percent
from linewalker.inspection.capability.grade import met
from linewalker.inspection.capability.linearity import Linearity
from linewalker.inspection.capability.table import Table
from linewalker.inspection.title import Title

_REFERENCE = Title(zh="参考值", en="reference")
_BIAS = Title(zh="偏倚", en="bias")


def linearity_sheet(study: Linearity, table: Table) -> Sheet:
    """Of a file."""
    return Sheet(
        name="linearity",
        title=Title(zh="线性与偏倚", en="Linearity and bias"),
        source="AIAG MSA 4 · ISO 22514-7:2012",
        facts=facts_of(table, (Title(zh="参考值个数", en="references"), str(len(study.levels)))),
        checks=_checks(study),
        grids=(_line(study), _levels(study)),
        plots=(_plot(study), _residuals(study)),
        notes=_notes(study),
        results=file_of(table) | _results(study),
    )


def _checks(study: Linearity) -> tuple[Check, ...]:
    within = study.zero_within_band
    title = Title(zh="零偏倚在 95 % 带内", en="no bias, within the 95 % band")
    found = [Check(title=title, value="✓" if within else "✗", limit="✓", grade=met(within))]
    for name, test in zip(
        (Title(zh="截距为 0，p", en="intercept 0, p"), Title(zh="斜率为 0，p", en="slope 0, p")), study.line.tests
    ):
        if test is not None:
            found.append(Check(title=name, value=chance(test[1]), limit="> 0.05", grade=met(test[1] > 0.05)))
    return tuple(found)


def _line(study: Linearity) -> Grid:
    line = study.line
    tests = [test or (None, None) for test in line.tests]
    rows = [
        (title, figure(value, 6), figure(error, 6), figure(test[0], 5), chance(test[1]))
        for title, value, error, test in zip(
            (Title(zh="截距", en="intercept"), Title(zh="斜率", en="slope")),
            (line.intercept, line.slope),
            line.errors,
            tests,
        )
    ]
    rows += [
        (Title(zh="残差标准差", en="residual std"), figure(line.std, 6), "", "", ""),
        (
            Title(zh="R 平方", en="R squared"),
            percent(None if line.r_squared is None else 100 * line.r_squared, 1),
            "",
            "",
            "",
        ),
        (Title(zh="失拟 F", en="lack of fit F"), figure(study.f, 5), "", "", chance(study.p_value)),
        (Title(zh="u_EVR（重复性）", en="u_EVR (repeatability)"), figure(study.repeatability), "", "", ""),
        (Title(zh="u_LIN（线性）", en="u_LIN (linearity)"), figure(study.linearity_std), "", "", ""),
    ]
    head = ("", Title(zh="数值", en="value"), Title(zh="标准误差", en="std error"), "t", "p")
    return Grid(
        title=Title(zh="偏倚对参考值的直线", en="Line of the bias over the reference"), head=head, rows=tuple(rows)
    )


def _levels(study: Linearity) -> Grid:
    head = (_REFERENCE, Title(zh="个数", en="n"), _BIAS, Title(zh="标准差", en="std"), "t", "p")
    rows: list[tuple[Words, ...]] = [
        (
            figure(one.reference, 6),
            str(one.count),
            figure(one.bias, 6),
            figure(one.std),
            figure(one.t),
            chance(one.p_value),
        )
        for one in study.levels
    ]
    rows.append((Title(zh="平均", en="mean"), str(len(study.biases)), figure(study.mean_bias, 5), "", "", ""))
    return Grid(title=Title(zh="每个参考值的偏倚", en="Bias at each reference"), head=head, rows=tuple(rows))


def _plot(study: Linearity) -> Plot:
    x = np.linspace(*span(study.references), 60)
    at, band = study.line.at(x), study.line.band(x)
    title = Title(zh="偏倚与 95 % 置信带", en="Bias with its 95 % band")
    plot = Plot(title, _REFERENCE, _BIAS, x_range=span(x), y_range=span(study.biases, at - band, at + band, 0.0))
    plot.band(x, at - band, at + band)
    plot.level(0.0, "0", "centre")
    plot.line(x, at)
    plot.marks(study.references, study.biases, 0, "pale")
    levels = study.levels
    plot.marks(np.array([one.reference for one in levels]), np.array([one.bias for one in levels]), 1)
    return plot


def _residuals(study: Linearity) -> Plot:
    residuals = study.biases - study.line.at(study.references)
    title = Title(zh="残差", en="Residuals")
    plot = Plot(title, _REFERENCE, title, x_range=span(study.references), y_range=span(residuals, 0.0))
    plot.level(0.0, "0", "centre")
    plot.marks(study.references, residuals)
    return plot


def _notes(study: Linearity) -> tuple[Title, ...]:
    if study.p_value is None or study.p_value >= 0.05:
        return ()
    return (
        Title(
            zh=f"失拟显著（p = {chance(study.p_value)}）：偏倚不是参考值的直线。",
            en=f"The lack of fit is significant (p = {chance(study.p_value)}): the bias is no straight line.",
        ),
    )


def _results(study: Linearity) -> dict[str, object]:
    line = study.line
    return {
        "intercept": line.intercept,
        "slope": line.slope,
        "intercept_error": line.errors[0],
        "slope_error": line.errors[1],
        "intercept_t_p": line.tests[0],
        "slope_t_p": line.tests[1],
        "residual_std": line.std,
        "r_squared": line.r_squared,
        "lack_of_fit_f": study.f,
        "lack_of_fit_p": study.p_value,
        "u_evr": study.repeatability,
        "u_lin": study.linearity_std,
        "mean_bias": study.mean_bias,
        "levels": [
            {"reference": one.reference, "n": one.count, "bias": one.bias, "std": one.std, "t": one.t, "p": one.p_value}
            for one in study.levels
        ],
    }
