"""Acting at the page: nobody acts who is not named, and what is done is on disk with who did it."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path
from typing import Any

import pytest

from linewalker.console.web.operators import Operators
from linewalker.station.approval.operator_key import OperatorKey
from linewalker.station.approval.proposal import ProposalState
from linewalker.station.approval.proposal_book import ProposalBook
from tests.console.web.runs import EVIL, Console, whole_run
from tests.station.approval.samples import proposal

TOKEN = "t" * 32
OPERATORS = Operators(names={hashlib.sha256(TOKEN.encode()).digest(): "Ana"})
SIGNED = {"authorization": f"Bearer {TOKEN}"}
STOP = {"what": "stop", "run": "run:1"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return whole_run(tmp_path / "run")


@pytest.fixture
def console(folder: Path) -> Console:
    return Console(folder, operators=OPERATORS)


def acts_in(folder: Path) -> list[dict[str, Any]]:
    path = folder / "acts.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def test_without_operators_the_console_is_read_only(folder: Path) -> None:
    console = Console(folder)
    assert console.tell("/api/act", STOP, SIGNED).status == 405
    assert console.tell("/api/sign-in", {"token": TOKEN}).status == 405
    assert console.ask("/api/me").json == {"role": "viewer", "name": "", "acts": False}
    assert acts_in(folder) == []


def test_whoever_is_not_named_acts_not(console: Console, folder: Path) -> None:
    refused = [{}, {"authorization": "Bearer wrong"}, {"cookie": "linewalker_operator=wrong"}]
    assert [console.tell("/api/act", STOP, headers).status for headers in refused] == [403] * 3
    assert acts_in(folder) == []


def test_a_page_of_another_site_acts_not(console: Console, folder: Path) -> None:
    cookie = {"cookie": f"linewalker_operator={TOKEN}"}
    for headers in ({"origin": "http://evil.example"}, {"origin": "null"}, {"content-type": "text/plain"}):
        assert console.tell("/api/act", STOP, {**cookie, **headers}).status == 403
    assert acts_in(folder) == []
    assert console.tell("/api/act", STOP, {**cookie, "origin": "http://127.0.0.1:8600"}).status == 200


def test_a_stop_is_written_down_with_who_asked_from_where(console: Console, folder: Path) -> None:
    assert console.tell("/api/act", {**STOP, "why": EVIL}, SIGNED).status == 200
    (act,) = acts_in(folder)
    assert (act["what"], act["who"], act["role"], act["from"], act["why"]) == (
        "stop", "Ana", "operator", "127.0.0.1", EVIL,
    )  # fmt: skip
    told = console.ask("/api/acts", run="run:1").json["acts"]
    assert told == [act]
    assert "stop" in [one["what"] for one in console.ask("/api/line", run="run:1").json["audit"]]


def test_a_browser_signs_in_and_out(console: Console) -> None:
    answer = console.tell("/api/sign-in", {"token": TOKEN})
    cookie = answer.headers["set-cookie"]
    assert answer.json["name"] == "Ana"
    assert all(word in cookie.lower() for word in ("httponly", "samesite=strict"))
    assert console.ask("/api/me", headers={"cookie": cookie.partition(";")[0]}).json["role"] == "operator"
    assert console.tell("/api/sign-in", {"token": "wrong"}).status == 403
    out = console.tell("/api/sign-in", {"token": ""})
    assert (out.json["role"], "Max-Age=0" in out.headers["set-cookie"]) == ("viewer", True)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"what": "dance"}', b"{" + b" " * 5000 + b"}", {"what": "stop"}])
def test_what_makes_no_sense_is_refused(console: Console, folder: Path, body: Any) -> None:
    assert console.tell("/api/act", body, SIGNED).status in (400, 404)
    assert acts_in(folder) == []


@pytest.mark.parametrize("passphrase", [None, "eight letters"])
def test_leave_is_given_as_at_the_terminal(console: Console, folder: Path, passphrase: str | None) -> None:
    if passphrase is not None:
        OperatorKey.made_of(passphrase).write(folder)
    now_s = time.time()
    book = ProposalBook(folder / "proposals.sqlite", time.time)
    filed = book.file(proposal(created_s=now_s, expires_s=now_s + 600.0, order=EVIL))
    (told,) = console.ask("/api/acts", run="run:1").json["proposals"]
    assert (told["id"], told["waits"], told["order"]) == (filed.id, True, EVIL)
    yes = {"what": "approve", "run": "run:1", "id": filed.id}
    if passphrase is not None:
        assert console.tell("/api/act", yes, SIGNED).status == 409
        assert console.tell("/api/act", {**yes, "passphrase": "another one"}, SIGNED).status == 409
    assert console.tell("/api/act", {**yes, "passphrase": passphrase or ""}, SIGNED).status == 200
    found = book.find(filed.id)
    assert found is not None
    assert (found.state, found.by) == (ProposalState.APPROVED, "Ana at the console")
    assert [act["id"] for act in acts_in(folder)] == [filed.id]
    assert passphrase is None or passphrase not in (folder / "acts.jsonl").read_text(encoding="utf-8")


def test_a_proposal_is_refused_and_one_that_there_is_not_is_told(console: Console, folder: Path) -> None:
    book = ProposalBook(folder / "proposals.sqlite", time.time)
    filed = book.file(proposal(expires_s=time.time() + 600.0))
    no = {"what": "reject", "run": "run:1", "id": filed.id}
    assert console.tell("/api/act", no, SIGNED).status == 200
    assert console.tell("/api/act", {**no, "what": "approve"}, SIGNED).status == 409
    assert console.tell("/api/act", {**no, "id": "none"}, SIGNED).status == 404
    assert [act["what"] for act in acts_in(folder)] == ["reject"]
