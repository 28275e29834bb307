"""Run as a program: kills itself (SIGKILL) at every statement of a commit, one child each, and tells what is left.

It is told a folder, and, if the records lie in a server of PostgreSQL, the folder in which that is heard.
Prints one JSON line per child: the statement at which it died, whether it had told anyone, what the file holds after.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from sqlalchemy import event, text

from linewalker.factory.records.database import put_elsewhere
from linewalker.factory.records.records import Records
from tests.factory.postgresql_server import PostgresqlServer
from tests.factory.samples import HEADER, bad_car

_STRIDE = 5
"""A server is asked after every so many statements only: it takes longer."""


def commit_and_die(path: Path, die_at: int, told: int) -> None:
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1
        if statements == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    with Records(path) as records:
        shift = records.begin_run(HEADER, resume=True)
        for moment in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(records._engine, moment, count)
        shift.keep(replace(bad_car(), characteristics=bad_car().characteristics[:1]))
        shift.commit(bad_car())
        count()
        os.write(told, b"told")
        os.kill(os.getpid(), signal.SIGKILL)


def kind_of(records: Records) -> str:
    return records._engine.dialect.name


def look(path: Path) -> dict[str, object]:
    with Records(path) as records:
        shift = records.begin_run(HEADER, resume=True)
        with records._engine.begin() as connection:
            sound = kind_of(records) != "sqlite" or connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        committed = shift.committed(bad_car().order)
        cars = shift.cars()
        return {
            "sound": sound,
            "committed": committed is not None,
            "whole": committed is None or cars == (bad_car(),),
            "again": shift.commit(bad_car()).document == (committed or shift.commit(bad_car())).document,
        }


def main(folder: Path, server: PostgresqlServer | None) -> None:
    die_at = 0
    told = b""
    while not told:
        die_at += 1 if server is None else _STRIDE
        path = folder / str(die_at) / "records.sqlite"
        path.parent.mkdir()
        if server is not None:
            put_elsewhere(path, server.new_database())
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            commit_and_die(path, die_at, writer)
        os.close(writer)
        os.waitpid(child, 0)
        told = os.read(reader, 4)
        os.close(reader)
        print(json.dumps({"died_at": die_at, "told": bool(told), **look(path)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *[PostgresqlServer(Path(word)) for word in sys.argv[2:]] or [None])
