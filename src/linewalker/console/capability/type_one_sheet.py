"""The sheet of a type-1 study: run chart, histogram, Cg and Cgk."""

from __future__ import annotations

import numpy as np

from linewalker.console.capability.facts import facts_of, file_of
from linewalker.console.capability.plot import Plot, span
from linewalker.console.capability.sheet import Check, Grid, Sheet, chance, figure
from linewalker.inspection.capability.grade import met
from linewalker.inspection.capability.table import Table
from linewalker.inspection.capability.type_one import CAPABLE_INDEX, ENOUGH_VALUES, FINEST_SHARE, TypeOne
from linewalker.inspection.title import Title

_VALUE = Title(zh="测值", en="value")


def type_one_sheet(study: TypeOne, table: Table) -> Sheet:
    """Of a file."""
    facts = facts_of(
        table,
        (Title(zh="参考值", en="reference"), figure(study.reference, 8)),
        (Title(zh="公差宽度 T", en="tolerance T"), figure(study.tolerance)),
        (Title(zh="Cg 的定义", en="Cg is"), f"{study.share:g} T / ({study.spread:g} s)"),
    )
    return Sheet(
        name="type1",
        title=Title(zh="类型 1 研究：偏倚与重复性", en="Type-1 study: bias and repeatability"),
        source="AIAG MSA 4 · VDA 5:2021",
        facts=facts,
        checks=_checks(study),
        grids=(_numbers(study),),
        plots=(_run_chart(study), _histogram(study)),
        notes=_notes(study),
        results=file_of(table) | _results(study),
    )


def _checks(study: TypeOne) -> tuple[Check, ...]:
    found = []
    for name, index in (("Cg", study.cg), ("Cgk", study.cgk)):
        if index is not None:
            limit = f">= {CAPABLE_INDEX:g}"
            grade = met(index >= CAPABLE_INDEX)
            found.append(Check(title=Title(zh=name, en=name), value=f"{index:.2f}", limit=limit, grade=grade))
    if study.resolution is not None:
        found.append(
            Check(
                title=Title(zh="分辨力 / T", en="resolution / T"),
                value=f"{100.0 * study.resolution / study.tolerance:.2f} %",
                limit=f"<= {100.0 * FINEST_SHARE:g} %",
                grade=met(bool(study.fine_enough)),
            )
        )
    return tuple(found)


def _numbers(study: TypeOne) -> Grid:
    rows = (
        (Title(zh="个数", en="values"), str(len(study.values))),
        (Title(zh="均值", en="mean"), figure(study.mean, 8)),
        (Title(zh="标准差 s", en="standard deviation s"), figure(study.std)),
        (Title(zh="偏倚", en="bias"), figure(study.bias)),
        (Title(zh="偏倚的 95 % 区间", en="95 % interval of the bias"), f"{study.bias_low:.5g} … {study.bias_high:.5g}"),
        (Title(zh="t 与 p（偏倚为 0）", en="t and p (no bias)"), f"{figure(study.t)}, {chance(study.p_value)}"),
        (Title(zh="Cg、Cgk 达标的最小 T", en="least T for Cg and Cgk"), figure(study.least_tolerance)),
    )
    return Grid(title=Title(zh="统计量", en="Statistics"), head=("", _VALUE), rows=rows)


def _notes(study: TypeOne) -> tuple[Title, ...]:
    notes = []
    if study.p_value is not None and study.p_value < 0.05:
        notes.append(
            Title(
                zh="偏倚显著（p < 0.05）：请校准或修正。",
                en="The bias is significant (p < 0.05): adjust or correct it.",
            )
        )
    if len(study.values) < ENOUGH_VALUES:
        notes.append(Title(zh=f"建议 {ENOUGH_VALUES} 个测值。", en=f"{ENOUGH_VALUES} values are recommended."))
    if study.cg is None:
        notes.append(
            Title(zh="测值没有散布：分辨力不足。", en="The values do not scatter: the resolution is too coarse.")
        )
    return tuple(notes)


def _run_chart(study: TypeOne) -> Plot:
    x, reach = np.arange(1.0, len(study.values) + 1.0), study.share * study.tolerance / 2.0
    plot = Plot(
        Title(zh="运行图", en="Run chart"),
        Title(zh="序号", en="number"),
        _VALUE,
        x_range=span(x),
        y_range=span(study.values, study.reference - reach, study.reference + reach),
    )
    plot.level(study.reference, "ref", "centre")
    plot.level(study.reference + reach, f"+{study.share / 2.0:g} T")
    plot.level(study.reference - reach, f"-{study.share / 2.0:g} T", below=True)
    plot.level(study.mean, "mean", "pale")
    plot.line(x, study.values)
    plot.marks(x, study.values)
    return plot


def _histogram(study: TypeOne) -> Plot:
    counts, edges = np.histogram(study.values, bins=min(15, max(5, round(len(study.values) ** 0.5) + 1)))
    plot = Plot(
        Title(zh="直方图", en="Histogram"),
        _VALUE,
        Title(zh="频数", en="count"),
        x_range=span(edges, study.reference),
        y_range=(0.0, float(counts.max())),
    )
    plot.bars(0.5 * (edges[1:] + edges[:-1]), counts, 0.94 * float(edges[1] - edges[0]))
    plot.upright(study.reference, "ref", "centre", left=study.reference <= study.mean)
    plot.upright(study.mean, "mean", "limit", left=study.mean < study.reference)
    return plot


def _results(study: TypeOne) -> dict[str, object]:
    names = ("reference", "tolerance", "resolution", "mean", "std", "bias", "bias_low", "bias_high", "t", "p_value")
    found = {name: getattr(study, name) for name in (*names, "cg", "cgk", "least_tolerance", "share", "spread")}
    return found | {"count": len(study.values)}
