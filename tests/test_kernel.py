"""Compiled kernels are kept in the cache folder, never beside the sources, and never serve another source."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numba
import numpy as np
import pytest

import linewalker
from linewalker.cachefolder import source_hash
from linewalker.kernel import make_ready
from tests.kernel_calls import called_by_python, kernels, read_modules

SOURCE = """
from linewalker.kernel import kernel

@kernel()
def twice(x):
    return 2.0 * x
"""

ENTRY = """
from __future__ import annotations
from typing import NamedTuple
from linewalker.kernel import Vector, kernel

class Thing(NamedTuple):
    values: Vector
    count: int

@kernel(entry=True)
def twice(thing: Thing, x: float) -> Vector:
    return _twice(thing.values) * 2.0 * x

@kernel()
def _twice(values):
    return 2.0 * values
"""
BUILD_OF_VEHICLES = "linewalker.vehicle."
"""Not while a robot moves."""


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setenv("LINEWALKER_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(numba.config, "CACHE_DIR", "")
    yield tmp_path / "cache" / "kernels"
    source_hash.cache_clear()


def load(path: Path, source: str = SOURCE) -> ModuleType:
    """A module as a fresh process would import it."""
    path.write_text(source)
    source_hash.cache_clear()
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def compiled(module: ModuleType) -> int:
    """How often it has been compiled, rather than loaded."""
    return sum(module.twice.stats.cache_misses.values())


def test_a_kernel_is_compiled_once_for_all_processes_and_trees(folder: Path, tmp_path: Path) -> None:
    first = load(tmp_path / "some_kernel.py")
    assert first.twice(1.5) == 3.0
    assert compiled(first) == 1
    assert len(list(folder.iterdir())) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"cache", "some_kernel.py"}
    (tmp_path / "elsewhere").mkdir()
    for path in (tmp_path / "some_kernel.py", tmp_path / "elsewhere" / "some_kernel.py"):
        again = load(path)
        assert again.twice(1.5) == 3.0
        assert compiled(again) == 0
    assert again.twice(np.float32(1.5)) == 3.0
    assert compiled(again) == 1


def test_another_source_is_never_served_by_the_old_machine_code(folder: Path, tmp_path: Path) -> None:
    assert load(tmp_path / "some_kernel.py").twice(1.5) == 3.0
    changed = load(tmp_path / "some_kernel.py", SOURCE.replace("2.0", "4.0"))
    assert changed.twice(1.5) == 6.0
    assert load(tmp_path / "some_kernel.py").twice(1.5) == 3.0
    assert len(list(folder.iterdir())) == 2


def test_a_kernel_is_not_looked_for_in_the_module_it_has_left(folder: Path, tmp_path: Path) -> None:
    assert load(tmp_path / "some_kernel.py").twice(1.5) == 3.0
    del sys.modules["some_kernel"]
    (tmp_path / "some_kernel.py").unlink()
    moved = load(tmp_path / "moved_kernel.py")
    assert moved.twice(1.5) == 3.0
    assert compiled(moved) == 1
    assert len(list(folder.iterdir())) == 2


def test_a_damaged_file_is_made_anew(folder: Path, tmp_path: Path) -> None:
    load(tmp_path / "some_kernel.py").twice(1.5)
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    for damaged in (b"", whole[: len(whole) // 2], whole[:-1] + b"?"):
        path.write_bytes(damaged)
        again = load(tmp_path / "some_kernel.py")
        assert again.twice(1.5) == 3.0
        assert compiled(again) == 1
        assert compiled(load(tmp_path / "some_kernel.py")) == 0


def test_processes_that_compile_at_once_do_not_disturb_one_another(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "some_kernel.py").write_text(SOURCE)
    script = "import some_kernel; print(some_kernel.twice(1.5), some_kernel.twice(2))"
    at_once = [
        subprocess.Popen([sys.executable, "-B", "-c", script], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [process.communicate()[0] for process in at_once] == ["3.0 4.0\n"] * 3
    again = load(tmp_path / "some_kernel.py")
    assert again.twice(1.5) == 3.0
    assert compiled(again) == 0
    assert len(list(folder.iterdir())) == 2


def test_a_folder_that_the_user_gave_to_numba_is_used(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "numbas"))
    load(tmp_path / "some_kernel.py").twice(1.5)
    assert len(list((tmp_path / "numbas").iterdir())) == 1
    assert not folder.exists()


def test_whatever_python_calls_is_compiled_before_it_is_used() -> None:
    modules = read_modules(Path(linewalker.__file__).parent)
    known = kernels(modules)
    called = {name for name in called_by_python(modules, known) if not name[0].startswith(BUILD_OF_VEHICLES)}
    assert len(called) > 30
    assert sorted(name for name in called if not known[name]) == []


def test_prepare_compiles_every_entry() -> None:
    known = kernels(read_modules(Path(linewalker.__file__).parent))
    script = "import sys, linewalker.station.warm_up; print(*sys.modules)"
    imported = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert {module for (module, _), entry in known.items() if entry} <= set(imported)


def test_an_entry_is_compiled_for_its_annotations_and_refuses_all_else(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not folder.exists()
    monkeypatch.setattr("linewalker.kernel._WAITING", [])  # entries that other tests have imported
    module = load(tmp_path / "some_kernel.py", ENTRY)
    make_ready()
    assert compiled(module) == 1
    assert module.twice(module.Thing(np.ones(2), 3), 1.0).tolist() == [4.0, 4.0]
    assert module.twice(module.Thing(np.ones(2), 3), 1).tolist() == [4.0, 4.0]
    for other in (np.ones(2, np.float32), np.ones(4)[::2], np.ones((2, 2))):
        with pytest.raises(TypeError):
            module.twice(module.Thing(other, 3), 1.0)
    assert compiled(module) == 1


def test_a_walk_leaves_nothing_in_the_folder_of_the_package(tmp_path: Path) -> None:
    package = Path(linewalker.__file__).parent
    shutil.copytree(package, tmp_path / "linewalker", ignore=shutil.ignore_patterns("__pycache__"))
    before = sorted(tmp_path.rglob("*"))
    script = "import sys; sys.path.insert(0, ''); from linewalker import cli; print(cli.__file__); cli.main()"
    walk = [sys.executable, "-B", "-c", script, "walk", "--goal", "0,0,0"]
    done = subprocess.run(walk, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(str(tmp_path / "linewalker" / "cli.py"))
    assert "steps" in done.stdout
    assert sorted(tmp_path.rglob("*")) == before
