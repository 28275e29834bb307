"""What holds for every file of the project, and for its metadata."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from email import message_from_string
from email.message import Message
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SUPPORTED = ("3.11", "3.12", "3.13")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """Ours, built of a copy: nothing that lies beside the code gets into it, no warning is left unheard."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    build = "import setuptools.build_meta as b; print(b.build_wheel('.'))"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", build], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stderr
    with zipfile.ZipFile(folder / run.stdout.split()[-1]) as built:
        yield built


def metadata(wheel: zipfile.ZipFile) -> Message:
    [name] = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
    return message_from_string(wheel.read(name).decode())


def test_the_wheel_has_every_file_of_the_package_as_it_is(wheel: zipfile.ZipFile) -> None:
    source = {
        path.relative_to(ROOT / "src").as_posix(): path
        for path in (ROOT / "src" / "linewalker").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert inside == set(source)
    assert all(wheel.read(name) == path.read_bytes() for name, path in source.items())


def test_the_wheel_installs_wherever_a_supported_python_runs(wheel: zipfile.ZipFile) -> None:
    [record] = [name for name in wheel.namelist() if name.endswith(".dist-info/WHEEL")]
    assert "Tag: py3-none-any" in wheel.read(record).decode()
    said = metadata(wheel)
    wanted = SpecifierSet(said["Requires-Python"])
    assert all(f"{version}.0" in wanted for version in SUPPORTED)
    assert "3.10.14" not in wanted
    listed = [entry.rpartition(" ")[2] for entry in said.get_all("Classifier", []) if "Python :: 3." in entry]
    assert tuple(listed) == SUPPORTED


def test_the_wheel_carries_its_licences(wheel: zipfile.ZipFile) -> None:
    said = metadata(wheel)
    assert said["License-Expression"] == PROJECT["license"]
    assert said.get_all("License-File") == PROJECT["license-files"]
    for licence in PROJECT["license-files"]:
        [name] = [name for name in wheel.namelist() if name.endswith(f".dist-info/licenses/{licence}")]
        assert wheel.read(name) == (ROOT / licence).read_bytes()


def pinned(lock: str) -> dict[str, str]:
    """Versions by name; a lock holds pins and comments, and names no place to get them from."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if not line.startswith("#")]
    assert all(len(pin.specifier) == 1 and str(pin.specifier).startswith("==") and pin.url is None for pin in pins)
    return {canonicalize_name(pin.name): str(pin.specifier)[2:] for pin in pins}


def test_what_runs_is_pinned_apart_from_what_only_tests_need() -> None:
    runs, tests = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert not runs.keys() & tests.keys()
    extras = PROJECT["optional-dependencies"]
    needed = [(runs, PROJECT["dependencies"]), *((runs | tests, extras[name]) for name in ("talos", "mcp", "view"))]
    for pins, requirements in needed:
        for requirement in map(Requirement, requirements):
            assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), requirement
    assert {canonicalize_name(Requirement(dev).name) for dev in PROJECT["optional-dependencies"]["dev"]} <= {
        "linewalker",
        *tests,
    }


def texts_without_encoding(source: str) -> list[int]:
    """Lines that read or write a text in whatever encoding the machine has."""
    lines = []
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        text = any(getattr(given.get(key), "value", None) is True for key in ("text", "universal_newlines"))
        if name in ("open", "fdopen"):
            at = 0 if isinstance(call.func, ast.Attribute) and name == "open" else 1
            mode = given.get("mode", call.args[at] if len(call.args) > at else None)
            flags = not (mode is None or isinstance(mode, ast.Constant))  # os.open
            text = not flags and "b" not in (mode.value if isinstance(mode, ast.Constant) else "r")
        if (name in ("read_text", "TextIOWrapper") and not (name == "read_text" and call.args)) or name == "write_text":
            text = True
        if text and "encoding" not in given:
            lines.append(call.lineno)
    return lines


def test_texts_without_encoding_are_found() -> None:
    wrong = "p.read_text()\np.write_text(x)\nopen(p)\np.open('w')\nos.fdopen(d, 'w')\nrun(c, text=True)\n"
    assert texts_without_encoding(wrong) == [1, 2, 3, 4, 5, 6]
    right = "read_text(path)\np.open('rb')\nos.open(p, os.O_RDONLY)\nopen(p, 'w', encoding='utf-8')\np.read_bytes()\n"
    assert texts_without_encoding(right) == []


def test_every_text_has_the_encoding_it_says_whatever_the_machine_has() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for folder in ("src", "benchmarks", "examples")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line in texts_without_encoding(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_test_forks_the_process_it_runs_in() -> None:
    """It has threads: see `tests.dying`. Programs that are run alone fork as they like."""
    tests = [path for path in sorted((ROOT / "tests").rglob("test_*.py")) if path != Path(__file__)]
    assert [path.name for path in tests if "os.fork(" in path.read_text(encoding="utf-8")] == []
