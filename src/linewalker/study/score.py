"""How good was a simulated run? Its results against the true values, per method and per characteristic."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from linewalker.errors import InputError
from linewalker.factory.records.results import DOCUMENT_FORMAT
from linewalker.geometry import Array
from linewalker.station.run_folder import RESULTS_FILE, TRUTH_FILE
from linewalker.world.truth import TRUTH_FORMAT

GOOD_ERROR_MM = 0.10
_MM = "mm"
OK, NOK, UNDECIDED = "OK", "NOK", "NOT_DECIDABLE"
NOT_INSPECTED = "not_inspected"


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One judged characteristic beside its truth.

    Attributes:
        vin, model, id, method: which.
        value, verdict, reason: as judged; reason is the sentence in English.
        unit: of a measured value.
        true_value, true_verdict: the truth.
    """

    vin: str
    model: str
    id: str
    method: str
    value: float | str | None
    verdict: str
    reason: str
    unit: str
    true_value: float | str
    true_verdict: str

    @property
    def error(self) -> float | None:
        """Measured minus true, in ``unit``; None unless a decision was made on a measured value."""
        if self.verdict == UNDECIDED or not isinstance(self.value, float) or isinstance(self.true_value, str):
            return None
        return self.value - self.true_value

    @property
    def outcome(self) -> str:
        """``found``, ``passed``, ``miss``, ``false_alarm`` or ``undecided``."""
        if self.verdict == UNDECIDED:
            return "undecided"
        if self.verdict == NOK:
            return "found" if self.true_verdict == NOK else "false_alarm"
        return "miss" if self.true_verdict == NOK else "passed"


def score_run(folder: Path) -> dict[str, Any]:
    """Score a finished simulated run.

    Args:
        folder: holds ``results.json`` and ``truth.json``.

    Returns:
        a JSON-ready document; docs/world.md explains its keys.

    Raises:
        InputError: a file is missing or of another format, or the two speak of different characteristics.
    """
    results = _read(folder / RESULTS_FILE, DOCUMENT_FORMAT, "is this the folder of a run?")
    truth = _read(
        folder / TRUTH_FILE, TRUTH_FORMAT, "only runs of the simulator have one; a real car has no true values"
    )
    pairs = match(results, truth, folder / TRUTH_FILE)
    return {
        "cars": len(results["cars"]),
        "not_inspected": sum(car.get("state") == NOT_INSPECTED for car in results["cars"]),
        "falls": _events(results, "fall"),
        "contacts": _events(results, "contact"),
        "longest_takt_s": max((car["takt_s"] for car in results["cars"]), default=0.0),
        "overall": statistics(pairs),
        "methods": _grouped(pairs, lambda pair: pair.method),
        "characteristics": _grouped(pairs, lambda pair: f"{pair.model}/{pair.id}"),
        "findings": [_finding(pair) for pair in pairs if pair.outcome in ("miss", "false_alarm", "undecided")],
    }


def match(results: dict[str, Any], truth: dict[str, Any], file: Path) -> list[Pair]:
    """Every characteristic of the results beside its truth, of cars that came."""
    answers = {(car["vin"], answer["id"]): answer for car in truth["cars"] for answer in car["characteristics"]}
    pairs = []
    for car in results["cars"]:
        if car.get("state") == NOT_INSPECTED:
            continue
        for entry in car["characteristics"]:
            answer = answers.get((car["vin"], entry["id"]))
            if answer is None:
                raise InputError(f"no truth about {entry['id']} of {car['vin']}; the files are of two runs", file=file)
            pairs.append(
                Pair(
                    vin=car["vin"],
                    model=car["model"],
                    id=entry["id"],
                    method=entry["method"],
                    value=entry["value"],
                    verdict=entry["verdict"],
                    reason=entry["reason"]["en"],
                    unit=entry.get("unit", _MM),
                    true_value=answer["value"],
                    true_verdict=answer["verdict"],
                )
            )
    return pairs


def statistics(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Counts of what was decided how, and for measured values the errors (measured minus true), by unit."""
    outcomes = [pair.outcome for pair in pairs]
    counts: dict[str, Any] = {
        "count": len(pairs),
        "true_nok": sum(pair.true_verdict == NOK for pair in pairs),
        "found": outcomes.count("found"),
        "misses": outcomes.count("miss"),
        "false_alarms": outcomes.count("false_alarm"),
        "undecided": outcomes.count("undecided"),
    }
    errors: dict[str, list[float]] = {}
    for pair in pairs:
        if pair.error is not None:
            errors.setdefault(pair.unit, []).append(pair.error)
    if errors:
        counts["measured"] = sum(map(len, errors.values()))
    for unit, of_unit in errors.items():
        counts |= _spread(np.array(of_unit), unit)
    return counts


def _spread(errors: Array, unit: str) -> dict[str, Any]:
    """Where errors in a unit lie."""
    size = np.abs(errors)
    spread = {
        f"bias_{unit}": round(float(errors.mean()), 4),
        f"std_{unit}": round(float(errors.std(ddof=1)), 4) if len(errors) > 1 else None,
        f"p95_{unit}": round(float(np.quantile(size, 0.95)), 4),
        f"worst_{unit}": round(float(size.max()), 4),
    }
    if unit == _MM:
        spread["share_within_0.10_mm"] = round(float((size <= GOOD_ERROR_MM).mean()), 4)
    return spread


def _grouped(pairs: Sequence[Pair], key: Callable[[Pair], str]) -> dict[str, Any]:
    names = dict.fromkeys(key(pair) for pair in pairs)
    return {name: statistics([pair for pair in pairs if key(pair) == name]) for name in names}


def _finding(pair: Pair) -> dict[str, Any]:
    return {
        "outcome": pair.outcome,
        "vin": pair.vin,
        "id": pair.id,
        "method": pair.method,
        "value": pair.value,
        "true_value": pair.true_value,
        "verdict": pair.verdict,
        "true_verdict": pair.true_verdict,
        "reason": pair.reason,
    }


def _events(results: dict[str, Any], kind: str) -> int:
    events: Iterable[dict[str, Any]] = (event for car in results["cars"] for event in car["events"])
    return sum(event["kind"] == kind for event in events)


def _read(path: Path, expected: str, hint: str) -> dict[str, Any]:
    try:
        document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"there is no such file; {hint}", file=path) from None
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON: {error.msg}", file=path, line=error.lineno) from None
    found = document.get("format") if isinstance(document, dict) else None
    if found != expected:
        raise InputError(f"format '{found}' is not the '{expected}' expected here", file=path, key="format")
    return document
