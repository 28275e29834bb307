"""Records as rows of the tables, and back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from linewalker.factory.orders.build_orders import BuildOrder, parse_options
from linewalker.factory.records.clock import ClockReading, ClockSource
from linewalker.factory.records.descriptions import number_in, word_in
from linewalker.factory.records.remarks import NOTHING, remarks_of
from linewalker.factory.records.results import CarResult, CharacteristicResult, Event, EventKind, RunHeader
from linewalker.factory.records.tables import EXPECTED, NEVER_CAME, characteristics, clock_readings, events
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Reason, Verdict

_AT_ONCE = 200
"""Jobs that are asked for together."""


def header_of(row: Row[Any]) -> RunHeader:
    """The header of a row of the table shifts."""
    return RunHeader(**{name: getattr(row, name) for name in RunHeader.__dataclass_fields__})


def judgement_rows(job_id: int, car: CarResult, planned: Sequence[int]) -> list[tuple[Any, ...]]:
    """The rows of what was judged of a car, a value for every column.

    Args:
        planned: ids of the descriptions of its characteristics, one each.
    """
    return [
        (
            job_id, position, description, number_in(entry.value), word_in(entry.value), entry.expanded_uncertainty,
            entry.verdict.value, entry.reason.value, entry.detail, entry.time_s, entry.evidence,
        )
        for position, (entry, description) in enumerate(zip(car.characteristics, planned, strict=True))
    ]  # fmt: skip


def event_rows(job_id: int, car: CarResult) -> list[dict[str, Any]]:
    """The rows of a car's events."""
    return [
        {"job_id": job_id, "time_s": event.time_s, "kind": event.kind.value, "text": event.text} for event in car.events
    ]


def clock_row(job_id: int, clock: ClockReading) -> dict[str, Any]:
    """The row of when a job was over."""
    return {"job_id": job_id, "at": clock.text, "source": clock.source.value, "error_s": clock.error_s}


def clocks_of(connection: Connection, rows: Sequence[Row[Any]]) -> dict[int, ClockReading]:
    """When jobs were over, by the id of the job; records of earlier versions do not say."""
    if not connection.dialect.has_table(connection, clock_readings.name):
        return {}
    ids = [row.id for row in rows]
    return {
        found.job_id: ClockReading(
            at=datetime.datetime.fromisoformat(found.at), source=ClockSource(found.source), error_s=found.error_s
        )
        for i in range(0, len(ids), _AT_ONCE)
        for found in connection.execute(
            select(clock_readings).where(clock_readings.c.job_id.in_(ids[i : i + _AT_ONCE]))
        )
    }


def _entry(row: Row[Any]) -> CharacteristicResult:
    (
        _, name, _, name_zh, name_en, method, feature, severity, unit, nominal, nominal_variant, lower, upper, value,
        variant_seen, uncertainty, verdict, reason, detail, time_s, evidence,
    ) = tuple(row)  # fmt: skip  # as the table has them; by name it takes twice as long
    return CharacteristicResult(
        id=name,
        title=Title(zh=name_zh, en=name_en),
        method=method,
        feature=feature,
        severity=severity,
        unit=unit,
        nominal=nominal if nominal_variant is None else nominal_variant,
        lower=lower,
        upper=upper,
        value=value if variant_seen is None else variant_seen,
        expanded_uncertainty=uncertainty,
        verdict=Verdict(verdict),
        reason=Reason(reason),
        detail=detail,
        time_s=time_s,
        evidence=evidence,
    )


def cars_of(connection: Connection, rows: Sequence[Row[Any]]) -> list[CarResult]:
    """The cars of rows of the table jobs, with their characteristics and events, by few questions to the database."""
    return [car for i in range(0, len(rows), _AT_ONCE) for car in _some_cars(connection, rows[i : i + _AT_ONCE])]


def _some_cars(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[CarResult]:
    ids = [row.id for row in rows]
    judged: dict[int, list[CharacteristicResult]] = {i: [] for i in ids}
    happened: dict[int, list[Event]] = {i: [] for i in ids}
    wanted = select(characteristics).where(characteristics.c.job_id.in_(ids)).order_by(characteristics.c.position)
    for row in connection.execute(wanted):
        judged[row[0]].append(_entry(row))
    for row in connection.execute(select(events).where(events.c.job_id.in_(ids)).order_by(events.c.id)):
        happened[row.job_id].append(Event(time_s=row.time_s, kind=EventKind(row.kind), text=row.text))
    remarks = remarks_of(connection, ids)
    for row in rows:
        remark = remarks.get(row.id, NOTHING)
        yield CarResult(
            order=BuildOrder(sequence=row.sequence, vin=row.vin, model=row.model, options=parse_options(row.options)),
            characteristics=tuple(judged[row.id]),
            events=tuple(happened[row.id]),
            began_s=row.began_s,
            finished_s=row.began_s if row.finished_s is None else row.finished_s,  # records before 0.2 may lack these
            takt_limit_s=row.takt_limit_s or 0.0,
            walking_s=row.walking_s or 0.0,
            inspecting_s=row.inspecting_s or 0.0,
            interrupted=None if row.interrupted_en is None else Title(zh=row.interrupted_zh, en=row.interrupted_en),
            inspected=row.state not in (EXPECTED, NEVER_CAME) and not remark.bypassed,
            **vars(remark),
        )
