"""The commands take what is promised, and say what they miss."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from linewalker.console.dance_cli import dance_app


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("beats", ("--format", "--click")),
        (
            "dance",
            (
                "--music",
                "--clip",
                "--fps",
                "--choreography",
                "--robot",
                "--seconds",
                "--no-localisation",
                "--push",
                "--out",
                "--seed",
                "--video",
            ),
        ),
    ],
)
def test_commands_take_what_is_promised(command: str, options: tuple[str, ...]) -> None:
    result = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}).invoke(dance_app, [command, "--help"])
    assert result.exit_code == 0
    assert all(option in result.output for option in options)


def test_a_music_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    result = CliRunner().invoke(dance_app, ["dance", "--music", str(tmp_path / "none.wav")])
    assert "there is no such file" in str(result.exception)
