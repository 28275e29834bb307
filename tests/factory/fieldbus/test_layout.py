"""The places are those an S7 gives a structure without optimised access, and no two signals share one."""

from __future__ import annotations

import pytest

from linewalker.factory.fieldbus.layout import (
    CHANGE,
    CHANGE_AGAIN,
    LAYOUT_VERSION,
    VERSION,
    bytes_of,
    first_byte,
    places_of,
    size_of,
)
from linewalker.factory.handshake.signals import LineImage, SignalType, StationImage, signals_of

IMAGES = (LineImage, StationImage)
MODBUS_READS, MODBUS_WRITES, S7_WRITES = 250, 246, 445
"""Bytes that one request carries."""


def as_an_s7_places(signals):
    """Standard access: bits fill a byte; a byte begins at the next one; all that is longer, texts and arrays begin at
    an even byte, and so does whatever follows an array."""
    byte, bit = 0, 0
    for signal in signals:
        if signal.type is SignalType.BOOLEAN and not signal.length:
            if bit == 8:
                byte, bit = byte + 1, 0
            yield byte, bit
            bit += 1
            continue
        byte, bit = byte + (bit > 0), 0
        if signal.length or signal.type is not SignalType.BYTE:
            byte += byte % 2
        yield byte, 0
        byte += bytes_of(signal)
        byte += byte % 2 if signal.length else 0


@pytest.mark.parametrize("image", IMAGES)
def test_tia_portal_places_the_generated_types_where_the_table_says(image):
    signals = list(places_of(image).values())
    assert [(signal.byte, signal.bit) for signal in signals] == list(as_an_s7_places(signals))


@pytest.mark.parametrize("image", IMAGES)
def test_no_two_signals_share_a_place(image):
    taken = set()
    for signal in places_of(image).values():
        many = signal.type is SignalType.BOOLEAN
        bits = range(signal.bit, signal.bit + (signal.length or 1)) if many else range(8 * bytes_of(signal))
        its = {8 * first_byte(signal) + bit for bit in bits}
        assert not taken & its, signal.name
        taken |= its
    assert max(taken) < 8 * size_of(image)


@pytest.mark.parametrize("image", IMAGES)
def test_every_signal_but_the_document_has_a_place_in_the_order_of_the_table(image):
    absent = [signal.name for _, signal in signals_of(image) if signal.byte is None]
    assert absent == ([] if image is LineImage else ["ResultJson"])
    in_order = [name for name, signal in signals_of(image) if signal.byte is not None]
    assert [name for name in places_of(image) if name in in_order] == in_order


def test_one_request_reads_all_that_decides_and_all_numbers_of_a_car():
    texts = {"JobId", "ResultReason", "FaultText", CHANGE_AGAIN.name}
    for signal in places_of(StationImage).values():
        if signal.name not in texts:
            assert first_byte(signal) + bytes_of(signal) <= MODBUS_READS, signal.name


def test_one_request_writes_all_that_decides():
    for signal in places_of(LineImage).values():
        if signal.name not in ("Options", "OverrideName", "OverrideReason"):
            assert first_byte(signal) + bytes_of(signal) <= MODBUS_WRITES, signal.name
        if not signal.name.startswith("Override"):
            assert first_byte(signal) + bytes_of(signal) <= S7_WRITES, signal.name


def test_the_number_of_changes_comes_before_all_that_is_read_later_and_once_more_after_it():
    names = list(places_of(StationImage))
    assert names.index(CHANGE.name) < names.index("characteristic_result")
    assert names[-1] == CHANGE_AGAIN.name
    assert f"{LAYOUT_VERSION};" in VERSION.meaning
