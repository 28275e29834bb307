"""What ``linewalker measure`` does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import typer

from linewalker.errors import InputError
from linewalker.inspection.seam.bare_profiles import ProfileChoices, ProfilesMeasurement, measure_profiles
from linewalker.inspection.seam.profile_file import read_profiles
from linewalker.inspection.seam.uncertainty import Budget
from linewalker.inspection.verdict import COVERAGE_FACTOR, Undecided
from linewalker.messages.catalogue import say

EXIT_NOT_MEASURED = 1
_LEAST_MM = 5.0
_DIGITS = 4


def measure_gap(
    file: Path, choices: ProfileChoices, *, upwards: Sequence[bool], scale: float, as_json: bool = False
) -> int:
    """Measure, and print what was found; the exit code.

    Args:
        file, choices: what to measure in, and how.
        upwards: directions of z to try, in this order.
        scale: mm by the unit of the file.
    """
    profiles = [points * scale for points in read_profiles(file)]
    width = max(float(np.ptp(points[:, 0])) for points in profiles)
    if width < _LEAST_MM:
        raise InputError(f"the profiles are {width:.3g} mm wide; with metres in the file give --unit m", file=file)
    found: ProfilesMeasurement | Undecided | None = None
    for way in upwards:
        again = measure_profiles(profiles, choices, upwards=way)
        found = again if found is None or not isinstance(again, Undecided) else found
        if not isinstance(found, Undecided):
            break
    assert found is not None
    typer.echo(json.dumps(_facts(found), ensure_ascii=False, indent=2) if as_json else _lines(found))
    return EXIT_NOT_MEASURED if isinstance(found, Undecided) else 0


def _facts(found: ProfilesMeasurement | Undecided) -> dict[str, object]:
    if isinstance(found, Undecided):
        return {"measured": False, "reason": found.reason.value, "detail": found.detail}
    return {
        "measured": True,
        "gap_mm": round(found.gap_mm, _DIGITS),
        "gap_expanded_uncertainty_mm": round(found.gap_budget.expanded_mm, _DIGITS),
        "flush_mm": round(found.flush_mm, _DIGITS),
        "flush_expanded_uncertainty_mm": round(found.flush_budget.expanded_mm, _DIGITS),
        "k": COVERAGE_FACTOR,
        "gap_budget_mm": _rounded(found.gap_budget),
        "flush_budget_mm": _rounded(found.flush_budget),
        "radius_master_mm": round(found.radius_master_mm, _DIGITS),
        "radius_slave_mm": round(found.radius_slave_mm, _DIGITS),
        "profiles_used": found.used,
        "profiles": found.taken,
    }


def _rounded(budget: Budget) -> dict[str, float]:
    return {source: round(float(value), _DIGITS) for source, value in budget.contributions.items()}


def _lines(found: ProfilesMeasurement | Undecided) -> str:
    if isinstance(found, Undecided):
        return f"{say('not measured')}: {found.reason.title.spoken} ({found.detail})"
    gap, flush = found.gap_budget.expanded_mm, found.flush_budget.expanded_mm
    master, slave = found.radius_master_mm, found.radius_slave_mm
    return "\n".join(
        (
            say(f"gap {found.gap_mm:.3f} mm, U = {gap:.3f} mm (k = {COVERAGE_FACTOR:g})"),
            say(f"flush {found.flush_mm:+.3f} mm, U = {flush:.3f} mm (k = {COVERAGE_FACTOR:g})"),
            say(f"{found.used} of {found.taken} profiles count; edge radii seen: {master:.2f} and {slave:.2f} mm"),
        )
    )
