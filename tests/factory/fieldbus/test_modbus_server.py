"""Where the Modbus TCP server listens, and that it outlives its callers."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from pymodbus.client import ModbusTcpClient

from linewalker.factory.fieldbus.modbus_server import ModbusServer
from linewalker.factory.handshake.station_port import StationPort


def test_who_hangs_up_in_the_middle_of_a_request_harms_nobody():
    with ModbusServer(StationPort(), endpoint="modbus.tcp://127.0.0.1:0") as server:
        place = urlsplit(server.endpoint)
        for _ in range(5):
            with socket.create_connection((place.hostname, place.port)) as caller:
                caller.sendall(bytes([0, 1, 0, 0, 0, 6, 1, 4, 0]))
        with ModbusTcpClient(place.hostname, port=place.port, timeout=30) as client:
            assert client.read_input_registers(24, count=1).registers == [1]


def test_a_station_goes_on_over_a_server_that_follows():
    station = StationPort()
    for _ in range(2):
        with ModbusServer(station, endpoint="modbus.tcp://127.0.0.1:0") as server:
            assert urlsplit(server.endpoint).port > 0
