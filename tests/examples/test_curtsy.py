"""A skill in a package of its own, from an order to knees that bend: nothing of ours knows it."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from linewalker.brain.language.interpretation import Course
from linewalker.brain.skills.skills import SKILLS
from linewalker.errors import InputError, UnreachableError
from linewalker.limbs.profiles import PROFILES, load_profile
from linewalker.station.bench import Floor
from linewalker.station.hall.hall_file import read_hall
from linewalker.station.hall.hall_reader import hall_reader
from tests.brain.plane_robot import plane_operator
from tests.docs.blocks import blocks

EXAMPLE = Path(__file__).parents[2] / "examples" / "curtsy"


@pytest.fixture(scope="module", autouse=True)
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """As pip leaves the example: its module, and what its pyproject.toml offers."""
    site = tmp_path_factory.mktemp("site")
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = site / f"linewalker_curtsy-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n", encoding="utf-8")
    offered = project["entry-points"]["linewalker.skills"]
    lines = "".join(f"{name} = {what}\n" for name, what in offered.items())
    (info / "entry_points.txt").write_text(f"[linewalker.skills]\n{lines}", encoding="utf-8")
    (site / "curtsy.py").write_text((EXAMPLE / "curtsy.py").read_text(encoding="utf-8"), encoding="utf-8")
    sys.path.insert(0, str(site))
    yield
    sys.path.remove(str(site))
    sys.modules.pop("curtsy", None)


def curtsy(operator: Any) -> Any:
    return SKILLS["curtsy"](SimpleNamespace(operator=operator))  # type: ignore[arg-type]


def test_its_parameter_is_checked_as_ours_are() -> None:
    assert SKILLS["curtsy"].complete({}) == {"depth_mm": 40.0}
    with pytest.raises(InputError, match="depth_mm is 500"):
        SKILLS["curtsy"].complete({"depth_mm": 500.0})


def test_knees_are_given_back_whether_it_ends_or_is_broken_off() -> None:
    operator: Any = plane_operator()
    skill = curtsy(operator)
    operator.run(skill.act({"depth_mm": 40.0}))
    lowest_m = min(led.pelvis_height_offset_m for led in operator.motion.led if led is not None)
    assert lowest_m == pytest.approx(-0.04, abs=1e-4)
    assert operator.motion.led[-1] is None
    next(skill.act({"depth_mm": 40.0}))
    list(skill.withdraw())
    assert operator.motion.led[-1] is None


def test_a_robot_that_walks_bends_no_knee() -> None:
    operator: Any = plane_operator()
    operator.motion.follow([(1.0, 0.0, 0.0)])
    next(operator.wait(1.0))
    with pytest.raises(UnreachableError, match="walking"):
        operator.run(curtsy(operator).act({"depth_mm": 40.0}))


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_every_robot_bends_its_knees_as_deep_as_told_and_stands_again(name: str) -> None:
    floor = Floor(load_profile(name), 0, visual=False)
    floor.run(0.6)
    operator: Any = SimpleNamespace(motion=floor.motion, now_s=floor.now_s)
    pelvis = floor.data.body(floor.motion.profile.base).xpos
    stood_m, heights = float(pelvis[2]), []
    for _ in curtsy(operator).act({"depth_mm": 40.0}):
        floor.tick()
        operator.now_s = floor.now_s
        heights.append(float(pelvis[2]))
    floor.run(1.5)
    assert stood_m - min(heights) == pytest.approx(0.04, abs=0.006)
    assert float(pelvis[2]) == pytest.approx(stood_m, abs=0.004)
    assert floor.motion.state.steps == 0
    assert np.linalg.norm(floor.true_middle()) < 2e-3


@pytest.mark.parametrize("document", ["docs/skills.md", "docs/skills.zh-CN.md"])
def test_a_hall_that_a_document_shows_asks_for_it(document: str, tmp_path: Path) -> None:
    (text,) = [found.text for found in blocks("text") if found.document == document and "does: [curtsy]" in found.text]
    hall = (EXAMPLE.parent / "showroom" / "hall.yaml").read_text(encoding="utf-8")
    path = tmp_path / "hall.yaml"
    path.write_text(re.sub("^skills:.*$", text.rstrip(), hall, count=1, flags=re.MULTILINE), encoding="utf-8")
    reader = hall_reader(read_hall(path), tmp_path, None)
    for order in ("make a curtsy", "行个屈膝礼"):
        read = reader.read(order)
        assert read.course is Course.ACT
        assert [goal.skill for goal in read.goals] == ["curtsy"]
