"""Records of former versions become such as this version writes, in the transaction that opens them."""

from __future__ import annotations

from sqlalchemy import Connection, column, func, insert, select, table, text

from linewalker.factory.records.descriptions import CONTENT, digest_of
from linewalker.factory.records.tables import (
    COMMITTED,
    TABLES,
    characteristics,
    commits,
    descriptions,
    jobs,
    judgements,
    metadata,
    shifts,
)

_FORMER = table("characteristics_of_format_1", *(column(found.name) for found in characteristics.c))


def bring_up_to_date(connection: Connection) -> None:
    """Tables and indexes that are not there yet, and what was stored otherwise."""
    if not connection.dialect.has_table(connection, shifts.name):
        return  # it is none of ours
    unpacked = not connection.dialect.has_table(connection, judgements.name)
    if unpacked:
        connection.execute(text(f"ALTER TABLE {characteristics.name} RENAME TO {_FORMER.name}"))
    metadata.create_all(connection)
    for each in TABLES:
        for index in each.indexes:
            index.create(connection, checkfirst=True)
    if unpacked:
        _pack(connection)
    unnumbered = select(jobs.c.id).where(jobs.c.state == COMMITTED, jobs.c.id.not_in(select(commits.c.job_id)))
    connection.execute(insert(commits).from_select(["job_id"], unnumbered.order_by(jobs.c.id)))


def _pack(connection: Connection) -> None:
    """Format 1 had all that is planned of a characteristic beside every judgement."""
    connection.connection.driver_connection.create_function("digest_of", len(CONTENT), digest_of, deterministic=True)  # type: ignore[union-attr]
    planned = [_FORMER.c["id" if one.name == "characteristic" else one.name] for one in CONTENT]
    digest = func.digest_of(*planned)
    every = select(digest, *planned).distinct()
    connection.execute(insert(descriptions).from_select(["digest", *CONTENT], every))
    judged = [one for one in judgements.c if one.name != "description_id"]
    entries = select(descriptions.c.id, *(_FORMER.c[one.name] for one in judged)).join_from(
        _FORMER, descriptions, descriptions.c.digest == digest
    )
    entries = entries.order_by(_FORMER.c.job_id, _FORMER.c.position)
    connection.execute(insert(judgements).from_select(["description_id", *judged], entries))
    connection.execute(text(f"DROP TABLE {_FORMER.name}"))
