"""The sheet of an attribute study: effectiveness, misses, false alarms, kappa."""

from __future__ import annotations

import numpy as np

from linewalker.console.capability.facts import facts_of, file_of
from linewalker.console.capability.plot import Plot
from linewalker.console.capability.sheet import Check, Grid, Sheet, Words, figure
from linewalker.inspection.capability.attribute import (
    EFFECTIVENESS_PERCENT,
    FALSE_ALARM_PERCENT,
    KAPPA,
    MISS_PERCENT,
    Attribute,
    Share,
)
from linewalker.inspection.capability.table import Table
from linewalker.inspection.title import Title

_CHECKS = {
    "kappa": (Title(zh="kappa", en="kappa"), f">= {KAPPA[0]:g} ({KAPPA[1]:g})"),
    "effective": (Title(zh="有效性", en="effectiveness"), ">= {:g} ({:g}) %".format(*EFFECTIVENESS_PERCENT)),
    "misses": (Title(zh="漏检", en="misses"), "<= {:g} ({:g}) %".format(*MISS_PERCENT)),
    "false_alarms": (Title(zh="误报", en="false alarms"), "<= {:g} ({:g}) %".format(*FALSE_ALARM_PERCENT)),
}


def attribute_sheet(study: Attribute, table: Table) -> Sheet:
    """Of a file."""
    facts = facts_of(
        table,
        (Title(zh="零件", en="parts"), str(study.parts)),
        (Title(zh="试次", en="trials"), str(study.trials)),
        *(((Title(zh="不合格件的称呼", en="word of bad parts"), study.bad),) if study.bad else ()),
    )
    return Sheet(
        name="attribute",
        title=Title(zh="计数型研究：一致性", en="Attribute study: agreement"),
        source="AIAG MSA 4 · VDA 5:2021",
        facts=facts,
        checks=_checks(study),
        grids=_grids(study),
        plots=(_plot(study),),
        notes=_notes(study),
        results=file_of(table) | _results(study),
    )


def _checks(study: Attribute) -> tuple[Check, ...]:
    found = []
    for appraiser in study.appraisers:
        for name, grade in appraiser.grades.items():
            title, limit = _CHECKS[name]
            value = getattr(appraiser, name)
            text = f"{value.percent:.2f} %" if isinstance(value, Share) else f"{value:.3f}"
            who = Title(zh=f"{appraiser.name}：{title.zh}", en=f"{appraiser.name}: {title.en}")
            found.append(Check(title=who, value=text, limit=limit, grade=grade))
    return tuple(found)


def _grids(study: Attribute) -> tuple[Grid, ...]:
    head: tuple[Words, ...] = (
        Title(zh="评价人", en="operator"),
        Title(zh="始终一致（95 %）", en="always the same (95 %)"),
        Title(zh="自身 kappa", en="own kappa"),
        Title(zh="始终正确（95 %）", en="always right (95 %)"),
    )
    rows = [
        (
            one.name,
            _count(one.within),
            figure(one.kappa_within, 3),
            _count(one.effective),
        )
        for one in study.appraisers
    ]
    everyone: Words = Title(zh="全体", en="all")
    whole = (
        everyone,
        _count(study.together),
        figure(study.kappa_all, 3),
        _count(study.all_effective),
    )
    grids = [Grid(title=Title(zh="每个评价人", en="Each operator"), head=head, rows=(*rows, whole))]
    if study.pairs:
        grids.append(
            Grid(
                title=Title(zh="两两之间", en="Pairs"),
                head=(Title(zh="评价人", en="operators"), Title(zh="Cohen kappa", en="Cohen's kappa")),
                rows=tuple((f"{one} – {other}", figure(kappa, 3)) for one, other, kappa in study.pairs),
            )
        )
    return tuple(grids)


def _count(share: Share | None) -> str:
    if share is None:
        return "–"
    low, high = share.interval_percent
    return f"{share.found}/{share.of} ({low:.1f}–{high:.1f} %)"


def _plot(study: Attribute) -> Plot:
    plot = Plot(
        Title(zh="一致的零件，95 % 区间", en="Parts agreed on, 95 % interval"),
        Title(zh="评价人", en="operator"),
        Title(zh="百分比", en="percent"),
        x_range=(0.0, 1.0),
        y_range=(0.0, 100.0),
        names=[one.name for one in study.appraisers],
    )
    shares = [[one.within for one in study.appraisers]]
    if study.all_effective is not None:
        shares.append([one.effective for one in study.appraisers if one.effective is not None])
    for series, row in enumerate(shares):
        shift = 0.0 if len(shares) == 1 else 0.3 * series - 0.15
        for at, share in enumerate(row):
            plot.whisker(at + shift, *share.interval_percent)
            plot.marks(np.array([at + shift]), np.array([share.percent]), series)
    plot.legend(["within", "vs truth"][: len(shares)])
    return plot


def _notes(study: Attribute) -> tuple[Title, ...]:
    if study.all_effective is None:
        return (
            Title(
                zh="文件没有参考列：只能判断一致性，不能判断对错。",
                en="The file has no column of references: agreement can be told, but not who is right.",
            ),
        )
    if study.bad is None:
        return (
            Title(
                zh="没有认出不合格件的称呼：用 --bad 说明，才有漏检和误报。",
                en="No word of bad parts was recognised: name it with --bad to have misses and false alarms.",
            ),
        )
    return ()


def _results(study: Attribute) -> dict[str, object]:
    def share(one: Share | None) -> dict[str, object] | None:
        if one is None:
            return None
        low, high = one.interval_percent
        return {"found": one.found, "of": one.of, "percent": one.percent, "low_percent": low, "high_percent": high}

    appraisers = [
        {
            "operator": one.name,
            "within": share(one.within),
            "kappa_within": one.kappa_within,
            "kappa": one.kappa,
            "effective": share(one.effective),
            "misses": share(one.misses),
            "false_alarms": share(one.false_alarms),
        }
        for one in study.appraisers
    ]
    return {
        "parts": study.parts,
        "trials": study.trials,
        "bad": study.bad,
        "appraisers": appraisers,
        "pairs": [{"operators": [one, other], "kappa": kappa} for one, other, kappa in study.pairs],
        "kappa_all": study.kappa_all,
        "together": share(study.together),
        "all_effective": share(study.all_effective),
    }
