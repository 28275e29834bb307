"""The documentation of the line says what the code does: signals, faults, times, examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linewalker.factory.fieldbus.callers import MOST_CALLERS
from linewalker.factory.fieldbus.layout import CHANGE, CHANGE_AGAIN, INPUT_ERROR, VERSION, size_of
from linewalker.factory.fieldbus.modbus_registers import OUT_REGISTER, SERVED
from linewalker.factory.fieldbus.modbus_server import ModbusServer
from linewalker.factory.fieldbus.s7_requests import IN_BLOCK, OUT_BLOCK
from linewalker.factory.fieldbus.s7_server import S7Server
from linewalker.factory.handshake.faults import FAULT_MEANINGS, FAULT_REMEDIES
from linewalker.factory.handshake.job import HandshakeLimits
from linewalker.factory.handshake.signals import (
    NAMESPACE_URI,
    LineImage,
    Signal,
    SignalType,
    StationImage,
    node_name,
    signals_of,
)
from linewalker.factory.opcua.endpoint import DEFAULT_ENDPOINT
from linewalker.factory.opcua.image import NAMESPACE_INDEX
from linewalker.factory.orders.build_orders import COLUMNS

DOCS = Path(__file__).parents[2] / "docs"
LANGUAGES = [("line-interface.md", "en"), ("line-interface.zh-CN.md", "zh")]


def row_of(image: type, signal: Signal, language: str) -> str:
    return _row(node_name(image, signal), signal, language)


def besides_row(signal: Signal, language: str) -> str:
    return _row(f"Out.{signal.name}", signal, language)


def _row(name: str, signal: Signal, language: str) -> str:
    kind = f"{signal.type.value}[{signal.length}]" if signal.length else signal.type.value
    single_bit = signal.type is SignalType.BOOLEAN and not signal.length
    place = "-" if signal.byte is None else f"{signal.byte}.{signal.bit}" if single_bit else f"{signal.byte}"
    return f"| `{name}` | {kind} | {place} | {signal.meaning_zh if language == 'zh' else signal.meaning} |"


@pytest.mark.parametrize(("file", "language"), LANGUAGES)
def test_every_signal_stands_in_the_table_and_no_other(file, language):
    text = (DOCS / file).read_text(encoding="utf-8")
    expected = [
        row_of(image, signal, language) for image in (LineImage, StationImage) for _, signal in signals_of(image)
    ]
    assert re.findall(r"^\| `Linewalker\.Station\..*$", text, re.MULTILINE) == expected
    besides = [besides_row(signal, language) for signal in (INPUT_ERROR, VERSION, CHANGE, CHANGE_AGAIN)]
    assert re.findall(r"^\| `Out\..*$", text, re.MULTILINE) == besides


@pytest.mark.parametrize(("file", "language"), LANGUAGES)
def test_every_fault_stands_in_the_table(file, language):
    text = (DOCS / file).read_text(encoding="utf-8")
    for code, (meaning, meaning_zh) in FAULT_MEANINGS.items():
        assert f"| {int(code)} | {code.name} | {meaning_zh if language == 'zh' else meaning} |" in text


@pytest.mark.parametrize(("file", "language"), [("operation.md", 0), ("operation.zh-CN.md", 1)])
def test_operation_says_who_does_what_about_every_fault(file, language):
    text = (DOCS / file).read_text(encoding="utf-8")
    rows = {
        int(row[0]): row[2:4] for row in re.findall(r"^\| (\d+) \| (.*?) \| (.*?) \| (.*?) \|$", text, re.MULTILINE)
    }
    assert rows == {int(code): (one.who[language], one.what[language]) for code, one in FAULT_REMEDIES.items()}


@pytest.mark.parametrize(("file", "language"), LANGUAGES)
def test_addresses_and_times_are_the_ones_in_the_code(file, language):  # noqa: ARG001
    text = (DOCS / file).read_text(encoding="utf-8")
    assert DEFAULT_ENDPOINT in text
    assert f"`{NAMESPACE_URI}`" in text
    assert f"ns={NAMESPACE_INDEX};s=" in text
    limits = HandshakeLimits()
    assert f"| {limits.life_timeout_s:.0f} s |" in text
    assert f"| {limits.program_timeout_s:.0f} s |" in text
    assert f"| {limits.takt_s:.0f} s |" in text


@pytest.mark.parametrize(("file", "language"), LANGUAGES)
def test_registers_and_blocks_are_the_ones_in_the_code(file, language):  # noqa: ARG001
    text = (DOCS / file).read_text(encoding="utf-8")
    line, station = size_of(LineImage), size_of(StationImage)
    for said in (ModbusServer.default_endpoint, S7Server.default_endpoint, f"DB {IN_BLOCK}", f"DB {OUT_BLOCK}"):
        assert said in text
    last_of_options = dict(signals_of(LineImage))["options"].byte // 2
    for registers in ((0, line // 2 - 1), (OUT_REGISTER, OUT_REGISTER + station // 2 - 1), (0, station // 2 - 1),
                      (last_of_options, line // 2 - 1), (0, last_of_options - 1)):  # fmt: skip
        assert re.search(r"\b{}(?: to | 到 ){}\b".format(*registers), text), registers
    assert re.search(rf"`In` {line}\b.*`Out` {station}\b", text)
    assert all(str(code) in text for code in SERVED)
    assert f"{MOST_CALLERS}" in text


@pytest.mark.parametrize("file", ["shift.md", "shift.zh-CN.md"])
def test_every_column_of_a_shift_is_documented(file):
    text = (DOCS / file).read_text(encoding="utf-8")
    assert all(f"| `{column}` |" in text for column in COLUMNS)
