"""The list of robots names every robot in figures."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from linewalker.console import robots
from linewalker.console.robots import list_robots
from linewalker.errors import MissingPackage
from linewalker.limbs.profiles import PROFILES
from linewalker.messages.language import Language, speaking


def test_every_robot_is_listed() -> None:
    output = Console(file=io.StringIO(), width=150, record=True)
    list_robots(output)
    with speaking(Language.ZH):
        list_robots(output)
    text = output.export_text()
    for name, profile in PROFILES.items():
        assert name in text
        assert profile.title_en in text
        assert profile.title_zh in text
        assert str(len(profile.joints)) in text


def test_a_robot_whose_model_is_not_installed_is_listed_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = robots.robot_facts

    def without_talos(profile):
        if profile.name == "talos":
            raise MissingPackage("the model of talos needs: pip install example-robot-data")
        return facts(profile)

    monkeypatch.setattr(robots, "robot_facts", without_talos)
    output = Console(file=io.StringIO(), width=150, record=True)
    list_robots(output)
    lines = output.export_text().splitlines()
    assert next(line for line in lines if line.startswith("talos")).split()[-3:] == ["-", "-", "-"]
    assert "the model of talos needs: pip install example-robot-data" in lines
