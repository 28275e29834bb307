"""Requests without sense are told what was expected."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.console.web.runs import Console, whole_run


@pytest.mark.parametrize("given", ["x", "nan", "1e", "", "1;2"])
def test_what_is_no_number_is_refused_by_name(tmp_path: Path, given: str) -> None:
    console = Console(whole_run(tmp_path / "run"))
    answer = console.ask("/api/frames", run="run:1", motion="1", from_=given)
    assert answer.status == 400
    assert answer.json == {"error": f"from is {given!r}; expected a number"}


@pytest.mark.parametrize("name", ["", "run:2", "run", ":", "../run:1", "run:1\0", "车:1", "run:1:1"])
def test_a_run_that_there_is_not_is_not_found(tmp_path: Path, name: str) -> None:
    console = Console(whole_run(tmp_path / "run"))
    for path in ("/api/cars", "/api/motions", "/api/journal", "/api/line", "/api/report", "/api/shapes/robot"):
        assert console.ask(path, run=name).status == 404


def test_text_is_told_as_it_is(tmp_path: Path) -> None:
    assert "合格".encode() in Console(whole_run(tmp_path / "run")).ask("/api/cars", run="run:1").body
