"""Drawings of profiles: well-formed, small, the numbers in them, everything within the sheet."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from linewalker.inspection.seam.gap_flush import GapFlush, measure_profile
from linewalker.inspection.seam.profile_drawing import draw_measurement, draw_profile
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Reason, Verdict
from tests.inspection.seam.analytic_seam import AnalyticSeam, View, scan

TITLE = Title(zh="门缝 <左>", en="door gap & flush")
JUDGEMENT = Judgement(
    characteristic="G", verdict=Verdict.NOK, reason=Reason.OUTSIDE_TOLERANCE, value=5.1, unit="mm",
    expanded_uncertainty=0.04, lower=3.3, upper=4.7,
)  # fmt: skip


def measured(view: View, **seam: float) -> GapFlush:
    profile, outlines = scan(AnalyticSeam(**seam), view, np.random.default_rng(0))
    found = measure_profile(profile, outlines)
    assert isinstance(found, GapFlush), found
    return found


def coordinates(svg: str) -> np.ndarray:
    """Places of all paths and marks, px."""
    paths = " ".join(re.findall(r'<path d="([^"]*)" stroke', svg))
    pairs = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", paths)
    marks = re.findall(r'cx="(-?[\d.]+)" cy="(-?[\d.]+)"', svg)
    return np.array(pairs + marks, float)


def size(svg: str) -> tuple[float, float]:
    root = ElementTree.fromstring(svg)
    return float(root.attrib["width"]), float(root.attrib["height"])


@pytest.mark.parametrize(
    ("view", "seam"),
    [
        (View(), {"gap": 5.1, "flush": -0.8}),
        (View(turned=True, x=6.0), {"gap": 3.0, "flush": 0.6}),
        (View(roll=0.2), {"gap": 4.0, "flush": 0.0}),
    ],
    ids=["plain", "turned", "rolled"],
)
def test_the_construction_is_drawn_within_the_sheet_and_says_its_values(view: View, seam: dict[str, float]) -> None:
    shown = measured(view, **seam)
    svg = draw_measurement(shown, JUDGEMENT, TITLE)
    assert len(svg) < 60_000
    text = " ".join(ElementTree.fromstring(svg).itertext())
    for part in (TITLE.zh, TITLE.en, "NOK", "5.100 ± 0.040 mm", "3.3 … 4.7 mm", f"{shown.gap_mm:.2f}"):
        assert part in text
    assert f"{shown.flush_mm:+.2f}" in text
    places = coordinates(svg)
    assert len(places) > 100
    assert (places >= 0).all()
    assert (places <= size(svg)).all()


def test_the_master_is_on_the_left_whichever_way_it_was_scanned() -> None:
    one, other = (draw_measurement(measured(View(turned=turned)), JUDGEMENT, TITLE) for turned in (False, True))

    def middle(svg: str, colour: str) -> float:
        marks = re.findall(rf'cx="([\d.]+)" cy="[\d.]+" r="4" fill="#fff" stroke="{colour}"', svg)
        return float(np.mean([float(x) for x in marks]))

    for svg in (one, other):
        assert middle(svg, "#0a66c2") < 0.5 * size(svg)[0] < middle(svg, "#c2570a")


def test_a_bare_profile_has_no_numbers_but_the_reason() -> None:
    profile, _ = scan(AnalyticSeam(), View(), np.random.default_rng(0))
    nothing = Judgement(characteristic="G", verdict=Verdict.NOT_DECIDABLE, reason=Reason.PANELS_TOUCH)
    svg = draw_profile(profile, nothing, TITLE)
    text = " ".join(ElementTree.fromstring(svg).itertext())
    assert Reason.PANELS_TOUCH.title.en in text
    assert "±" not in text
    places = coordinates(svg)
    assert (places >= 0).all()
    assert (places <= size(svg)).all()


def test_a_profile_in_which_nothing_came_back_is_an_empty_sheet() -> None:
    profile, _ = scan(AnalyticSeam(), View(), np.random.default_rng(0))
    profile.z_mm[:] = np.nan
    svg = draw_profile(profile, JUDGEMENT, TITLE)
    assert len(coordinates(svg)) == 1  # where the ruler begins
    assert "profile" in svg
