"""Images survive the way through JSON, and what is none of them does not come in."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.factory.handshake.image_document import changed, document_of, with_document
from linewalker.factory.handshake.signals import CHARACTERISTICS, ZONES, LineImage, StationImage

zones = st.tuples(*[st.booleans()] * ZONES)
lines = st.builds(
    LineImage,
    life_counter=st.integers(0, 2**32 - 1),
    mode=st.integers(0, 255),
    vin=st.text(max_size=17),
    enter_permit=zones,
    start_inspect=st.booleans(),
)
stations = st.builds(
    StationImage,
    done=st.booleans(),
    in_zone=zones,
    progress=st.floats(0, 1),
    characteristic_value=st.tuples(*[st.integers(-(2**15), 2**15 - 1)] * CHARACTERISTICS),
    result_json=st.text(max_size=30),
)


@given(st.one_of(st.tuples(lines, lines), st.tuples(stations, stations)))
def test_what_changed_makes_the_one_of_the_other(images: tuple[LineImage, LineImage]) -> None:
    before, now = images
    names = changed(before, now)
    crossed = json.loads(json.dumps(document_of(now, names)))
    assert set(crossed) == set(names)
    assert with_document(before, crossed) == now
    assert with_document(type(now)(), json.loads(json.dumps(document_of(now)))) == now


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {"nothing": 1},
        {"vin": 1},
        {"vin": None},
        {"vin": "x" * 18},
        {"mode": 256},
        {"mode": -1},
        {"mode": True},
        {"mode": 1.0},
        {"start_inspect": 1},
        {"enter_permit": [True] * (ZONES - 1)},
        {"enter_permit": [1] * ZONES},
        {"enter_permit": True},
        {"life_counter": 2**32},
    ],
)
def test_what_a_signal_can_not_say_is_refused(document: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  whatever is said
        with_document(LineImage(), document)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [2**15, -(2**15) - 1])
def test_a_value_beyond_its_signal_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="CharacteristicValue"):
        with_document(StationImage(), {"characteristic_value": [value] * CHARACTERISTICS})


@pytest.mark.parametrize("value", [math.nan, math.inf, "0", None, True])
def test_a_progress_is_a_number(value: object) -> None:
    with pytest.raises(ValueError, match="Progress"):
        with_document(StationImage(), {"progress": value})
