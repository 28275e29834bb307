"""Files in, sheets out: what each command of ``linewalker msa`` does."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from linewalker.console.capability.attribute_sheet import attribute_sheet
from linewalker.console.capability.budget_sheet import budget_sheet
from linewalker.console.capability.choices import Design, Method, Scale
from linewalker.console.capability.facts import file_facts
from linewalker.console.capability.gauge_sheet import gauge_sheet
from linewalker.console.capability.linearity_sheet import linearity_sheet
from linewalker.console.capability.pod_sheet import hit_miss_sheet, signal_sheet
from linewalker.console.capability.sheet import Sheet, Words, figure
from linewalker.console.capability.stability_sheet import stability_sheet
from linewalker.console.capability.type_one_sheet import type_one_sheet
from linewalker.errors import InputError
from linewalker.geometry import Array
from linewalker.inspection.capability.attribute import attribute
from linewalker.inspection.capability.budget import budget
from linewalker.inspection.capability.gauge import (
    POOL_ABOVE,
    Gauge,
    gauge_by_ranges,
    gauge_crossed,
    gauge_nested,
    gauge_of_parts,
)
from linewalker.inspection.capability.hit_miss import hit_miss
from linewalker.inspection.capability.layout import Layout, balanced, nested
from linewalker.inspection.capability.linearity import Linearity, linearity
from linewalker.inspection.capability.signal_response import signal_response
from linewalker.inspection.capability.stability import stability
from linewalker.inspection.capability.table import (
    HIT,
    OPERATOR,
    PART,
    REFERENCE,
    RESULT,
    SIGNAL,
    SIZE,
    STANDARD,
    SUBGROUP,
    TRIAL,
    VALUE,
    Table,
    read_table,
)
from linewalker.inspection.capability.type_one import TypeOne, type_one
from linewalker.inspection.title import Title

_YES = ("1", "hit", "yes", "true", "found", "ja", "检出", "是", "命中")
_NO = ("0", "miss", "no", "false", "missed", "nein", "漏检", "否", "未检出")


def study_type_one(
    file: Path, reference: float, tolerance: float, resolution: float | None, share_percent: float, spread: float
) -> Sheet:
    """``linewalker msa type1``."""
    table, study = _type_one(file, reference, tolerance, resolution, share_percent / 100.0, spread)
    return type_one_sheet(study, table)


def study_gauge(
    file: Path, design: Design, method: Method, tolerance: float | None, alpha: float = POOL_ABOVE
) -> Sheet:
    """``linewalker msa grr``."""
    table, study, layout = _gauge(file, design, method, tolerance, alpha)
    values = layout.of(table.numbers("value"))
    if design is Design.NESTED:
        return gauge_sheet(study, table, values, layout.names[1], layout.names[0])
    return gauge_sheet(study, table, values, layout.names[0], layout.names[1] if len(layout.names) > 1 else ())


def study_attribute(file: Path, bad: str | None) -> Sheet:
    """``linewalker msa attribute``."""
    table = read_table(file, (PART, OPERATOR, RESULT, STANDARD, TRIAL))
    layout = balanced(table, ("part", "operator"), least=1)
    columns = [table.cells[name] for name in ("result", "reference") if name in table]
    categories = tuple(dict.fromkeys(word for column in columns for word in column))
    places = {word: at for at, word in enumerate(categories)}
    ratings = layout.of(np.array([places[word] for word in table.cells["result"]]))
    truth = _truth(table, layout, places) if "reference" in table else None
    with _of(file):
        return attribute_sheet(attribute(ratings, layout.names[1], categories, truth=truth, bad=bad), table)


def study_linearity(file: Path) -> Sheet:
    """``linewalker msa linearity``."""
    table, study = _linearity(file)
    return linearity_sheet(study, table)


def study_stability(file: Path) -> Sheet:
    """``linewalker msa stability``; without subgroups every row is a point in time."""
    table = read_table(file, (VALUE, SUBGROUP))
    values = table.numbers("value")
    if "subgroup" in table:
        layout = balanced(table, ("subgroup",), least=1)
        values, names = layout.of(values), layout.names[0]
    else:
        values, names = values[:, None], tuple(str(at + 1) for at in range(len(values)))
    with _of(file):
        return stability_sheet(stability(values, names), table)


def study_pod(
    file: Path, scale: Scale, threshold: float | None, signal_scale: Scale, low: float | None, high: float | None
) -> Sheet:
    """``linewalker msa pod``: hits and misses, or signals if there is a threshold."""
    if threshold is None:
        if low is not None or high is not None:
            raise InputError(
                "signals are censored, not hits; give --threshold too", key="--low" if high is None else "--high"
            )
        table = read_table(file, (SIZE, HIT))
        with _of(file):
            fit = hit_miss(table.numbers("size"), _hits(table), logarithmic=scale is Scale.LOG)
        return hit_miss_sheet(fit, table)
    table = read_table(file, (SIZE, SIGNAL))
    with _of(file):
        line = signal_response(
            table.numbers("size"),
            table.numbers("signal"),
            threshold,
            low=low,
            high=high,
            log_size=scale is Scale.LOG,
            log_signal=signal_scale is Scale.LOG,
        )
    return signal_sheet(line, table)


def study_budget(
    tolerance: float,
    *,
    resolution: float | None = None,
    calibration: float | None = None,
    type_one_file: Path | None = None,
    reference: float | None = None,
    linearity_file: Path | None = None,
    gauge_file: Path | None = None,
    design: Design = Design.CROSSED,
    others: Mapping[str, float] | None = None,
) -> Sheet:
    """``linewalker msa budget``: what studies and certificates say, put together.

    Args:
        calibration: expanded uncertainty of the standard, k = 2.
        others: further standard uncertainties by name.
    """
    found: dict[str, float] = {}
    facts: list[tuple[Title, Words]] = []
    if calibration is not None:
        found["calibration"] = calibration / 2.0
    if resolution is not None:
        found["resolution"] = resolution / math.sqrt(12.0)
    if type_one_file is not None:
        if reference is None:
            raise InputError("a type-1 study needs the true value of its part", key="--reference")
        table, one = _type_one(type_one_file, reference, tolerance, None, 0.2, 6.0)
        found |= {"bias": abs(one.bias) / math.sqrt(3.0), "repeatability": one.std}
        facts += file_facts(table, Title(zh="类型 1", en="type 1"))
    if linearity_file is not None:
        table, line = _linearity(linearity_file)
        if line.linearity_std is None or line.repeatability is None:
            raise InputError("each reference was measured once; without repeats there is no u_LIN", file=linearity_file)
        found |= {"linearity": line.linearity_std}
        found["repeatability"] = max(line.repeatability, found.get("repeatability", 0.0))
        facts += file_facts(table, Title(zh="线性", en="linearity"))
    if gauge_file is not None:
        table, gauge, _ = _gauge(gauge_file, design, Method.ANOVA, None, POOL_ABOVE)
        found |= {"repeatability_parts": gauge.repeatability}
        if design is not Design.SINGLE:
            found |= {"operators": gauge.operators, "interaction": gauge.interaction}
        facts += file_facts(table, Title(zh="GRR", en="GRR"))
    for name, std in (others or {}).items():
        if name in found:
            raise InputError(f"{figure(found[name])} is known already of a study or an option; leave one out", key=name)
        found[name] = std
    return budget_sheet(budget(found, tolerance), tuple(facts))


def _type_one(
    file: Path, reference: float, tolerance: float, resolution: float | None, share: float, spread: float
) -> tuple[Table, TypeOne]:
    table = read_table(file, (VALUE,))
    with _of(file):
        values = table.numbers("value")
        return table, type_one(
            values, reference=reference, tolerance=tolerance, resolution=resolution, share=share, spread=spread
        )


def _linearity(file: Path) -> tuple[Table, Linearity]:
    table = read_table(file, (REFERENCE, VALUE))
    with _of(file):
        return table, linearity(table.numbers("reference"), table.numbers("value"))


def _gauge(
    file: Path, design: Design, method: Method, tolerance: float | None, alpha: float
) -> tuple[Table, Gauge, Layout]:
    if method is Method.RANGE and design is not Design.CROSSED:
        raise InputError(
            f"the range method is for crossed studies; use --method anova for {design.value}", key="--method"
        )
    columns = (PART, VALUE) if design is Design.SINGLE else (PART, OPERATOR, VALUE, TRIAL)
    table = read_table(file, columns)
    values = table.numbers("value")
    with _of(file):
        if design is Design.SINGLE:
            layout = balanced(table, ("part",))
            return table, gauge_of_parts(layout.of(values), tolerance=tolerance), layout
        if design is Design.NESTED:
            layout = nested(table, "operator", "part")
            return table, gauge_nested(layout.of(values), tolerance=tolerance), layout
        layout = balanced(table, ("part", "operator"))
        if method is Method.RANGE:
            return table, gauge_by_ranges(layout.of(values), tolerance=tolerance), layout
        return table, gauge_crossed(layout.of(values), tolerance=tolerance, pool_above=alpha), layout


def _hits(table: Table) -> Array:
    found = []
    for line, word in zip(table.lines, table.cells["hit"]):
        low = word.casefold()
        if low not in (*_YES, *_NO):
            raise table.error(
                f"'{word}' is neither a hit nor a miss; write {', '.join(_YES)} or {', '.join(_NO)}", line, "hit"
            )
        found.append(1.0 if low in _YES else 0.0)
    return np.array(found)


def _truth(table: Table, layout: Layout, places: Mapping[str, int]) -> Array:
    """What each part is, which every row about it says alike."""
    rows = layout.rows.reshape(len(layout.rows), -1)
    references = np.array([places[word] for word in table.cells["reference"]])[rows]
    for part, which in np.argwhere(references != references[:, :1]):
        problem = f"part {layout.names[0][part]} has two references; a part is one thing"
        raise table.error(problem, table.lines[rows[part, which]], "reference")
    return np.asarray(references[:, 0])


@contextmanager
def _of(file: Path) -> Iterator[None]:
    """What is wrong with the numbers of a file is told with its name."""
    try:
        yield
    except InputError as error:
        if error.file is not None:
            raise
        raise InputError(error.problem, file=file, key=error.key) from None
