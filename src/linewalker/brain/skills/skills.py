"""The skills there are, by name: ours, and those of packages that are installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from linewalker.brain.skills.bow import Bow
from linewalker.brain.skills.equipment import Equipment
from linewalker.brain.skills.gather import Gather
from linewalker.brain.skills.go_to import GoTo
from linewalker.brain.skills.look_at_part import LookAtPart
from linewalker.brain.skills.say import Say
from linewalker.brain.skills.scan_seam import ScanSeam
from linewalker.brain.skills.skill import Skill
from linewalker.brain.skills.wait import Wait
from linewalker.limbs.profile import Gait
from linewalker.plugins import Registry

SKILLS: Registry[type[Skill]] = Registry(
    group="linewalker.skills",
    kind="skill",
    wanted=type,
    built_in={
        "scan_seam": ScanSeam,
        "look_at_part": LookAtPart,
        "go_to": GoTo,
        "wait": Wait,
        "say": Say,
        "bow": Bow,
        "gather": Gather,
    },
)


class SkillSet(Mapping[str, Skill]):
    """The skills of one robot, each built when it is first asked for.

    Attributes:
        equipment: what they are built from.
    """

    def __init__(self, equipment: Equipment):
        self.equipment = equipment
        self._built: dict[str, Skill] = {}

    @property
    def gait(self) -> Gait:
        """How the robot steps."""
        return self.equipment.profile.gait

    def __getitem__(self, name: str) -> Skill:
        if name not in self._built:
            self._built[name] = SKILLS[name](self.equipment)
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(SKILLS)

    def __len__(self) -> int:
        return len(SKILLS)

    def build(self, names: Iterable[str]) -> None:
        """Build these now, so that no control tick comes late for it."""
        for name in dict.fromkeys(names):
            self[name]

    def withdraw(self) -> Iterator[None]:
        """Bring the robot back to how it walks, whatever it was doing."""
        for skill in self._built.values():
            yield from skill.withdraw()
