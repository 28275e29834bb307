"""What every sheet says of the file it was made of."""

from __future__ import annotations

import hashlib

from linewalker.console.capability.sheet import Facts, Words
from linewalker.inspection.capability.table import Table
from linewalker.inspection.title import Title


def file_facts(table: Table, title: Title) -> list[tuple[Title, Words]]:
    """Its path, under a title, and its digest."""
    return [(title, str(table.file)), (Title(zh="SHA-256", en="SHA-256"), _digest(table))]


def facts_of(table: Table, *more: tuple[Title, Words]) -> Facts:
    """File, its digest, rows, columns that were left out, and whatever else was said."""
    found = [
        *file_facts(table, Title(zh="文件", en="file")),
        (Title(zh="行数", en="rows"), str(len(table.lines))),
        *more,
    ]
    if table.unused:
        found.append((Title(zh="未使用的列", en="columns not used"), ", ".join(table.unused)))
    return tuple(found)


def file_of(table: Table) -> dict[str, object]:
    """As `facts_of`, for machines."""
    return {
        "file": table.file.name,
        "sha256": _digest(table),
        "rows": len(table.lines),
        "unused_columns": list(table.unused),
    }


def _digest(table: Table) -> str:
    return hashlib.sha256(table.file.read_bytes()).hexdigest()
