"""Records as rows of the tables, and back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from linewalker.factory.orders.build_orders import BuildOrder, parse_options
from linewalker.factory.records.results import CarResult, CharacteristicResult, Event, EventKind, RunHeader
from linewalker.factory.records.tables import EXPECTED, NEVER_CAME, characteristics, events
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Verdict


def header_of(row: Row[Any]) -> RunHeader:
    """The header of a row of the table shifts."""
    return RunHeader(**{name: getattr(row, name) for name in RunHeader.__dataclass_fields__})


def characteristic_rows(job_id: int, car: CarResult) -> list[dict[str, Any]]:
    """The rows of a car's characteristics."""
    return [_row(job_id, position, entry) for position, entry in enumerate(car.characteristics)]


def event_rows(job_id: int, car: CarResult) -> list[dict[str, Any]]:
    """The rows of a car's events."""
    return [
        {"job_id": job_id, "time_s": event.time_s, "kind": event.kind.value, "text": event.text} for event in car.events
    ]


def _row(job_id: int, position: int, entry: CharacteristicResult) -> dict[str, Any]:
    return {
        "job_id": job_id,
        "position": position,
        "id": entry.id,
        "name_zh": entry.title.zh,
        "name_en": entry.title.en,
        "method": entry.method,
        "feature": entry.feature,
        "severity": entry.severity,
        "unit": entry.unit,
        "nominal": _number(entry.nominal),
        "nominal_variant": _word(entry.nominal),
        "lower": entry.lower,
        "upper": entry.upper,
        "value": _number(entry.value),
        "variant_seen": _word(entry.value),
        "expanded_uncertainty": entry.expanded_uncertainty,
        "verdict": entry.verdict.value,
        "reason": entry.reason.value,
        "detail": entry.detail,
        "time_s": entry.time_s,
        "evidence": entry.evidence,
    }


def _entry(row: Row[Any]) -> CharacteristicResult:
    same = ("id", "method", "feature", "severity", "unit", "lower", "upper", "expanded_uncertainty", "detail", "time_s")
    return CharacteristicResult(
        **{name: getattr(row, name) for name in same},
        title=Title(zh=row.name_zh, en=row.name_en),
        nominal=row.nominal if row.nominal_variant is None else row.nominal_variant,
        value=row.value if row.variant_seen is None else row.variant_seen,
        verdict=Verdict(row.verdict),
        reason=Reason(row.reason),
        evidence=row.evidence,
    )


def car_of(connection: Connection, row: Row[Any]) -> CarResult:
    """The car of a row of the table jobs, with its characteristics and events."""
    judged = select(characteristics).where(characteristics.c.job_id == row.id).order_by(characteristics.c.position)
    happened = select(events).where(events.c.job_id == row.id).order_by(events.c.id)
    return CarResult(
        order=BuildOrder(sequence=row.sequence, vin=row.vin, model=row.model, options=parse_options(row.options)),
        characteristics=tuple(_entry(entry) for entry in connection.execute(judged)),
        events=tuple(
            Event(time_s=entry.time_s, kind=EventKind(entry.kind), text=entry.text)
            for entry in connection.execute(happened)
        ),
        began_s=row.began_s,
        finished_s=row.began_s if row.finished_s is None else row.finished_s,  # records before 0.2 may lack these
        takt_limit_s=row.takt_limit_s or 0.0,
        walking_s=row.walking_s or 0.0,
        inspecting_s=row.inspecting_s or 0.0,
        interrupted=None if row.interrupted_en is None else Title(zh=row.interrupted_zh, en=row.interrupted_en),
        inspected=row.state not in (EXPECTED, NEVER_CAME),
    )


def _number(value: float | str | None) -> float | None:
    return None if isinstance(value, str) else value


def _word(value: float | str | None) -> str | None:
    return value if isinstance(value, str) else None
