"""A real server of PostgreSQL for tests: made in a folder of its own, heard on a socket in it, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

_START_S = 60.0
_NOBODY = "nobody"


def program(name: str) -> str | None:
    """Where a program of PostgreSQL is; Debian puts them beside the path."""
    places = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), *os.get_exec_path()]
    return shutil.which(name, path=os.pathsep.join(map(str, places)))


def why_not() -> str | None:
    """Why there is no server to be had here; None if there is."""
    if program("initdb") is None or program("postgres") is None:
        return "there is no PostgreSQL here (Debian: apt-get install postgresql)"
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "there is no psycopg here: pip install 'linewalker[postgresql]'"
    return None


class PostgresqlServer:
    """One that runs, and is heard in a folder."""

    def __init__(self, folder: Path):
        self.folder, self._numbers = folder, count(1)

    def new_database(self, *options: str) -> str:
        """The address of one with nothing in it: a schema of its own, which is made sooner than a database.

        Args:
            options: more settings of who connects there, ``NAME=VALUE``.
        """
        schema = f"station_{os.getpid()}_{next(self._numbers)}"
        self.execute(f"CREATE SCHEMA {schema}")
        said = " ".join(f"-c{option}" for option in (f"search_path={schema}", *options))
        return f"postgresql://tests@/postgres?host={self.folder}&options={quote(said)}"

    def execute(self, statement: str) -> None:
        """Say it to the server."""
        url = f"postgresql+psycopg://tests@/postgres?host={self.folder}"
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def postgresql_server() -> Iterator[PostgresqlServer]:
    """Start one, as somebody else if we are root: it refuses to run as that."""
    folder = Path(tempfile.mkdtemp(prefix="lw-pg-"))
    somebody: dict[str, Any] = {}
    if os.geteuid() == 0:
        entry = pwd.getpwnam(_NOBODY)
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        somebody = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}

    def start(words: Sequence[str]) -> subprocess.Popen[bytes]:
        log = (folder / "log").open("ab")
        return subprocess.Popen(words, cwd=folder, stdout=log, stderr=log, stdin=subprocess.DEVNULL, **somebody)

    data, plain = str(folder / "data"), ("--auth=trust", "--username=tests", "--encoding=UTF8", "--locale=C")
    try:
        made = start([str(program("initdb")), "-D", data, "--no-sync", *plain]).wait()
        assert made == 0, (folder / "log").read_text()
        settings = ("listen_addresses=", f"unix_socket_directories={folder}", "fsync=off", "max_connections=40")
        server = start([str(program("postgres")), "-D", data, *(word for one in settings for word in ("-c", one))])
        try:
            running = PostgresqlServer(folder)
            _wait_for(running, server)
            yield running
        finally:
            server.terminate()  # it waits for its clients
            try:
                server.wait(1.0)
            except subprocess.TimeoutExpired:
                server.send_signal(signal.SIGQUIT)
                server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(running: PostgresqlServer, server: subprocess.Popen[bytes]) -> None:
    deadline_s = time.monotonic() + _START_S
    while True:
        try:
            running.execute("SELECT 1")
            return
        except OperationalError:
            if server.poll() is not None or time.monotonic() > deadline_s:
                raise
            time.sleep(0.05)
