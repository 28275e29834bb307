"""Preparing a machine says each step before it is done, where things are kept, and tidies up behind itself."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from rich.console import Console

from linewalker.cachefolder import cache_folder
from linewalker.console import prepare


def test_steps_are_told_as_they_come_and_then_where_it_is_all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    stream, done = io.StringIO(), []

    def steps() -> Iterator[str]:
        for step in ("building the sedan", "measuring the robots"):
            yield step
            assert step in stream.getvalue()  # told before the next one begins
            done.append(step)

    monkeypatch.setattr(prepare, "prepare", steps)
    monkeypatch.setattr(prepare, "forget_unused", lambda: done.append("tidied"))
    monkeypatch.setattr(prepare, "terminal", lambda: Console(file=stream, width=40))
    prepare.prepare_machine()
    lines = stream.getvalue().splitlines()
    told = [line.partition(" …")[0].strip() for line in lines]  # how long is told besides, where it is known
    assert list(dict.fromkeys(told))[:2] == ["building the sedan", "measuring the robots"]
    assert lines[-1] == f"ready; kept in {cache_folder()}"  # a path is not broken on a narrow terminal
    assert done == ["building the sedan", "measuring the robots", "tidied"]
