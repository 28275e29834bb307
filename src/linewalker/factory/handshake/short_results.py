"""The results of a car as numbers, for a PLC that reads no JSON.

They are read out of the document that is told, so that the two can not disagree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from linewalker.factory.handshake.signals import (
    CHARACTERISTICS,
    FURTHEST_VALUE,
    NO_VALUE,
    LineResult,
    StationImage,
)

_HUNDREDTHS = 100
_MOST_COUNTED = 2**16 - 1


@dataclass(frozen=True, kw_only=True)
class ShortResults:
    """What becomes of the characteristics of a car; see the signals of the same names."""

    count_ok: int = 0
    count_nok: int = 0
    count_not_decidable: int = 0
    characteristic_result: tuple[int, ...] = (0,) * CHARACTERISTICS
    characteristic_value: tuple[int, ...] = (0,) * CHARACTERISTICS

    @staticmethod
    def of(document: str, ids: Sequence[str] = ()) -> ShortResults:
        """The numbers of a ResultJson.

        Args:
            document: one entry of ``cars`` in results.json; what is none has no characteristics.
            ids: of all characteristics of the car's model in the order of the plan: each keeps its place, whether it is
                on this car or not. None: those of the document, in its order.
        """
        judged = dict(_characteristics(document))
        places = (list(ids) or list(judged))[:CHARACTERISTICS]
        shown = [judged.get(name) for name in places]
        shown += [None] * (CHARACTERISTICS - len(shown))
        verdicts = [entry["verdict"] for entry in judged.values()]
        return ShortResults(
            count_ok=_count(verdicts, LineResult.OK),
            count_nok=_count(verdicts, LineResult.NOK),
            count_not_decidable=_count(verdicts, LineResult.NOT_DECIDABLE),
            characteristic_result=tuple(0 if entry is None else LineResult[entry["verdict"]].value for entry in shown),
            characteristic_value=tuple(0 if entry is None else _hundredths(entry.get("value")) for entry in shown),
        )

    def told_in(self, image: StationImage) -> StationImage:
        """An image with these numbers."""
        return replace(image, **vars(self))


def _characteristics(document: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """By id, what is judged; a document of another make has none."""
    try:
        car = json.loads(document)
    except ValueError:
        return
    entries = car.get("characteristics", ()) if isinstance(car, dict) else ()
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and "id" in entry and entry.get("verdict") in LineResult.__members__:
            yield entry["id"], entry


def _count(verdicts: Sequence[str], verdict: LineResult) -> int:
    return min(verdicts.count(verdict.name), _MOST_COUNTED)


def _hundredths(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return NO_VALUE
    return round(max(-FURTHEST_VALUE, min(FURTHEST_VALUE, _HUNDREDTHS * value)))
