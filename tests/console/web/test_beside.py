"""The console beside a command lives as long as that does."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path
from typing import Any

import pytest

from linewalker.console.web import beside
from linewalker.console.web.beside import console_beside


class Server:
    """A process that is not there."""

    def __init__(self, command: list[str], **_: Any):
        self.command, self.killed, self.hangs = command, False, False
        self.stdin = os.fdopen(os.open(os.devnull, os.O_WRONLY), "wb")

    def wait(self, timeout: float | None = None) -> None:
        if self.hangs and not self.killed:
            raise subprocess.TimeoutExpired("console", timeout or 0.0)

    def kill(self) -> None:
        self.killed = True


@pytest.mark.parametrize("hangs", [False, True])
def test_it_is_begun_where_wanted_and_ended_with_the_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hangs: bool
) -> None:
    begun: list[Server] = []

    def begin(command: list[str], **more: Any) -> Server:
        begun.append(Server(command, **more))
        begun[-1].hangs = hangs
        return begun[-1]

    monkeypatch.setattr(subprocess, "Popen", begin)
    with console_beside(tmp_path, wanted=False):
        assert begun == []
    with console_beside(tmp_path, wanted=True, opens=hangs, bridge=tmp_path if hangs else None):
        assert ("--bridge" in begun[0].command) == hangs
        assert begun[0].command[3:5] == ["console", str(tmp_path)]
        assert ("--open" in begun[0].command) == hangs
        assert not begun[0].stdin.closed
    assert (begun[0].stdin.closed, begun[0].killed) == (True, hangs)


def test_a_port_that_is_taken_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(beside, "PORT", taken.getsockname()[1])
        assert not beside._free(beside.PORT)
