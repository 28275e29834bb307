"""Guessing takes longer and longer; the line gets in meanwhile."""

from __future__ import annotations

import pytest

from linewalker.factory.opcua.lockout import FIRST_WAIT_S, FREE_FAILURES, LONGEST_WAIT_S, Lockout
from tests.factory.handshake.test_write_lease import Clock


def fail(lockout: Lockout, times: int, certificate: bytes = b"guesser", host: str = "10.0.0.9") -> None:
    for _ in range(times):
        lockout.note(host, certificate, accepted=False)


def test_after_five_failures_nobody_from_there_is_heard_for_a_while_that_doubles() -> None:
    clock = Clock()
    lockout = Lockout(clock)
    fail(lockout, FREE_FAILURES - 1)
    assert not lockout.shut("10.0.0.9", b"guesser")
    wait_s = FIRST_WAIT_S
    for _ in range(12):
        fail(lockout, 1)
        assert lockout.shut("10.0.0.9", b"another certificate")
        assert not lockout.shut("10.0.0.8", b"guesser")
        clock.now_s += wait_s - 0.1
        assert lockout.shut("10.0.0.9", b"guesser")
        clock.now_s += 0.2
        assert not lockout.shut("10.0.0.9", b"guesser")
        wait_s = min(2.0 * wait_s, LONGEST_WAIT_S)


def test_a_log_in_that_succeeds_forgets_the_failures_before() -> None:
    lockout = Lockout(Clock())
    for _ in range(3):
        fail(lockout, FREE_FAILURES - 1, b"clumsy")
        lockout.note("10.0.0.9", b"clumsy", accepted=True)
    assert not lockout.shut("10.0.0.9", b"clumsy")


def test_guesses_from_the_machine_of_the_line_do_not_lock_the_line_out() -> None:
    lockout = Lockout(Clock())
    lockout.note("10.0.0.9", b"line", accepted=True)
    fail(lockout, 20)
    assert lockout.shut("10.0.0.9", b"guesser")
    assert not lockout.shut("10.0.0.9", b"line")
    fail(lockout, FREE_FAILURES, b"line")
    assert lockout.shut("10.0.0.9", b"line")


def test_it_says_who_and_never_what(caplog: pytest.LogCaptureFixture) -> None:
    fail(Lockout(Clock()), FREE_FAILURES)
    assert "10.0.0.9" in caplog.text
    assert "may log in for 2 s" in caplog.text
