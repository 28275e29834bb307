"""Index ranges of OPC UA: ``5``, ``1:3``, ``0:1,4``, a part of an array or of a text (OPC 10000-4, 7.27 NumericRange).

asyncua ignores them: it answers with the whole value and calls that Good.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from asyncua import ua
from asyncua.server.monitored_item_service import MonitoredItemService

_DIMENSION = re.compile(r"([0-9]{1,10})(?::([0-9]{1,10}))?")

Ranges: TypeAlias = Sequence[slice]
"""One per dimension, outermost first."""


class RangeRefused(Exception):
    """An index range can not be served.

    Attributes:
        code: the status code that says why.
    """

    def __init__(self, code: int):
        super().__init__(code)
        self.code = code


def ranges_of(text: str) -> list[slice]:
    """The ranges of a text.

    Raises:
        RangeRefused: BadIndexRangeInvalid: it is none; the second index has to be greater than the first.
    """
    found = []
    for dimension in text.split(","):
        match = _DIMENSION.fullmatch(dimension)
        if match is None or (match[2] is not None and int(match[2]) <= int(match[1])):
            raise RangeRefused(ua.StatusCodes.BadIndexRangeInvalid)
        found.append(slice(int(match[1]), int(match[2] or match[1]) + 1))
    return found


def part_of(value: ua.DataValue, text: str) -> ua.DataValue:
    """What lies in an index range, or a value without content whose status says why there is nothing.

    What of the range lies beyond the end is left out; a part of an array is an array, even of one element.
    """
    if not text or value.Value is None or not (value.StatusCode is None or value.StatusCode.is_good()):
        return value
    try:
        content = _part(value.Value.Value, ranges_of(text))
    except RangeRefused as refused:
        return ua.DataValue(StatusCode=ua.StatusCode(refused.code))
    is_array = isinstance(content, list)
    return replace(value, Value=ua.Variant(content, value.Value.VariantType, is_array=is_array))


def with_part(value: Any, text: str, part: Any) -> Any:
    """An array or a text with another part at an index range.

    Raises:
        RangeRefused: the text is no range, or there is no such part, or the new part is not of its size.
    """
    ranges = ranges_of(text)
    if len(ranges) > 1:  # the image has arrays of one dimension
        raise RangeRefused(ua.StatusCodes.BadIndexRangeNoData)
    [place] = ranges
    there = _part(value, ranges)
    if type(part) is not type(value) or len(part) != place.stop - place.start or len(there) != len(part):
        raise RangeRefused(ua.StatusCodes.BadIndexRangeDataMismatch)
    return value[: place.start] + part + value[place.stop :]


def _part(value: Any, ranges: Ranges) -> Any:
    """One range per dimension; of texts in an array, an innermost one may take a part of each."""
    if not isinstance(value, list | str | bytes) or (len(ranges) > 1 and not isinstance(value, list)):
        raise RangeRefused(ua.StatusCodes.BadIndexRangeNoData)
    taken, inner = value[ranges[0]], ranges[1:]
    if inner:
        taken = [_part(element, inner) for element in taken]
    if not taken or (not inner and isinstance(taken, list) and isinstance(taken[0], list)):
        raise RangeRefused(ua.StatusCodes.BadIndexRangeNoData)
    return taken


class RangedItems(MonitoredItemService):
    """asyncua's monitored items, told of their part of the value alone."""

    async def create_monitored_items(
        self, params: ua.CreateMonitoredItemsParameters
    ) -> list[ua.MonitoredItemCreateResult]:
        results = []
        for item in params.ItemsToCreate:
            one = replace(params, ItemsToCreate=[item])
            try:
                ranges_of(item.ItemToMonitor.IndexRange or "0")
                results += await super().create_monitored_items(one)
            except RangeRefused as refused:
                results.append(ua.MonitoredItemCreateResult(StatusCode=ua.StatusCode(refused.code)))
        return results

    async def datachange_callback(self, handle: int, value: ua.DataValue, error: ua.StatusCode | None = None) -> None:
        if error is None:
            item = self._monitored_items[self._monitored_datachange[handle]]
            value = part_of(value, (item.read_value_id and item.read_value_id.IndexRange) or "")
        await super().datachange_callback(handle, value, error)
