"""Cars as they stand in results.json, each a line: what was told to the line stands there word for word."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from linewalker.factory.records.archive import jobs_of
from linewalker.factory.records.remarks import NOTHING, remarks_of
from linewalker.factory.records.results import NOT_INSPECTED, CarResult
from linewalker.factory.records.tables import COMMITTED, jobs, judgements
from linewalker.inspection.verdict import Reason, Verdict

CARS, CHARACTERISTICS = "cars", "characteristics"
Tally = Counter[tuple[str, str]]
"""How many came out how: (`CARS` or `CHARACTERISTICS`, the verdict's name or NOT_INSPECTED) -> number."""
_AT_ONCE = 20
"""Cars: with some hundred characteristics each, so many take some megabytes."""


@dataclass(frozen=True, kw_only=True)
class CarLine:
    """One car.

    Attributes:
        vin, sequence: which.
        text: its document, JSON without a line break.
        tally: what it adds to the summary.
        settled: it is judged, and will not change.
        characteristics: how many it has.
    """

    vin: str
    sequence: int
    text: str
    tally: Tally
    settled: bool

    @property
    def characteristics(self) -> int:
        return sum(number for (what, _), number in self.tally.items() if what == CHARACTERISTICS)


def json_text(document: object) -> str:
    """On one line; NaN and infinity, which JSON lacks, are our bug."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def car_lines(connection: Connection, attempts: Sequence[tuple[Row[Any], ...]]) -> Iterator[CarLine]:
    """Lines of jobs, in their order, some at a time: a shift of any length takes little memory.

    Args:
        attempts: of every job, as `attempts_of` gives them.
    """
    for i in range(0, len(attempts), _AT_ONCE):
        some = attempts[i : i + _AT_ONCE]
        done = {row.id: row for of_job in some for row in of_job if row.state == COMMITTED}
        told = _told(connection, list(done))
        open_jobs = [of_job for of_job in some if not any(row.id in told for row in of_job)]
        others = jobs_of(connection, open_jobs)
        for of_job in some:
            committed = next((row for row in of_job if row.id in told), None)
            yield _open_line(next(others).result) if committed is None else told[committed.id]


def _open_line(car: CarResult) -> CarLine:
    order, tally = car.order, Counter([(CARS, car.verdict.name if car.inspected else NOT_INSPECTED)])
    tally.update((CHARACTERISTICS, e.verdict.name if e.inspected else NOT_INSPECTED) for e in car.characteristics)
    return CarLine(vin=order.vin, sequence=order.sequence, text=json_text(car.document()), tally=tally, settled=False)


def _told(connection: Connection, ids: Sequence[int]) -> dict[int, CarLine]:
    """Lines of committed jobs, by the id of the job."""
    counted = select(judgements.c.job_id, judgements.c.verdict, judgements.c.reason, func.count())
    counted = counted.where(judgements.c.job_id.in_(ids)).group_by(*counted.selected_columns[:3])
    tallies: dict[int, Tally] = {job_id: Counter() for job_id in ids}
    for job_id, verdict, reason, number in connection.execute(counted):
        missed = reason == Reason.NOT_INSPECTED.value
        tallies[job_id][CHARACTERISTICS, NOT_INSPECTED if missed else Verdict(verdict).name] += number
    lines = {}
    wanted = select(jobs.c.id, jobs.c.vin, jobs.c.sequence, jobs.c.verdict, jobs.c.told_document)
    remarks = remarks_of(connection, ids)
    for row in connection.execute(wanted.where(jobs.c.id.in_(ids))):
        remark, text = remarks.get(row.id, NOTHING), row.told_document
        tallies[row.id][CARS, NOT_INSPECTED if remark.bypassed else Verdict(row.verdict).name] += 1
        if remark.override is not None:  # said after the station had told its own
            text = json_text({**json.loads(text), "override": remark.override.document()})
        lines[row.id] = CarLine(vin=row.vin, sequence=row.sequence, text=text, tally=tallies[row.id], settled=True)
    return lines
