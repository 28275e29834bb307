"""Index ranges beside plain slices: what they take, what they refuse, and that a part put back leaves the rest."""

from __future__ import annotations

import pytest
from asyncua import ua
from hypothesis import given
from hypothesis import strategies as st

from linewalker.factory.opcua.ranges import RangeRefused, part_of, ranges_of, with_part

SOME = [10, 11, 12, 13, 14]


def read(content, text, kind=ua.VariantType.Int64):
    value = part_of(ua.DataValue(ua.Variant(content, kind)), text)
    return value.Value.Value if value.StatusCode.is_good() else value.StatusCode.name


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8), st.integers(0, 9), st.integers(1, 9))
def test_a_range_takes_what_a_slice_takes(content, first, more):
    expected = content[first : first + more + 1] or "BadIndexRangeNoData"
    assert read(content, f"{first}:{first + more}") == expected
    assert read(content, f"{first}") == (content[first : first + 1] or "BadIndexRangeNoData")


@pytest.mark.parametrize(
    "text", ["-1", "1:", ":2", "3:3", "3:1", "1,", "a", "1-3", " 1", "1:2:3", "1.0", "٣", "9" * 11]
)
def test_what_is_no_range_is_invalid(text):
    assert read(SOME, text) == "BadIndexRangeInvalid"
    with pytest.raises(RangeRefused):
        with_part(SOME, text, [1])


@pytest.mark.parametrize(
    ("content", "kind", "text", "found"),
    [
        ("LSVAA49J132047371", ua.VariantType.String, "0:2", "LSV"),
        (b"\x00\x01\x02", ua.VariantType.ByteString, "1", b"\x01"),
        ([[1, 2, 3], [4, 5, 6]], ua.VariantType.Int64, "1,0:1", [[4, 5]]),
        ([[1, 2, 3], [4, 5, 6]], ua.VariantType.Int64, "1", "BadIndexRangeNoData"),
        ([[1, 2, 3], [4, 5, 6]], ua.VariantType.Int64, "0:1,3", "BadIndexRangeNoData"),
        (["red", "blue"], ua.VariantType.String, "0:1,1:2", ["ed", "lu"]),
        (SOME, ua.VariantType.Int64, "0,0", "BadIndexRangeNoData"),
        ("text", ua.VariantType.String, "0,0", "BadIndexRangeNoData"),
        (7, ua.VariantType.Int64, "0", "BadIndexRangeNoData"),
    ],
)
def test_texts_and_more_dimensions(content, kind, text, found):
    assert read(content, text, kind) == found


def test_without_a_range_or_a_value_nothing_is_changed():
    value = ua.DataValue(ua.Variant(SOME, ua.VariantType.Int64))
    assert part_of(value, "") is value
    missing = ua.DataValue(None, StatusCode=ua.StatusCode(ua.StatusCodes.BadNodeIdUnknown))
    assert part_of(missing, "1") is missing


@given(st.lists(st.integers(0, 9), min_size=2, max_size=8), st.data())
def test_a_part_that_is_written_is_read_and_the_rest_stays(content, data):
    first = data.draw(st.integers(0, len(content) - 2))
    last = data.draw(st.integers(first + 1, len(content) - 1))
    part = data.draw(st.lists(st.integers(10, 19), min_size=last - first + 1, max_size=last - first + 1))
    written = with_part(content, f"{first}:{last}", part)
    assert read(written, f"{first}:{last}") == part
    assert written[:first] + written[last + 1 :] == content[:first] + content[last + 1 :]


@pytest.mark.parametrize(
    ("text", "part", "code"),
    [
        ("1:2", [1], "BadIndexRangeDataMismatch"),
        ("1", 1, "BadIndexRangeDataMismatch"),
        ("4:5", [1, 2], "BadIndexRangeDataMismatch"),
        ("5", [1], "BadIndexRangeNoData"),
        ("0,0", [1], "BadIndexRangeNoData"),
    ],
)
def test_a_part_of_another_size_is_refused(text, part, code):
    with pytest.raises(RangeRefused) as refused:
        with_part(SOME, text, part)
    assert ua.StatusCode(refused.value.code).name == code
    assert len(ranges_of(text)) == text.count(",") + 1
