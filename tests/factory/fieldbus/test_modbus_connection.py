"""What comes over a connection as bytes: requests that come together, and such as make no sense."""

from __future__ import annotations

import socket
import struct
from urllib.parse import urlsplit

import pytest

from linewalker.factory.fieldbus.layout import size_of
from linewalker.factory.fieldbus.modbus_server import ModbusServer
from linewalker.factory.handshake.signals import LineImage, StationImage
from linewalker.factory.handshake.station_port import StationPort

IN_REGISTERS, OUT_REGISTERS = size_of(LineImage) // 2, size_of(StationImage) // 2
ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE, BUSY = 1, 2, 3, 6


@pytest.fixture(scope="module")
def server():
    with ModbusServer(StationPort(), endpoint="modbus.tcp://127.0.0.1:0") as server:
        yield server


def adu(transaction: int, pdu: bytes) -> bytes:
    return struct.pack(">HHHB", transaction, 0, len(pdu) + 1, 1) + pdu


def talk(server, data: bytes, answers: int) -> list[tuple[int, bytes]]:
    """Send bytes as they are; the answers, each with its transaction."""
    place, got = urlsplit(server.endpoint), []
    with socket.create_connection((place.hostname, place.port), timeout=30) as caller:
        caller.sendall(data)
        stream = caller.makefile("rb")
        for _ in range(answers):
            transaction, _, length, _ = struct.unpack(">HHHB", stream.read(7))
            got.append((transaction, stream.read(length - 1)))
    return got


def test_requests_that_come_together_are_all_answered_in_their_order(server):
    together = b"".join(adu(i, struct.pack(">BHH", 4, i, 1)) for i in range(100))
    answers = talk(server, together, 100)
    assert [transaction for transaction, _ in answers] == list(range(100))
    assert all(pdu[:2] == bytes([4, 2]) for _, pdu in answers)


@pytest.mark.parametrize(
    ("pdu", "answer"),
    [
        (bytes([3]), bytes([0x83, ILLEGAL_VALUE])),
        (struct.pack(">BHH", 3, 0, 126), bytes([0x83, ILLEGAL_VALUE])),
        (struct.pack(">BHHB", 16, 49, 2, 3) + b"abc", bytes([0x90, ILLEGAL_VALUE])),
        (bytes([99]), bytes([0x80 | 99, ILLEGAL_FUNCTION])),
        (bytes([0x84]), bytes([0x84, ILLEGAL_FUNCTION])),
    ],
)
def test_a_request_that_makes_no_sense_is_answered_and_the_next_one_served(server, pdu, answer):
    [(first, refused), (second, served)] = talk(server, adu(1, pdu) + adu(2, struct.pack(">BHH", 4, 24, 1)), 2)
    assert (first, refused) == (1, answer)
    assert (second, served) == (2, bytes([4, 2, 0, 1]))
