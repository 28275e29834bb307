"""The console beside a command that works a robot: a process of its own, so that nobody who looks can hold it up.

It ends with the command, however that ends: it listens at a pipe that the system closes with whoever holds it.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOST, PORT = "127.0.0.1", 8600
_END_S = 5.0


@contextmanager
def console_beside(folder: Path, wanted: bool, *, opens: bool = False, bridge: Path | None = None) -> Iterator[None]:
    """Serve a folder for as long as the block lasts, if that is wanted.

    Args:
        folder: of the run.
        wanted: whether to.
        opens: open the page in a browser.
        bridge: a recorded run that is shown, and labelled so, until there is one in the folder.
    """
    if not wanted:
        yield
        return
    port = PORT if _free(PORT) else 0
    command = [sys.executable, "-m", "linewalker", "console", str(folder), "--port", str(port), "--beside"]
    command += ["--open"] if opens else []
    command += ["--bridge", str(bridge)] if bridge is not None else []
    server = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # Ctrl-C is for the work
    try:
        yield
    finally:
        assert server.stdin is not None
        server.stdin.close()
        try:
            server.wait(_END_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def end_with_parent() -> None:
    """In the process of the console: end when the command does. It is less urgent than the robot."""
    os.nice(5)
    threading.Thread(target=_wait_for_end, name="parent", daemon=True).start()


def _wait_for_end() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _free(port: int) -> bool:
    with socket.socket() as at:
        at.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            at.bind((HOST, port))
        except OSError:
            return False
    return True
