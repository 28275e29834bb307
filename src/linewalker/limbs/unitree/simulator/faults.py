"""What may go wrong with a robot and its wire, on command: ``cable@12+0.05`` takes the cable out at 12 s for 50 ms."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from linewalker.errors import InputError
from linewalker.limbs.unitree.layout import Image
from linewalker.limbs.unitree.messages import LowState
from linewalker.limbs.unitree.remote import Remote, remote_bytes

JOINT = 3
"""The left knee is where joints go wrong."""
JUMP_RAD, HOT_C, ERROR_CODE, EMPTY_PERCENT = 0.3, 130, 0x40, 8


class FaultKind(Enum):
    """What goes wrong."""

    CABLE = "cable"
    FROZEN = "frozen"
    CRC = "crc"
    NAN = "nan"
    ENCODER = "encoder"
    HOT = "hot"
    ERROR = "error"
    BATTERY = "battery"
    DEAD_REMOTE = "dead-remote"
    PRESSED_REMOTE = "pressed-remote"
    PUBLISHER = "publisher"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something goes wrong for a while, or for good.

    Attributes:
        kind: what.
        at_s: robot time at which it begins.
        for_s: how long it lasts.
    """

    kind: FaultKind
    at_s: float
    for_s: float = math.inf

    def __post_init__(self) -> None:
        if not (0.0 <= self.at_s < math.inf and self.for_s > 0.0):
            raise InputError(f"fault {self.kind.value}: expected a time from 0 s on and a length above 0 s")

    @classmethod
    def read(cls, text: str) -> Fault:
        """From ``KIND@SECONDS`` or ``KIND@SECONDS+LENGTH``.

        Raises:
            InputError: it is none.
        """
        kind, _, when = text.partition("@")
        at, _, length = when.partition("+")
        known = ", ".join(entry.value for entry in FaultKind)
        try:
            return cls(kind=FaultKind(kind), at_s=float(at), for_s=float(length) if length else math.inf)
        except ValueError:
            raise InputError(f"--fault {text!r}: expected KIND@SECONDS or KIND@SECONDS+LENGTH of {known}") from None

    def acts(self, time_s: float) -> bool:
        """Whether it is there now."""
        return self.at_s <= time_s < self.at_s + self.for_s


def active(faults: Iterable[Fault], time_s: float) -> frozenset[FaultKind]:
    """What is wrong now."""
    return frozenset(fault.kind for fault in faults if fault.acts(time_s))


def spoil(state: LowState, wrong: frozenset[FaultKind], before: int) -> None:
    """Put what is wrong into a state that is about to be sent; its tick freezes at that of the one before."""
    image: Image = state.image
    motor = image["motor"][JOINT]
    if FaultKind.FROZEN in wrong:
        image["tick"] = before
    if FaultKind.NAN in wrong:
        motor["q"] = np.nan
    if FaultKind.ENCODER in wrong:
        motor["q"] += JUMP_RAD
    if FaultKind.HOT in wrong:
        motor["temperature"][1] = HOT_C
    if FaultKind.ERROR in wrong:
        motor["motorstate"] = ERROR_CODE
    if FaultKind.DEAD_REMOTE in wrong:
        image["wireless_remote"] = 0
    elif FaultKind.PRESSED_REMOTE in wrong:
        image["wireless_remote"] = list(remote_bytes(Remote(frozenset(["B"]))))
    if FaultKind.CRC in wrong:
        whole = state.serialize()
        damaged = whole[:-1] + bytes([whole[-1] ^ 1])
        state.serialize = lambda *_, **__: damaged
