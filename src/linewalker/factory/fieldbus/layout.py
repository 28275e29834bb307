"""Where everything stands in the byte image: the places of the signals, and what the byte image has besides.

``In`` is what the line writes, ``Out`` what it reads; big-endian, placed as an S7 places a structure without optimised
access. A Boolean is a bit of its byte, bit 0 the lowest; element i of an array of Booleans is bit i % 8 of byte i // 8.
A text is a STRING: a byte with the most bytes it may have, a byte with those it has, then these, in UTF-8.
"""

from __future__ import annotations

from collections.abc import Mapping

from linewalker.factory.handshake.signals import LineImage, Signal, SignalType, StationImage, signals_of

LAYOUT_VERSION = 1
"""Another one: signals stand elsewhere."""

INPUT_ERROR = Signal(
    name="InputError",
    type=SignalType.UINT16,
    byte=46,
    meaning="0, or 1 + the byte of In where the first value stands that is none",
    meaning_zh="0，或 1 + In 中第一个无效值所在的字节",
)
VERSION = Signal(
    name="LayoutVersion",
    type=SignalType.UINT16,
    byte=48,
    meaning=f"{LAYOUT_VERSION}; another one, and signals stand elsewhere",
    meaning_zh=f"{LAYOUT_VERSION}；不同则信号位置不同",
)
CHANGE = Signal(
    name="ChangeNumber",
    type=SignalType.UINT16,
    byte=50,
    meaning="another one after every change of Out but LifeCounter and Progress",
    meaning_zh="除 LifeCounter 和 Progress 外，Out 每次改变后都不同",
)
CHANGE_AGAIN = Signal(
    name="ChangeNumberEnd",
    type=SignalType.UINT16,
    byte=810,
    meaning="ChangeNumber again: equal in a reading of several requests, it is of one moment",
    meaning_zh="同 ChangeNumber：分多次读取时两者相等，则为同一时刻",
)
_BYTES = {
    SignalType.BYTE: 1,
    SignalType.INT16: 2,
    SignalType.UINT16: 2,
    SignalType.UINT32: 4,
    SignalType.FLOAT: 4,
}

Side = type[LineImage] | type[StationImage]


def places_of(image: Side) -> Mapping[str, Signal]:
    """What stands in a byte image, in the order of the bytes: name of the field, or of what is no field -> signal."""
    return _PLACES[image]


def _placed(image: Side) -> dict[str, Signal]:
    placed = {name: signal for name, signal in signals_of(image) if signal.byte is not None}
    if image is StationImage:
        placed |= {signal.name: signal for signal in (INPUT_ERROR, VERSION, CHANGE, CHANGE_AGAIN)}
    return dict(sorted(placed.items(), key=lambda entry: (first_byte(entry[1]), entry[1].bit)))


def first_byte(signal: Signal) -> int:
    """Where a signal that has a place begins."""
    assert signal.byte is not None, f"{signal.name} is not in the byte image"
    return signal.byte


def bytes_of(signal: Signal) -> int:
    """How many bytes a signal takes; a single bit shares the one it lies in."""
    if signal.type is SignalType.BOOLEAN:
        return (signal.length + 7) // 8 if signal.length else 1
    if signal.type is SignalType.STRING:
        return 2 + signal.string_bytes
    return _BYTES[signal.type] * max(signal.length, 1)


def size_of(image: Side) -> int:
    """Bytes of a whole image."""
    *_, last = places_of(image).values()
    end = first_byte(last) + bytes_of(last)
    return end + end % 2


_PLACES = {image: _placed(image) for image in (LineImage, StationImage)}
