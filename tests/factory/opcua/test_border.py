"""Frames cross whole, in order, however they are cut, and nobody waits for the other side."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewalker.factory.opcua.border import LENGTH, MOST_BYTES, Border, BorderClosed, decoded, encoded, length_of

texts = st.text(max_size=40)
frames = st.dictionaries(texts, st.one_of(texts, st.integers(), st.booleans(), st.lists(st.booleans())), max_size=4)


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    border = Border(ours)
    yield border, theirs
    border.close()
    theirs.close()


@given(st.lists(frames, max_size=4), st.integers(1, 50))
def test_frames_come_out_as_they_went_in_however_they_are_cut(sent: list[dict[str, object]], piece: int) -> None:
    ours, theirs = socket.socketpair()
    border, data, got = Border(ours), b"".join(encoded(frame) for frame in sent), []
    with theirs:
        for start in range(0, len(data), piece):
            theirs.sendall(data[start : start + piece])
            got += border.take()
        assert border.take() == []
    assert got == sent
    with pytest.raises(BorderClosed, match="ended"):
        border.take()
    border.close()


def test_who_does_not_read_holds_nobody_up(ends):
    border, theirs = ends
    border.put({"text": "x" * 10_000_000})
    assert not border.free
    border.push()
    assert not border.free
    got = bytearray()
    while not border.free:
        got += theirs.recv(2**20)
        border.push()
    while len(got) < LENGTH.size + length_of(bytes(got[: LENGTH.size])):
        got += theirs.recv(2**20)
    assert decoded(bytes(got[LENGTH.size :])) == {"text": "x" * 10_000_000}


def test_what_came_before_the_end_is_taken_first(ends):
    border, theirs = ends
    theirs.sendall(encoded({"last": "word"}))
    theirs.shutdown(socket.SHUT_WR)
    assert border.take() == [{"last": "word"}]
    with pytest.raises(BorderClosed):
        border.take()


def test_to_talk_to_nobody_is_told(ends):
    border, theirs = ends
    theirs.close()
    with pytest.raises(BorderClosed):
        border.put({})


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"7", b"\xff\xfe", b"nonsense"])
def test_what_is_no_frame_ends_the_border(ends, content):
    border, theirs = ends
    theirs.sendall(LENGTH.pack(len(content)) + content)
    with pytest.raises(BorderClosed):
        border.take()


def test_a_frame_that_claims_to_be_longer_than_any_is_not_waited_for(ends):
    border, theirs = ends
    theirs.sendall(LENGTH.pack(MOST_BYTES + 1))
    with pytest.raises(BorderClosed, match="at most"):
        border.take()
