"""One place where tools are called: none approves, none is unknown without a reason, faults are told."""

from pathlib import Path

import anyio

from linewalker.errors import StorageFault
from tests.console.mcp.sessions import tools_of
from tests.station.approval.shop import Shop


def test_there_are_about_ten_and_none_approves(tmp_path: Path) -> None:
    table = tools_of(Shop(tmp_path), tmp_path).table
    moving = {"propose", "start", "status", "cancel", "stop"}
    assert set(table) == moving | {"ask", "why", "results", "compare", "look", "features"}
    assert not any("approve" in (name, *tool.properties) for name, tool in table.items())
    assert {name for name, tool in table.items() if not tool.reads} == {"propose", "start", "cancel", "stop"}


def test_what_is_unknown_is_refused_with_what_there_is(tmp_path: Path) -> None:
    reply = anyio.run(tools_of(Shop(tmp_path), tmp_path).call, "approve", {"proposal": "k3ta"})
    assert reply.document["refused"]["code"] == "unknown_tool"
    assert "propose" in reply.document["refused"]["en"]


def test_a_fault_is_told_and_even_then_a_stop_stops(tmp_path: Path) -> None:
    shop = Shop(tmp_path)

    def broken() -> None:
        raise StorageFault("the disk is full")

    shop.book.pending = broken  # type: ignore[method-assign,assignment]
    tools = tools_of(shop, tmp_path)
    reply = anyio.run(tools.call, "propose", {"order": "measure the hood gap"})
    assert reply.document["refused"]["code"] == "StorageFault"
    shop.performer.stands = shop.performer.stands.__class__(time_s=9.0, speed_m_s=0.0, still_s=1.0, stop="holds")
    reply = anyio.run(tools.call, "stop", {})
    assert shop.performer.stops >= 1
    assert reply.document["besides"] == "the disk is full"
