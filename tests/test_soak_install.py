"""Slow: the wheel in an empty environment, far from any clone, with every Python of this machine. ``make soak``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_project import SUPPORTED, wheel  # noqa: F401  a fixture

pytestmark = pytest.mark.soak

LARGEST_MB = 900
PROGRAM = "import linewalker as lw; print(lw.floor_model(lw.load_profile('g1')).nv)"


def pythons() -> list[str]:
    """Interpreters of the supported versions that run here, this one for its own."""
    found = []
    for version in SUPPORTED:
        here = sys.executable if sys.version.startswith(f"{version}.") else shutil.which(f"python{version}")
        if here and subprocess.run([here, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0:
            found.append(here)
    return found


@pytest.mark.parametrize("python", pythons(), ids=lambda path: Path(path).name)
def test_the_wheel_works_without_a_clone_and_leaves_nothing(python: str, wheel, tmp_path: Path) -> None:  # noqa: F811
    environment, desk, home = (tmp_path / name for name in ("environment", "desk", "home"))
    for folder in (desk, home):
        folder.mkdir()
    ours = ("PYTHON", "LINEWALKER_", "XDG_", "VIRTUAL_ENV")
    variables = {name: value for name, value in os.environ.items() if not name.startswith(ours)} | {"HOME": str(home)}

    def run(*command: str) -> str:
        done = subprocess.run(
            command, cwd=desk, env=variables, capture_output=True, encoding="utf-8", errors="replace", check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    run(python, "-m", "venv", str(environment))
    there, linewalker = str(environment / "bin" / "python"), str(environment / "bin" / "linewalker")
    run(there, "-m", "pip", "install", "--quiet", str(wheel.filename))
    used = sum(path.lstat().st_blocks * 512 for path in environment.rglob("*"))
    assert used < LARGEST_MB * 2**20
    assert run(linewalker, "--version") == "linewalker 0.1.0\n"
    assert "Unitree G1" in run(linewalker, "robots")
    assert "this machine is ready" in run(linewalker, "doctor")
    assert "0.5, 0, 0 deg" in run(linewalker, "walk", "--goal", "0.5,0,0")
    assert run(there, "-c", PROGRAM) == "35\n"
    assert not list(desk.iterdir())
    assert (home / ".cache" / "linewalker").is_dir()
    run(there, "-m", "pip", "uninstall", "--quiet", "--yes", "linewalker")
    assert not [path for path in environment.rglob("*") if "linewalker" in path.name.lower()]
