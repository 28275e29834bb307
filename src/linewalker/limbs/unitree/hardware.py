"""Which hardware a G1 says it is, in ``mode_machine``: what we walk, and what we refuse by name."""

from __future__ import annotations

KNOWN = {5: "G1, 29 joints", 15: "G1, 29 joints, newer"}
LOCKED_WAIST = (6, 12, 14, 16)
OTHER_GEARS = (4, 9, 10, 11, 13)


def hardware_fault(mode_machine: int) -> str:
    """Why a robot that says so is not for our model of the G1; empty if it is."""
    if mode_machine in KNOWN:
        return ""
    if mode_machine in LOCKED_WAIST:
        return f"mode_machine {mode_machine}: its waist is locked"
    if mode_machine in OTHER_GEARS:
        return f"mode_machine {mode_machine}: its gears are others"
    return f"mode_machine {mode_machine}: unknown hardware"
