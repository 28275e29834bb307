"""The image as bytes, and back. What a line writes need not be an image: it is read as far as it is one."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from linewalker.factory.fieldbus.layout import bytes_of, first_byte, places_of, size_of
from linewalker.factory.handshake.signals import LineImage, Signal, SignalType, StationImage

Image = TypeVar("Image", LineImage, StationImage)

_FORMATS = {
    SignalType.BYTE: "B",
    SignalType.INT16: "h",
    SignalType.UINT16: "H",
    SignalType.UINT32: "I",
    SignalType.FLOAT: "f",
}


class NoValue(ValueError):
    """What stands at a place is no value of its signal."""


@dataclass(frozen=True, kw_only=True)
class Reading(Generic[Image]):
    """What was read out of bytes.

    Attributes:
        image: where there was no value, it has the quiet default.
        wrong: the first signal of which there was none; None if all is well.
    """

    image: Image
    wrong: Signal | None


def bytes_from(image: LineImage | StationImage, besides: Mapping[str, int] | None = None) -> bytes:
    """An image as bytes; what is no signal of it stands in ``besides``, by name. Texts that are too long are cut."""
    besides = besides or {}
    data = bytearray(size_of(type(image)))
    for name, signal in places_of(type(image)).items():
        _put(data, signal, besides.get(name, 0) if name == signal.name else getattr(image, name))
    return bytes(data)


def image_from(image: type[Image], data: bytes) -> Reading[Image]:
    """The image that bytes are, all of them."""
    wrong: Signal | None = None
    values = {}
    for name, signal in places_of(image).items():
        if name == signal.name:
            continue
        try:
            values[name] = _get(data, signal)
        except NoValue:
            wrong = wrong or signal
    return Reading(image=image(**values), wrong=wrong)


def number_at(data: bytes, signal: Signal) -> int:
    """The number of a signal in a whole image."""
    return int(_get(data, signal))


def _put(data: bytearray, signal: Signal, value: Any) -> None:
    byte = first_byte(signal)
    if signal.type is SignalType.BOOLEAN:
        for i, bit in enumerate(value if signal.length else (value,), start=signal.bit):
            data[byte + i // 8] |= bit << i % 8
    elif signal.type is SignalType.STRING:
        content = _cut(value, signal.string_bytes)
        data[byte : byte + 2 + len(content)] = bytes((signal.string_bytes, len(content))) + content
    else:
        values = value if signal.length else (value,)
        struct.pack_into(_format(signal), data, byte, *values)


def _get(data: bytes, signal: Signal) -> Any:
    byte = first_byte(signal)
    if signal.type is SignalType.BOOLEAN:
        bits = tuple(
            bool(data[byte + i // 8] >> i % 8 & 1) for i in range(signal.bit, signal.bit + (signal.length or 1))
        )
        return bits if signal.length else bits[0]
    if signal.type is SignalType.STRING:
        return _text(data[byte : byte + bytes_of(signal)])
    values = struct.unpack_from(_format(signal), data, byte)
    if signal.values is not None and values[0] not in signal.values:
        raise NoValue
    return values if signal.length else values[0]


def _text(stored: bytes) -> str:
    used, content = stored[1], stored[2:]
    try:
        text = content[:used].decode("utf-8")
    except UnicodeDecodeError:
        raise NoValue from None
    if used > len(content) or not text.isprintable():
        raise NoValue
    return text


def _cut(text: str, most_bytes: int) -> bytes:
    """As much of a text as fits, in whole characters."""
    return text.encode("utf-8", "replace")[:most_bytes].decode("utf-8", "ignore").encode("utf-8")


def _format(signal: Signal) -> str:
    return f">{signal.length or 1}{_FORMATS[signal.type]}"
