"""How verdicts and events look: a sign and a word, never colour alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from rich.text import Text

from linewalker.factory.records.results import CarResult, EventKind
from linewalker.inspection.verdict import Verdict
from linewalker.messages.language import chosen

SIGNS = {Verdict.OK: "✓", Verdict.NOK: "✗", Verdict.NOT_DECIDABLE: "?"}
WORDS = {
    Verdict.OK: ("合格", "OK"),
    Verdict.NOK: ("不合格", "NOK"),
    Verdict.NOT_DECIDABLE: ("不可判定", "not decidable"),
}
"""Verdict -> Chinese, English."""

EVENT_WORDS = {
    EventKind.CONTACT: ("碰触", "contact"),
    EventKind.FALL: ("跌倒", "fall"),
    EventKind.STOP: ("停止", "stop"),
    EventKind.FAULT: ("故障", "fault"),
}
"""Kind of event -> Chinese, English."""

NOT_INSPECTED_SIGN, NOT_INSPECTED_WORDS = "○", ("未检测", "not inspected")
COLOURS = {Verdict.OK: "green", Verdict.NOK: "bold red", Verdict.NOT_DECIDABLE: "yellow"}


def word(words: tuple[str, str]) -> str:
    """Of Chinese and English the one that is spoken."""
    return chosen(zh=words[0], en=words[1])


def styled(verdict: Verdict) -> Text:
    """``✗ NOK`` in its colour."""
    return Text(f"{SIGNS[verdict]} {word(WORDS[verdict])}", style=COLOURS[verdict])


def outcome_of(car: CarResult) -> Text:
    """Its verdict, or that it was not inspected."""
    return styled(car.verdict) if car.inspected else Text(f"{NOT_INSPECTED_SIGN} {word(NOT_INSPECTED_WORDS)}")


def tally(verdicts: Iterable[Verdict]) -> Text:
    """``18 ✓  1 ✗  0 ?``, zeros left pale."""
    counts = Counter(verdicts)
    parts = (
        Text(f"{counts[verdict]} {sign}", style=COLOURS[verdict] if counts[verdict] else "dim")
        for verdict, sign in SIGNS.items()
    )
    return Text("  ").join(parts)
