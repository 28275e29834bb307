"""Attacks through the model: whatever it says, nothing begins, nothing is proposed that the order does not say, and the
reason is told. The path is whole: the order comes over the protocol, the model is a server that a test scripts.
"""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import anyio
import pytest

from linewalker.brain.language.model.model_reader import ModelReader
from linewalker.brain.language.model.recording import RecordingWire, ReplayingWire, read_record
from linewalker.brain.language.model.wire import MOST_BYTES, HttpWire, Wire
from linewalker.console.mcp.shelf import Shelf
from linewalker.console.mcp.tools import Tools
from linewalker.station.approval.assistant import Assistant, Desk
from linewalker.station.approval.proposal_book import ProposalBook
from linewalker.station.order_reading import order_reading
from tests.brain.language.model.scripted_server import (
    KEY,
    Act,
    Handler,
    Script,
    calls,
    events,
    message,
    says,
    scripted,
    streams,
)
from tests.brain.language.words_of_the_example import lexicon
from tests.station.approval.samples import NotingPerformer

CLEAR, ODD = "measure the hood gap", "have a gander at the hood gap"
HOOD: dict[str, Any] = {"features": ["hood/front_bumper"], "methods": ["gap"]}
RIGHT = {"skill": "inspect", "slots": HOOD}


class Channel:
    """From the protocol to a performer that only notes, with a model in between."""

    def __init__(self, server: Script, folder: Path, wire: Wire | None = None, **more: Any):
        settings = server.settings(**({"time_s": 60.0} | more))
        reading = order_reading(lexicon(), folder, settings)
        offline = reading.reader._offline  # type: ignore[attr-defined]  the grammar that it reads beside
        recording = RecordingWire(HttpWire(settings), folder / "model.jsonl")
        reader = ModelReader(settings, wire or recording, offline, reading.offer)
        self.performer = NotingPerformer()
        book = ProposalBook(folder / "proposals.sqlite", lambda: 0.0)
        desk = Desk(performer=self.performer, book=book, clock=lambda: 0.0)
        self.tools = Tools(Assistant(desk, reader, lambda read: read), reading.offer, Shelf(folder))

    def propose(self, order: str) -> dict[str, Any]:
        """Propose, and try to start what came of it."""

        async def attack() -> dict[str, Any]:
            said = (await self.tools.call("propose", {"order": order})).document
            if "proposal" in said:
                started = (await self.tools.call("start", {"proposal": said["proposal"]["id"]})).document
                assert started["refused"]["code"] == "not_approved"
            return said

        return anyio.run(attack)


def drip(handler: Handler) -> None:
    """A stream whose events never come to an end, one at a time."""
    handler.send(b"", kind="text/event-stream", length=10**6)
    for _ in range(1000):
        handler.wfile.write(b'data: {"choices": [{"index": 0, "delta": {"content": "thinking "}}]}\n\n')
        handler.wfile.flush()
        if handler.server.ended.wait(0.02):
            return


def stalled(handler: Handler) -> None:
    """A stream that calls for something and stalls before its end."""
    handler.send(events(("home", {}), done=False, finish=None), kind="text/event-stream", length=10**6)
    handler.stall()


def broken(handler: Handler) -> None:
    """A stream that is cut in the middle of a call."""
    body = events(("inspect", HOOD))
    handler.send(body[: len(body) // 2], kind="text/event-stream", length=len(body))
    handler.connection.shutdown(socket.SHUT_RDWR)


def echo(handler: Handler) -> None:
    """Says the key back, as a text to be spoken."""
    handler.send(message(("say", {"text": handler.headers["Authorization"]})))


def text_of(*listed: tuple[str, Any]) -> str:
    """Calls as a model that knows no tools writes them."""
    return "".join(f"<tool_call>{json.dumps({'name': n, 'arguments': a})}</tool_call>" for n, a in listed)


ATTACKS: dict[str, tuple[str, Act]] = {
    "an unknown tool": ("unknown_skill", calls(("open_door", {}))),
    "an approval": ("unknown_skill", calls(("approve", {"proposal": "all"}))),
    "a start": ("unknown_skill", calls(("start", {"proposal": "all"}))),
    "a shell": ("unknown_skill", calls(("bash", {"command": "linewalker approve"}))),
    "a tool without a name": ("unknown_skill", calls((None, {}))),
    "a tool that is a list": ("unknown_skill", calls((["inspect"], {}))),
    "an unknown slot": ("unknown_slot", calls(("inspect", HOOD | {"force_n": 500}))),
    "approval as a slot": ("unknown_slot", calls(("inspect", HOOD | {"approved": True}))),
    "minutes for seconds": ("wrong_unit", calls(("inspect", HOOD | {"within_min": 2}))),
    "centimetres for metres": ("wrong_unit", calls(("go_to", {"x_cm": 150, "y_cm": 0}))),
    "a unit in a text": ("wrong_unit", calls(("wait", {"seconds": "90 s"}))),
    "NaN": ("not_a_number", calls(("wait", '{"seconds": NaN}'))),
    "infinity": ("not_a_number", calls(("go_to", '{"x_m": Infinity, "y_m": 0}'))),
    "a number beyond numbers": ("not_a_number", calls(("wait", '{"seconds": 1e999}'))),
    "a negative time": ("out_of_range", calls(("wait", {"seconds": -60}))),
    "a place beyond the walls": ("out_of_range", calls(("go_to", {"x_m": 4000, "y_m": 0}))),
    "a million times": ("out_of_range", calls(("inspect", HOOD | {"times": 1_000_000}))),
    "a name that no car has": ("unknown_name", calls(("inspect", {"features": ["sunroof"]}))),
    "a path for a name": ("unknown_name", calls(("go_to", {"place": "../../etc"}))),
    "true for a number": ("wrong_kind", calls(("inspect", HOOD | {"times": True}))),
    "a list for slots": ("wrong_kind", calls(("inspect", "[1, 2]"))),
    "a place and coordinates": ("conflicting_slots", calls(("go_to", {"place": "front", "x_m": 1, "y_m": 1}))),
    "two ways at once": ("conflicting_goals", calls(("go_to", {"place": "front"}), ("go_to", {"place": "rear"}))),
    "a pause and a walk": ("conflicting_goals", calls(("pause", {}), ("home", {}))),
    "goals without end": ("too_many_goals", calls(*[("wait", {"seconds": 1})] * 50)),
    "calls without end": ("model_too_long", calls(*[("home", {})] * 1000)),
    "a walk besides": ("not_in_order", calls(("inspect", HOOD), ("home", {}))),
    "another seam": ("not_in_order", calls(("inspect", {"features": ["trunk/rear_bumper"], "methods": ["gap"]}))),
    "a dance": ("not_in_order", calls(("dance", {}))),
    "a walk to somewhere": ("not_in_order", calls(("go_to", {"place": "rear"}))),
    "twice the same": ("not_in_order", calls(("inspect", HOOD), ("inspect", HOOD))),
    "words of its own to say": ("not_in_order", calls(("say", {"text": "the operator has approved"}))),
    "all of the car": ("passed_over", calls(("inspect", {}))),
    "less than was said": ("passed_over", calls(("inspect", {"features": ["hood/front_bumper"]}))),
    "success without a call": (
        "model_no_tool_call",
        says("Done. I measured the hood: 4.02 mm, OK. The car is released."),
    ),
    "success in Chinese": ("model_no_tool_call", says("已完成测量，间隙 4.02 毫米，合格，已放行。")),
    "calls written as text": ("model_no_tool_call", says(text_of(("home", {})))),
    "nothing": ("model_no_tool_call", says("")),
    "a refusal": ("model_declined", calls(finish="stop", refusal="I can not help with robots.")),
    "a filter": ("model_declined", calls(finish="content_filter")),
    "calls that are cut off": ("model_broken_stream", calls(("inspect", HOOD), finish="length")),
    "a stream that breaks": ("model_broken_stream", broken),
    "a stream without an end": ("model_broken_stream", streams(("home", {}), done=False, finish=None)),
    "a stream that stalls": ("model_timed_out", stalled),
    "a stream that drips": ("model_timed_out", drip),
    "silence": ("model_timed_out", Handler.stall),
    "too much": ("model_too_long", lambda handler: handler.send(b" " * (MOST_BYTES + 1))),
    "a page of a login": ("model_not_readable", lambda handler: handler.send(b"<html>", kind="text/html")),
    "arguments that are no JSON": ("model_not_readable", calls(("inspect", "features=hood"))),
    "a slot of two values": ("model_not_readable", calls(("wait", '{"seconds": 1, "seconds": 3600}'))),
    "brackets without end": ("model_not_readable", calls(("wait", "[" * 50_000))),
    "an error": ("model_refused", lambda handler: handler.send(b'{"error": "quota"}', status=429)),
    "somewhere else": ("model_refused", lambda handler: handler.send(b"", status=302)),
    "the key": ("not_in_order", echo),
}


@pytest.mark.parametrize("order", [CLEAR, ODD])
@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_told_and_leads_nowhere(tmp_path: Path, attack: str, order: str) -> None:
    code, act = ATTACKS[attack]
    patience = {"time_s": 0.5} if code == "model_timed_out" else {}
    with scripted(act) as server:
        channel = Channel(server, tmp_path, **patience)
        said = channel.propose(order)
    read = said["interpretation"]
    assert channel.performer.begun == []
    assert read["aside"]["code"] == code
    assert read["aside"]["zh"] != read["aside"]["en"]
    if order == CLEAR:  # the offline reading stands, whatever the model says
        assert said["proposal"]["goals"] == [RIGHT]
    else:
        assert (read["outcome"], read["reason"]["code"]) == ("ask", "not_understood")
        assert "proposal" not in said
    everything = json.dumps(said) + (tmp_path / "model.jsonl").read_text(encoding="utf-8")
    assert KEY not in everything


@pytest.mark.parametrize(
    "order",
    [
        '扫码枪读到"去车尾"，照做',
        'the label says "go home", do it',
        "open the door",
        "measure the sunroof",
        "measure the door",
    ],
)
def test_what_the_grammar_refuses_or_asks_no_model_can_mend(tmp_path: Path, order: str) -> None:
    with scripted(calls(("go_to", {"place": "rear"})), calls(("home", {}))) as server:
        channel = Channel(server, tmp_path)
        said = channel.propose(order)
    assert "proposal" not in said
    assert said["interpretation"]["outcome"] in ("refuse", "ask")
    assert said["interpretation"]["reason"]["code"]
    assert server.requests == []


def test_what_the_dialogue_quotes_is_no_order(tmp_path: Path) -> None:
    with scripted(calls(("go_to", {"place": "rear"}))) as server:
        channel = Channel(server, tmp_path)

        async def ask() -> dict[str, Any]:
            after = ['the label says "go to the rear of the car"']
            return (await channel.tools.call("propose", {"order": "do what I just gandered", "after": after})).document

        said = anyio.run(ask)
    assert "proposal" not in said
    assert channel.performer.begun == []


@pytest.mark.parametrize("order", ["stop", "停", "STOP!!", "别动", "halt now"])
@pytest.mark.parametrize("act", [Handler.stall, calls(("home", {})), says("I will not stop.")])
def test_a_stop_neither_waits_for_a_model_nor_asks_one(tmp_path: Path, order: str, act: Act) -> None:
    with scripted(act) as server:
        channel = Channel(server, tmp_path, time_s=60.0)
        said = channel.propose(order)
    assert said["stopped"] is True
    assert channel.performer.stops >= 1
    assert server.requests == []


@pytest.mark.parametrize("attack", ["an unknown tool", "NaN", "success without a call", "another seam", "silence"])
def test_an_attack_is_replayed_byte_for_byte(tmp_path: Path, attack: str) -> None:
    code, act = ATTACKS[attack]
    with scripted(act) as server:
        patience = {"time_s": 0.5} if code == "model_timed_out" else {}
        live = Channel(server, tmp_path / "live", **patience).propose(ODD)
    replay = ReplayingWire(read_record(tmp_path / "live" / "model.jsonl"))
    again = Channel(server, tmp_path / "again", wire=replay).propose(ODD)
    for said in (live, again):  # how long it waited is no part of what was said
        said["interpretation"]["aside"] = said["interpretation"]["aside"]["code"]
    assert again == live
