"""Work in pieces: the same result, the loop goes on in between."""

from __future__ import annotations

import pytest

from linewalker.cerebellum.reaching.piecework import Piecework, finished


def count(pieces: int) -> Piecework[int]:
    for _ in range(pieces):
        yield
    if pieces > 5:
        raise ValueError("too much work")
    return 10 * pieces


def outer() -> Piecework[int]:
    first = yield from count(2)
    return first + (yield from count(3))


def test_the_result_is_the_same_in_pieces_and_at_once() -> None:
    assert sum(1 for _ in outer()) == 5
    assert finished(outer()) == 50


def test_errors_come_through() -> None:
    with pytest.raises(ValueError, match="too much work"):
        finished(count(6))
