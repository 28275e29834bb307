"""The command line answers, explains itself, and ends with the right code."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import linewalker
from linewalker import cli

COMMANDS = (
    ["run"], ["station"], ["line"], ["score"], ["report"], ["plan"], ["plan", "check"], ["plan", "features"],
    ["doctor"], ["robots"], ["prepare"], ["walk"], ["reach"], ["beats"], ["dance"],
)  # fmt: skip


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_everywhere(command: list[str], flag: str) -> None:
    result = CliRunner().invoke(cli.app, [*command, flag])
    assert result.exit_code == 0
    assert "Usage" in result.output


@pytest.mark.parametrize("option", ["--shift", "--plan", "--world", "--robot", "--out", "--seed", "--pace", "--video"])
def test_run_takes_what_is_promised(option: str) -> None:
    assert option in plain(CliRunner(env={"COLUMNS": "200"}).invoke(cli.app, ["run", "--help"]).output)


def ended(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["linewalker", *words])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return int(end.value.code or 0)


def test_a_file_that_is_not_there_is_bad_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    missing = str(tmp_path / "none.csv")
    out = tmp_path / "out"
    code = ended(monkeypatch, "run", "--shift", missing, "--plan", missing, "--out", str(out))
    assert code == cli.EXIT_INPUT
    assert "no such file" in capsys.readouterr().err
    assert not out.exists()


def test_it_tells_its_version(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(monkeypatch, "--version") == 0
    assert capsys.readouterr().out == f"linewalker {linewalker.__version__}\n"


@pytest.mark.parametrize(
    ("words", "completed"),
    [("linewalker pre", ["prepare"]), ("linewalker plan ch", ["check"]), ("linewalker walk --vel", ["--velocity"])],
)
def test_a_shell_completes_commands_and_options(words: str, completed: list[str]) -> None:
    count = len(words.split()) - 1
    asked = {"_LINEWALKER_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": f"{count}"}
    script = "import sys; sys.argv = ['linewalker']; from linewalker.cli import main; main()"
    run = [sys.executable, "-c", script]
    done = subprocess.run(run, env={**os.environ, **asked}, capture_output=True, text=True)
    assert done.stdout.split() == completed


def test_an_unknown_option_is_bad_input(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ended(monkeypatch, "run", "--speed", "9") == cli.EXIT_INPUT


def test_a_folder_without_results_can_not_be_scored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert ended(monkeypatch, "score", str(tmp_path)) == cli.EXIT_INPUT


def test_a_line_without_password_is_bad_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("LINEWALKER_PASSWORD", raising=False)
    shift = tmp_path / "shift.csv"
    shift.write_text("sequence,vin,model,options\n1,LWKSD11A1T1000001,sedan,\n")
    assert ended(monkeypatch, "line", "--shift", str(shift)) == cli.EXIT_INPUT
    assert "--password-file" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["latin-1", "gbk", "ascii"])
def test_a_terminal_of_another_encoding_is_printed_on(encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "linewalker", "robots"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    assert "walker" in done.stdout.decode(encoding)
