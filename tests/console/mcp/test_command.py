"""The command as a client starts it: over pipes, in a process of its own."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters

from linewalker.console.mcp import command
from linewalker.console.mcp.command import McpOptions, expect_extra, serve_mcp
from linewalker.errors import InputError, MissingPackage
from tests.docs.test_commands import _work

PLAN = Path(__file__).parents[3] / "examples" / "plan.yaml"


def spoken(folder: Path, *listed: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """What a server in a process of its own answers to calls."""
    arguments = ["-m", "linewalker", "mcp", "--out", str(folder), "--plan", str(PLAN)]
    server = StdioServerParameters(command=sys.executable, args=arguments, env=dict(os.environ))

    async def session() -> list[dict[str, Any]]:
        async with Client(server, mode="auto") as client:
            return [(await client.call_tool(name, arguments)).structured_content for name, arguments in listed]

    return anyio.run(session)


def test_over_pipes_orders_are_understood_and_questions_answered(tmp_path: Path) -> None:
    _work(tmp_path)
    understood, asked, proposed, stopped = spoken(
        tmp_path,
        ("ask", {"order": "量一下左前门和左后门的缝"}),
        ("ask", {"order": "which cars failed?"}),
        ("propose", {"order": "measure the hood gap"}),
        ("ask", {"order": "停！"}),
    )
    [goal] = understood["interpretation"]["goals"]
    assert goal["slots"] == {"features": ["front_door_left/rear_door_left"], "methods": ["gap"]}
    assert asked["interpretation"]["citations"]
    assert proposed["refused"]["code"] == "no_station"
    assert stopped["stopped"] is False  # there is nothing whose speed could be measured


def test_without_the_extra_it_says_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "mcp" else name)
    with pytest.raises(MissingPackage, match=r"needs mcp; install it with: python -m pip install 'linewalker\[mcp\]'"):
        expect_extra()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"token_file": PLAN}, "a token is for HTTP"),
        ({"http": "nowhere"}, "is no address"),
        ({"http": "0.0.0.0:0"}, "reached by other machines"),
        ({"http": "127.0.0.1:0", "token_file": Path("/dev/null")}, "at least 16"),
    ],
)
def test_options_without_sense_are_told(
    options: dict[str, Any], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LINEWALKER_MCP_TOKEN", raising=False)
    with pytest.raises(InputError, match=says):
        serve_mcp(McpOptions(folder=tmp_path, **options))
