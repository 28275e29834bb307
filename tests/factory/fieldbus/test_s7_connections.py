"""What an S7 does besides being read and written is refused."""

from __future__ import annotations

import contextlib
from urllib.parse import urlsplit

import pytest
from snap7.client import Client
from snap7.error import S7Error

from linewalker.factory.fieldbus.s7_server import S7Server
from linewalker.factory.handshake.station_port import StationPort


@pytest.fixture(scope="module")
def server():
    with S7Server(StationPort(), endpoint="s7://127.0.0.1:0") as server:
        yield server


@pytest.fixture
def client(server):
    place, client = urlsplit(server.endpoint), Client()
    client.connect(place.hostname, 0, 1, tcp_port=place.port)
    yield client
    client.disconnect()


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.db_write(2, 0, bytearray(2)),
        lambda client: client.db_read(3, 0, 2),
        lambda client: client.db_read(1, 681, 2),
        lambda client: client.plc_stop(),
        lambda client: client.plc_cold_start(),
        lambda client: client.set_plc_system_datetime(),
        lambda client: client.download(bytearray(40), 1),
        lambda client: client.upload(1),
    ],
)
def test_what_an_s7_does_besides_is_refused_and_the_station_goes_on(client, ask):
    with pytest.raises((S7Error, RuntimeError)):
        ask(client)
    with contextlib.suppress(S7Error):
        client.disconnect()
    client.connect(client.host, 0, 1, tcp_port=client.port)
    assert len(client.db_read(2, 0, 250)) == 250
