"""The sheet of a robot's health: what is out of the way, the numbers of every joint, and how they went."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from linewalker.console.capability.plot import Plot, span
from linewalker.console.capability.sheet import Check, Grid, Sheet, figure
from linewalker.geometry import Array
from linewalker.inspection.capability.grade import Grade
from linewalker.inspection.title import Title
from linewalker.station.health.judgement import HOT_C, LIMIT_C, LOST_SHARE, UNITS, Part, Trouble
from linewalker.station.health.measures import RunMeasures

GRADES = {
    Grade.GOOD: Title(zh="正常", en="as ever"),
    Grade.MARGINAL: Title(zh="注意", en="look at it"),
    Grade.POOR: Title(zh="处理", en="see to it"),
}
NAMES = {
    Part.FRICTION: Title(zh="摩擦", en="friction"),
    Part.BIAS: Title(zh="力矩偏差", en="torque bias"),
    Part.TEMPERATURE: Title(zh="绕组温度", en="winding"),
    Part.TRACKING: Title(zh="跟踪误差", en="tracking"),
    Part.PLAY: Title(zh="间隙", en="play"),
    Part.ENCODER: Title(zh="编码器跳变", en="encoder jump"),
    Part.LOSSES: Title(zh="读数丢失", en="lost readings"),
}
COLUMNS = (
    Title(zh="异常", en="out of the way"),
    Title(zh="现在", en="now"),
    Title(zh="以前、界限、时刻", en="before, limit, when"),
    Title(zh="判定", en="grade"),
)
_SERIOUS = (Part.ENCODER,)
_PLOTS_AT_MOST, _PLOTS_IF_NOTHING = 12, 6
_PLOTTED: dict[Part, tuple[Callable[[RunMeasures], Array], str]] = {
    Part.FRICTION: (lambda run: run.friction_nm, "N m"),
    Part.BIAS: (lambda run: run.bias_nm, "N m"),
    Part.TEMPERATURE: (lambda run: run.winding_c, "degC"),
    Part.TRACKING: (lambda run: 1e3 * run.tracking_rad, "mrad"),
    Part.PLAY: (lambda run: 1e3 * run.play_rad, "mrad"),
}


def health_sheet(robot: str, runs: Sequence[RunMeasures], found: Sequence[Sequence[Trouble]]) -> Sheet:
    """Of the recordings of one robot, the oldest first, and what was found in each."""
    newest, last = runs[-1], found[-1]
    earlier = [trouble for troubles in found[:-1] for trouble in troubles]
    return Sheet(
        name="health",
        group="",
        title=Title(zh="关节健康", en="Health of joints"),
        source="linewalker health",
        facts=(
            (Title(zh="机器人", en="robot"), robot),
            (Title(zh="录制", en="recordings"), f"{len(runs)}, {newest.name}"),
            (Title(zh="最新", en="newest"), f"{newest.opened_at[:19].replace('T', ' ')}, {newest.seconds:.0f} s"),
        ),
        checks=tuple(_check(trouble) for trouble in last) or (_nothing(newest),),
        grids=(_joints(newest),),
        plots=tuple(_plots(runs, last)),
        notes=tuple(_notes(runs, earlier)),
        results=_results(runs, found),
        grades=GRADES,
        columns=COLUMNS,
    )


def _check(trouble: Trouble) -> Check:
    part, unit = trouble.part, UNITS[trouble.part]
    joint = trouble.joint.removesuffix("_joint")
    name = Title(zh=f"{joint} {NAMES[part].zh}".strip(), en=f"{joint} {NAMES[part].en}".strip())
    value, limit, grade = f"{trouble.value:.3g} {unit}", "", Grade.POOR if part in _SERIOUS else Grade.MARGINAL
    if np.isfinite(trouble.before):
        sign = "+" if part is Part.TEMPERATURE else ""
        value, limit = f"{sign}{trouble.value:.3g} {unit}", f"{sign}{trouble.before:.3g} {unit}"
    elif part is Part.TEMPERATURE:
        value, limit = f"{trouble.value:.0f} degC", f"{LIMIT_C:.0f} degC"
        if np.isfinite(trouble.limit_runs):
            limit += f", {trouble.limit_runs:.0f} runs"
        elif np.isfinite(trouble.limit_min):
            limit += f", {max(0.0, trouble.limit_min):.0f} min"
        grade = Grade.POOR if trouble.value >= HOT_C else Grade.MARGINAL
    elif part is Part.LOSSES:
        limit = f"{100.0 * LOST_SHARE:g} %"
    elif part is Part.ENCODER:
        value, limit = f"{trouble.value:+.3g} {unit}", f"{trouble.time_s:.2f} s"
    return Check(title=name, value=value, limit=limit, grade=grade)


def _nothing(run: RunMeasures) -> Check:
    told = Title(zh=f"{len(run.joints)} 个关节", en=f"{len(run.joints)} joints")
    return Check(title=told, value="–", limit="", grade=Grade.GOOD)


def _joints(run: RunMeasures) -> Grid:
    head = (
        Title(zh="关节", en="joint"),
        Title(zh="摩擦 N m", en="friction N m"),
        Title(zh="偏差 N m", en="bias N m"),
        Title(zh="绕组 °C", en="winding °C"),
        Title(zh="跟踪 mrad", en="tracking mrad"),
        Title(zh="间隙 mrad", en="play mrad"),
    )
    columns = (run.friction_nm, run.bias_nm, run.winding_c, 1e3 * run.tracking_rad, 1e3 * run.play_rad)
    digits = (3, 2, 0, 1, 1)
    rows = tuple(
        (
            name.removesuffix("_joint"),
            *(f"{c[j]:.{d}f}" if np.isfinite(c[j]) else "–" for c, d in zip(columns, digits)),
        )
        for j, name in enumerate(run.joints)
    )
    return Grid(title=Title(zh=f"最新一次：{run.name}", en=f"The newest: {run.name}"), head=head, rows=rows)


def _plots(runs: Sequence[RunMeasures], troubles: Sequence[Trouble]) -> list[Plot]:
    """How the values of the joints that are told of went; where none is, those that moved most."""
    wanted = list(dict.fromkeys((t.part, t.joint) for t in troubles if t.part in _PLOTTED))
    if not wanted:
        friction = np.array([run.friction_nm for run in runs])
        seen = [j for j in range(friction.shape[1]) if np.isfinite(friction[:, j]).any()]
        seen.sort(key=lambda j: -float(np.ptp(friction[:, j][np.isfinite(friction[:, j])])))
        wanted = [(Part.FRICTION, runs[-1].joints[j]) for j in seen[:_PLOTS_IF_NOTHING]]
    plots = []
    for part, joint in wanted[:_PLOTS_AT_MOST]:
        value, unit = _PLOTTED[part]
        at = runs[-1].joints.index(joint)
        values = np.array([value(run)[at] for run in runs])
        short, number = joint.removesuffix("_joint"), np.arange(1.0, len(runs) + 1.0)
        there = np.isfinite(values)
        plot = Plot(
            Title(zh=f"{short} {NAMES[part].zh}", en=f"{short} {NAMES[part].en}"),
            Title(zh="录制", en="recording"),
            Title(zh=unit, en=unit),
            x_range=(1.0, max(2.0, float(len(runs)))),
            y_range=span(values[there], 0.0),
        )
        plot.line(number[there], values[there])
        plot.marks(number[there], values[there])
        plots.append(plot)
    return plots


def _notes(runs: Sequence[RunMeasures], earlier: Sequence[Trouble]) -> list[Title]:
    notes = []
    if len(runs) <= 2:
        zh = "与自身过去比较需要至少三份录制；目前只看不需要过去的项目。"
        en = "A joint is compared with its own past from the third recording on; now only what needs none is told."
        notes.append(Title(zh=zh, en=en))
    still = [
        name.removesuffix("_joint") for name, value in zip(runs[-1].joints, runs[-1].friction_nm) if np.isnan(value)
    ]
    if still:
        notes.append(
            Title(
                zh=f"动得太少，看不出摩擦：{'、'.join(still)}。linewalker exercise 让每个关节都动。",
                en=f"Moved too little to tell friction: {', '.join(still)}. linewalker exercise moves every joint.",
            )
        )
    for trouble in earlier:
        joint = trouble.joint.removesuffix("_joint")
        name, value = NAMES[trouble.part], f"{figure(trouble.value, 3)} {UNITS[trouble.part]}"
        zh, en = f"{trouble.run}：{joint} {name.zh} {value}", f"{trouble.run}: {joint} {name.en} {value}"
        notes.append(Title(zh=zh, en=en))
    return notes


def _results(runs: Sequence[RunMeasures], found: Sequence[Sequence[Trouble]]) -> dict[str, Any]:
    def number(value: float) -> float | None:
        return float(value) if np.isfinite(value) else None

    def of_joint(run: RunMeasures, j: int) -> dict[str, Any]:
        return {
            "friction_nm": number(run.friction_nm[j]),
            "bias_nm": number(run.bias_nm[j]),
            "winding_c": number(run.winding_c[j]),
            "tracking_rad": number(run.tracking_rad[j]),
            "play_rad": number(run.play_rad[j]),
        }

    return {
        "runs": [
            {
                "name": run.name,
                "opened_at": run.opened_at,
                "lost_percent": 100.0 * run.lost,
                "found": [
                    {
                        "part": trouble.part.value,
                        "joint": trouble.joint,
                        "value": trouble.value,
                        "before": number(trouble.before),
                        "unit": UNITS[trouble.part],
                        "time_s": number(trouble.time_s),
                        "limit_min": number(trouble.limit_min),
                        "limit_runs": number(trouble.limit_runs),
                    }
                    for trouble in troubles
                ],
                "joints": {name: of_joint(run, j) for j, name in enumerate(run.joints)},
            }
            for run, troubles in zip(runs, found)
        ]
    }
