"""What a plant system says of the orders that will come, again, late, out of order and corrected; and what counts.

A VIN has one order. Of two notices about it the one with the greater revision counts, whichever came first; the same
one again changes nothing. Once an inspection has begun, its sequence stays what it was begun as: a correction is for
the next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from linewalker.errors import InputError
from linewalker.factory.orders.build_orders import BuildOrder

GREATEST_REVISION = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class OrderNotice:
    """One notice.

    Attributes:
        order: how the car is built, and the number of its inspection.
        revision: from 1; a correction has a greater one.
        cancelled: the car does not come, or is not inspected.
    """

    order: BuildOrder
    revision: int = 1
    cancelled: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.revision <= GREATEST_REVISION:
            raise InputError(f"{self.revision} is outside 1 to {GREATEST_REVISION}", key="revision")

    @property
    def content(self) -> tuple[int, str, str, bool]:
        """What two notices of one revision must have in common."""
        return self.order.sequence, self.order.model, self.order.options_text, self.cancelled


class Fate(Enum):
    """What became of a notice."""

    NEW = "new"
    CORRECTED = "corrected"
    KNOWN = "known"
    OUTDATED = "outdated"

    @property
    def counts(self) -> bool:
        """Whether it is what holds from now on."""
        return self in (Fate.NEW, Fate.CORRECTED)


class OrderConflict(InputError):
    """A notice that can not be true beside what is known."""


def fate_of(notice: OrderNotice, known: OrderNotice | None, begun: BuildOrder | None) -> Fate:
    """What becomes of a notice.

    Args:
        notice: about a VIN.
        known: what counts for this VIN so far.
        begun: how the inspection with the sequence of the notice was begun, if it was.

    Raises:
        OrderConflict: it contradicts another one of the same revision, or changes an inspection that has begun.
    """
    vin = notice.order.vin
    if known is not None and notice.revision < known.revision:
        return Fate.OUTDATED
    if known is not None and notice.revision == known.revision:
        if notice.content == known.content:
            return Fate.KNOWN
        raise OrderConflict(
            f"revision {notice.revision} of the order of {vin} is known with another content; a correction has a "
            "greater revision",
            key="revision",
        )
    if begun is not None and (notice.cancelled or notice.order != begun):
        raise OrderConflict(
            f"inspection {begun.sequence} of {vin} has begun, as {begun.model} with {begun.options_text or 'nothing'}; "
            "give the correction a sequence of its own",
            key="sequence",
        )
    return Fate.NEW if known is None else Fate.CORRECTED
