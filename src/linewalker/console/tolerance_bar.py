"""A tolerance and what was measured, drawn as inline SVG: limits, nominal, values with their uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from linewalker.factory.records.results import CharacteristicResult
from linewalker.inspection.verdict import Verdict

WIDTH, HEIGHT = 220.0, 30.0
_BAR_Y, _BAR_HEIGHT, _LABEL_Y = 6.0, 10.0, 27.0
_SHOWN_BEYOND = 0.75  # of the tolerance, on each side


@dataclass(frozen=True, kw_only=True)
class _Scale:
    """From mm to the drawing's units; what lies beyond the drawing is put at its end."""

    lower: float
    upper: float

    def x(self, value: float) -> float:
        beyond = _SHOWN_BEYOND * (self.upper - self.lower)
        low, high = self.lower - beyond, self.upper + beyond
        share = (value - low) / (high - low)
        return 4.0 + (WIDTH - 8.0) * min(max(share, 0.0), 1.0)

    def shows(self, value: float) -> bool:
        beyond = _SHOWN_BEYOND * (self.upper - self.lower)
        return self.lower - beyond <= value <= self.upper + beyond


def tolerance_bar(entries: Sequence[CharacteristicResult]) -> Markup:
    """One characteristic on one car, or on several cars; empty for what has no limits.

    A value is a dot if OK, a cross if NOK, a ring if not decidable; a triangle at the end points to a value beyond the
    drawing.
    """
    first = entries[0]
    if first.lower is None or first.upper is None or not first.upper > first.lower:
        return Markup()
    scale = _Scale(lower=first.lower, upper=first.upper)
    left, right = scale.x(first.lower), scale.x(first.upper)
    shapes = [
        f'<rect class="beyond" x="4" y="{_BAR_Y}" width="{WIDTH - 8}" height="{_BAR_HEIGHT}" rx="2"/>',
        f'<rect class="inside" x="{left:.1f}" y="{_BAR_Y}" width="{right - left:.1f}" height="{_BAR_HEIGHT}"/>',
        *(_label(scale, limit) for limit in (first.lower, first.upper)),
    ]
    if isinstance(first.nominal, float | int):
        x = scale.x(first.nominal)
        shapes.append(f'<line class="nominal" x1="{x:.1f}" x2="{x:.1f}" y1="{_BAR_Y}" y2="{_BAR_Y + _BAR_HEIGHT}"/>')
    shapes += [_value(scale, entry) for entry in entries if isinstance(entry.value, float | int)]
    words = ", ".join(_in_words(entry) for entry in entries)
    return Markup(
        f'<svg class="bar" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img"><title>{escape(words)}</title>'
        f"{''.join(shapes)}</svg>"
    )


def _label(scale: _Scale, limit: float) -> str:
    return f'<text x="{scale.x(limit):.1f}" y="{_LABEL_Y}">{limit:.2f}</text>'


def _value(scale: _Scale, entry: CharacteristicResult) -> str:
    assert isinstance(entry.value, float | int)
    x, y, kind = scale.x(entry.value), _BAR_Y + _BAR_HEIGHT / 2.0, entry.verdict.name.lower()
    if not scale.shows(entry.value):
        tip, tail = (x + 3, x - 5) if x > WIDTH / 2 else (x - 3, x + 5)
        return f'<path class="mark {kind}" d="M{tail:.1f} {y - 5}L{tip:.1f} {y}L{tail:.1f} {y + 5}z"/>'
    spread = entry.expanded_uncertainty or 0.0
    left, right = scale.x(entry.value - spread), scale.x(entry.value + spread)
    whisker = f'<path class="whisker" d="M{left:.1f} {y}H{right:.1f}M{left:.1f} {y - 3}v6M{right:.1f} {y - 3}v6"/>'
    if entry.verdict is Verdict.NOK:
        mark = f'<path class="mark {kind}" d="M{x - 4:.1f} {y - 4}l8 8m0 -8l-8 8"/>'
    else:
        mark = f'<circle class="mark {kind}" cx="{x:.1f}" cy="{y}" r="4"/>'
    return whisker + mark


def _in_words(entry: CharacteristicResult) -> str:
    if entry.value is None:
        return "no value"
    return f"{entry.value:.2f} {entry.unit}" if isinstance(entry.value, float | int) else entry.value
