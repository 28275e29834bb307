"""What a list of robots says is measured once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from linewalker.limbs.checks import robot_measures
from linewalker.limbs.checks.robot_facts import RobotFacts, robot_facts
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profiles import load_profile


def test_a_robot_is_measured_once_for_each_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LINEWALKER_CACHE", str(tmp_path))
    measured = []

    def measure(profile: RobotProfile) -> RobotFacts:
        measured.append(profile)
        return RobotFacts(joints=len(profile.joints), mass_kg=1.0 / 3.0, height_m=1.2, reach_m=0.1 + 0.2)

    monkeypatch.setattr(robot_measures, "measure_robot", measure)
    g1 = load_profile("g1")
    first = robot_facts(g1)
    assert robot_facts(g1) == first
    assert len(measured) == 1
    robot_facts(replace(g1, armature_kg_m2={}))
    robot_facts(load_profile("walker"))
    assert len(measured) == 3
