"""The image as data: every signal is named once, described in both languages, and its default is one of its values."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from linewalker.factory.handshake.signals import (
    COUNTER_VALUES,
    ZONES,
    LineImage,
    LineMode,
    LineResult,
    SignalType,
    StationImage,
    node_name,
    signals_of,
)

IMAGES = (LineImage, StationImage)
LIMITS = {SignalType.BYTE: 2**8, SignalType.UINT16: 2**16, SignalType.UINT32: 2**32}
PYTHON = {SignalType.BOOLEAN: bool, SignalType.FLOAT: float, SignalType.STRING: str}


@pytest.mark.parametrize("image", IMAGES)
def test_every_field_is_a_signal(image):
    assert [name for name, _ in signals_of(image)] == [entry.name for entry in fields(image)]


def test_no_two_signals_share_a_node():
    names = [node_name(image, signal) for image in IMAGES for _, signal in signals_of(image)]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"Linewalker\.Station\.(In|Out)\.[A-Z]\w+", name) for name in names)


@pytest.mark.parametrize("image", IMAGES)
def test_the_name_on_the_wire_is_that_of_the_field(image):
    """``sequence_no`` is SequenceNo, ``vin`` is VIN."""
    for name, signal in signals_of(image):
        assert signal.name.lower() == name.replace("_", "")


@pytest.mark.parametrize("image", IMAGES)
def test_a_default_is_of_its_type_and_quiet(image):
    """A dead or young side asks for nothing and releases nothing."""
    quiet = image()
    for name, signal in signals_of(image):
        value = getattr(quiet, name)
        assert isinstance(value, tuple) == (signal.length > 0)
        elements = value if signal.length else (value,)
        assert len(elements) == max(signal.length, 1)
        assert {type(element) for element in elements} == {PYTHON.get(signal.type, int)}
        assert not any(elements)


@pytest.mark.parametrize("image", IMAGES)
def test_texts_and_no_others_have_a_length_they_may_have(image):
    for _, signal in signals_of(image):
        assert (signal.most_characters > 0) == (signal.type is SignalType.STRING)
        assert signal.meaning.isascii()
        assert not signal.meaning_zh.isascii()


@pytest.mark.parametrize(
    ("image", "name"), [(LineImage, "enter_permit"), (StationImage, "in_zone"), (StationImage, "zone_clear")]
)
def test_zones_are_as_many_in_every_signal(image, name):
    assert dict(signals_of(image))[name].length == ZONES


@pytest.mark.parametrize(
    ("image", "name", "values"),
    [
        (LineImage, "mode", max(LineMode)),
        (StationImage, "result", max(LineResult)),
        (LineImage, "life_counter", COUNTER_VALUES - 1),
    ],
)
def test_every_number_fits_its_signal(image, name, values):
    assert values < LIMITS[dict(signals_of(image))[name].type]


def test_what_both_sides_say_of_a_car_reads_the_same():
    """The echo is compared with what was said: it has to hold as much."""
    line, station = dict(signals_of(LineImage)), dict(signals_of(StationImage))
    for name in ("vin", "sequence_no", "life_counter"):
        said, echo = line[name], station[name]
        assert (said.name, said.type, said.most_characters) == (echo.name, echo.type, echo.most_characters)
