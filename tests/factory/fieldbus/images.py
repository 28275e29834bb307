"""Any image that fits into bytes, for hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from linewalker.factory.handshake.signals import Signal, SignalType, signals_of

NUMBERS = {
    SignalType.BOOLEAN: st.booleans(),
    SignalType.BYTE: st.integers(0, 2**8 - 1),
    SignalType.INT16: st.integers(-(2**15), 2**15 - 1),
    SignalType.UINT16: st.integers(0, 2**16 - 1),
    SignalType.UINT32: st.integers(0, 2**32 - 1),
    SignalType.FLOAT: st.floats(width=32, allow_nan=False),
}
LETTERS = st.characters(min_codepoint=0x20, max_codepoint=0x9FFF).filter(str.isprintable)


def any_value(signal: Signal):
    if signal.byte is None:
        return st.just("")
    if signal.type is SignalType.STRING:
        return st.text(LETTERS).filter(lambda text: len(text.encode()) <= signal.string_bytes)
    if signal.values is not None:
        return st.sampled_from(signal.values).map(int)
    scalar = NUMBERS[signal.type]
    return st.tuples(*[scalar] * signal.length) if signal.length else scalar


def any_image(image):
    return st.builds(image, **{name: any_value(signal) for name, signal in signals_of(image)})
