"""What only tells moves nothing: answers, names, pictures."""

from pathlib import Path

import pytest

from linewalker.console.mcp.shelf import PICTURE
from tests.console.mcp.sessions import called, server_of
from tests.console.mcp.test_shelf import VIN, folder  # noqa: F401  a fixture
from tests.station.approval.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A station that notes what it is told."""
    return Shop(tmp_path)


def test_a_question_is_answered_and_an_order_only_understood(shop: Shop, tmp_path: Path) -> None:
    server = server_of(shop, tmp_path)
    assert called(server, "ask", {"order": "which cars failed?"})["interpretation"]["answer"] == "42"
    assert called(server, "ask", {"order": "measure the hood"})["interpretation"]["outcome"] == "act"
    assert shop.performer.begun == []


@pytest.mark.parametrize("tool", ["why", "results", "compare"])
def test_what_is_asked_for_by_slots_is_answered(shop: Shop, tmp_path: Path, tool: str) -> None:
    server = server_of(shop, tmp_path)
    told = called(server, tool, {"language": "zh"})["interpretation"]
    assert (told["language"], told["answer"], told["goals"]) == ("zh", "42", [{"skill": tool, "slots": {}}])
    assert called(server, tool, {"colour": "red"})["refused"]["code"] == "unknown_argument"


def test_pictures_on_record_are_found(shop: Shop, folder: Path) -> None:  # noqa: F811
    server = server_of(shop, folder)
    [picture] = called(server, "look", {"vin": "7371", "characteristic": "L1-gap"})["pictures"]
    assert picture["uri"] == f"{PICTURE}{VIN}/1-1/a.svg"
    assert called(server, "look", {"vin": "0000"})["refused"]["code"] == "no_picture"


def test_what_can_be_named_is_listed(shop: Shop, tmp_path: Path) -> None:
    told = called(server_of(shop, tmp_path), "features", {})
    assert told["names"]["features"] == ["hood/front_bumper", "roof"]
    assert told["goals"]["inspect"]["zh"] == "检测"
