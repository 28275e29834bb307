"""Nobody gets an answer who should not, and every answer says what a browser may do with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.console.bearer import Address, Token
from tests.console.web.runs import Console, whole_run

TOKEN = Token(secret="a-token-of-24-characters")
OUTSIDE = Address(host="0.0.0.0", port=8600)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return whole_run(tmp_path_factory.mktemp("gate") / "run")


@pytest.mark.parametrize("host", ["127.0.0.1:8600", "localhost", "localhost:1", "[::1]:8600"])
def test_this_machine_is_answered_by_its_names(run: Path, host: str) -> None:
    assert Console(run).ask("/api/runs", headers={"host": host}).status == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8600", "127.0.0.1.evil.example", "", "localhost:x"])
def test_a_page_that_has_its_own_name_resolved_to_this_machine_is_not_answered(run: Path, host: str) -> None:
    answer = Console(run).ask("/api/runs", headers={"host": host})
    assert (answer.status, b"run" in answer.body) == (421, False)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_can_be_written(run: Path, method: str) -> None:
    assert Console(run).ask("/api/runs", method).status == 405


def test_where_others_connect_a_token_is_needed(run: Path) -> None:
    console = Console(run, address=OUTSIDE, token=TOKEN)
    host = {"host": "line-3.plant.example:8600"}
    assert console.ask("/", headers=host).status == 401
    assert console.ask("/api/runs", headers=host, token="a-token-of-24-characterz").status == 401
    assert console.ask("/api/runs", headers={**host, "cookie": "linewalker_console=no; \x00=;;"}).status == 401
    opened = console.ask("/", headers=host, token=TOKEN.secret)
    assert opened.status == 200
    cookie = opened.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert console.ask("/api/runs", headers={**host, "cookie": cookie.partition(";")[0]}).status == 200
    assert console.ask("/api/runs", headers={**host, "authorization": f"Bearer {TOKEN.secret}"}).status == 200


def test_every_answer_says_that_nothing_from_elsewhere_may_be_loaded(run: Path) -> None:
    for path in ("/", "/api/runs", "/api/none", "/page/app.js"):
        headers = Console(run).ask(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]  # so it is default-src: no script but our files
        assert headers["x-content-type-options"] == "nosniff"
