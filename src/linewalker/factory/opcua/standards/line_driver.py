"""What a called method has to say to the station it says as the line does, in the line's image, in the caller's name.

So there is one handshake, one write lease and one check of every value, whichever way a job is started; see
docs/line-interface.md. What has to fall again later (AckResult, FaultReset) falls in the name of the same caller.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asyncua import ua

from linewalker.factory.handshake.signals import LineImage, Purpose, StationImage, signals_of
from linewalker.factory.opcua.image import node_ids, variant_of
from linewalker.factory.opcua.standards.calls import Caller


class LineDriver:
    """See the module.

    Args:
        namespace: of the line's image.
    """

    def __init__(self, namespace: int):
        nodes = node_ids(LineImage, namespace)
        self._signals = {name: (signal, node) for (name, signal), node in zip(signals_of(LineImage), nodes)}
        self._falls: dict[str, Caller] = {}

    async def say(self, caller: Caller, **signals: Any) -> int:
        """Write signals of the line's image; returns the first status code that is not good, or 0."""
        codes = await caller.write(ua.WriteParameters(NodesToWrite=[self._write(*entry) for entry in signals.items()]))
        return next((int(code.value) for code in codes if not code.is_good()), 0)

    def _write(self, name: str, value: Any) -> ua.WriteValue:
        signal, node = self._signals[name]
        return ua.WriteValue(
            NodeId=node, AttributeId=ua.AttributeIds.Value, Value=ua.DataValue(variant_of(signal, value))
        )

    async def start(self, caller: Caller, order: Mapping[str, Any]) -> int:
        """The order first, then the start, as rule 2 wants it.

        Args:
            caller: in whose name.
            order: vin, type_code, options, sequence_no, and if need be purpose and refers_to.

        Returns:
            0, or the status code that refused it; then nothing has started.
        """
        whole = {"purpose": Purpose.INSPECTION, "refers_to": 0, "ack_result": False, "fault_reset": False, **order}
        return await self.say(caller, **whole) or await self.say(caller, start_inspect=True)

    async def take_over(self, caller: Caller) -> int:
        """The result that stands there is taken over."""
        code = await self.say(caller, start_inspect=False, ack_result=True)
        if not code:
            self._falls["ack_result"] = caller
        return code

    async def reset(self, caller: Caller) -> int:
        """Reset a fault."""
        await self.say(caller, start_inspect=False, fault_reset=False)
        code = await self.say(caller, fault_reset=True)
        if not code:
            self._falls["fault_reset"] = caller
        return code

    async def follow(self, now: StationImage) -> None:
        """Take back what the station has seen."""
        over = {"ack_result": not now.done, "fault_reset": not now.fault_code}
        for name in [name for name in self._falls if over[name]]:
            await self.say(self._falls.pop(name), **{name: False})
