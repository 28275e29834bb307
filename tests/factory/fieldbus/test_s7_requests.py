"""What an S7 client is answered, byte for byte: bits, several items, blocks there are not, messages that are none."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewalker.factory.fieldbus.layout import size_of
from linewalker.factory.fieldbus.process_image import Patch, ProcessImage
from linewalker.factory.fieldbus.s7_requests import (
    GOOD,
    IN_BLOCK,
    NO_SUCH_BLOCK,
    NO_SUCH_PLACE,
    NOT_ALLOWED,
    OUT_BLOCK,
    READ,
    WRITE,
    Job,
    NoRequest,
    answer,
)
from linewalker.factory.handshake.signals import LineImage
from linewalker.factory.handshake.station_port import StationPort
from linewalker.factory.handshake.write_lease import Writer

LINE = Writer(session=1, identity=b"10.0.0.1", name="line")
OTHER = Writer(session=2, identity=b"10.0.0.2", name="other")
BIT, BYTE = 0x01, 0x02


def item(block: int, byte: int, count: int, kind: int = BYTE, bit: int = 0, area: int = 0x84) -> bytes:
    return struct.pack(">BBBBHHB", 0x12, 0x0A, 0x10, kind, count, block, area) + (8 * byte + bit).to_bytes(3, "big")


def message(function: int, items: list[bytes], data: bytes = b"") -> bytes:
    parameters = bytes([function, len(items)]) + b"".join(items)
    return struct.pack(">BBHHHH", 0x32, 1, 0, 77, len(parameters), len(data)) + parameters + data


def octets(content: bytes) -> bytes:
    return bytes([0, 4]) + (8 * len(content)).to_bytes(2, "big") + content + bytes(len(content) % 2)


@pytest.fixture
def image():
    return ProcessImage(StationPort())


def ask(image: ProcessImage, request: bytes, writer: Writer = LINE) -> bytes:
    """The data of the answer."""
    got = answer(Job.of(request), image, writer)
    assert got[:2] == bytes([0x32, 3])
    assert struct.unpack_from(">H", got, 4) == (77,)
    assert struct.unpack_from(">H", got, 8) == (len(got) - 14,)
    return got[14:]


def test_a_block_is_written_and_read(image):
    assert ask(image, message(WRITE, [item(IN_BLOCK, 8, 4)], octets(b"abcd"))) == bytes([GOOD])
    assert ask(image, message(READ, [item(IN_BLOCK, 8, 4)])) == bytes([GOOD, 4, 0, 32]) + b"abcd"
    assert ask(image, message(READ, [item(OUT_BLOCK, 48, 1, kind=4)])) == bytes([GOOD, 4, 0, 16, 0, 1])


def test_a_bit_leaves_those_beside_it_alone(image):
    ask(image, message(WRITE, [item(IN_BLOCK, 5, 1)], octets(b"\x05")))
    assert ask(image, message(WRITE, [item(IN_BLOCK, 5, 1, BIT, 1)], bytes([0, 3, 0, 1, 1, 0]))) == bytes([GOOD])
    assert ask(image, message(READ, [item(IN_BLOCK, 5, 1)]))[4:] == b"\x07"
    assert ask(image, message(READ, [item(IN_BLOCK, 5, 1, BIT, 2)])) == bytes([GOOD, 3, 0, 1, 1])
    assert ask(image, message(READ, [item(IN_BLOCK, 5, 1, BIT, 3)])) == bytes([GOOD, 3, 0, 1, 0])


def test_all_items_of_a_request_are_written_and_read(image):
    places = [item(IN_BLOCK, 12, 3), item(IN_BLOCK, 32, 2)]
    assert ask(image, message(WRITE, places, octets(b"abc") + octets(b"de"))) == bytes([GOOD, GOOD])
    expected = bytes([GOOD, 4, 0, 24]) + b"abc\0" + bytes([GOOD, 4, 0, 16]) + b"de"
    assert ask(image, message(READ, places)) == expected


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (item(OUT_BLOCK, 0, 2), NOT_ALLOWED),
        (item(7, 0, 2), NO_SUCH_BLOCK),
        (item(IN_BLOCK, 0, 2, area=0x83), NO_SUCH_BLOCK),
        (item(IN_BLOCK, size_of(LineImage) - 1, 2), NO_SUCH_PLACE),
    ],
)
def test_of_a_request_that_is_refused_in_part_nothing_is_written(image, place, code):
    codes = ask(image, message(WRITE, [item(IN_BLOCK, 8, 2), place], octets(b"ab") * 2))
    assert code in codes
    assert GOOD not in codes
    assert image.read_in(8, 2) == bytes(2)


def test_what_is_not_there_is_not_read(image):
    for place, code in ((item(7, 0, 2), NO_SUCH_BLOCK), (item(OUT_BLOCK, 811, 2), NO_SUCH_PLACE)):
        assert ask(image, message(READ, [place])) == bytes([code, 0, 0, 0])
    assert ask(image, message(READ, [item(OUT_BLOCK, 0, 467)])) == bytes([NO_SUCH_PLACE, 0, 0, 0])


def test_another_connection_is_not_allowed_to_write(image):
    for life in (b"\1", b"\2"):
        image.write(LINE, [Patch(byte=3, content=life)])
    assert ask(image, message(WRITE, [item(IN_BLOCK, 5, 1)], octets(b"\2")), OTHER) == bytes([NOT_ALLOWED])
    assert image.read_in(5, 1) == b"\0"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.data())
def test_a_message_that_was_tampered_with_is_answered_or_is_none(data):
    image = ProcessImage(StationPort())
    whole = bytearray(message(WRITE, [item(IN_BLOCK, 8, 4), item(IN_BLOCK, 5, 1, BIT, 1)], octets(b"abcd") + bytes([0, 3, 0, 1, 1])))  # fmt: skip # noqa: E501
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    try:
        job = Job.of(cut)
        if job is not None and job.function in (READ, WRITE):
            assert answer(job, image, LINE)[:2] == bytes([0x32, 3])
    except NoRequest:
        pass
    assert len(image.read_in(0, size_of(LineImage))) == size_of(LineImage)
