"""From a proposal over the operator's approval to the end, with progress; cancelling and hanging up break it off."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import pytest
from mcp import Client

from linewalker.inspection.title import Title
from linewalker.station.approval.leave import approve
from linewalker.station.approval.performer import Phase, Progress, Standing
from tests.console.mcp.sessions import VERSIONS, called, server_of, with_client
from tests.station.approval.samples import INSPECT
from tests.station.approval.shop import STOPS, Shop

GOALS = [INSPECT.document()]


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A station that notes what it is told."""
    return Shop(tmp_path)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_order_is_proposed_approved_outside_and_started_once(shop: Shop, tmp_path: Path, version: str) -> None:
    server = server_of(shop, tmp_path)
    proposed = called(server, "propose", {"order": "measure the hood gap"}, version)["proposal"]
    assert (proposed["state"], proposed["goals"]) == ("proposed", GOALS)
    assert called(server, "start", {"proposal": proposed["id"]}, version)["refused"]["code"] == "not_approved"
    assert approve(shop.book, proposed["id"], by="ana", now_s=shop.now_s, key=None) is None
    assert called(server, "start", {"proposal": proposed["id"]}, version)["proposal"]["state"] == "started"
    assert called(server, "start", {"proposal": proposed["id"]}, version)["refused"]["code"] == "already_started"
    assert [begun[0] for begun in shop.performer.begun] == [proposed["id"]]


@pytest.mark.parametrize("version", VERSIONS)
def test_progress_is_told_until_the_end(shop: Shop, tmp_path: Path, version: str) -> None:
    filed, heard = shop.approved(), []

    async def start(client: Client) -> dict[str, Any]:
        async def note(done: float, of: float | None, doing: str | None) -> None:
            heard.append((done, of, doing))
            phase = Phase.DONE if done == 2 else Phase.WORKING
            doing_next = Title(zh="量前盖", en="measure the hood")
            shop.performer.now = Progress(proposal=filed.id, phase=phase, done=int(done) + 1, of=3, doing=doing_next)

        arguments = {"proposal": filed.id, "wait_s": 30}
        return (await client.call_tool("start", arguments, progress_callback=note)).structured_content

    ended = with_client(server_of(shop, tmp_path), start, version)
    assert ended["proposal"]["state"] == "done"
    assert heard[1:] == [(1.0, 3.0, "measure the hood"), (2.0, 3.0, "measure the hood")]


@pytest.mark.parametrize("version", VERSIONS)
def test_whoever_hangs_up_on_what_it_started_breaks_it_off(shop: Shop, tmp_path: Path, version: str) -> None:
    filed = shop.approved()

    async def start(client: Client) -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(client.call_tool, "start", {"proposal": filed.id, "wait_s": 60})
            while not shop.performer.begun:
                await anyio.sleep(0.01)
            group.cancel_scope.cancel()
        with anyio.fail_after(60.0):
            while not shop.performer.cancels:
                await anyio.sleep(0.01)

    with_client(server_of(shop, tmp_path), start, version)
    assert shop.performer.cancels == 1


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("way", [("stop", {}), *(("ask", {"order": order}) for order in STOPS)], ids=str)
def test_a_stop_needs_nothing_and_is_called_one_when_measured(
    shop: Shop, tmp_path: Path, way: tuple[str, dict], version: str
) -> None:
    server = server_of(shop, tmp_path)
    shop.performer.stands = Standing(time_s=9.0, speed_m_s=0.002, still_s=1.0, stop="stands still on two loaded feet")
    stopped = called(server, *way, version)
    assert stopped["stopped"] is True
    assert stopped["said"]["en"].startswith("stopped")
    assert shop.performer.stops >= 1


def test_a_robot_that_moves_on_is_not_called_stopped(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linewalker.console.mcp.moving_tools.STOP_WAIT_S", 0.05)
    shop.performer.stands = Standing(time_s=9.0, speed_m_s=0.5, stop="coming to a stand on two feet")
    stopped = called(server_of(shop, tmp_path), "stop", {"gently": True})
    assert stopped["stopped"] is False
    assert "does not stand" in stopped["said"]["en"]
    assert shop.performer.stops >= 1


def test_a_stop_is_heard_while_everything_else_is_busy(shop: Shop, tmp_path: Path) -> None:
    shop.performer.stands = Standing(time_s=9.0, speed_m_s=0.002, still_s=1.0, stop="holds")

    async def crowd(client: Client) -> dict[str, Any]:
        blocked, free = threading.Semaphore(0), threading.Event()

        def read(order: str, _after: object = ()) -> object:
            if order != "stop":
                blocked.release()
                free.wait(30.0)
            return Shop.read(shop, order)

        shop.assistant._reader.read = read  # type: ignore[method-assign]
        async with anyio.create_task_group() as group:
            for _ in range(50):
                group.start_soon(client.call_tool, "propose", {"order": "measure the hood gap"})
            for _ in range(4):
                await anyio.to_thread.run_sync(blocked.acquire)
            with anyio.fail_after(60.0):
                stopped = await client.call_tool("ask", {"order": "stop"})
                again = await client.call_tool("stop", {})
            free.set()
            group.cancel_scope.cancel()
        return {"first": stopped.structured_content, "then": again.structured_content}

    said = with_client(server_of(shop, tmp_path), crowd)
    assert said["first"]["stopped"]
    assert said["then"]["stopped"]


def test_a_proposal_is_taken_back(shop: Shop, tmp_path: Path) -> None:
    filed, server = shop.approved(), server_of(shop, tmp_path)
    assert called(server, "cancel", {"proposal": filed.id})["proposal"]["state"] == "cancelled"
    assert called(server, "start", {"proposal": filed.id})["refused"]["code"] == "cancelled"
    assert called(server, "cancel", {"proposal": "k3ta"})["refused"]["code"] == "no_such_proposal"


def test_the_status_has_robot_and_proposals(shop: Shop, tmp_path: Path) -> None:
    filed, server = shop.approved(), server_of(shop, tmp_path)
    status = called(server, "status", {})
    assert [entry["id"] for entry in status["proposals"]] == [filed.id]
    assert status["standing"]["speed_m_s"] == 0.001
    assert called(server, "status", {"proposal": filed.id})["proposal"]["state"] == "approved"
    assert called(server, "status", {"proposal": "k3ta"})["refused"]["code"] == "no_such_proposal"


def test_what_only_tells_and_what_is_refused_is_not_proposed(shop: Shop, tmp_path: Path) -> None:
    server = server_of(shop, tmp_path)
    assert called(server, "propose", {"goals": [{"skill": "status"}]})["refused"]["code"] == "only_tells"
    assert called(server, "propose", {})["refused"]["code"] == "wrong_arguments"
    refused = called(server, "propose", {"order": "open the door"})["interpretation"]
    assert (refused["outcome"], refused["reason"]["code"]) == ("refuse", "out_of_scope")
    assert called(server, "propose", {"order": "which cars failed?"})["interpretation"]["outcome"] == "answer"
    assert shop.book.all() == ()


def test_a_pause_needs_no_leave_and_only_what_was_approved_goes_on(shop: Shop, tmp_path: Path) -> None:
    server, pause, resume = server_of(shop, tmp_path), {"goals": [{"skill": "pause"}]}, {"goals": [{"skill": "resume"}]}
    assert called(server, "propose", resume)["refused"]["code"] == "not_paused"
    both = {"goals": [{"skill": "resume"}, {"skill": "home"}]}
    assert called(server, "propose", both)["refused"]["code"] == "conflicting_goals"
    filed = shop.approved()
    called(server, "start", {"proposal": filed.id})
    assert called(server, "propose", pause)["paused"] is True
    assert shop.performer.held
    assert called(server, "propose", resume)["paused"] is False
    assert not shop.performer.held
    called(server, "propose", pause)
    called(server, "stop", {})
    assert called(server, "propose", resume)["refused"]["code"] == "not_paused"
    assert len(shop.performer.begun) == 1
