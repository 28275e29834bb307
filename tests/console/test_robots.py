"""The list of robots names every robot in figures."""

from __future__ import annotations

import io

from rich.console import Console

from linewalker.console.robots import list_robots
from linewalker.limbs.profiles import PROFILES


def test_every_robot_is_listed() -> None:
    output = Console(file=io.StringIO(), width=150, record=True)
    list_robots(output)
    text = output.export_text()
    for name, profile in PROFILES.items():
        assert name in text
        assert profile.title_en in text
        assert str(len(profile.joints)) in text
