"""A database of PostgreSQL: its address, what it promises whatever the server is set to, and a server that is away."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import insert, select, text

from linewalker.errors import InputError, StorageFault
from linewalker.factory.records.database import are_there, open_database, put_elsewhere, transaction
from linewalker.factory.records.postgresql import read_url
from linewalker.factory.records.records import Records
from linewalker.factory.records.tables import shifts
from tests.factory.records.test_tables import SHIFT
from tests.factory.samples import HEADER, good_car


@pytest.fixture
def path(tmp_path, server):
    put_elsewhere(tmp_path / "records.sqlite", server.new_database())
    return tmp_path / "records.sqlite"


@pytest.mark.parametrize(
    "words", ["", "records.sqlite", "sqlite:///a", "postgresql://host", "postgresql:", "mysql://h/d"]
)
def test_what_is_no_address_of_a_database_is_refused(words):
    with pytest.raises(InputError, match="is not postgresql://USER@HOST:PORT/DATABASE"):
        read_url(words)


def test_an_address_is_what_it_was():
    url = read_url(" postgresql://line:secret@db.plant:5433/station_7?sslmode=verify-full\n")
    assert (url.username, url.password, url.host, url.port, url.database) == (
        "line", "secret", "db.plant", 5433, "station_7"
    )  # fmt: skip
    assert url.query["sslmode"] == "verify-full"
    assert "secret" not in str(url)


def test_what_is_committed_is_on_disk_whatever_the_server_is_set_to(server, tmp_path):
    put_elsewhere(tmp_path / "records.sqlite", server.new_database("synchronous_commit=off"))
    engine = open_database(tmp_path / "records.sqlite")
    with engine.begin() as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar_one() == "on"
    engine.dispose()


def test_one_writes_at_a_time(path):
    engine, order = open_database(path), []
    other = threading.Thread(target=lambda: _write(engine, 2, order))
    with engine.begin() as connection:
        connection.execute(select(shifts)).all()  # it has only read so far
        other.start()
        other.join(0.3)
        assert other.is_alive()
        order.append(1)
    other.join()
    assert order == [1, 2]
    engine.dispose()


def _write(engine, number, order):
    with transaction(engine) as connection:
        order.append(number)
        connection.execute(insert(shifts).values(id=number, **SHIFT))


def test_a_connection_that_broke_while_nobody_used_it_is_replaced(server, path):
    with Records(path) as records:
        run = records.begin_run(HEADER)
        _break_connections(server)
        run.commit(good_car())
        assert run.cars() == (good_car(),)


def test_a_connection_that_breaks_in_the_middle_is_a_fault_and_nothing_is_stored(server, path):
    engine = open_database(path)

    def store():
        with transaction(engine) as connection:
            connection.execute(insert(shifts).values(id=7, **SHIFT))
            _break_connections(server)

    with pytest.raises(StorageFault, match=r"postgresql.*the records can not be stored: .*see that the server is well"):
        store()
    with engine.begin() as connection:
        assert connection.execute(select(shifts)).all() == []
    engine.dispose()


def _break_connections(server):
    others = "query NOT LIKE '%pg_terminate%' AND backend_type = 'client backend'"
    server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")


def test_a_server_that_is_not_there_is_one_clear_line_without_the_password(tmp_path):
    put_elsewhere(tmp_path / "records.sqlite", f"postgresql://a:secret@/b?host={tmp_path}")
    assert are_there(tmp_path / "records.sqlite")
    with pytest.raises(InputError, match="not usable as records: ") as caught:
        Records(tmp_path / "records.sqlite")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)
