"""What is asked of many records: a quantity, and what is made of its values.

A goal's slot ``statistic`` is a word or two of these, in any order: ``mean``, ``takt mean``, ``count``, ``touches``,
``worst flush``. What is not said is chosen by whoever answers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from linewalker.inspection.methods import METHODS
from linewalker.inspection.severity import Severity


class Quantity(Enum):
    """What of the records is looked at."""

    VALUE = "value"
    DEVIATION = "deviation"
    UNCERTAINTY = "uncertainty"
    TAKT = "takt"
    WALKING = "walking"
    INSPECTING = "inspecting"
    EVENT = "event"
    CONTACT = "contact"
    FALL = "fall"
    STOP = "stop"
    FAULT = "fault"
    ATTEMPT = "attempt"
    DECISION = "decision"
    LATE = "late"
    INTERRUPTED = "interrupted"
    MISSING = "missing"
    WHEN = "when"
    REASON = "reason"


TIMES = (Quantity.TAKT, Quantity.WALKING, Quantity.INSPECTING)
EVENTS = (Quantity.EVENT, Quantity.CONTACT, Quantity.FALL, Quantity.STOP, Quantity.FAULT)


class Aggregate(Enum):
    """What is made of it."""

    LIST = "list"
    COUNT = "count"
    SHARE = "share"
    MEAN = "mean"
    MEDIAN = "median"
    SPREAD = "spread"
    MIN = "min"
    MAX = "max"
    RANGE = "range"
    SUM = "sum"
    WORST = "worst"
    BEST = "best"
    MOST = "most"
    LEAST = "least"
    CP = "cp"
    CPK = "cpk"


@dataclass(frozen=True, kw_only=True)
class Statistic:
    """A quantity and what is made of it, of some methods and classes only; None and empty where that was not said."""

    quantity: Quantity | None = None
    aggregate: Aggregate | None = None
    methods: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


_WORDS: dict[Enum, str] = {
    Quantity.VALUE: "value values measurement measurements",
    Quantity.DEVIATION: "deviation deviations offset bias",
    Quantity.UNCERTAINTY: "uncertainty uncertainties u",
    Quantity.TAKT: "takt time times duration cycle seconds",
    Quantity.WALKING: "walking walk",
    Quantity.INSPECTING: "inspecting inspection working work",
    Quantity.EVENT: "event events incident incidents",
    Quantity.CONTACT: "contact contacts touch touches collision collisions",
    Quantity.FALL: "fall falls",
    Quantity.STOP: "stop stops",
    Quantity.FAULT: "fault faults",
    Quantity.ATTEMPT: "attempt attempts retry retries",
    Quantity.DECISION: "decision decisions journal",
    Quantity.LATE: "late overdue",
    Quantity.INTERRUPTED: "interrupted interruptions aborted",
    Quantity.MISSING: "missing never_came",
    Quantity.WHEN: "when",
    Quantity.REASON: "reason reasons why cause causes",
    Aggregate.LIST: "list which all each",
    Aggregate.COUNT: "count number how_many",
    Aggregate.SHARE: "share rate percentage percent ratio fraction yield",
    Aggregate.MEAN: "mean average avg",
    Aggregate.MEDIAN: "median",
    Aggregate.SPREAD: "spread std stdev stddev sd sigma scatter standard_deviation",
    Aggregate.MIN: "min minimum smallest lowest least_value shortest fastest",
    Aggregate.MAX: "max maximum largest highest greatest longest slowest",
    Aggregate.RANGE: "range",
    Aggregate.SUM: "sum total",
    Aggregate.WORST: "worst",
    Aggregate.BEST: "best",
    Aggregate.MOST: "most ranking pareto mode top frequent most_often",
    Aggregate.LEAST: "least fewest rarest",
    Aggregate.CP: "cp",
    Aggregate.CPK: "cpk",
}
_MEANINGS = {word: meaning for meaning, words in _WORDS.items() for word in words.split()}
_PHRASES = sorted((word for word in _MEANINGS if "_" in word), key=len, reverse=True)
_CLASSES = tuple(severity.value for severity in Severity)
_FILLERS = frozenset({"of", "the", "in", "per", "nok", "ok", "not", "decidable", "car", "cars", "s"})
"""What other slots say."""


def read_statistic(text: str) -> Statistic | None:
    """A slot's text as a statistic; None if there is a word in it that no record has anything to do with."""
    words = re.sub(r"[\s_\-]+", "_", text.strip().lower())
    found: list[Enum] = []
    methods: list[str] = []
    classes: list[str] = []
    for phrase in _PHRASES:
        if phrase in words:
            words = words.replace(phrase, "")
            found.append(_MEANINGS[phrase])
    for word in filter(None, words.split("_")):
        if word in _MEANINGS:
            found.append(_MEANINGS[word])
        elif word in METHODS:
            methods.append(word)
        elif word in _CLASSES:
            classes.append(word)
        elif word not in _FILLERS:
            return None
    quantities = [meaning for meaning in found if isinstance(meaning, Quantity)]
    aggregates = [meaning for meaning in found if isinstance(meaning, Aggregate)]
    specific = [quantity for quantity in quantities if quantity is not Quantity.TAKT] or quantities
    return Statistic(
        quantity=specific[0] if specific else None,  # ``walking time`` is of walking
        aggregate=aggregates[0] if aggregates else None,
        methods=tuple(methods),
        classes=tuple(classes),
    )
