"""The image survives the wire, and nothing gets in that is not what its signal is."""

from __future__ import annotations

import pytest
from asyncua import ua
from hypothesis import given
from hypothesis import strategies as st

from linewalker.factory.handshake.signals import ZONES, LineImage, SignalType, StationImage, signals_of
from linewalker.factory.opcua.image import image_of, node_ids, refusal, variant_of

SIGNALS = {signal.name: signal for _, signal in signals_of(LineImage)}
RANGES = {
    SignalType.BOOLEAN: st.booleans(),
    SignalType.BYTE: st.integers(0, 3),
    SignalType.INT16: st.integers(-(2**15), 2**15 - 1),
    SignalType.UINT16: st.integers(0, 2**16 - 1),
    SignalType.UINT32: st.integers(0, 2**32 - 1),
    SignalType.FLOAT: st.floats(width=32, allow_nan=False),
    SignalType.STRING: st.text(max_size=17),
}


def any_image(image):
    def field(signal):
        scalar = RANGES[signal.type]
        return st.tuples(*[scalar] * signal.length) if signal.length else scalar

    return st.builds(image, **{name: field(signal) for name, signal in signals_of(image)})


@given(any_image(LineImage) | any_image(StationImage))
def test_an_image_comes_back_from_the_wire(image):
    kind = type(image)
    wire = [
        ua.ua_binary.variant_from_binary(
            ua.utils.Buffer(ua.ua_binary.variant_to_binary(variant_of(signal, getattr(image, name))))
        )
        for name, signal in signals_of(kind)
    ]
    assert image_of(kind, (variant.Value for variant in wire)) == image


def test_node_ids_are_what_the_documentation_says():
    ids = [node.to_string() for image in (LineImage, StationImage) for node in node_ids(image)]
    assert "ns=2;s=Linewalker.Station.In.VIN" in ids
    assert "ns=2;s=Linewalker.Station.Out.VIN" in ids
    assert len(set(ids)) == len(ids)


BAD = ua.StatusCode(ua.StatusCodes.Bad)


def value(content, kind, is_array=False, status=None):
    return ua.DataValue(ua.Variant(content, kind, is_array=is_array), StatusCode=status or ua.StatusCode())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("VIN", value("LSVAA49J132047371", ua.VariantType.String)),
        ("VIN", value(None, ua.VariantType.String)),
        ("Options", value("涂装=红", ua.VariantType.String)),
        ("Mode", value(1, ua.VariantType.Byte)),
        ("StartInspect", value(True, ua.VariantType.Boolean)),
        ("EnterPermit", value([True] * ZONES, ua.VariantType.Boolean, is_array=True)),
        ("LifeCounter", value(2**32 - 1, ua.VariantType.UInt32)),
    ],
)
def test_what_fits_is_taken(name, data):
    assert refusal(SIGNALS[name], data) is None


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("VIN", value("L" * 18, ua.VariantType.String), "BadOutOfRange"),
        ("VIN", value("VIN\x00", ua.VariantType.String), "BadOutOfRange"),
        ("VIN", value(["L"], ua.VariantType.String, is_array=True), "BadTypeMismatch"),
        ("VIN", value(17, ua.VariantType.Int64), "BadTypeMismatch"),
        ("VIN", value(b"L", ua.VariantType.ByteString), "BadTypeMismatch"),
        ("Mode", value(4, ua.VariantType.Byte), "BadOutOfRange"),
        ("Purpose", value(4, ua.VariantType.Byte), "BadOutOfRange"),
        ("Mode", value(1, ua.VariantType.Int64), "BadTypeMismatch"),
        ("Mode", value(None, ua.VariantType.Null), "BadTypeMismatch"),
        ("Mode", ua.DataValue(None), "BadTypeMismatch"),
        ("Mode", value([1], ua.VariantType.Byte, is_array=True), "BadTypeMismatch"),
        ("EnterPermit", value(True, ua.VariantType.Boolean), "BadTypeMismatch"),
        ("EnterPermit", value([True] * 15, ua.VariantType.Boolean, is_array=True), "BadOutOfRange"),
        (
            "StartInspect",
            value(True, ua.VariantType.Boolean, status=BAD),
            "BadOutOfRange",
        ),
    ],
)
def test_what_does_not_fit_is_refused(name, data, code):
    assert ua.StatusCode(refusal(SIGNALS[name], data)).name == code
