"""The sheet of a study of detection: the curve, a50, a90 and a90/95."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from linewalker.console.capability.facts import facts_of, file_of
from linewalker.console.capability.plot import Plot, span
from linewalker.console.capability.sheet import Grid, Sheet, figure
from linewalker.geometry import Array
from linewalker.inspection.capability.hit_miss import HitMiss
from linewalker.inspection.capability.signal_response import SignalResponse
from linewalker.inspection.capability.table import Table
from linewalker.inspection.title import Title

Bound = Callable[[float], float | None]

_LEVELS = np.array([0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99])
_SIZE = Title(zh="尺寸", en="size")
_SOURCE = "MIL-HDBK-1823A · ASTM E2862 · ASTM E3023"
_PARAMETERS = Title(zh="参数", en="Parameters")
_NONE = Title(
    zh="这些数据给不出这个界限：增加缺陷，尤其是大小在 a50 附近的。",
    en="These data give no such bound: add defects, above all of sizes near a50.",
)


def hit_miss_sheet(study: HitMiss, table: Table) -> Sheet:
    """Of a file of hits and misses."""
    bounds: dict[str, Bound] = {"LR": study.likelihood_size, "Wald": study.wald_size}
    a90 = {name: bound(0.9) for name, bound in bounds.items()}
    errors = np.sqrt(np.diag(study.covariance))
    scale = "ln a" if study.logarithmic else "a"
    grid = Grid(
        title=_PARAMETERS,
        head=(f"logit POD = b0 + b1 {scale}", Title(zh="数值", en="value"), Title(zh="标准误差", en="std error")),
        rows=(
            ("b0", figure(study.b0, 6), figure(float(errors[0]))),
            ("b1", figure(study.b1, 6), figure(float(errors[1]))),
            ("-2 ln L", figure(study.deviance, 6), ""),
        ),
    )
    return Sheet(
        name="pod",
        title=Title(zh="检出概率：检出与漏检", en="Probability of detection: hit/miss"),
        source=_SOURCE,
        facts=facts_of(
            table,
            (Title(zh="检出", en="found"), f"{int(study.hits.sum())} / {len(study.hits)}"),
        ),
        checks=(),
        grids=(_sizes(study.size_of, bounds), grid),
        plots=(_curve(study.sizes, study.pod, study.size_of, bounds, study.logarithmic, study.hits),),
        notes=() if all(a90.values()) else (_NONE,),
        results=file_of(table)
        | {"model": "hit/miss", "logarithmic": study.logarithmic, "b0": study.b0, "b1": study.b1}
        | {"covariance": study.covariance.tolist(), "deviance": study.deviance, "count": len(study.hits)}
        | {"hits": int(study.hits.sum())}
        | _results(study.size_of, bounds),
    )


def signal_sheet(study: SignalResponse, table: Table) -> Sheet:
    """Of a file of signals."""
    bounds: dict[str, Bound] = {"Wald": study.wald_size}
    if not study.censored:
        bounds["exact"] = study.exact_size
    errors = np.sqrt(np.diag(study.covariance))
    y, x = "ln â" if study.log_signal else "â", "ln a" if study.log_size else "a"
    rows = zip(("b0", "b1", "tau"), (study.b0, study.b1, study.tau), errors)
    grid = Grid(
        title=_PARAMETERS,
        head=(f"{y} = b0 + b1 {x} + N(0, tau)", Title(zh="数值", en="value"), Title(zh="标准误差", en="std error")),
        rows=tuple((name, figure(value, 6), figure(float(error))) for name, value, error in rows),
    )
    return Sheet(
        name="pod",
        title=Title(zh="检出概率：信号与尺寸", en="Probability of detection: signal over size"),
        source=_SOURCE,
        facts=facts_of(table, (Title(zh="判定阈值", en="decision threshold"), figure(study.threshold))),
        checks=(),
        grids=(_sizes(study.size_of, bounds), grid),
        plots=(
            _signals(study),
            _curve(study.sizes, study.pod, study.size_of, bounds, study.log_size, None),
        ),
        notes=() if all(bound(0.9) for bound in bounds.values()) else (_NONE,),
        results=file_of(table)
        | {"model": "a-hat/a", "b0": study.b0, "b1": study.b1, "tau": study.tau, "mu": study.mu, "sigma": study.sigma}
        | {"covariance": study.covariance.tolist(), "threshold": study.threshold, "censored": study.censored}
        | {"log_size": study.log_size, "log_signal": study.log_signal}
        | _results(study.size_of, bounds),
    )


def _sizes(size_of: Callable[[float], float], bounds: dict[str, Bound]) -> Grid:
    names = {"LR": Title(zh="a/95 似然比", en="a/95 likelihood"), "Wald": Title(zh="a/95 Wald", en="a/95 Wald")}
    names["exact"] = Title(zh="a/95 精确", en="a/95 exact")
    rows = [
        (f"a{round(100 * pod):d}", figure(size_of(pod)), *(figure(bound(pod)) for bound in bounds.values()))
        for pod in (0.5, 0.9, 0.95)
    ]
    head = (Title(zh="检出概率", en="POD"), _SIZE, *(names[name] for name in bounds))
    return Grid(
        title=Title(zh="尺寸与其单侧 95 % 上限", en="Sizes, and their one-sided 95 % upper bounds"),
        head=head,
        rows=tuple(rows),
    )


def _results(size_of: Callable[[float], float], bounds: dict[str, Bound]) -> dict[str, object]:
    found: dict[str, object] = {f"a{round(100 * pod):d}": size_of(pod) for pod in (0.5, 0.9, 0.95)}
    return found | {f"a90_95_{name.lower()}": bound(0.9) for name, bound in bounds.items()}


def _curve(
    sizes: Array,
    pod: Callable[[Array], Array],
    size_of: Callable[[float], float],
    bounds: dict[str, Bound],
    logarithmic: bool,
    hits: Array | None,
) -> Plot:
    name, bound = next(iter(bounds.items()))
    proved = [(size, level) for level in _LEVELS if (size := bound(float(level))) is not None]
    low, high = span(sizes)
    shown = [(size, level) for size, level in proved if low <= size <= 1.5 * high]
    reach = span(sizes, size_of(0.9), *[size for size, _ in shown])
    x = np.geomspace(*reach, 120) if logarithmic else np.linspace(*reach, 120)
    plot = Plot(
        Title(zh=f"检出概率与 95 % 下限（{name}）", en=f"POD and its 95 % lower bound ({name})"),
        _SIZE,
        Title(zh="检出概率", en="POD"),
        x_range=reach,
        y_range=(0.0, 1.0),
        logarithmic=logarithmic,
    )
    plot.level(0.9, "0.9", "pale")
    plot.line(x, pod(x))
    if len(shown) > 1:
        plot.line(np.array([size for size, _ in shown]), np.array([level for _, level in shown]), "bound")
    if hits is not None:
        plot.marks(sizes, np.where(hits > 0, 1.0, 0.0), 0, "pale")
    plot.upright(size_of(0.9), f"a90 {size_of(0.9):.3g}", "centre", left=True)
    limit = bound(0.9)
    if limit is not None and limit <= reach[1]:
        plot.upright(limit, f"a90/95 {limit:.3g}")
    return plot


def _signals(study: SignalResponse) -> Plot:
    logs = np.log(study.signals) if study.log_signal else study.signals
    threshold = float(np.log(study.threshold)) if study.log_signal else study.threshold
    x = np.geomspace(*span(study.sizes), 60) if study.log_size else np.linspace(*span(study.sizes), 60)
    y = study.b0 + study.b1 * (np.log(x) if study.log_size else x)
    name = "ln â" if study.log_signal else "â"
    plot = Plot(
        Title(zh="信号与尺寸", en="Signal over size"),
        _SIZE,
        Title(zh=name, en=name),
        x_range=span(x),
        y_range=span(logs, y, threshold),
        logarithmic=study.log_size,
    )
    plot.level(threshold, "threshold")
    plot.line(x, y)
    hidden = np.zeros(len(logs), dtype=bool)
    if study.low is not None:
        hidden |= study.signals <= study.low
    if study.high is not None:
        hidden |= study.signals >= study.high
    plot.marks(study.sizes[~hidden], logs[~hidden])
    plot.marks(study.sizes[hidden], logs[hidden], 3, "bad")
    return plot
