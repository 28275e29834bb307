"""``linewalker console``: where it may listen, and what it says."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from linewalker.console.web.web_command import ConsoleOptions, serve_console
from linewalker.errors import InputError
from tests.console.web.runs import whole_run


def test_where_others_connect_it_does_not_begin_without_a_token(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LINEWALKER_CONSOLE_TOKEN", raising=False)
    with pytest.raises(InputError, match="LINEWALKER_CONSOLE_TOKEN"):
        serve_console(ConsoleOptions(folders=[tmp_path], host="0.0.0.0", port=0))
    (tmp_path / "token").write_text("short", encoding="utf-8")
    with pytest.raises(InputError, match="at least 16"):
        serve_console(ConsoleOptions(folders=[tmp_path], port=0, token_file=tmp_path / "token"))


def test_it_says_where_the_page_is_and_ends_when_its_command_does(tmp_path: Path) -> None:
    folder = whole_run(tmp_path / "run")
    command = [sys.executable, "-m", "linewalker", "console", str(folder), "--port", "0", "--beside"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as console:
        assert console.stdout is not None
        assert console.stdin is not None
        found = re.search(r"console: (http://127\.0\.0\.1:\d+/)", console.stdout.readline())
        assert found is not None
        with urllib.request.urlopen(f"{found[1]}api/runs", timeout=30.0) as answer:
            assert b"run:1" in answer.read()
        console.stdin.close()
        assert console.wait(30.0) in (0, -15)
