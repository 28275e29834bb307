"""Carries what is committed to where it belongs: in its order, again until it arrives, each destination for itself."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from linewalker.errors import InputError
from linewalker.factory.outbox.destination import Destination, NotNow, Refused
from linewalker.factory.outbox.ledger import Ledger
from linewalker.factory.outbox.parcel import parcels

_AT_ONCE = 20
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 60.0


class Courier:
    """Delivers the results of one records file; it may be killed at any moment.

    A result that arrived, but of which that was not noted, is sent again under the same key, which the other side
    knows by then: files have the key in their name, servers get it as Idempotency-Key.

    Args:
        records: the file; a station may be at work in it.
        ledger: how far each destination is.
        destinations: by name.
        now_s: a clock that runs evenly.
    """

    def __init__(
        self, records: Path, ledger: Ledger, destinations: Mapping[str, Destination], now_s: Callable[[], float]
    ):
        self._records, self._ledger, self._destinations, self._now_s = records, ledger, destinations, now_s
        self._not_before_s = dict.fromkeys(destinations, -float("inf"))

    def deliver(self) -> int:
        """Deliver what is due; returns how much arrived.

        Raises:
            InputError: the records can not be read.
            StorageFault: how far it came can not be kept; nothing is lost by that.
        """
        return sum(self._deliver_to(name) for name in self._destinations if self._now_s() >= self._not_before_s[name])

    def _deliver_to(self, name: str) -> int:
        number, position = 0, self._ledger.progress(name).position
        while some := parcels(self._records, after=position, at_most=_AT_ONCE):
            for parcel in some:
                try:
                    self._destinations[name].deliver(parcel, first=position == 0)
                except NotNow as error:
                    tries = self._ledger.failed(name, str(error))
                    pause_s = min(_FIRST_PAUSE_S * 2.0 ** min(tries - 1, 10), _LONGEST_PAUSE_S)
                    self._not_before_s[name] = self._now_s() + pause_s
                    return number
                except Refused as error:
                    self._ledger.refused(name, parcel.position, parcel.key, str(error))
                else:
                    self._ledger.arrived(name, parcel.position)
                    number += 1
                position = parcel.position
        return number


@contextmanager
def sole_courier(ledger: Path) -> Iterator[None]:
    """Nobody else delivers by this ledger as long as the block lasts; the kernel ends that with the program.

    Raises:
        InputError: another program does.
    """
    with ledger.with_name(f".{ledger.name}.in-use").open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError("another program delivers these results already; end it first", file=ledger) from None
        yield
