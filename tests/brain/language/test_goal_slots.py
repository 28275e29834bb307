"""The table of goals hangs together: units stand in names, what is needed and kept apart exists, bounds are bounds."""

import pytest

from linewalker.brain.language.goal_slots import GOALS, SlotKind

CASES = [(skill, name, slot) for skill, rule in GOALS.items() for name, slot in rule.slots.items()]


@pytest.mark.parametrize(("skill", "name", "slot"), CASES)
def test_a_slot_has_bounds_and_its_unit_in_its_name(skill: str, name: str, slot) -> None:
    assert slot.meaning
    assert slot.least < slot.most, skill
    if slot.unit:
        assert name.endswith(f"_{slot.unit}") or name == "seconds"
    assert bool(slot.unit) == (slot.kind is SlotKind.NUMBER)


@pytest.mark.parametrize("skill", GOALS)
def test_what_is_needed_and_kept_apart_are_slots(skill: str) -> None:
    rule = GOALS[skill]
    named = [name for group in rule.needs for name in group]
    named += [name for pair in rule.apart for group in pair for name in group]
    assert set(named) <= set(rule.slots)
    assert rule.meaning


def test_what_only_tells_or_halts_moves_nothing() -> None:
    still = {skill for skill, rule in GOALS.items() if not rule.moves}
    assert still == {"stop", "pause", "say", "status", "results", "why", "compare"}
