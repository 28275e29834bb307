"""Of the Modbus client: a request has so many registers, and what is refused is told apart from what is gone."""

from __future__ import annotations

import pytest

from linewalker.factory.fieldbus.layout import size_of
from linewalker.factory.fieldbus.modbus_link import ModbusLink
from linewalker.factory.fieldbus.modbus_server import ModbusServer
from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.handshake.station_port import StationPort


@pytest.fixture(scope="module")
def link():
    with ModbusServer(StationPort(), endpoint="modbus.tcp://127.0.0.1:0") as server:
        link = ModbusLink(server.endpoint)
        link.dial()
        yield link
        link.hang_up()


def test_the_whole_image_goes_in_several_requests(link):
    link.write_in(0, bytes(size_of(LineImage)))
    assert len(link.read_out(0, size_of(StationImage))) == size_of(StationImage)


def test_a_place_that_is_none_is_no_refusal_to_be_waited_out(link):
    with pytest.raises(ConnectionError, match="does not let registers be written"):
        link.write_in(size_of(LineImage), b"\0\0")
    with pytest.raises(ConnectionError, match="does not let registers be read"):
        link.read_out(size_of(StationImage), 2)


def test_a_client_that_was_never_opened_is_shut_in_peace():
    ModbusLink("modbus.tcp://127.0.0.1:9").hang_up()
