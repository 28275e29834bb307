"""The byte image in Modbus registers: which functions are answered, with what."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import pytest
from pymodbus.client import ModbusTcpClient

from linewalker.factory.fieldbus.layout import size_of
from linewalker.factory.fieldbus.modbus_registers import OUT_REGISTER, SERVED, at_once
from linewalker.factory.fieldbus.modbus_server import ModbusServer
from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.handshake.station_port import StationPort

IN_REGISTERS, OUT_REGISTERS = size_of(LineImage) // 2, size_of(StationImage) // 2
ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE, BUSY = 1, 2, 3, 6


@pytest.fixture(scope="module")
def server():
    with ModbusServer(StationPort(), endpoint="modbus.tcp://127.0.0.1:0") as server:
        yield server


@pytest.fixture
def client(server):
    place = urlsplit(server.endpoint)
    with ModbusTcpClient(place.hostname, port=place.port, timeout=30) as client:
        yield client


def test_in_is_read_back_as_it_was_written_in_every_way_there_is(client):
    client.write_registers(49, [0x0102, 0x0304])
    client.write_register(51, 0x0506)
    client.mask_write_register(address=51, and_mask=0xFF00, or_mask=0x0007)
    assert client.read_holding_registers(49, count=3).registers == [0x0102, 0x0304, 0x0507]


def test_out_is_the_input_registers_and_holding_registers_besides(client):
    for first in (0, 125, OUT_REGISTERS - 10):
        count = min(125, OUT_REGISTERS - first)
        one = client.read_input_registers(first, count=count).registers
        two = client.read_holding_registers(OUT_REGISTER + first, count=count).registers
        assert one[3:] == two[3:]
    assert client.read_input_registers(24, count=1).registers == [1]  # the version of the layout


def test_one_request_writes_in_and_reads_out(client):
    answer = client.readwrite_registers(read_address=OUT_REGISTER, read_count=125, address=49, values=[7, 8])
    assert len(answer.registers) == 125
    assert client.read_holding_registers(49, count=2).registers == [7, 8]


@pytest.mark.parametrize(
    ("ask", "code"),
    [
        (lambda c: c.read_holding_registers(IN_REGISTERS - 1, count=2), ILLEGAL_ADDRESS),
        (lambda c: c.read_input_registers(OUT_REGISTERS, count=1), ILLEGAL_ADDRESS),
        (lambda c: c.read_holding_registers(OUT_REGISTER + OUT_REGISTERS - 1, count=2), ILLEGAL_ADDRESS),
        (lambda c: c.write_register(IN_REGISTERS, 1), ILLEGAL_ADDRESS),
        (lambda c: c.write_registers(OUT_REGISTER, [1]), ILLEGAL_ADDRESS),
        (lambda c: c.mask_write_register(address=OUT_REGISTER, and_mask=0, or_mask=1), ILLEGAL_ADDRESS),
        (lambda c: c.read_coils(0, count=8), ILLEGAL_FUNCTION),
        (lambda c: c.write_coil(0, True), ILLEGAL_FUNCTION),
        (lambda c: c.read_device_information(), ILLEGAL_FUNCTION),
    ],
)
def test_what_there_is_not_is_refused_with_the_code_of_the_standard(client, ask, code):
    assert ask(client).exception_code == code


def test_what_is_served_waits_for_nothing():
    async def waits():
        await asyncio.sleep(0)

    with pytest.raises(AssertionError, match="it waits"):
        at_once(waits())
    assert 23 in SERVED
