"""What became of characteristics over all runs: charts, capability, and what goes wrong most."""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from linewalker.console.web.asking import BadRequest, Json, number
from linewalker.console.web.history_index import (
    REASONS,
    Columns,
    HistoryIndex,
    Key,
    StillReading,
    seconds_of,
)
from linewalker.console.web.library import UnknownRun
from linewalker.factory.quality.capability import Capability, capability_of
from linewalker.factory.quality.control_chart import FEWEST, ControlChart, control_chart
from linewalker.inspection.verdict import Reason, Verdict

_MOST_POINTS = 2000
_DAY_S = 86400.0
_MOST_REASONS = 12
_MOST_ANSWERS = 64
_DIGITS = 5
_PATIENCE_S = 0.4
_HEADINGS = "at,run,sequence,vin,model,characteristic,value,unit,U_k2,lower,upper,verdict,reason"


def history(request: Request) -> Response:
    """Every characteristic in short, and what was not OK, by how often; ``from``, ``to`` (dates), ``model``, ``side``.

    ``reasons``: why something was NOK or not decidable. ``faults``: stops, falls, faults and touches, by their cause;
    numbers in it are left out, so that the same cause is one.
    """
    columns, span = _columns(request), _span(request)
    asked = (*span, *(request.query_params.get(name, "") for name in ("model", "side")))
    if (known := columns.answers.get(asked)) is None:
        known = columns.answers[asked] = _history(request, columns, span)
        if len(columns.answers) > _MOST_ANSWERS:
            columns.answers.pop(next(iter(columns.answers)), None)
    return Json(known)


def _history(request: Request, columns: Columns, span: tuple[float, float]) -> dict[str, Any]:
    chosen = [key for key in columns.keys if _fits(request, columns, key)]
    rows = {key: _within(columns, columns.of_key(key), span) for key in chosen}
    every = np.concatenate([*rows.values(), np.zeros(0, np.int64)])
    return {
        "models": sorted({model for model, _ in columns.keys}),
        "cars": int(np.count_nonzero(np.bincount(columns.job[every]))),
        "characteristics": [_in_short(columns, key, found) for key, found in rows.items() if len(found)],
        "reasons": _by_reason(columns, every),
        "faults": _by_cause(columns, span, request.query_params.get("model", "")),
    }


def series(request: Request) -> Response:
    """One characteristic of one model (``model``, ``id``) over time, with its chart and its capability.

    At most the newest 2000 points are told, or the newest ``most``; statistics are of all of them.
    """
    columns, key = _columns(request), _key(request)
    rows = _measured(columns, _within(columns, columns.of_key(key), _span(request)))
    described = columns.described[key]
    values, limits = columns.value[rows], _limits(columns, rows)
    told = min(_MOST_POINTS, max(1, round(number(request, "most", _MOST_POINTS))))
    skipped = max(0, len(rows) - told)
    points = [_point(columns, row) for row in rows[skipped:].tolist()]
    chart = control_chart(values) if len(values) >= FEWEST else None
    found = capability_of(chart, *limits) if chart is not None and limits is not None else None
    return Json(
        {
            "model": key[0],
            "id": key[1],
            "name": {"zh": described.title.zh, "en": described.title.en},
            "unit": described.unit,
            "nominal": described.nominal,
            "limits": limits,
            "n": len(rows),
            "skipped": skipped,
            "points": points,
            "chart": None if chart is None else _chart_document(chart, skipped),
            "capability": None if found is None else _capability_document(found),
        }
    )


def table(request: Request) -> Response:
    """As `series`, every value, as CSV."""
    columns, key = _columns(request), _key(request)
    rows = _within(columns, columns.of_key(key), _span(request))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADINGS.split(","))
    unit = columns.described[key].unit
    for row in rows.tolist():
        run, sequence, vin = columns.cars[columns.job[row]]
        numbers = [_or_empty(of[row]) for of in (columns.value, columns.uncertainty, columns.lower, columns.upper)]
        cells = [_utc(columns.at_s[row]), run, sequence, vin, *key, numbers[0], unit, *numbers[1:]]
        writer.writerow([_plain(cell) for cell in (*cells, *_words(columns, row))])
    name = "".join(letter if letter.isalnum() else "-" for letter in "-".join(key)).encode("ascii", "replace").decode()
    headers = {"content-disposition": f'attachment; filename="{name.replace("?", "-")}.csv"'}
    return Response("﻿" + text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _columns(request: Request) -> Columns:
    index: HistoryIndex = request.app.state.history
    return index.columns(_PATIENCE_S)


def _key(request: Request) -> Key:
    key = request.query_params.get("model", ""), request.query_params.get("id", "")
    if key not in _columns(request).keys:
        raise UnknownRun(f"no characteristic {key[1]!r} of a model {key[0]!r} was ever judged")
    return key


def _span(request: Request) -> tuple[float, float]:
    """From the beginning of a day to the end of one, UTC."""
    return _day(request, "from", -math.inf), _day(request, "to", math.inf) + _DAY_S


def _day(request: Request, name: str, default: float) -> float:
    text = request.query_params.get(name, "")
    try:
        day = datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise BadRequest(f"{name} is {text!r}; expected a date such as 2026-01-31") from None
    return default if day is None else datetime.datetime.combine(day, datetime.time(), datetime.UTC).timestamp()


def side_of(feature: str) -> str:
    """Which side of the car a seam or part is on, by its name."""
    words = feature.replace("/", "_").split("_")
    return next((side for side in ("left", "right") if side in words), "middle")


def _fits(request: Request, columns: Columns, key: Key) -> bool:
    model, side = request.query_params.get("model", ""), request.query_params.get("side", "")
    return (not model or key[0] == model) and (not side or side_of(columns.described[key].feature) == side)


def _within(columns: Columns, rows: NDArray[np.int64], span: tuple[float, float]) -> NDArray[np.int64]:
    at_s = columns.at_s[rows]
    return rows[(at_s >= span[0]) & (at_s < span[1])]


def _measured(columns: Columns, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    return rows[np.isfinite(columns.value[rows])]


def _limits(columns: Columns, rows: NDArray[np.int64]) -> tuple[float, float] | None:
    """Those the newest value was judged by."""
    if not len(rows) or not np.isfinite([columns.lower[rows[-1]], columns.upper[rows[-1]]]).all():
        return None
    return float(columns.lower[rows[-1]]), float(columns.upper[rows[-1]])


def _in_short(columns: Columns, key: Key, rows: NDArray[np.int64]) -> dict[str, Any]:
    described, measured, verdicts = columns.described[key], _measured(columns, rows), columns.verdict[rows]
    limits, found, broken = _limits(columns, measured), None, {}
    if limits is not None and len(measured) >= FEWEST:
        chart = control_chart(columns.value[measured])
        found, broken = capability_of(chart, *limits), chart.broken
    return {
        "model": key[0],
        "id": key[1],
        "name": {"zh": described.title.zh, "en": described.title.en},
        "side": side_of(described.feature),
        "class": described.severity,
        "unit": described.unit,
        "n": len(rows),
        "nok": int((verdicts == Verdict.NOK.value).sum()),
        "undecided": int((verdicts == Verdict.NOT_DECIDABLE.value).sum()),
        "capability": None if found is None else _capability_document(found),
        "broken": sorted(broken),
    }


def _by_reason(columns: Columns, rows: NDArray[np.int64]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for verdict in (Verdict.NOK, Verdict.NOT_DECIDABLE):
        counted = np.bincount(columns.reason[rows[columns.verdict[rows] == verdict.value]], minlength=len(REASONS))
        for code in np.flatnonzero(counted):
            title = Reason(REASONS[code]).title
            named = {"verdict": verdict.name, "code": REASONS[code], "name": {"zh": title.zh, "en": title.en}}
            found.append({**named, "count": int(counted[code])})
    return sorted(found, key=lambda one: -one["count"])[:_MOST_REASONS]


def _by_cause(columns: Columns, span: tuple[float, float], model: str) -> list[dict[str, Any]]:
    counted = Counter(
        (one.kind, _cause(one.text))
        for one in columns.happened
        if (not model or one.model == model) and span[0] <= seconds_of(one.opened_at) < span[1]
    )
    return [
        {"kind": kind, "cause": cause, "count": count} for (kind, cause), count in counted.most_common(_MOST_REASONS)
    ]


def _cause(text: str) -> str:
    """Of what a stop says, its cause alone."""
    told = re.fullmatch(r"the robot stopped itself at .*? of robot time: (.*); it held .*", text)
    return re.sub(r"\d+(\.\d+)?", "…", told[1] if told is not None else text)


def _point(columns: Columns, row: int) -> list[Any]:
    """Time, run, sequence, VIN, value, U, verdict."""
    run, sequence, vin = columns.cars[columns.job[row]]
    numbers = _rounded(columns.value[row]), _rounded(columns.uncertainty[row])
    return [round(float(columns.at_s[row]), 1), run, sequence, vin, *numbers, Verdict(int(columns.verdict[row])).name]


def _chart_document(chart: ControlChart, skipped: int) -> dict[str, Any]:
    """The chart; points are counted from the first that is told."""
    return {
        "mean": _rounded(chart.mean),
        "limits": [_rounded(limit) for limit in chart.limits],
        "mean_range": _rounded(chart.mean_range),
        "range_limit": _rounded(chart.range_limit),
        "broken": {str(rule): [i - skipped for i in points if i >= skipped] for rule, points in chart.broken.items()},
    }


def _capability_document(found: Capability) -> dict[str, Any]:
    indexes = {
        name: None if index is None else [_rounded(index.value), _rounded(index.low), _rounded(index.high)]
        for name in ("cp", "cpk", "pp", "ppk")
        for index in (getattr(found, name),)
    }
    numbers = {name: _rounded(getattr(found, name)) for name in ("mean", "sigma_within", "sigma_overall")}
    return {"n": found.n, **numbers, **indexes}


def _words(columns: Columns, row: int) -> Iterable[str]:
    return Verdict(int(columns.verdict[row])).name, REASONS[columns.reason[row]]


def _plain(cell: Any) -> Any:
    """A text that a spreadsheet would reckon with is shown as it is."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _rounded(value: Any) -> float | None:
    return round(float(value), _DIGITS) if np.isfinite(value) else None


def _or_empty(value: Any) -> float | str:
    return round(float(value), _DIGITS) if np.isfinite(value) else ""


def _utc(at_s: float) -> str:
    return datetime.datetime.fromtimestamp(float(at_s), datetime.UTC).isoformat(timespec="seconds")


ROUTES = [Route("/api/history", history), Route("/api/series", series), Route("/api/series.csv", table)]


def _later(_request: Request, error: Exception) -> Response:
    assert isinstance(error, StillReading)
    return Json({"error": str(error), "cars": error.cars}, status_code=503, headers={"retry-after": "1"})


REFUSALS: Mapping[Any, Callable[[Request, Exception], Response]] = {StillReading: _later}
"""How errors are told."""
