"""The commands that hear and speak are there; without the extra each says so, and what is typed works."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from linewalker.brain.speech import extra
from linewalker.cli import app
from linewalker.errors import InputError, MissingPackage
from tests.brain.speech.recordings import write_tone

RUNNER = CliRunner()


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _: None)


@pytest.mark.usefixtures("bare")
def test_help_needs_no_extra() -> None:
    for command in ("listen", "say", "chat"):
        assert RUNNER.invoke(app, [command, "--help"]).exit_code == 0


@pytest.mark.usefixtures("bare")
def test_listen_says_what_installs_it(tmp_path: Path) -> None:
    done = RUNNER.invoke(app, ["listen", str(write_tone(tmp_path / "order.wav"))])
    assert isinstance(done.exception, MissingPackage)
    assert "linewalker[speech]" in str(done.exception)


@pytest.mark.usefixtures("bare")
def test_chat_says_what_installs_it() -> None:
    done = RUNNER.invoke(app, ["chat", "--speech"])
    assert isinstance(done.exception, MissingPackage)
    assert "linewalker[speech]" in str(done.exception)


def test_what_is_heard_is_never_begun_without_asking() -> None:
    assert isinstance(RUNNER.invoke(app, ["chat", "--speech", "--yes"]).exception, InputError)
    assert isinstance(RUNNER.invoke(app, ["listen", "--yes"]).exception, InputError)


def test_a_station_needs_a_plan_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _: object())
    done = RUNNER.invoke(app, ["listen", "--shift", "examples/shift.csv"])
    assert isinstance(done.exception, InputError)
    assert "--plan" in str(done.exception)
