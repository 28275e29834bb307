"""The I/O image as a JSON document, for a wire whose other end is another process.

What comes in is believed no more than what a client writes: every value has the type, length and range of its signal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import isfinite
from typing import Any, TypeVar

from linewalker.factory.handshake.signals import LineImage, Signal, SignalType, StationImage, signals_of

Image = TypeVar("Image", LineImage, StationImage)

_NUMBERS = {
    SignalType.BYTE: range(2**8),
    SignalType.INT16: range(-(2**15), 2**15),
    SignalType.UINT16: range(2**16),
    SignalType.UINT32: range(2**32),
}


def document_of(image: LineImage | StationImage, names: Iterable[str] | None = None) -> dict[str, Any]:
    """Field name -> value.

    Args:
        image: what is said.
        names: of the fields that are wanted; default all.
    """
    return {name: getattr(image, name) for name in (vars(image) if names is None else names)}


def changed(before: Image, now: Image) -> list[str]:
    """The names of the fields in which two images differ."""
    return [name for name, value in vars(now).items() if getattr(before, name) != value]


def with_document(image: Image, document: Mapping[str, Any]) -> Image:
    """An image with the fields of a document in place of its own.

    Raises:
        ValueError: a field there is none of, or a value its signal can not have.
    """
    known = dict(signals_of(type(image)))
    if not isinstance(document, Mapping) or not document.keys() <= known.keys():
        raise ValueError(f"not an image: {str(document)[:80]}")
    return replace(image, **{name: _value(known[name], value) for name, value in document.items()})


def _value(signal: Signal, value: Any) -> Any:
    if signal.length:
        if not isinstance(value, list | tuple) or len(value) != signal.length:
            raise ValueError(f"{signal.name}: expected {signal.length} values")
        return tuple(_one(signal, entry) for entry in value)
    return _one(signal, value)


def _one(signal: Signal, value: Any) -> Any:
    match signal.type:
        case SignalType.BOOLEAN:
            fits = isinstance(value, bool)
        case SignalType.STRING:
            fits = isinstance(value, str) and len(value) <= signal.most_characters
        case SignalType.FLOAT:
            fits = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
        case _:
            fits = isinstance(value, int) and not isinstance(value, bool) and value in _NUMBERS[signal.type]
    if not fits:
        raise ValueError(f"{signal.name}: {str(value)[:80]} is no {signal.type.value}")
    return value
