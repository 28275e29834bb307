"""The skills there are: each told in full, each built once for a robot; a package's own is one of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from linewalker.brain.skills.equipment import Equipment
from linewalker.brain.skills.skill import Skill
from linewalker.brain.skills.skills import SKILLS, SkillSet
from linewalker.limbs.profiles import load_profile

SHOW_THE_HAND = """
from linewalker.brain.route import Waypoint
from linewalker.brain.skills.skill import Outcome, Parameter, Placement, Skill
from linewalker.inspection.title import Title


class ShowTheHand(Skill):
    title = Title(zh="伸手", en="show the hand")
    parameters = (Parameter(name="hold_s", meaning="for how long", kind=float, unit="s", default=2.0),)

    def place(self, values, catalogue):
        return Placement(stance=Waypoint(x=-1.0, y=0.0, yaw=0.0))

    def cost_s(self, values):
        return values["hold_s"]

    def do(self, values, site):
        yield from self.equipment.operator.wait(values["hold_s"])
        return Outcome(evidence="shown")
"""


@pytest.mark.parametrize("name", SKILLS)
def test_a_skill_tells_all_that_a_caller_has_to_know(name: str) -> None:
    skill = SKILLS[name]
    assert issubclass(skill, Skill)
    names = [parameter.name for parameter in skill.parameters]
    assert len(set(names)) == len(names)
    for parameter in skill.parameters:
        assert parameter.meaning
        assert parameter.kind in (float, int, str, bool)
        assert parameter.default is None or parameter.checked(parameter.default) == parameter.default
        assert parameter.unit in ("", parameter.name.rpartition("_")[2])  # a name ends in its unit


class Robot:
    """Waits."""

    waited_s = 0.0

    def wait(self, duration_s: float) -> Any:
        self.waited_s += duration_s
        yield


@pytest.fixture
def hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A package with a third skill, installed."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "hand_shows.py").write_text(SHOW_THE_HAND, encoding="utf-8")
    info = tmp_path / "hand_shows-0.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hand-shows\nVersion: 0.1\n", encoding="utf-8")
    offer = "[linewalker.skills]\nshow_the_hand = hand_shows:ShowTheHand\n"
    (info / "entry_points.txt").write_text(offer, encoding="utf-8")
    yield
    sys.modules.pop("hand_shows", None)


@pytest.mark.usefixtures("hand")
def test_a_third_skill_is_called_planned_and_done_like_ours() -> None:
    robot: Any = Robot()
    skills = SkillSet(Equipment(load_profile("g1"), robot))
    assert list(skills) == ["scan_seam", "look_at_part", "go_to", "wait", "say", "bow", "gather", "show_the_hand"]
    skill = skills["show_the_hand"]
    assert skills["show_the_hand"] is skill
    site: Any = None
    values = skill.complete({"hold_s": 3})
    assert (skill.cost_s(values), skill.objection(values, site)) == (3.0, None)
    routine = skill.do(values, site)
    next(routine)
    with pytest.raises(StopIteration) as done:
        next(routine)
    assert (done.value.value.evidence, robot.waited_s) == ("shown", 3.0)
    assert list(skills.withdraw()) == []


def test_only_what_is_asked_for_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    monkeypatch.setattr(
        "linewalker.brain.skills.look_at_part.LookAtPart.__init__", lambda _self, equipment: built.append(equipment)
    )
    equipment: Any = object()
    skills = SkillSet(equipment)
    assert built == []
    skills.build(["look_at_part", "look_at_part"])
    assert built == [equipment]
