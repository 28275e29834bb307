"""What would be slow on first use is done by then: models, robots, kernels, and none is forgotten."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import linewalker
from linewalker.errors import MissingPackage
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profiles import PROFILES
from linewalker.station import warm_up
from linewalker.station.inputs import known_models

PACKAGE = Path(linewalker.__file__).parent


def test_everything_is_done_after_it_was_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    monkeypatch.setattr(warm_up, "load_models", lambda names: done.extend(names))
    monkeypatch.setattr(warm_up, "robot_facts", lambda profile: done.append(profile.name))
    monkeypatch.setattr(warm_up, "make_ready", lambda: done.append("kernels"))
    announced = []
    for text in warm_up.prepare():
        announced.append((text, len(done)))
    assert done == [*known_models(), *(profile.name for profile in PROFILES.values()), "kernels"]
    assert [count for _, count in announced] == [*range(len(known_models()) + 1), len(done) - 1]
    assert all(name in text for name, (text, _) in zip(known_models(), announced))


def test_a_robot_whose_model_is_not_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []

    def without_talos(profile: RobotProfile) -> None:
        if profile.name == "talos":
            raise MissingPackage("the model of talos needs: pip install example-robot-data")
        measured.append(profile.name)

    monkeypatch.setattr(warm_up, "load_models", lambda _: None)
    monkeypatch.setattr(warm_up, "robot_facts", without_talos)
    monkeypatch.setattr(warm_up, "make_ready", lambda: measured.append("kernels"))
    list(warm_up.prepare())
    assert measured == [*(name for name in PROFILES if name != "talos"), "kernels"]


def test_it_imports_every_file_of_kernels_so_that_none_is_compiled_while_a_robot_moves() -> None:
    program = "import sys, linewalker.station.warm_up; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    kernels = {
        ".".join(("linewalker", *path.relative_to(PACKAGE).with_suffix("").parts))
        for path in PACKAGE.rglob("*_kernel.py")
    }
    assert len(kernels) > 10
    assert kernels - set(done.stdout.split()) == set()
