"""Reads a Q-DAS file by the published format alone, strictly; it shares nothing with what writes it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

_KEY = re.compile(r"(K\d{4})(?:/(\d+))? (.+)")
_VALUE = ("K0001", "K0002", "K0004", "K0005", "K0006", "K0007", "K0008", "K0010", "K0011", "K0012")
_ATTRIBUTE = ("K0020", "K0021", "", *_VALUE[1:])


@dataclass
class Dfq:
    """What stands in a file: texts, by key, and by key and index; values by characteristic, in their order."""

    part: dict[str, str] = field(default_factory=dict)
    characteristics: dict[int, dict[str, str]] = field(default_factory=dict)
    catalogue: dict[tuple[str, int], str] = field(default_factory=dict)
    values: dict[int, list[dict[str, str]]] = field(default_factory=dict)


def read_dfq(content: bytes) -> Dfq:
    """Every line is understood, or a ValueError says which is not."""
    encoding = "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "cp1252"
    lines = content.decode(encoding).split("\r\n")
    if lines.pop() or any("\n" in line or "\r" in line for line in lines):
        raise ValueError("a line ends otherwise than with CR LF")
    first, expected = lines.pop(0).split(" ")
    if first != "K0100":
        raise ValueError("it does not begin with K0100")
    file = Dfq()
    for line in lines:
        if matched := _KEY.fullmatch(line):
            _take(file, matched[1], int(matched[2] or 1), matched[3])
        else:
            _take_values(file, line)
    if sorted(file.characteristics) != list(range(1, int(expected) + 1)):
        raise ValueError("K0100 is not the number of characteristics")
    return file


def _take(file: Dfq, key: str, index: int, text: str) -> None:
    if key.startswith("K1"):
        file.part[key] = text
    elif key.startswith("K2"):
        file.characteristics.setdefault(index, {})[key] = text
    elif key.startswith("K4"):
        file.catalogue[key, index] = text
    elif key.startswith("K0"):
        file.values[index][-1][key] = text
    else:
        raise ValueError(f"unknown key {key}")


def _take_values(file: Dfq, line: str) -> None:
    cells = line.split("\x0f")
    if len(cells) != len(file.characteristics):
        raise ValueError(f"{len(cells)} characteristics in a line, {len(file.characteristics)} described: {line!r}")
    for number, cell in enumerate(cells, start=1):
        names = _ATTRIBUTE if file.characteristics[number].get("K2004") == "1" else _VALUE
        fields = cell.split("\x14")
        if len(fields) != len(names) or not all(fields):
            raise ValueError(f"characteristic {number} has {len(fields)} fields, or an empty one: {cell!r}")
        file.values.setdefault(number, []).append(dict(zip(names, fields)))
