"""The names of `import linewalker as lw`: there, documented, shown in use, light to import, and no others."""

from __future__ import annotations

import ast
import copy
import doctest
import inspect
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

import linewalker as lw

ROOT = Path(__file__).parents[1]
EXAMPLES = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("examples/[0-9][0-9]_*.py")))
HEAVY = ("numpy", "numba", "mujoco", "scipy", "cv2")


def fresh(program: str) -> str:
    """What a new Python prints."""
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def shown(name: str) -> list[doctest.DocTest]:
    """The doctest in its docstring, if it has one."""
    found = doctest.DocTestFinder(recurse=False).find(getattr(lw, name), name, module=False, globs={})
    return [test for test in found if test.examples]


@pytest.mark.parametrize("name", lw.__all__)
def test_every_name_leads_home_and_has_a_docstring(name: str) -> None:
    thing = getattr(lw, name)
    assert thing.__name__ == name
    assert inspect.getdoc(thing)
    assert getattr(sys.modules[thing.__module__], name) is thing  # so that it can be pickled


@pytest.mark.parametrize("name", lw.__all__)
def test_every_name_is_shown_in_use(name: str) -> None:
    assert f"lw.{name}" in EXAMPLES or any(f"lw.{name}" in example.source for example in shown(name)[0].examples)


@pytest.mark.parametrize("name", [name for name in lw.__all__ if shown(name)])
def test_what_its_docstring_shows_is_true(name: str) -> None:
    for test in shown(name):
        said: list[str] = []
        failed, tried = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
        assert tried
        assert not failed, "".join(said)


@pytest.mark.parametrize("document", ["docs/api.md", "docs/api.zh-CN.md"])
def test_the_document_lists_them_all_and_no_others(document: str) -> None:
    rows = re.findall(r"^\| `(\w+)[^|]*` \| (.*) \|$", (ROOT / document).read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(lw.__all__)


def test_nothing_else_is_public() -> None:
    assert [name for name in dir(lw) if not name.startswith("_")] == sorted(lw.__all__)
    assert fresh("from linewalker import *; print(*sorted(n for n in dir() if n[0] != '_'))").split() == sorted(
        lw.__all__
    )


def test_type_checkers_read_what_python_loads() -> None:
    tree = ast.parse(Path(lw.__file__).read_text(encoding="utf-8"))
    [seen, *_] = [node for node in tree.body if isinstance(node, ast.If)]
    imports = [node for node in seen.body if isinstance(node, ast.ImportFrom)]
    assert {name.name: node.module for node in imports for name in node.names} == lw._HOME
    assert sorted(lw._HOME) == sorted(lw.__all__)
    assert (Path(lw.__file__).parent / "py.typed").exists()


def test_importing_is_light_and_asking_loads() -> None:
    loaded = f"[name for name in {HEAVY} if name in sys.modules]"
    assert fresh(f"import sys, linewalker as lw; dir(lw); print({loaded})") == "[]"
    assert fresh(f"import sys, linewalker as lw; lw.InputError; print({loaded})") == "[]"
    assert fresh("import sys, linewalker as lw; lw.Pose; print('numpy' in sys.modules)") == "True"


def test_what_loaded_lazily_is_pickled_and_copied() -> None:
    things = (
        lw.Mode.WALKING,
        lw.StopRules(localisation_s=2.0),
        lw.Waypoint(x=1.0, y=2.0, yaw=0.5),
        lw.MotionController,
    )
    assert pickle.loads(pickle.dumps(things)) == things
    assert copy.deepcopy(things) == things
    again = "import pickle, sys; print(pickle.loads(bytes.fromhex(sys.argv[1])))"  # where nothing is loaded yet
    run = [sys.executable, "-c", again, pickle.dumps(lw.StopRules(localisation_s=2.0)).hex()]
    assert "localisation_s=2.0" in subprocess.run(run, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(("wrong", "meant"), [("MotionControler", "MotionController"), ("plan_rout", "plan_route")])
def test_an_unknown_name_is_told_what_there_is(wrong: str, meant: str) -> None:
    with pytest.raises(AttributeError, match=f"no public name {wrong}; did you mean {meant}") as caught:
        getattr(lw, wrong)
    assert all(name in str(caught.value) for name in lw.__all__)
    with pytest.raises(AttributeError, match=r"no public name xyzzy; there are Controller, "):
        _ = lw.xyzzy  # type: ignore[attr-defined]
