"""The orders that a plant system announced, in a file beside the records, for the station and whoever takes them in."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from linewalker.errors import InputError, StorageFault
from linewalker.factory.orders.build_orders import BuildOrder, parse_options
from linewalker.factory.orders.order_notice import Fate, OrderConflict, OrderNotice, fate_of

_TABLES = """
CREATE TABLE IF NOT EXISTS orders (
    vin TEXT PRIMARY KEY, sequence INTEGER NOT NULL, model TEXT NOT NULL, options TEXT NOT NULL,
    revision INTEGER NOT NULL, cancelled INTEGER NOT NULL, source TEXT NOT NULL, received_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS begun (
    vin TEXT NOT NULL, sequence INTEGER NOT NULL, model TEXT NOT NULL, options TEXT NOT NULL, begun_at TEXT NOT NULL,
    PRIMARY KEY (vin, sequence)
) WITHOUT ROWID;
"""
_BUSY_S = 10.0


@dataclass(frozen=True, kw_only=True)
class Announced:
    """What is known of the order of a car.

    Attributes:
        notice: the one that counts.
        source: where it came from.
        received_at: UTC, ISO 8601.
        begun: sequences of the inspections that have begun.
    """

    notice: OrderNotice
    source: str
    received_at: str
    begun: tuple[int, ...] = ()


class OrderBook:
    """The file. A station reads it as soon as it is there; `take` makes it.

    All raise StorageFault if the disk does not take it, InputError if the file is none of ours.
    """

    def __init__(self, path: Path):
        self._path = path

    @property
    def there(self) -> bool:
        """Whether anybody ever announced an order."""
        return self._path.is_file()

    def take(self, notices: Sequence[OrderNotice], source: str) -> list[Fate]:
        """Take notices in: all of them, or none.

        Args:
            notices: in the order in which they were written.
            source: where they come from, for people.

        Returns:
            what became of each.

        Raises:
            OrderConflict: of the first one that can not be true; its ``line`` is its number, from 1.
        """
        fates = []
        with self._transaction(make=True) as connection:
            for number, notice in enumerate(notices, start=1):
                vin = notice.order.vin
                known = _find(connection, vin)
                try:
                    begun = _begun(connection, vin, notice.order.sequence)
                    fate = fate_of(notice, None if known is None else known.notice, begun)
                except OrderConflict as conflict:
                    raise OrderConflict(conflict.problem, line=number, key=conflict.key) from None
                if fate.counts:
                    row = (vin, *notice.content[:3], notice.revision, notice.cancelled, source, _now())
                    connection.execute("INSERT OR REPLACE INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
                fates.append(fate)
        return fates

    def find(self, vin: str) -> Announced | None:
        """What is known of a car; None: nothing."""
        if not self.there:
            return None
        with self._transaction() as connection:
            return _find(connection, vin)

    def waiting(self) -> list[Announced]:
        """Orders none of whose inspections has begun, in the order of their sequence."""
        if not self.there:
            return []
        with self._transaction() as connection:
            asked = "SELECT vin FROM orders WHERE cancelled = 0 AND vin NOT IN (SELECT vin FROM begun)"
            vins = [vin for (vin,) in connection.execute(f"{asked} ORDER BY sequence, vin").fetchall()]
            return [found for vin in vins if (found := _find(connection, vin)) is not None]

    def begin(self, vin: str, sequence: int, complete: Callable[[BuildOrder | None], BuildOrder]) -> BuildOrder:
        """An inspection begins: from now on a correction does not change it any more.

        Args:
            vin, sequence: as the line says.
            complete: makes the order to work off out of the announced one, which may be missing; if it raises, nothing
                has begun.

        Returns:
            what `complete` made.

        Raises:
            InputError: the order was cancelled.
        """
        if not self.there:
            return complete(None)
        with self._transaction() as connection:
            announced, begun = _find(connection, vin), _begun(connection, vin, sequence)
            if begun is None and announced is not None and announced.notice.cancelled:
                raise InputError(f"the order of {vin} was cancelled, by revision {announced.notice.revision}")
            order = complete(begun or (announced.notice.order if announced else None))
            if begun is None and announced is not None:
                row = (vin, sequence, order.model, order.options_text, _now())
                connection.execute("INSERT INTO begun VALUES (?, ?, ?, ?, ?)", row)
        return order

    def forget(self, *, vin: str | None, before: datetime.datetime | None) -> int:
        """Cars whose time is over; returns how many.

        Args:
            vin: only this car; None: all.
            before: only what was received before that; None: whenever.
        """
        if not self.there:
            return 0
        bound = None if before is None else before.astimezone(datetime.UTC).isoformat(timespec="seconds")
        with self._transaction() as connection:
            connection.execute("PRAGMA secure_delete = ON")
            asked = "SELECT vin FROM orders WHERE (?1 IS NULL OR vin = ?1) AND (?2 IS NULL OR received_at < ?2)"
            vins = connection.execute(asked, (vin, bound)).fetchall()
            for table in ("orders", "begun"):
                connection.executemany(f"DELETE FROM {table} WHERE vin = ?", vins)
        return len(vins)

    @contextmanager
    def _transaction(self, *, make: bool = False) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=_BUSY_S, isolation_level=None)) as connection:
                connection.execute("PRAGMA synchronous = FULL")
                if make:
                    connection.executescript(_TABLES)
                connection.execute("BEGIN IMMEDIATE")
                with connection:
                    yield connection
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise StorageFault(f"{self._path}: the order book can not be kept: {error}") from None
            raise InputError(f"not usable as an order book: {error}", file=self._path) from None


def _find(connection: sqlite3.Connection, vin: str) -> Announced | None:
    asked = "SELECT sequence, model, options, revision, cancelled, source, received_at FROM orders WHERE vin = ?"
    row = connection.execute(asked, (vin,)).fetchone()
    if row is None:
        return None
    sequence, model, options, revision, cancelled, source, received_at = row
    notice = OrderNotice(order=_order(vin, sequence, model, options), revision=revision, cancelled=bool(cancelled))
    begun = connection.execute("SELECT sequence FROM begun WHERE vin = ? ORDER BY begun_at, sequence", (vin,))
    return Announced(
        notice=notice, source=source, received_at=received_at, begun=tuple(number for (number,) in begun.fetchall())
    )


def _begun(connection: sqlite3.Connection, vin: str, sequence: int) -> BuildOrder | None:
    asked = "SELECT model, options FROM begun WHERE vin = ? AND sequence = ?"
    row = connection.execute(asked, (vin, sequence)).fetchone()
    return None if row is None else _order(vin, sequence, *row)


def _order(vin: str, sequence: int, model: str, options: str) -> BuildOrder:
    return BuildOrder(sequence=sequence, vin=vin, model=model, options=parse_options(options))


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
