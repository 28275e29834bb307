"""Every study of the examples, as a sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from linewalker.console.capability import studies
from linewalker.console.capability.choices import Design, Method, Scale
from linewalker.console.capability.sheet import Sheet

FOLDER = Path(__file__).parents[3] / "examples" / "capability"

STUDIES: dict[str, Callable[[], Sheet]] = {
    "type1": lambda: studies.study_type_one(FOLDER / "type1.csv", 4.0, 0.2, 0.001, 20.0, 6.0),
    "crossed": lambda: studies.study_gauge(FOLDER / "grr.csv", Design.CROSSED, Method.ANOVA, 8.0),
    "range": lambda: studies.study_gauge(FOLDER / "grr.csv", Design.CROSSED, Method.RANGE, None),
    "nested": lambda: studies.study_gauge(FOLDER / "grr_iso.csv", Design.NESTED, Method.ANOVA, 9.0),
    "single": lambda: studies.study_gauge(FOLDER / "grr_iso.csv", Design.SINGLE, Method.ANOVA, 9.0),
    "attribute": lambda: studies.study_attribute(FOLDER / "attribute.csv", None),
    "linearity": lambda: studies.study_linearity(FOLDER / "linearity.csv"),
    "stability": lambda: studies.study_stability(FOLDER / "stability.csv"),
    "pod": lambda: studies.study_pod(FOLDER / "hit_miss.csv", Scale.LOG, None, Scale.LOG, None, None),
    "signals": lambda: studies.study_pod(FOLDER / "signals.csv", Scale.LOG, 6.0, Scale.LOG, 4.0, None),
    "budget": lambda: studies.study_budget(
        9.0, resolution=0.005, calibration=0.01, linearity_file=FOLDER / "linearity_iso.csv",
        gauge_file=FOLDER / "grr_iso.csv",
    ),
}  # fmt: skip
