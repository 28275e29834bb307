"""What works at a station, real or simulated, loads nothing that knows how a car truly is."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import linewalker

WORKS = ("station.program", "station.run_shift", "brain", "cerebellum", "factory", "inspection", "limbs")
"""A real station's share: its program, and the rooms it works with."""

TRUTH = ("linewalker.world", "linewalker.vehicle.build", "linewalker.vehicle.exact_gap")
SIMULATED = ("linewalker.station.simulated_station", "linewalker.station.plant", "linewalker.station.true_answers")


def modules_of(name: str) -> list[str]:
    """A module of ours, and all below it."""
    path = [f"{root}/{name.replace('.', '/')}" for root in linewalker.__path__]
    below = pkgutil.walk_packages(path, f"linewalker.{name}.")
    return [f"linewalker.{name}", *(module.name for module in below)]


def loaded_with(*names: str) -> set[str]:
    """Modules of ours in a process of its own that imports some."""
    program = f"import sys, {', '.join(names)}; print(*(m for m in sys.modules if m.startswith('linewalker')))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("room", WORKS)
def test_what_works_loads_no_truth(room: str) -> None:
    modules = modules_of(room)
    assert len(modules) > 5 or "." in room
    loaded = loaded_with(*modules)
    assert set(modules) <= loaded
    assert sorted(name for name in loaded if name.startswith(TRUTH + SIMULATED)) == []


def test_the_simulated_station_does_load_it() -> None:
    """So that the test above looks for names that exist."""
    loaded = loaded_with("linewalker.station.simulated_station", "linewalker.vehicle.build.builder")
    for name in TRUTH + SIMULATED:
        assert any(module.startswith(name) for module in loaded), name
