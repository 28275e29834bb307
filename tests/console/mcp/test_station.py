"""A client at a station in physics: it proposes in words, an operator approves, it starts, and it stops mid-stride."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import anyio

from linewalker.console.mcp.command import McpOptions, _assistant, _lexicon, _performer
from linewalker.console.mcp.shelf import Shelf
from linewalker.console.mcp.tools import Tools
from linewalker.station.approval.leave import approve
from linewalker.station.approval.proposal_book import ProposalBook
from linewalker.station.order_reading import order_reading
from linewalker.station.run_folder import PROPOSALS_FILE
from tests.station.cheap_station import cheap_shift


def test_a_robot_goes_when_it_may_and_stops_when_it_must(tmp_path: Path) -> None:
    files = cheap_shift(tmp_path / "files", cars=1, characteristics=1).files
    options = McpOptions(folder=tmp_path / "run", plan=files.plan, station=files, real_time=False)
    lexicon = _lexicon(options)
    reading = order_reading(lexicon, options.folder, None)
    with _performer(options, lexicon) as performer:
        assistant = _assistant(options, reading, performer, lexicon)
        tools = Tools(assistant, reading.offer, Shelf(options.folder))

        def approved(order: str) -> str:
            proposal = call("propose", order=order)["proposal"]["id"]
            assert call("start", proposal=proposal)["refused"]["code"] == "not_approved"
            book = ProposalBook(options.folder / PROPOSALS_FILE, time.time)
            assert approve(book, proposal, by="ana", now_s=time.time(), key=None) is None
            return proposal

        def call(name: str, **arguments: Any) -> dict[str, Any]:
            return anyio.run(tools.call, name, arguments).document

        proposal = approved("go to the left, then come back")
        assert call("start", proposal=proposal)["proposal"]["state"] == "started"
        while (performer.standing().speed_m_s or 0.0) < 0.1:
            time.sleep(0.001)
        stopped = call("ask", order="停！")
        assert stopped["stopped"], stopped
        assert stopped["measured"]["stop"] == "stands still on two loaded feet"
        while (ended := call("status", proposal=proposal)["proposal"])["state"] == "started":
            time.sleep(0.01)
        assert (ended["state"], ended["reason"]["code"]) == ("cancelled", "stopped")
        assert call("start", proposal=proposal)["refused"]["code"] == "cancelled"

        back = call("start", proposal=approved("回原位"), wait_s=300.0)  # leave that was given after the stop
        assert back["proposal"]["state"] == "done"
    assert (options.folder / "results.json").is_file()
