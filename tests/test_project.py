"""The project can be built by the setuptools it is pinned to, and by the next one."""

from __future__ import annotations

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
