"""What a PLC programmer is given: the golden files, and that whoever reads nothing else finds every signal."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from linewalker.factory.fieldbus.interface_files import (
    COLUMNS,
    SIDES,
    offsets_table,
    register_place,
    s7_type,
    scl_source,
)
from linewalker.factory.fieldbus.layout import bytes_of, first_byte, places_of

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(("name", "write"), [("linewalker.scl", scl_source), ("offsets.csv", offsets_table)])
def test_what_plants_have_built_on_stays_as_it_is(name, write):
    """A difference here moves signals in every PLC: `LAYOUT_VERSION` has to go up with it."""
    assert write() == (GOLDEN / name).read_text(encoding="utf-8")


def test_the_table_has_a_row_for_every_signal_and_reads_back():
    rows = list(csv.DictReader(offsets_table().splitlines()))
    assert tuple(rows[0]) == COLUMNS
    expected = [(direction, signal) for direction, image in SIDES for signal in places_of(image).values()]
    assert len(rows) == len(expected)
    for row, (direction, signal) in zip(rows, expected):
        assert (row["direction"], row["name"], row["type"]) == (direction, signal.name, s7_type(signal))
        assert (int(row["byte"]), int(row["bytes"])) == (first_byte(signal), bytes_of(signal))
        register, bit = register_place(signal)
        assert (int(row["register"]), row["register_bit"]) == (register, "" if bit is None else str(bit))


def test_the_source_declares_each_type_once_in_the_order_of_the_bytes():
    source = scl_source()
    for direction, image in SIDES:
        [body] = re.findall(rf'TYPE "Linewalker{direction}"\n.*?STRUCT\n(.*?)END_STRUCT', source, re.DOTALL)
        declared = re.findall(r"^ +(\w+) : ([^;]+);   // (\d+)\.(\d) ", body, re.MULTILINE)
        expected = [
            (signal.name, s7_type(signal), str(first_byte(signal)), str(signal.bit))
            for signal in places_of(image).values()
        ]
        assert declared == expected
    assert "S7_Optimized_Access := 'FALSE'" in source


def test_a_bit_lies_in_its_register_as_the_high_byte_comes_first():
    signals = {signal.name: signal for _, image in SIDES for signal in places_of(image).values()}
    assert register_place(signals["StartInspect"]) == (2, 1)  # byte 5, bit 1: the low byte of register 2
    assert register_place(signals["Done"]) == (2, 10)  # byte 4, bit 2: the high byte
    assert register_place(signals["VIN"])[1] is None
