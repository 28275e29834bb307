"""Images come back from their bytes; bytes that are no image are read as far as they are one."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewalker.factory.fieldbus.byte_image import bytes_from, image_from, number_at
from linewalker.factory.fieldbus.layout import CHANGE, CHANGE_AGAIN, first_byte, places_of, size_of
from linewalker.factory.handshake.signals import LineImage, LineMode, StationImage, signals_of
from tests.factory.fieldbus.images import any_image

VIN = "LSVAA49J132047371"
QUIET = bytes_from(LineImage())


@settings(max_examples=200, deadline=None, derandomize=True)
@given(any_image(LineImage) | any_image(StationImage))
def test_an_image_comes_back_from_its_bytes(image):
    data = bytes_from(image)
    assert len(data) == size_of(type(image))
    reading = image_from(type(image), data)
    assert reading.wrong is None
    assert reading.image == image


def test_a_line_as_its_bytes_are_written_by_hand():
    said = LineImage(
        life_counter=0x01020304,
        mode=1,
        vehicle_in_place=True,
        ack_result=True,
        enter_permit=(True, *(False,) * 8, True, *(False,) * 6),
        sequence_no=7,
        refers_to=6,
        purpose=2,
        vin=VIN,
        type_code="sedan",
        options="涂装=红",
    )
    data = bytes_from(said)
    assert data[:12] == bytes([1, 2, 3, 4, 1, 0b101, 1, 2, 0, 0, 0, 7])
    assert data[12:18] == bytes([0, 0, 0, 6, 2, 0])
    assert data[18:37] == bytes([17, 17]) + VIN.encode()
    assert data[38:45] == bytes([64, 5]) + b"sedan"
    assert data[104:116] == bytes([254, 10]) + "涂装=红".encode()


def test_a_station_as_its_bytes_are_read_by_hand():
    said = StationImage(
        life_counter=9, done=True, home_pos=True, result=2, fault_code=205, sequence_no=3, progress=1.0, vin=VIN,
        characteristic_result=(1, 2, *(0,) * 58), characteristic_value=(412, -35, *(0,) * 58), result_reason="why",
    )  # fmt: skip
    data = bytes_from(said, {CHANGE.name: 5, CHANGE_AGAIN.name: 5})
    assert struct.unpack_from(">IBB", data, 0) == (9, 0b1100, 2)
    assert struct.unpack_from(">HIf", data, 10) == (205, 3, 1.0)
    assert data[52:54] == bytes([1, 2])
    assert struct.unpack_from(">2h", data, 112) == (412, -35)
    assert data[298:303] == bytes([254, 3]) + b"why"
    assert [number_at(data, signal) for signal in (CHANGE, CHANGE_AGAIN)] == [5, 5]


def test_a_text_that_is_too_long_is_cut_between_characters():
    reading = image_from(StationImage, bytes_from(StationImage(fault_text="跌倒" * 200)))
    assert reading.wrong is None
    assert reading.image.fault_text == "跌倒" * 42  # 252 of 254 bytes


def place(name):
    return first_byte(dict(signals_of(LineImage))[name])


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("mode", b"\x09"),
        ("purpose", b"\x04"),
        ("override_result", b"\xff"),
        ("vin", bytes([17, 18])),
        ("vin", bytes([17, 255])),
        ("vin", bytes([17, 4]) + b"V\x00IN"),
        ("vin", bytes([17, 3]) + b"\xff\xfe\xfd"),
        ("type_code", bytes([64, 2]) + "涂".encode()[:2]),
        ("options", bytes([254, 1]) + b"\n"),
    ],
)
def test_what_is_no_value_reads_as_quiet_and_is_told(name, stored):
    begin = place(name)
    data = bytearray(bytes_from(LineImage(mode=1, vin=VIN, type_code="sedan", options="a=b", sequence_no=4)))
    data[begin : begin + len(stored)] = stored
    reading = image_from(LineImage, bytes(data))
    assert reading.wrong == places_of(LineImage)[name]
    assert getattr(reading.image, name) == getattr(LineImage(), name)
    assert reading.image.sequence_no == 4


def test_a_string_whose_greatest_length_a_plc_never_wrote_is_a_string():
    data = bytearray(bytes_from(LineImage(vin=VIN)))
    data[place("vin")] = 0
    assert image_from(LineImage, bytes(data)).image.vin == VIN


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.binary(min_size=len(QUIET), max_size=len(QUIET)))
def test_any_bytes_are_read_as_an_image_the_station_can_take(data):
    image = image_from(LineImage, data).image
    assert image.mode in list(LineMode)
    for name, signal in signals_of(LineImage):
        value = getattr(image, name)
        if isinstance(value, str):
            assert len(value) <= signal.most_characters
            assert value.isprintable()
