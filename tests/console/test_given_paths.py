"""A slip of the pen on the command line is answered at once, by name, before anything large is loaded."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from linewalker.console.given_paths import file_to_read, file_to_write, folder_to_write, robot_name, run_folder
from linewalker.errors import InputError
from linewalker.limbs.checks.robot_facts import robot_facts
from linewalker.limbs.profiles import PROFILES

SHIFT, PLAN = "examples/shift.csv", "examples/plan.yaml"
SLIPS = (
    ["run", "--shift", "nope", "--plan", PLAN],
    ["run", "--shift", SHIFT, "--plan", "nope"],
    ["run", "--shift", SHIFT, "--plan", PLAN, "--world", "nope"],
    ["run", "--shift", SHIFT, "--plan", PLAN, "--robot", "nope.yaml"],
    ["run", "--shift", SHIFT, "--plan", PLAN, "--robot", "nope"],
    ["run", "--shift", SHIFT, "--plan", PLAN, "--out", "nope.txt"],
    ["station", "--plan", "nope"],
    ["station", "--plan", PLAN, "--shift", "nope"],
    ["station", "--plan", PLAN, "--password-file", "nope"],
    ["line", "--shift", "nope"],
    ["score", "nope"],
    ["report", "nope"],
    ["plan", "check", "nope", "--shift", SHIFT],
    ["plan", "check", PLAN, "--shift", "nope"],
    ["doctor", "--robot", "nope.yaml"],
    ["doctor", "--robot", "nope"],
    ["walk", "--goal", "1,0,0", "--boards", "nope"],
    ["walk", "--goal", "1,0,0", "--robot", "nope"],
    ["reach", "--target", "1,0,0", "--calibration", "nope/g1.yaml"],
)
LARGE = ("mujoco", "numba", "scipy", "cv2", "matplotlib", "shapely", "asyncua", "sqlalchemy")
"""Packages that take a tenth of a second to load, or more."""
RUN_ALL = """
import sys
from linewalker import cli
def end(*words):
    sys.argv = ["linewalker", *words]
    try:
        cli.main()
    except SystemExit as ended:
        return ended.code or 0
codes = [end(*words.split("|")) for words in sys.argv[1:]]
print([name for name in {large} if name in sys.modules], codes, file=sys.stderr)
"""


def ended(folder: Path, *commands: list[str]) -> tuple[list[str], str]:
    """Lines of errors, and the last: which large packages were loaded, and the exit codes."""
    script = RUN_ALL.replace("{large}", repr(LARGE))
    words = [sys.executable, "-c", script, *("|".join(command) for command in commands)]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
    *lines, last = done.stderr.splitlines()
    return lines, last


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "nope.txt").write_text("a file")
    (tmp_path / "examples").symlink_to(Path(__file__).parents[2] / "examples")
    return tmp_path


def test_a_slip_is_answered_before_anything_large_is_loaded(folder: Path) -> None:
    lines, last = ended(folder, *SLIPS)
    assert last == f"[] {[2] * len(SLIPS)}"
    assert len(lines) == len(SLIPS)
    assert all("nope" in line and line.startswith("error: ") for line in lines)


def test_help_version_and_a_list_of_robots_load_nothing_large(folder: Path) -> None:
    for profile in PROFILES.values():
        robot_facts(profile)
    _, last = ended(folder, ["--help"], ["run", "--help"], ["--version"], ["robots"])
    assert last == "[] [0, 0, 0, 0]"


@pytest.mark.parametrize("check", [file_to_read, run_folder, file_to_write, folder_to_write])
def test_what_is_right_comes_back(check: Callable[[Path], Path], tmp_path: Path) -> None:
    file = tmp_path / "there"
    file.write_text("")
    path = tmp_path if check in (run_folder, folder_to_write) else file
    assert check(path) == path


def test_what_is_there_but_of_another_kind_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(InputError, match="is a folder"):
        file_to_read(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        file_to_read(file / "below")
    with pytest.raises(InputError, match="can not be read"):
        file_to_read(tmp_path / ("x" * 5000))
    with pytest.raises(InputError, match="no such folder"):
        run_folder(file)
    with pytest.raises(InputError, match="is a file"):
        folder_to_write(file)
    with pytest.raises(InputError, match="no such folder"):
        file_to_write(tmp_path / "none" / "file")
    assert folder_to_write(tmp_path / "none") == tmp_path / "none"


@pytest.mark.parametrize("name", PROFILES)
def test_robots_are_known_by_name(name: str) -> None:
    assert robot_name(name) == name
