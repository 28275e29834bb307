"""The sheet of an uncertainty budget: its lines, Q_MS and Q_MP."""

from __future__ import annotations

import numpy as np

from linewalker.console.capability.plot import Plot
from linewalker.console.capability.sheet import Check, Facts, Grid, Sheet, figure, percent
from linewalker.inspection.capability.budget import COVERAGE, PROCESS_PERCENT, SYSTEM_PERCENT, Budget
from linewalker.inspection.capability.grade import met
from linewalker.inspection.title import Title

NAMES = {
    "calibration": Title(zh="校准 u_CAL", en="calibration u_CAL"),
    "resolution": Title(zh="分辨力 u_RE", en="resolution u_RE"),
    "bias": Title(zh="偏倚 u_BI", en="bias u_BI"),
    "linearity": Title(zh="线性 u_LIN", en="linearity u_LIN"),
    "repeatability": Title(zh="标准件重复性 u_EVR", en="repeatability on standards u_EVR"),
    "system_other": Title(zh="系统的其他来源", en="other of the system"),
    "repeatability_parts": Title(zh="零件重复性 u_EVO", en="repeatability on parts u_EVO"),
    "operators": Title(zh="评价人 u_AV", en="operators u_AV"),
    "interaction": Title(zh="交互 u_IA", en="interaction u_IA"),
    "stability": Title(zh="稳定性 u_STAB", en="stability u_STAB"),
    "temperature": Title(zh="温度 u_T", en="temperature u_T"),
    "object": Title(zh="零件形状 u_OBJ", en="object u_OBJ"),
    "process_other": Title(zh="过程的其他来源", en="other of the process"),
}


def budget_sheet(study: Budget, facts: Facts) -> Sheet:
    """Of several files and options."""
    return Sheet(
        name="budget",
        title=Title(zh="测量不确定度预算", en="Uncertainty budget"),
        source="VDA 5:2021 · ISO 22514-7:2012",
        facts=(*facts, (Title(zh="公差宽度 T", en="tolerance T"), figure(study.tolerance))),
        checks=_checks(study),
        grids=(_lines(study), _whole(study)),
        plots=(_plot(study),),
        notes=_notes(study),
        results=_results(study),
    )


def _totals(study: Budget) -> list[tuple[str, Title, float, float, bool]]:
    """Of the system and, if it is known, of the process: sign, name, std, limit, whether of the process."""
    found = [("MS", Title(zh="测量系统", en="measuring system"), study.system, SYSTEM_PERCENT, False)]
    if study.process is not None:
        found.append(("MP", Title(zh="测量过程", en="measurement process"), study.process, PROCESS_PERCENT, True))
    return found


def _checks(study: Budget) -> tuple[Check, ...]:
    return tuple(
        Check(
            title=Title(zh=f"Q_{sign}，{title.zh}", en=f"Q_{sign}, {title.en}"),
            value=percent(study.ratio_percent(std)),
            limit=f"<= {limit:g} %",
            grade=met(study.ratio_percent(std) <= limit),
        )
        for sign, title, std, limit, _ in _totals(study)
    )


def _lines(study: Budget) -> Grid:
    process = study.process
    head = (Title(zh="来源", en="source"), "u", Title(zh="系统 %", en="system %"), Title(zh="过程 %", en="process %"))
    rows = [
        (
            NAMES[entry.name],
            figure(entry.std),
            f"{100.0 * (entry.std / study.system) ** 2:.1f}" if entry.in_system and study.system else "–",
            f"{100.0 * (entry.std / process) ** 2:.1f}" if entry.in_process and process else "–",
        )
        for entry in study.entries
    ]
    return Grid(
        title=Title(zh="标准不确定度及其占方差的份额", en="Standard uncertainties, share of the variance"),
        head=head,
        rows=tuple(rows),
    )


def _whole(study: Budget) -> Grid:
    head = ("", "u", f"U (k = {COVERAGE:g})", "Q %", Title(zh="最小 T", en="least T"))
    rows = [
        (
            title,
            figure(std),
            figure(study.expanded(std)),
            f"{study.ratio_percent(std):.2f}",
            figure(study.least_tolerance(process=process)),
        )
        for _, title, std, _, process in _totals(study)
    ]
    return Grid(title=Title(zh="合成", en="Combined"), head=head, rows=tuple(rows))


def _plot(study: Budget) -> Plot:
    stds = np.array([entry.std for entry in study.entries])
    plot = Plot(
        Title(zh="标准不确定度", en="Standard uncertainties"),
        Title(zh="来源", en="source"),
        Title(zh="u", en="u"),
        x_range=(0.0, 1.0),
        y_range=(0.0, float(stds.max()) or 1.0),
        names=[NAMES[entry.name].en.split()[-1].replace("u_", "") for entry in study.entries],
    )
    plot.bars(np.arange(float(len(stds))), stds, 0.6)
    return plot


def _notes(study: Budget) -> tuple[Title, ...]:
    left = [entry.name for entry in study.entries if not (entry.in_system or entry.in_process)]
    if not left:
        return ()
    zh, en = (", ".join(getattr(NAMES[name], language) for name in left) for language in ("zh", "en"))
    return (
        Title(
            zh=f"不计入：{zh}；重复性与分辨力中只计最大者。",
            en=f"Not counted: {en}; of repeatabilities and resolution only the greatest is.",
        ),
    )


def _results(study: Budget) -> dict[str, object]:
    return {
        "tolerance": study.tolerance,
        "components": [
            {"name": e.name, "u": e.std, "in_system": e.in_system, "in_process": e.in_process} for e in study.entries
        ],
        "totals": {
            sign.lower(): {"u": std, "U": study.expanded(std), "q_percent": study.ratio_percent(std)}
            for sign, _, std, _, _ in _totals(study)
        },
        "capable": study.capable,
    }
