"""What is planned of characteristics stands in the records once, however many cars it is judged of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from linewalker.factory.records.results import CharacteristicResult
from linewalker.factory.records.tables import descriptions

CONTENT = tuple(column for column in descriptions.c if column.name not in ("id", "digest"))
"""The columns that say something."""
_Planned = tuple[str | float | None, ...]


class Descriptions:
    """Their ids, which are remembered: a car has hundreds, and the next one the same."""

    def __init__(self) -> None:
        self._known: dict[_Planned, int] = {}

    def ids(self, connection: Connection, entries: Sequence[CharacteristicResult]) -> list[int]:
        """Of each entry; what is new is stored."""
        planned = [_planned(entry) for entry in entries]
        if missing := {content: digest_of(*content) for content in planned if content not in self._known}:
            self._look_up(connection, missing)
            new = {content: digest for content, digest in missing.items() if content not in self._known}
            if new:
                columns = [column.name for column in CONTENT]
                rows = [{"digest": digest, **dict(zip(columns, content))} for content, digest in new.items()]
                connection.execute(insert(descriptions), rows)
                self._look_up(connection, new)
        return [self._known[content] for content in planned]

    def forget(self) -> None:
        """What was stored was taken back."""
        self._known.clear()

    def _look_up(self, connection: Connection, wanted: dict[_Planned, str]) -> None:
        found = select(descriptions.c.digest, descriptions.c.id).where(descriptions.c.digest.in_(wanted.values()))
        ids: dict[str, int] = {row.digest: row.id for row in connection.execute(found)}
        self._known |= {content: ids[digest] for content, digest in wanted.items() if digest in ids}


def digest_of(*content: str | float | None) -> str:
    """Of `CONTENT`; SHA-256, as hexadecimal digits."""
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def number_in(value: float | str | None) -> float | None:
    """A number stands in another column than a word, so that queries can reckon with one and group by the other."""
    return None if isinstance(value, str) else value


def word_in(value: float | str | None) -> str | None:
    """See `number_in`."""
    return value if isinstance(value, str) else None


def _planned(entry: CharacteristicResult) -> _Planned:
    return (
        entry.id, entry.title.zh, entry.title.en, entry.method, entry.feature, entry.severity, entry.unit,
        number_in(entry.nominal), word_in(entry.nominal), entry.lower, entry.upper,
    )  # fmt: skip
