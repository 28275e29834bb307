"""What stands beside a job: what it was for, what it refers to, and what a person said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from linewalker.factory.handshake.job import Override
from linewalker.factory.handshake.signals import Purpose
from linewalker.factory.records.clock import read_clock
from linewalker.factory.records.results import CarResult, OverrideRecord
from linewalker.factory.records.tables import overrides, purposes
from linewalker.inspection.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class Remark:
    """See the fields of `CarResult` of the same names."""

    purpose: Purpose = Purpose.INSPECTION
    refers_to: int = 0
    bypassed: bool = False
    override: OverrideRecord | None = None


NOTHING = Remark()


def remarks_of(connection: Connection, ids: Sequence[int]) -> dict[int, Remark]:
    """By the id of the job, where there is anything to remark. Files of former versions have nothing."""
    if not connection.dialect.has_table(connection, purposes.name):
        return {}
    found: dict[int, dict[str, Any]] = {}
    for row in connection.execute(select(purposes).where(purposes.c.job_id.in_(ids))):
        about = {"purpose": Purpose(row.purpose), "refers_to": row.refers_to, "bypassed": row.bypassed}
        found[row.job_id] = about
    for row in connection.execute(select(overrides).where(overrides.c.job_id.in_(ids)).order_by(overrides.c.id)):
        said = OverrideRecord(verdict=Verdict(row.verdict), name=row.name, reason=row.reason, at=row.at)
        found.setdefault(row.job_id, {})["override"] = said
    return {job_id: Remark(**about) for job_id, about in found.items()}


def write_purpose(connection: Connection, job_id: int, car: CarResult) -> None:
    """What a job is for, where it is no plain inspection."""
    connection.execute(delete(purposes).where(purposes.c.job_id == job_id))
    about = {"purpose": int(car.purpose), "refers_to": car.refers_to, "bypassed": car.bypassed}
    if any(about.values()):
        connection.execute(insert(purposes).values(job_id=job_id, **about))


def write_override(connection: Connection, job_id: int, override: Override) -> None:
    """A person's verdict on a judged job."""
    at = read_clock().text
    said = {"verdict": int(override.result), "name": override.name, "reason": override.reason, "at": at}
    connection.execute(insert(overrides).values(job_id=job_id, **said))
