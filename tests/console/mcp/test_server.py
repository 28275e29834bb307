"""The server under both versions of the protocol: what it lists, what it reads, how it refuses."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest
from mcp import Client
from mcp.shared.exceptions import MCPError

from linewalker.console.mcp.shelf import PICTURE, RESULTS
from tests.console.mcp.sessions import VERSIONS, server_of, with_client
from tests.console.mcp.test_shelf import VIN, folder  # noqa: F401  a fixture
from tests.station.approval.shop import Shop

SPOKEN = {"legacy": "2025-11-25", "2026-07-28": "2026-07-28"}


@pytest.mark.parametrize("version", VERSIONS)
def test_it_speaks_both_versions_and_says_that_nobody_approves_here(tmp_path: Path, version: str) -> None:
    async def look(client: Client) -> tuple[str, list]:
        return client.protocol_version, (await client.list_tools()).tools

    spoken, tools = with_client(server_of(Shop(tmp_path), tmp_path), look, version)
    assert spoken == SPOKEN[version]
    for tool in tools:
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        assert tool.description
    hints = {tool.name: tool.annotations for tool in tools}
    assert hints["start"].destructive_hint
    assert hints["ask"].read_only_hint


@pytest.mark.parametrize("version", VERSIONS)
def test_results_and_pictures_are_read_and_nothing_else(folder: Path, version: str) -> None:  # noqa: F811
    async def read(client: Client) -> tuple[set[str], list]:
        listed = {str(page.uri) for page in (await client.list_resources()).resources}
        contents = [(await client.read_resource(uri)).contents[0] for uri in (RESULTS, f"{PICTURE}{VIN}/1-1/b.png")]
        with pytest.raises(MCPError, match="no such page"):
            await client.read_resource("file:///etc/passwd")
        return listed, contents

    listed, (results, picture) = with_client(server_of(Shop(folder), folder), read, version)
    assert {RESULTS, f"{PICTURE}{VIN}/1-1/a.svg"} <= listed
    assert VIN in results.text
    assert picture.mime_type == "image/png"


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_refused_is_an_error_with_text_and_data(tmp_path: Path, version: str) -> None:
    async def call(client: Client):
        return await client.call_tool("start", {"proposal": "k3ta"})

    result = with_client(server_of(Shop(tmp_path), tmp_path), call, version)
    assert result.is_error
    assert "no_such_proposal" in result.content[0].text
    assert result.structured_content["refused"]["code"] == "no_such_proposal"


def test_pictures_come_as_links(folder: Path) -> None:  # noqa: F811
    async def look(client: Client):
        return await client.call_tool("look", {"characteristic": "L1-gap"})

    result = with_client(server_of(Shop(folder), folder), look)
    assert [str(part.uri) for part in result.content[1:]] == [f"{PICTURE}{VIN}/1-1/a.svg"]
