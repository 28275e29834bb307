"""The measures of the house: every source file has its mirror among the tests, no file and no function is too long."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "linewalker"

LONGEST_FILE, LONGEST_FUNCTION = 400, 60


def without_mirror(package: Path, tests: Path) -> Iterator[str]:
    """Sources ``a/b.py`` for which there is no ``tests/a/test_b.py``."""
    for source in sorted(package.rglob("*.py")):
        inside = source.relative_to(package)
        if not inside.name.startswith("__") and not (tests / inside.with_name(f"test_{inside.name}")).is_file():
            yield inside.as_posix()


def too_long(source: str) -> Iterator[str]:
    """What in a Python file has more lines than it may have."""
    lines = len(source.splitlines())
    if lines > LONGEST_FILE:
        yield f"{lines} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{node.name}: {length} lines"


def test_every_source_has_its_mirror() -> None:
    assert list(without_mirror(PACKAGE, ROOT / "tests")) == []


@pytest.mark.parametrize("folder", ["src", "tests", "benchmarks", "examples"])
def test_no_file_and_no_function_is_too_long(folder: str) -> None:
    found = {
        f"{path.relative_to(ROOT)}: {what}"
        for path in (ROOT / folder).rglob("*.py")
        for what in too_long(path.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_what_is_too_long_is_found() -> None:
    function = "def f():\n" + "    pass\n" * LONGEST_FUNCTION
    assert list(too_long(function)) == ["f: 61 lines"]
    assert list(too_long("async " + function)) == ["f: 61 lines"]
    assert list(too_long("x = 1\n" * (LONGEST_FILE + 1))) == ["401 lines"]
    assert list(too_long("x = 1\n" * LONGEST_FILE)) == []


def test_a_source_without_mirror_is_found(tmp_path: Path) -> None:
    package, tests = tmp_path / "package", tmp_path / "tests"
    for file in ("package/__init__.py", "package/a.py", "package/room/b.py", "tests/test_b.py", "tests/room/test_a.py"):
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert list(without_mirror(package, tests)) == ["a.py", "room/b.py"]
    (tests / "room" / "test_b.py").touch()
    assert list(without_mirror(package, tests)) == ["a.py"]
