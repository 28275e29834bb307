"""The station as an S7 with two data blocks."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from snap7.client import Client

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


def test_more_than_a_message_holds_is_read_in_several(client):
    assert len(client.db_read(2, 0, 812)) == 812
    assert client.get_pdu_length() == 480


def test_a_bit_is_written_by_the_client_as_by_a_plc(client):
    client.db_write(1, 4, bytearray([0, 0b1000]))
    client.db_write_bool(1, 5, 0, True)
    assert client.db_read(1, 5, 1) == bytearray([0b1001])
    client.db_write(1, 5, bytearray(1))
