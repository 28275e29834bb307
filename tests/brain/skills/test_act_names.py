"""The names of our acts are those of the acts there are."""

from __future__ import annotations

from linewalker.brain.skills.act import Act
from linewalker.brain.skills.act_names import ACT_NAMES
from linewalker.brain.skills.skills import SKILLS


def test_they_are_the_acts_that_are_ours() -> None:
    acts = [kind for kind in SKILLS.values() if issubclass(kind, Act)]
    assert [SKILLS[name] for name in ACT_NAMES] == [act for act in acts if act.__module__.startswith("linewalker.")]
