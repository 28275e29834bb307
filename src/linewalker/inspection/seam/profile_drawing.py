"""Profile plots as SVG: the points as they were measured and the construction that made a gap and a flush of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

import numpy as np

from linewalker.geometry import Array
from linewalker.inspection.seam.edge_fit import SKIN_WINDOW_MM, EdgeFit
from linewalker.inspection.seam.gap_flush import GapFlush
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Verdict
from linewalker.limbs.robot import LineProfile

Flat = Callable[[Array], Array]

_PX_PER_MM = 24.0
_WIDTH_MM, _ABOVE_MM, _BELOW_MM = 34.0, 6.0, 9.4
_HEADER_PX = 76
_INK, _MASTER, _SLAVE, _FAINT = "#1c2430", "#0a66c2", "#c2570a", "#9aa4b2"
_COLOURS = {Verdict.OK: "#1a7f37", Verdict.NOK: "#c62828", Verdict.NOT_DECIDABLE: "#8a6d00"}
_STYLE = (
    "text{font-family:'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif;font-size:15px}"
    ".h{font-size:17px;font-weight:600}.d{font-size:18px;font-weight:600}"
)


class _Sheet:
    """Collects SVG elements; coordinates in mm of the section, second axis up."""

    def __init__(self, note: str, left_mm: float, width_mm: float = _WIDTH_MM, scale: float = _PX_PER_MM):
        self._note, self._left, self._scale = note, left_mm, scale
        self._width = width_mm * scale
        self._height = (_ABOVE_MM + _BELOW_MM) * _PX_PER_MM + _HEADER_PX
        self._parts: list[str] = []

    def px(self, p: Array) -> tuple[float, float]:
        return (p[0] - self._left) * self._scale, _HEADER_PX + (_ABOVE_MM - p[1]) * _PX_PER_MM

    def dots(self, points: Array, colour: str) -> None:
        steps = (f"M{x:.1f} {y:.1f}h0" for x, y in map(self.px, points))
        self._parts.append(
            f'<path d="{"".join(steps)}" stroke="{colour}" stroke-width="2.6" stroke-linecap="round" fill="none"/>'
        )

    def line(
        self, points: Iterable[Array], colour: str, width: float = 1.4, dash: str = "", arrow: bool = False
    ) -> None:
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in map(self.px, points))
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        ends = ' marker-end="url(#a)"' if arrow else ""
        self._parts.append(f'<path d="M{path}" stroke="{colour}" stroke-width="{width}" fill="none"{dashed}{ends}/>')

    def circle(self, centre: Array, radius_mm: float, colour: str) -> None:
        x, y = self.px(centre)
        self._parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius_mm * self._scale:.1f}" stroke="{colour}" '
            'stroke-dasharray="5 4" fill="none"/>'
        )

    def mark(self, p: Array, colour: str) -> None:
        x, y = self.px(p)
        self._parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#fff" stroke="{colour}" stroke-width="1.6"/>'
        )

    def label(self, p: Array, text: str, colour: str) -> None:
        x, y = self.px(p)
        self._parts.append(
            f'<text class="d" x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="middle" stroke="#fff" '
            f'stroke-width="5" paint-order="stroke">{escape(text)}</text>'
        )

    def header(self, title: Title, judgement: Judgement) -> None:
        name = escape(f"{title.zh}  {title.en}")
        self._parts.append(f'<text class="h" x="12" y="23" fill="{_INK}">{name}</text>')
        reason = f"{judgement.reason.title.zh} {judgement.reason.title.en}"
        for y, text in ((46, _summary(judgement)), (68, reason)):
            self._parts.append(f'<text x="12" y="{y}" fill="{_COLOURS[judgement.verdict]}">{escape(text)}</text>')

    def svg(self) -> str:
        w, h = round(self._width), round(self._height)
        foot, five_mm = h - 12, 5 * self._scale
        ruler = (
            f'<path d="M12 {foot}h{five_mm:.1f}m0 -4v8m-{five_mm:.1f} -8v8" stroke="{_INK}" fill="none"/>'
            f'<text x="{20 + five_mm:.0f}" y="{foot + 5}" fill="{_INK}">5 mm</text>'
            f'<text x="{w - 12}" y="{foot + 5}" fill="{_FAINT}" text-anchor="end">{self._note}</text>'
        )
        marker = (
            '<defs><marker id="a" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" '
            'markerUnits="userSpaceOnUse" orient="auto-start-reverse"><path d="M0 1 10 5 0 9z"/></marker></defs>'
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
            f'<style>{_STYLE}</style>{marker}<rect width="{w}" height="{h}" fill="#fff"/>'
            f"{''.join(self._parts)}{ruler}</svg>\n"
        )


def draw_measurement(shown: GapFlush, judgement: Judgement, title: Title) -> str:
    """The section seen from the master: skins, edge circles, gap and flush drawn in; the master always on the left."""
    d, n = shown.master.inward, shown.master.normal
    to_sheet = np.stack((d, n))
    origin = shown.master.tip + 0.5 * shown.gap_mm * d + (shown.master.foot - shown.master.tip) @ n * n

    def flat(p: Array) -> Array:
        return np.asarray((p - origin) @ to_sheet.T)

    sheet = _Sheet("一条轮廓 one profile of the scan", -0.5 * _WIDTH_MM)
    points = flat(shown.points)
    inside = (np.abs(points[:, 0]) < 0.5 * _WIDTH_MM) & (points[:, 1] < _ABOVE_MM) & (points[:, 1] > -_BELOW_MM)
    sheet.dots(points[inside], _FAINT)
    for side, colour in ((shown.master, _MASTER), (shown.slave, _SLAVE)):
        _draw_side(sheet, side, colour, flat)
    _draw_gap(sheet, shown, flat)
    _draw_flush(sheet, shown, flat)
    sheet.header(title, judgement)
    return sheet.svg()


def draw_profile(profile: LineProfile, judgement: Judgement, title: Title) -> str:
    """The bare profile, for a seam that could not be measured; heights are as large as in the other drawing."""
    seen = np.isfinite(profile.z_mm)
    points = np.column_stack((profile.x_mm, -profile.z_mm))[seen]
    middle = float(np.median(points[:, 1])) if len(points) else 0.0
    points = points - [0.0, middle]
    sheet = _Sheet("轮廓 profile", -32.0, 64.0, _PX_PER_MM * _WIDTH_MM / 64.0)
    sheet.dots(points[(np.abs(points[:, 0]) < 32) & (points[:, 1] < _ABOVE_MM) & (points[:, 1] > -_BELOW_MM)], _INK)
    sheet.header(title, judgement)
    return sheet.svg()


def _draw_side(sheet: _Sheet, side: EdgeFit, colour: str, flat: Flat) -> None:
    depths = np.linspace(-SKIN_WINDOW_MM, 0.0, 9)
    skin = [
        flat(side.foot + u * side.inward - 0.5 * side.outline.curvature_per_mm * u * u * side.normal) for u in depths
    ]
    sheet.line(skin, colour, 2.0)
    sheet.line([flat(side.foot), flat(side.foot + side.outline.width_mm * side.inward)], colour, 1.0, "2 4")
    sheet.circle(flat(side.centre), side.outline.radius_mm, colour)
    for point in (side.foot, side.tip):
        sheet.mark(flat(point), colour)


def _draw_gap(sheet: _Sheet, shown: GapFlush, flat: Flat) -> None:
    left, right = flat(shown.master.tip), flat(shown.slave.tip)
    level = min(left[1], right[1]) - 2.3
    for tip in (left, right):
        sheet.line([tip, np.array([tip[0], level - 0.4])], _INK, 0.9)
    middle = np.array([0.5 * (left[0] + right[0]), level])
    for tip in (left, right):
        sheet.line([middle, np.array([tip[0], level])], _INK, arrow=True)
    sheet.label(middle - [0.0, 1.1], f"{shown.gap_mm:.2f}", _INK)


def _draw_flush(sheet: _Sheet, shown: GapFlush, flat: Flat) -> None:
    master, slave = flat(shown.master.foot), flat(shown.slave.foot)
    at = slave[0] + 7.0
    sheet.line([master, np.array([at + 0.6, master[1]])], _MASTER, 0.9, "7 4")
    sheet.line([slave, np.array([at + 0.6, slave[1]])], _SLAVE, 0.9, "7 4")
    side = 1.0 if slave[1] >= master[1] else -1.0
    for tail, head in ((slave[1] + 1.6 * side, slave[1]), (master[1] - 1.6 * side, master[1])):
        sheet.line([np.array([at, tail]), np.array([at, head])], _INK, arrow=True)
    sheet.label(np.array([at, max(master[1], slave[1]) + 2.0]), f"{shown.flush_mm:+.2f}", _INK)


def _summary(judgement: Judgement) -> str:
    """One line: verdict, value, uncertainty, limits."""
    parts = [judgement.verdict.name]
    if isinstance(judgement.value, float) and judgement.expanded_uncertainty is not None:
        parts.append(f"{judgement.value:.3f} \u00b1 {judgement.expanded_uncertainty:.3f} mm (k = 2)")
    if judgement.lower is not None or judgement.upper is not None:
        lower, upper = ("" if limit is None else f"{limit:g}" for limit in (judgement.lower, judgement.upper))
        parts.append(f"{lower} \u2026 {upper} mm".strip())
    return "  ·  ".join(parts)
