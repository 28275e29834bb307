"""Which hardware is walked, and by which name the others are refused."""

from __future__ import annotations

import pytest

from linewalker.limbs.unitree.hardware import KNOWN, hardware_fault


@pytest.mark.parametrize("mode", range(256))
def test_only_hardware_that_is_known_is_walked(mode: int) -> None:
    assert (hardware_fault(mode) == "") is (mode in KNOWN)


@pytest.mark.parametrize(("mode", "word"), [(6, "locked"), (16, "locked"), (4, "gears"), (13, "gears"), (0, "unknown")])
def test_others_are_refused_by_name(mode: int, word: str) -> None:
    assert word in hardware_fault(mode)
    assert f"mode_machine {mode}:" in hardware_fault(mode)
