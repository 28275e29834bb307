"""What failed is tried again, more and more patiently."""

from __future__ import annotations

from linewalker.factory.handshake.backoff import Backoff


def test_pauses_double_up_to_the_longest_and_begin_anew_after_a_success():
    backoff = Backoff(0.5, 3.0)
    assert [backoff.pause_s() for _ in range(5)] == [0.5, 1.0, 2.0, 3.0, 3.0]
    backoff.succeeded()
    assert backoff.pause_s() == 0.5
