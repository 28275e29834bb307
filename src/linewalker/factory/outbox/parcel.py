"""One committed result on its way."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linewalker.factory.quality.inspected import InspectedCar, inspected_cars
from linewalker.factory.records.archive import read_commits

_KEY_DIGITS = 24


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One committed result.

    Attributes:
        position: in the order of commits of its records, from 1.
        opened_at: when its run was opened.
        car: what came out.
    """

    position: int
    opened_at: str
    car: InspectedCar

    @property
    def key(self) -> str:
        """The same for the same result, whenever it is sent, and for no other; it tells nothing of the car."""
        order, header = self.car.result.order, self.car.header
        about = (self.opened_at, self.position, header.plan_sha256, order.vin, order.sequence)
        return hashlib.sha256("\n".join(map(str, about)).encode()).hexdigest()[:_KEY_DIGITS]

    @property
    def name(self) -> str:
        """Of files about it: they sort in the order of commits."""
        return f"{self.position:08d}-{self.key}"

    @property
    def document(self) -> dict[str, Any]:
        """What a server gets."""
        clock = self.car.clock
        head = {"key": self.key, "position": self.position, "recorded_at": clock.text, "clock": clock.source.value}
        return {
            **head,
            "run": {"opened_at": self.opened_at, **vars(self.car.header)},
            "car": self.car.result.document(),
        }


def parcels(records: Path, *, after: int, at_most: int) -> Sequence[Parcel]:
    """The next results in the order of commits.

    Raises:
        InputError: the records can not be read.
    """
    return [
        Parcel(position=commit.position, opened_at=commit.run.opened_at, car=next(inspected_cars([commit.run])))
        for commit in read_commits(records, after=after, at_most=at_most)
    ]
