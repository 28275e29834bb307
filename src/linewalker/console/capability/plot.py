"""Plots as SVG: axes with round numbers, marks, lines, bands, bars and limits, in both languages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape

import numpy as np

from linewalker.geometry import Array
from linewalker.inspection.title import Title

WIDTH, HEIGHT = 520.0, 300.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 62.0, 14.0, 34.0, 46.0
_MARGIN = 0.06  # of the range of the data, that an axis goes beyond it
_MOST_NAMES, _LONGEST_NAME = 16, 9
_SHAPES = (
    "M-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0 -6.8 0z",
    "M-3.2 -3.2h6.4v6.4h-6.4z",
    "M0 -4.2l4 7h-8z",
    "M0 -4.4l4.4 4.4l-4.4 4.4l-4.4 -4.4z",
    "M0 4.2l4 -7h-8z",
    "M-4 -1.2h2.8v-2.8h2.4v2.8h2.8v2.4h-2.8v2.8h-2.4v-2.8h-2.8z",
)
"""Marks of series, so that colour is never all that tells them apart."""


class Plot:
    """One plot; what is drawn later lies above.

    Args:
        title: above it.
        x, y: names of the axes.
        x_range, y_range: of the data; axes go a little beyond them.
        names: of the places 0, 1, 2 ... of the x axis, in place of numbers.
        logarithmic: the x axis, whose values are given as they are.
    """

    def __init__(
        self,
        title: Title,
        x: Title,
        y: Title,
        *,
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        names: Sequence[str] = (),
        logarithmic: bool = False,
    ):
        self.title, self._x_title, self._y_title = title, x, y
        self._names, self._logarithmic = tuple(names), logarithmic
        low, high = (-0.5, len(names) - 0.5) if names else x_range
        self._x0, self._x1 = (math.log(low), math.log(high)) if logarithmic else (low, high)
        if not names:
            self._x0, self._x1 = _widened(self._x0, self._x1)
        self._y0, self._y1 = _widened(*y_range)
        self._parts: list[str] = []
        self._legend: list[str] = []

    def marks(self, x: Array, y: Array, series: int = 0, kind: str = "") -> None:
        """Points, in the shape and colour of a series; ``kind`` is one more class, such as ``bad``."""
        path = _SHAPES[series % len(_SHAPES)]
        self._parts += [
            f'<path class="s{series % len(_SHAPES)} {kind}" transform="translate({px} {py})" d="{path}"/>'
            for px, py in self._points(x, y)
        ]

    def line(self, x: Array, y: Array, kind: str = "s0") -> None:
        """Points joined."""
        path = "L".join(f"{px} {py}" for px, py in self._points(x, y))
        self._parts.append(f'<path class="line {kind}" d="M{path}"/>')

    def band(self, x: Array, low: Array, high: Array) -> None:
        """The area between two lines."""
        there, back = self._points(x, high), self._points(x[::-1], low[::-1])
        path = "L".join(f"{px} {py}" for px, py in (*there, *back))
        self._parts.append(f'<path class="band" d="M{path}z"/>')

    def bars(self, x: Array, heights: Array, width: float, series: int = 0) -> None:
        """From 0 up."""
        floor = self._py(max(0.0, self._y0))
        for at, height in zip(x, heights):
            left, right, top = self._px(at - width / 2.0), self._px(at + width / 2.0), self._py(height)
            self._parts.append(
                f'<rect class="column s{series}" x="{left}" y="{min(top, floor)}" width="{right - left:.1f}" '
                f'height="{abs(floor - top):.1f}"/>'
            )

    def whisker(self, x: float, low: float, high: float) -> None:
        """An interval at a place."""
        px, bottom, top = self._px(x), self._py(low), self._py(high)
        self._parts.append(f'<path class="whisker" d="M{px} {bottom}V{top}M{px - 4} {bottom}h8M{px - 4} {top}h8"/>')

    def level(self, y: float, label: str, kind: str = "limit", *, below: bool = False) -> None:
        """A line across, with its label at the right end, above or below it."""
        if self._y0 <= y <= self._y1:
            py = self._py(y)
            self._parts.append(f'<path class="line {kind}" d="M{_LEFT} {py}H{WIDTH - _RIGHT}"/>')
            self._parts.append(
                f'<text class="at" x="{WIDTH - _RIGHT - 3}" y="{py + (11 if below else -3):.1f}">{escape(label)}</text>'
            )

    def upright(self, x: float, label: str, kind: str = "limit", *, left: bool = False) -> None:
        """A line up, with its label at half height, on the right or the left."""
        px = self._px(x)
        self._parts.append(f'<path class="line {kind}" d="M{px} {_TOP}V{HEIGHT - _BOTTOM}"/>')
        side, at = ("at", px - 4) if left else ("beside", px + 4)
        y = (_TOP + HEIGHT - _BOTTOM) / 2.0
        self._parts.append(f'<text class="{side}" x="{at:.1f}" y="{y}">{escape(label)}</text>')

    def legend(self, names: Iterable[str]) -> None:
        """Names of series 0, 1, 2 ..."""
        self._legend = list(names)

    def svg(self) -> str:
        """The whole drawing."""
        wide, high = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
        box = f'<rect class="frame" x="{_LEFT}" y="{_TOP}" width="{wide}" height="{high}"/>'
        middle = (_TOP + HEIGHT - _BOTTOM) / 2.0
        titles = (
            f'<text class="axis" x="{(_LEFT + WIDTH - _RIGHT) / 2}" y="{HEIGHT - 8}">{_both(self._x_title)}</text>'
            f'<text class="axis" transform="translate(13 {middle}) rotate(-90)">{_both(self._y_title)}</text>'
            f'<text class="title" x="{_LEFT}" y="18">{_both(self.title)}</text>'
        )
        parts = "".join((*self._x_ticks(), *self._y_ticks(), *self._parts, *self._keys()))
        return (
            f'<svg class="plot" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img">'
            f"<title>{escape(f'{self.title.zh} {self.title.en}')}</title>{box}{parts}{titles}</svg>"
        )

    def _points(self, x: Array, y: Array) -> list[tuple[float, float]]:
        return [(self._px(a), self._py(b)) for a, b in zip(x, y)]

    def _px(self, x: float) -> float:
        value = math.log(x) if self._logarithmic else float(x)
        return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * (value - self._x0) / (self._x1 - self._x0), 1)

    def _py(self, y: float) -> float:
        share = (min(max(float(y), self._y0), self._y1) - self._y0) / (self._y1 - self._y0)
        return round(HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * share, 1)

    def _x_ticks(self) -> Iterable[str]:
        if self._names:
            step = -(-len(self._names) // _MOST_NAMES)
            labels = [(float(at), _short(name)) for at, name in enumerate(self._names) if at % step == 0]
        elif self._logarithmic:
            labels = [(at, f"{at:g}") for at in decade_ticks(math.exp(self._x0), math.exp(self._x1))]
        else:
            labels = [(at, f"{at:g}") for at in ticks(self._x0, self._x1)]
        for at, label in labels:
            px = self._px(at)
            yield f'<path class="tick" d="M{px} {HEIGHT - _BOTTOM}v4"/>'
            yield f'<text class="number" x="{px}" y="{HEIGHT - _BOTTOM + 15}">{escape(label)}</text>'

    def _y_ticks(self) -> Iterable[str]:
        for at in ticks(self._y0, self._y1):
            py = self._py(at)
            yield f'<path class="grid" d="M{_LEFT} {py}H{WIDTH - _RIGHT}"/>'
            yield f'<text class="level" x="{_LEFT - 6}" y="{py + 3.5:.1f}">{at:g}</text>'

    def _keys(self) -> Iterable[str]:
        x = WIDTH - _RIGHT
        for series, name in reversed(list(enumerate(self._legend))):
            x -= 14 + 7.5 * len(_short(name))
            shape = _SHAPES[series % len(_SHAPES)]
            yield f'<path class="s{series % len(_SHAPES)}" transform="translate({x:.1f} 25)" d="{shape}"/>'
            yield f'<text class="key" x="{x + 7:.1f}" y="29">{escape(_short(name))}</text>'


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Round numbers between two, 1, 2 or 5 times a power of ten apart."""
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= 0.999 * rough)
    first = math.ceil(low / step - 1e-9)
    return [
        round(k * step, 12 - math.floor(math.log10(step))) + 0.0
        for k in range(first, math.floor(high / step + 1e-9) + 1)
    ]


def decade_ticks(low: float, high: float) -> list[float]:
    """1, 2, 5, 10 ... between two."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    return [at for power in powers for at in (10.0**power, 2 * 10.0**power, 5 * 10.0**power) if low <= at <= high]


def span(*values: Array | float | Sequence[float]) -> tuple[float, float]:
    """Least and greatest of everything that is finite."""
    every = np.concatenate([np.ravel(np.asarray(value, dtype=float)) for value in values])
    every = every[np.isfinite(every)]
    return float(every.min()), float(every.max())


def _widened(low: float, high: float) -> tuple[float, float]:
    reach = high - low if high > low else abs(low) or 1.0
    return low - _MARGIN * reach, high + _MARGIN * reach


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _both(title: Title) -> str:
    if title.zh == title.en:
        return escape(title.en)
    return f'<tspan class="zh">{escape(title.zh)} </tspan><tspan class="en">{escape(title.en)}</tspan>'
