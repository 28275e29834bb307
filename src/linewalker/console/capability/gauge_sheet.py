"""The sheet of a GRR study: analysis of variance, components, and the six plots that belong to it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from linewalker.console.capability.facts import facts_of, file_of
from linewalker.console.capability.gauge_plots import gauge_plots
from linewalker.console.capability.sheet import Check, Grid, Sheet, aligned, chance, figure, percent
from linewalker.geometry import Array
from linewalker.inspection.capability.gauge import (
    ENOUGH_CATEGORIES,
    GOOD_PERCENT,
    MARGINAL_PERCENT,
    Gauge,
)
from linewalker.inspection.capability.table import Table
from linewalker.inspection.capability.variance import Anova
from linewalker.inspection.title import Title

NAMES = {
    "grr": Title(zh="量具 GRR", en="gauge R&R"),
    "repeatability": Title(zh="重复性 EV", en="repeatability EV"),
    "reproducibility": Title(zh="再现性", en="reproducibility"),
    "operators": Title(zh="评价人 AV", en="operators AV"),
    "interaction": Title(zh="交互", en="interaction"),
    "part": Title(zh="零件 PV", en="parts PV"),
    "total": Title(zh="总计 TV", en="total TV"),
    "operator": Title(zh="评价人", en="operators"),
}
_METHODS = {
    "crossed": Title(zh="方差分析，交叉", en="ANOVA, crossed"),
    "nested": Title(zh="方差分析，嵌套", en="ANOVA, nested"),
    "parts": Title(zh="方差分析，无评价人", en="ANOVA, no operators"),
    "range": Title(zh="均值极差法", en="average and range"),
}


def gauge_sheet(study: Gauge, table: Table, values: Array, parts: Sequence[str], operators: Sequence[str]) -> Sheet:
    """Of a file.

    Args:
        values: (parts, operators, trials); of a nested study (operators, parts of each, trials).
        parts, operators: their names; of a nested study the parts of all operators, one after the other.
    """
    facts = facts_of(
        table,
        (Title(zh="方法", en="method"), _METHODS[study.method]),
        (Title(zh="零件 × 评价人 × 试次", en="parts x operators x trials"), _sizes(study, values)),
        *(((Title(zh="公差宽度 T", en="tolerance T"), figure(study.tolerance)),) if study.tolerance else ()),
    )
    return Sheet(
        name="grr",
        title=Title(zh="量具重复性与再现性（GRR）", en="Gauge repeatability and reproducibility"),
        source="AIAG MSA 4 · VDA 5:2021 · ISO 22514-7:2012",
        facts=facts,
        checks=_checks(study),
        grids=(*_anova_grids(study.anova), _components(study)),
        plots=gauge_plots(study, values, parts, operators),
        notes=_notes(study),
        results=file_of(table) | _results(study),
    )


def _sizes(study: Gauge, values: Array) -> str:
    shape = values.shape
    if study.method == "nested":
        return f"{shape[1]} / {shape[0]} / {shape[2]}"
    return " x ".join(str(count) for count in shape)


def _checks(study: Gauge) -> tuple[Check, ...]:
    limit = f"<= {GOOD_PERCENT:g} ({MARGINAL_PERCENT:g}) %"
    titles = {
        "study": (Title(zh="GRR / 研究变差", en="GRR of study"), percent(study.study_percent(study.grr)), limit),
        "tolerance": (
            Title(zh="GRR / 公差", en="GRR of tolerance"),
            percent(study.tolerance_percent(study.grr)),
            limit,
        ),
        "ndc": (Title(zh="区分类别数 ndc", en="categories ndc"), str(study.ndc), f">= {ENOUGH_CATEGORIES}"),
    }
    return tuple(
        Check(title=titles[name][0], value=titles[name][1], limit=titles[name][2], grade=grade)
        for name, grade in study.grades.items()
    )


def _anova_grids(tables: tuple[Anova, ...]) -> tuple[Grid, ...]:
    titles = (
        Title(zh="方差分析", en="Analysis of variance"),
        Title(zh="方差分析，交互并入重复性", en="Analysis of variance, interaction pooled"),
    )
    head = (Title(zh="来源", en="source"), Title(zh="自由度", en="df"), "SS", "MS", "F", "p")
    grids = []
    for title, anova in zip(titles, tables):
        rows = [
            (
                NAMES[source.name],
                str(source.df),
                figure(source.sum_sq, 6),
                "" if source.name == "total" else figure(source.mean_sq, 6),
                "" if source.f is None else figure(source.f, 6),
                "" if source.f is None else chance(source.p_value),
            )
            for source in anova
        ]
        grids.append(Grid(title=title, head=head, rows=tuple(rows)))
    return tuple(grids)


def _components(study: Gauge) -> Grid:
    head: list[Title | str] = [
        Title(zh="来源", en="source"),
        Title(zh="标准差", en="std"),
        Title(zh="6 倍标准差", en="6 std"),
        Title(zh="贡献 %", en="% contrib."),
        Title(zh="研究 %", en="% study"),
    ]
    if study.tolerance:
        head.append(Title(zh="公差 %", en="% tol."))
    rows = []
    sigmas = list(study.parts.values())
    for (name, sigma), one, six in zip(study.parts.items(), aligned(sigmas), aligned([6.0 * s for s in sigmas])):
        row: list[Title | str] = [NAMES[name], one, six]
        row += [f"{study.contribution_percent(sigma):.2f}", f"{study.study_percent(sigma):.2f}"]
        if (share := study.tolerance_percent(sigma)) is not None:
            row.append(f"{share:.2f}")
        rows.append(tuple(row))
    return Grid(title=Title(zh="变差分量", en="Components of variation"), head=tuple(head), rows=tuple(rows))


def _notes(study: Gauge) -> tuple[Title, ...]:
    notes = []
    if len(study.anova) == 2:
        p_value = next(source.p_value for source in study.anova[0] if source.name == "interaction")
        notes.append(
            Title(
                zh=f"交互不显著（p = {chance(p_value)}），并入重复性。",
                en=f"The interaction is not significant (p = {chance(p_value)}) and was put to the repeatability.",
            )
        )
    if study.tolerance is None:
        notes.append(
            Title(
                zh="未给出公差：只与研究变差比较。",
                en="No tolerance was given: compared with the study variation only.",
            )
        )
    if np.isclose(study.part, 0.0):
        notes.append(Title(zh="零件之间没有可辨的差异。", en="The parts can not be told apart."))
    return tuple(notes)


def _results(study: Gauge) -> dict[str, object]:
    components = {
        name: {
            "std": sigma,
            "variance": sigma**2,
            "contribution_percent": study.contribution_percent(sigma),
            "study_percent": study.study_percent(sigma),
            "tolerance_percent": study.tolerance_percent(sigma),
        }
        for name, sigma in study.parts.items()
    }
    anova = [
        [{"source": s.name, "df": s.df, "ss": s.sum_sq, "ms": s.mean_sq, "f": s.f, "p_value": s.p_value} for s in one]
        for one in study.anova
    ]
    return {
        "method": study.method,
        "tolerance": study.tolerance,
        "ndc": study.ndc,
        "components": components,
        "anova": anova,
    }
