"""What holds for every file of the project, and for its metadata."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_its_metadata_rests_on_nothing_that_is_to_go(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "src" / "linewalker").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    build = "import setuptools.build_meta as b; print(b.prepare_metadata_for_build_wheel('out'))"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", build], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    metadata = (tmp_path / "out" / run.stdout.split()[-1] / "METADATA").read_text(encoding="utf-8")
    assert "\nLicense-Expression: Apache-2.0\n" in metadata
    assert "\nLicense-File: LICENSE\n" in metadata


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
