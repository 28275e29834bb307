"""A person's verdict on its way into the records: asked for by a level, answered by two, like a job.

It is about the result that stands there, with its VIN and SequenceNo; as long as it is being stored, the result waits.
"""

from __future__ import annotations

from linewalker.factory.handshake.job import CommittedResult, Override
from linewalker.factory.handshake.signals import LineImage, LineResult


class OverrideRequest:
    """The station's side. Not thread-safe.

    Attributes:
        waits: a verdict is on its way.
        stored, refused: what became of it, as long as StoreOverride is high.
    """

    def __init__(self) -> None:
        self.waits = self.stored = self.refused = False
        self._was_low = False
        self._asked: Override | None = None

    def hear(self, line: LineImage, result: CommittedResult | None) -> None:
        """One scan.

        Args:
            line: what the line says now.
            result: what stands there, not acknowledged yet; None if nothing does.
        """
        if not line.store_override:
            self._was_low = True
            self.stored = self.refused = False
        elif self._was_low:
            self._was_low = False
            self._asked = _override_of(line, result)
            self.waits, self.refused = self._asked is not None, self._asked is None

    def take(self) -> Override | None:
        """What is to be stored, once."""
        asked, self._asked = self._asked, None
        return asked

    def answer(self, *, stored: bool) -> None:
        """What became of what was taken. A line that did not wait for it is not told."""
        told = self.waits and not self._was_low
        self.waits, self.stored, self.refused = False, told and stored, told and not stored


def _override_of(line: LineImage, result: CommittedResult | None) -> Override | None:
    if result is None or (line.vin, line.sequence_no) != (result.vin, result.sequence):
        return None
    try:
        return Override(
            vin=result.vin,
            sequence=result.sequence,
            result=LineResult(line.override_result),
            name=line.override_name.strip(),
            reason=line.override_reason.strip(),
        )
    except ValueError:
        return None
