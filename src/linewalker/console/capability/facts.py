"""What every sheet says of the file it was made of."""

from __future__ import annotations

import hashlib

from linewalker.console.capability.sheet import Facts, Words
from linewalker.inspection.capability.table import Table
from linewalker.inspection.title import Title


def facts_of(table: Table, *more: tuple[Title, Words]) -> Facts:
    """File, its digest, rows, columns that were left out, and whatever else was said."""
    digest = hashlib.sha256(table.file.read_bytes()).hexdigest()
    found: list[tuple[Title, Words]] = [
        (Title(zh="文件", en="file"), str(table.file)),
        (Title(zh="SHA-256", en="SHA-256"), digest),
        (Title(zh="行数", en="rows"), str(len(table.lines))),
        *more,
    ]
    if table.unused:
        found.append((Title(zh="未使用的列", en="columns not used"), ", ".join(table.unused)))
    return tuple(found)


def file_of(table: Table) -> dict[str, object]:
    """As `facts_of`, for machines."""
    digest = hashlib.sha256(table.file.read_bytes()).hexdigest()
    return {"file": table.file.name, "sha256": digest, "rows": len(table.lines), "unused_columns": list(table.unused)}
