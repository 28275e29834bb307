"""The documentation of the line says what the code does: signals, faults, times, examples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linewalker.factory.fieldbus.layout import CHANGE, CHANGE_AGAIN, INPUT_ERROR, VERSION
from linewalker.factory.handshake.faults import FAULT_MEANINGS
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


@pytest.mark.parametrize("file", ["shift.md", "shift.zh-CN.md"])
def test_every_column_of_a_shift_is_documented(file):
    text = (DOCS / file).read_text(encoding="utf-8")
    assert all(f"| `{column}` |" in text for column in COLUMNS)
