"""A thread that writes: everything, in order, without holding anybody up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from linewalker.station import writer_thread
from linewalker.station.writer_thread import WriterThread


def test_jobs_are_done_in_order_and_what_was_opened_is_closed() -> None:
    done: list[int | str] = []

    @contextmanager
    def opened() -> Iterator[list[int | str]]:
        yield done
        done.append("closed")

    thread = WriterThread(opened, "a list")
    for k in range(100):
        thread.put(lambda sink, k=k: sink.append(k))
    thread.close()
    thread.put(lambda sink: sink.append(-1))
    assert done == [*range(100), "closed"]


def test_what_finds_no_room_is_counted_and_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(writer_thread, "_BACKLOG", 2)
    go = threading.Event()

    @contextmanager
    def opened() -> Iterator[None]:
        go.wait(10.0)
        yield

    thread = WriterThread(opened, "nothing")
    for _ in range(10):
        thread.put(lambda _: None)
    go.set()
    thread.close()
    assert thread.lost >= 8 - 1
    assert "too slow for" in caplog.text


def test_what_can_not_be_written_costs_the_recording_alone(caplog: pytest.LogCaptureFixture) -> None:
    @contextmanager
    def opened() -> Iterator[None]:
        raise OSError("full")
        yield

    with caplog.at_level(logging.ERROR):
        thread = WriterThread(opened, "a list")
        for _ in range(1000):
            thread.put(lambda _: None)
        thread.close()
    assert "the work goes on: full" in caplog.text
