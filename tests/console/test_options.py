"""Options that commands share mean the same everywhere: one name, one help."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from typer.main import get_command

from linewalker.cli import app


def options() -> dict[str, set[str]]:
    """All shared options of all commands: name -> the helps it has."""
    found: dict[str, set[str]] = defaultdict(set)
    command: Any = get_command(app)
    for name in ("run", "station", "ask", "chat", "walk", "reach"):
        for parameter in command.commands[name].params:
            if parameter.name in ("world", "robot", "seed", "pace"):
                found[parameter.name].add(parameter.help)
    return found


def test_what_is_shared_is_said_once() -> None:
    assert set(options()) == {"world", "robot", "seed", "pace"}
    assert all(len(helps) == 1 for helps in options().values())
