"""OPC 10031-4 ISA-95 Job Control V2: inspections as job orders that are stored, started, followed and answered.

A job order names the car in its parameters; it is started for the line as soon as the station is ready and the car
stands there. What each state, parameter and return status means on this station is in docs/standards.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from typing import Any

from asyncua import ua

from linewalker.factory.handshake.signals import Purpose
from linewalker.factory.opcua.standards.calls import Caller
from linewalker.factory.opcua.standards.told import ToldResult

MOST_ORDERS = 100
LONGEST_ID = 64


class OrderState(IntEnum):
    """Of a job order; the numbers of the standard."""

    NOT_ALLOWED_TO_START = 1
    ALLOWED_TO_START = 2
    RUNNING = 3
    INTERRUPTED = 4
    ENDED = 5
    ABORTED = 6

    @property
    def text(self) -> str:
        """As the standard writes it."""
        return "".join(word.capitalize() if word != "TO" else "To" for word in self.name.split("_"))


class Status(IntEnum):
    """Return statuses: the bits of the standard."""

    NO_ERROR = 1 << 0
    UNKNOWN_ID = 1 << 1
    INVALID_STATE = 1 << 3
    UNABLE = 1 << 4
    INVALID_REQUEST = 1 << 32


class NoOrder(ValueError):
    """What a client wants inspected is no order of this station."""


@dataclass(kw_only=True)
class JobOrder:
    """One of the list.

    Attributes:
        id: as the client named it.
        document: as it was stored.
        content: vin, type_code, options, sequence_no, purpose, refers_to.
        state: where it is.
        caller: who allowed it to start.
        started, ended: UTC; None: not yet.
        told: what came out; None: nothing yet.
    """

    id: str
    document: Any
    content: dict[str, Any]
    state: OrderState = OrderState.NOT_ALLOWED_TO_START
    caller: Caller | None = None
    started: datetime | None = None
    ended: datetime | None = None
    told: ToldResult | None = None

    @property
    def over(self) -> bool:
        """Whether nothing will come any more."""
        return self.state in (OrderState.ENDED, OrderState.ABORTED)

    @property
    def names(self) -> tuple[str, int]:
        """The car and the number of the inspection."""
        return self.content["vin"], self.content["sequence_no"]

    def move(self, state: OrderState) -> None:
        """It is in this state now."""
        self.state = state
        if state is OrderState.RUNNING:
            self.started = datetime.now(UTC)
        elif self.over:
            self.ended = datetime.now(UTC)


_PARAMETERS = {
    "VIN": ("vin", ua.VariantType.String),
    "Options": ("options", ua.VariantType.String),
    "SequenceNo": ("sequence_no", ua.VariantType.UInt32),
    "Purpose": ("purpose", ua.VariantType.Byte),
    "RefersTo": ("refers_to", ua.VariantType.UInt32),
}


def read_order(document: Any) -> JobOrder:
    """A job order of the standard as an inspection.

    Raises:
        NoOrder: says what is wrong.
    """
    if document is None or not document.JobOrderID or len(document.JobOrderID) > LONGEST_ID:
        raise NoOrder(f"JobOrderID: 1 to {LONGEST_ID} characters are wanted")
    models = document.WorkMasterID or []
    if len(models) != 1 or not models[0].ID:
        raise NoOrder("WorkMasterID: the model of the car is wanted, once")
    content = {"type_code": models[0].ID, "options": "", "purpose": int(Purpose.INSPECTION), "refers_to": 0}
    for parameter in document.JobOrderParameters or []:
        if parameter.ID not in _PARAMETERS:
            raise NoOrder(f"parameter {parameter.ID}: there are {', '.join(_PARAMETERS)}")
        name, kind = _PARAMETERS[parameter.ID]
        value = parameter.Value
        if not isinstance(value, ua.Variant) or value.VariantType is not kind or isinstance(value.Value, list):
            raise NoOrder(f"parameter {parameter.ID}: one {kind.name} is wanted")
        content[name] = value.Value
    if missing := [name for name, (key, _) in _PARAMETERS.items() if key not in content]:
        raise NoOrder(f"parameters missing: {', '.join(missing)}")
    return JobOrder(id=document.JobOrderID, document=document, content=content)
