"""Uncertainty of a measuring system and of a measuring process against a tolerance (VDA 5:2021, ISO 22514-7:2012)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from linewalker.errors import InputError

SYSTEM_PERCENT, PROCESS_PERCENT = 15.0, 30.0
COVERAGE = 2.0

SYSTEM = ("calibration", "resolution", "bias", "linearity", "repeatability", "system_other")
PROCESS = ("repeatability_parts", "operators", "interaction", "stability", "temperature", "object", "process_other")
"""Standard uncertainties a budget may have; those of the process come on top."""

_SCATTER = ("resolution", "repeatability", "repeatability_parts")
"""Each holds the others already, so only the greatest counts."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of a budget.

    Attributes:
        name: which source.
        std: its standard uncertainty.
        in_system, in_process: whether it counts there; a smaller one of repeatability and resolution does not.
    """

    name: str
    std: float
    in_system: bool
    in_process: bool


@dataclass(frozen=True, kw_only=True)
class Budget:
    """Standard uncertainties put together.

    Attributes:
        entries: the lines.
        tolerance: width.
        system, process: combined standard uncertainties; process None if nothing of it is known.
    """

    entries: tuple[Entry, ...]
    tolerance: float
    system: float
    process: float | None

    def expanded(self, std: float) -> float:
        """U, k = 2."""
        return COVERAGE * std

    def ratio_percent(self, std: float) -> float:
        """Q = 2 U / T."""
        return 200.0 * COVERAGE * std / self.tolerance

    @property
    def capable(self) -> bool:
        """Q_MS at most 15 %, and Q_MP, if it is known, at most 30 %."""
        process_ok = self.process is None or self.ratio_percent(self.process) <= PROCESS_PERCENT
        return self.ratio_percent(self.system) <= SYSTEM_PERCENT and process_ok

    def least_tolerance(self, *, process: bool) -> float:
        """The narrowest tolerance that the system, or the process, is good enough for."""
        std, limit = (self.process or 0.0, PROCESS_PERCENT) if process else (self.system, SYSTEM_PERCENT)
        return 200.0 * COVERAGE * std / limit


def budget(components: Mapping[str, float], tolerance: float) -> Budget:
    """Root of the sum of squares; of resolution and repeatabilities only the greatest (ISO 22514-7:2012, tables 4, 8).

    Args:
        components: name of `SYSTEM` or `PROCESS` -> standard uncertainty, in the unit of the tolerance.
        tolerance: width.

    Raises:
        InputError: an unknown name, a negative uncertainty, nothing at all, or no tolerance.
    """
    if not 0.0 < tolerance < math.inf:
        raise InputError(f"{tolerance:g} is no tolerance; give its width, above 0", key="tolerance")
    for name, std in components.items():
        if name not in (*SYSTEM, *PROCESS):
            raise InputError(f"unknown source '{name}'; there is {', '.join((*SYSTEM, *PROCESS))}", key="component")
        if not 0.0 <= std < math.inf:
            raise InputError(f"{std:g} is no standard uncertainty; give 0 or more", key=name)
    if not components:
        raise InputError("nothing is known of this measuring system; name a study or an uncertainty")
    of_system = {name: std for name, std in components.items() if name in SYSTEM}
    counted, counted_all = _counted(of_system), _counted(components)
    entries = [
        Entry(name=name, std=std, in_system=name in counted, in_process=name in counted_all)
        for name, std in sorted(components.items(), key=lambda item: (*SYSTEM, *PROCESS).index(item[0]))
    ]
    return Budget(
        entries=tuple(entries),
        tolerance=tolerance,
        system=math.hypot(*counted.values()),
        process=math.hypot(*counted_all.values()) if len(of_system) < len(components) else None,
    )


def _counted(components: Mapping[str, float]) -> dict[str, float]:
    scatter = {name: std for name, std in components.items() if name in _SCATTER}
    kept = max(scatter, key=lambda name: scatter[name], default=None)
    return {name: std for name, std in components.items() if name not in _SCATTER or name == kept}
