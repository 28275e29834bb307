"""Records in a file and in a database: what is asked of one is asked of the other."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from linewalker.factory.records.database import put_elsewhere
from tests.factory.postgresql_server import PostgresqlServer, postgresql_server, why_not


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresqlServer]:
    """A server of PostgreSQL."""
    if (problem := why_not()) is not None:
        pytest.skip(problem)
    with postgresql_server() as running:
        yield running


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Path]:
    """Makes names of records that are not there yet, each in a folder of its own."""
    numbers = itertools.count(1)
    server = request.getfixturevalue("server") if request.param == "PostgreSQL" else None

    def another() -> Path:
        path = tmp_path / f"station {next(numbers)}" / "records.sqlite"
        path.parent.mkdir()
        if server is not None:
            put_elsewhere(path, server.new_database())
        return path

    return another


@pytest.fixture
def place(new_place: Callable[[], Path]) -> Path:
    """One such name."""
    return new_place()
