"""The byte image for those who program a PLC: an SCL source for TIA Portal, a table of offsets for everybody else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from linewalker.factory.fieldbus.layout import LAYOUT_VERSION, Side, bytes_of, first_byte, places_of
from linewalker.factory.handshake.signals import LineImage, Signal, SignalType, StationImage

COLUMNS = ("direction", "name", "type", "byte", "bit", "bytes", "register", "register_bit", "meaning", "meaning_zh")
SIDES: tuple[tuple[str, Side], ...] = (("In", LineImage), ("Out", StationImage))

_S7_TYPES = {
    SignalType.BOOLEAN: "Bool",
    SignalType.BYTE: "Byte",
    SignalType.INT16: "Int",
    SignalType.UINT16: "UInt",
    SignalType.UINT32: "UDInt",
    SignalType.FLOAT: "Real",
}


def s7_type(signal: Signal) -> str:
    """``Array[0..15] of Bool``, ``String[17]``: the type as TIA Portal writes it."""
    element = f"String[{signal.string_bytes}]" if signal.type is SignalType.STRING else _S7_TYPES[signal.type]
    return f"Array[0..{signal.length - 1}] of {element}" if signal.length else element


def register_place(signal: Signal) -> tuple[int, int | None]:
    """The Modbus register a signal begins in, counted from the first of its side, and its bit in there if it has one.

    A register is two bytes, the first one the high one.
    """
    byte = first_byte(signal)
    if signal.type is SignalType.BOOLEAN or (signal.type is SignalType.BYTE and not signal.length):
        return byte // 2, signal.bit + (0 if byte % 2 else 8)
    return byte // 2, None


def scl_source() -> str:
    """Types of In and Out, and a data block that has both, as an external source of TIA Portal."""
    lines = [
        f"// Linewalker station, byte image, layout {LAYOUT_VERSION}. Do not change: offsets are part of the interface."
    ]
    for direction, image in SIDES:
        lines += ["", f'TYPE "Linewalker{direction}"', "VERSION : 0.1", "   STRUCT"]
        for signal in places_of(image).values():
            comment = f"{first_byte(signal)}.{signal.bit}  {signal.meaning} / {signal.meaning_zh}"
            lines.append(f"      {signal.name} : {s7_type(signal)};   // {comment}")
        lines += ["   END_STRUCT;", "", "END_TYPE"]
    lines += ["", 'DATA_BLOCK "LinewalkerStation"', "{ S7_Optimized_Access := 'FALSE' }", "VERSION : 0.1", "NON_RETAIN"]
    lines += ["   STRUCT", *(f'      {direction} : "Linewalker{direction}";' for direction, _ in SIDES)]
    lines += ["   END_STRUCT;", "", "BEGIN", "", "END_DATA_BLOCK", ""]
    return "\n".join(lines)


def offsets_table() -> str:
    """Every signal with its place, as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for direction, image in SIDES:
        writer.writerows(_row(direction, signal) for signal in places_of(image).values())
    return text.getvalue()


def _row(direction: str, signal: Signal) -> Iterator[object]:
    register, register_bit = register_place(signal)
    has_bit = signal.type is SignalType.BOOLEAN
    yield from (direction, signal.name, s7_type(signal), first_byte(signal), signal.bit if has_bit else "")
    yield from (bytes_of(signal), register, "" if register_bit is None else register_bit)
    yield from (signal.meaning, signal.meaning_zh)
