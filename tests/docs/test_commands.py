"""Every command in a document is one, and those of blocks run as they stand, in a folder such as a user would have."""

from __future__ import annotations

import datetime
import importlib.util
import json
import re
import shlex
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from benchmarks.motion.__main__ import read_arguments
from typer.main import get_command

from linewalker import cli
from linewalker.brain.language.goal import Goal
from linewalker.brain.memory.answers import answer
from linewalker.factory.records.records import Records
from linewalker.station.history import read_history
from linewalker.station.run_folder import RECORDS_FILE, RESULTS_FILE, TRUTH_FILE
from linewalker.world.truth import TRUTH_FORMAT
from tests.docs.blocks import ROOT, Block, Command, blocks, commands
from tests.factory.samples import HEADER, bad_car, good_car

COMMANDS = commands()
SLOW = ("run", "--video", "--yes")
"""Words of commands that take minutes."""


def named(command: Command) -> tuple[object, list[str]]:
    """The command of our command line that words name, and the words that follow its name."""
    found, words = get_command(cli.app), list(command.words[1:])
    while words and words[0] in getattr(found, "commands", {}):
        found = found.commands[words.pop(0)]
    return found, words


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.words[0] == "linewalker"], ids=str)
def test_a_command_of_ours_has_the_name_and_the_options_it_is_shown_with(command: Command) -> None:
    found, words = named(command)
    if found is get_command(cli.app) and words:
        assert words[0].startswith("--"), f"no command is called {words[0]}"
    known = {option for parameter in found.params for option in parameter.opts} | {"--help"}
    if found.name == "record":  # whose words end in another command's
        known |= {"--goal"}
    known |= {"--install-completion", "--show-completion"}
    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.words[0] == "make"], ids=str)
def test_make_knows_its_targets(command: Command) -> None:
    done = subprocess.run(["make", "-n", *command.words[1:]], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.words[0] == "python"], ids=str)
def test_python_finds_the_program_and_a_benchmark_takes_its_options(command: Command) -> None:
    if command.words[1] != "-m":
        assert (ROOT / command.words[1]).is_file()
        return
    assert importlib.util.find_spec(command.words[2]) is not None
    if command.words[2] == "benchmarks.motion":
        read_arguments(list(command.words[3:]))


def test_no_other_program_is_asked_for() -> None:
    assert {command.words[0] for command in COMMANDS} == {"linewalker", "make", "python", "sqlite3"}


# -------------------------------------------------------------------- run
@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a user who has written the files that documents speak of, and has worked a shift."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "examples", folder / "examples")
    for kind, suffix in (("plan", "yaml"), ("shift", "csv"), ("world", "yaml")):
        shutil.copy(ROOT / "examples" / f"{kind}.{suffix}", folder / f"my-{kind}.{suffix}")
    shutil.copy(ROOT / "examples" / "my_robot.yaml", folder)
    for name in ("mine", "example"):
        _work(folder / "out" / name)
    return folder


def _work(folder: Path) -> None:
    """What a simulated shift leaves, worked by hand."""
    with Records(folder / RECORDS_FILE) as records:
        shift = records.begin_run(HEADER)
        for car in (good_car(), bad_car()):
            shift.commit(car)
        shift.write_results(folder / RESULTS_FILE)
    cars = json.loads((folder / RESULTS_FILE).read_text(encoding="utf-8"))["cars"]
    truth = [{"vin": car["vin"], "characteristics": [_true(entry) for entry in car["characteristics"]]} for car in cars]
    document = {"format": TRUTH_FORMAT, "cars": truth}
    (folder / TRUTH_FILE).write_text(json.dumps(document), encoding="utf-8")


def _true(entry: dict[str, object]) -> dict[str, object]:
    """An answer to what was judged."""
    value = entry["nominal"] if entry["value"] is None else entry["value"]
    return {"id": entry["id"], "method": entry["method"], "value": value, "verdict": "OK"}


@pytest.fixture
def at_the_desk(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand there."""
    monkeypatch.chdir(desk)
    return desk


def run(command: Command) -> None:
    """As the shell would, in this process."""
    assert cli.app(list(command.words[1:]), standalone_mode=False) in (None, 0)


def _whole(*, slow: bool) -> list[Command]:
    ours = [c for c in COMMANDS if c.whole and c.words[0] == "linewalker"]
    return [c for c in ours if any(word in SLOW for word in c.words) == slow]


@pytest.mark.usefixtures("at_the_desk")
@pytest.mark.parametrize("command", _whole(slow=False), ids=str)
def test_a_command_of_a_block_runs(command: Command) -> None:
    run(command)


@pytest.mark.soak
@pytest.mark.usefixtures("at_the_desk")
@pytest.mark.parametrize("command", _whole(slow=True), ids=str)
def test_a_slow_command_of_a_block_runs(command: Command) -> None:
    run(command)


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.words[0] == "sqlite3"], ids=str)
def test_what_is_asked_of_the_records_is_answered(at_the_desk: Path, command: Command) -> None:
    _, file, query = command.words
    with sqlite3.connect(at_the_desk / file) as connection:
        rows = connection.execute(query).fetchall()
    car = bad_car()
    found = [entry for entry in car.characteristics if entry.verdict.name == "NOK"]
    assert [row[:2] for row in rows] == [(car.order.vin, entry.id) for entry in found]
    if "answers" in command.place:  # it makes sources, too
        question = Goal(skill="results", slots={"verdict": "NOK"})
        told = answer(question, read_history([(at_the_desk / file).parent]), "en", datetime.datetime.now(datetime.UTC))
        assert {row[2] for row in rows} == {cited for cited in told.citations if cited.count("/") == 3}


ANSWERED = [block for block in blocks("text") if "example:1/" in block.text]


@pytest.mark.usefixtures("at_the_desk")
@pytest.mark.parametrize("block", ANSWERED, ids=str)
def test_what_is_answered_in_a_document_is_what_is_answered(block: Block, capsys: pytest.CaptureFixture[str]) -> None:
    chinese = ".zh-CN" in block.document
    asked = [c for c in COMMANDS if c.whole and c.words[:2] == ("linewalker", "ask") and "--run" in c.words]
    first = next(c for c in asked if chinese != c.words[-1].isascii())
    run(first)
    assert capsys.readouterr().out == block.text


UNDERSTOOD = [block for block in blocks("text") if block.text.startswith("will do: ")]


@pytest.mark.usefixtures("at_the_desk")
@pytest.mark.parametrize("block", UNDERSTOOD, ids=str)
def test_what_a_document_says_is_understood_is(block: Block, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the order that stands before it."""
    shown = [b for b in blocks("sh") if b.document == block.document and b.line < block.line][-1]
    (command,) = [c for c in COMMANDS if shlex.join(c.words) == shlex.join(shlex.split(shown.text))]
    run(command)
    assert capsys.readouterr().out == block.text


# -------------------------------------------------------------------- what a doctor says
DOCTOR = [block for block in blocks("text") if block.text.lstrip().startswith("missing  robot")]


@pytest.mark.parametrize("block", DOCTOR, ids=str)
def test_what_the_doctor_says_in_a_document_is_what_he_says(
    at_the_desk: Path, block: Block, capsys: pytest.CaptureFixture[str]
) -> None:
    right = "left_knee_joint, left_ankle_pitch_joint"
    wrong = ", ".join(reversed(right.split(", ")))
    text = (ROOT / "examples" / "my_robot.yaml").read_text(encoding="utf-8")
    assert right in text
    (at_the_desk / "wrong").mkdir(exist_ok=True)
    (at_the_desk / "wrong" / "my_robot.yaml").write_text(text.replace(right, wrong), encoding="utf-8")
    assert cli.app(["doctor", "--robot", "wrong/my_robot.yaml"], standalone_mode=False) == 1
    said = " ".join(capsys.readouterr().out.split())
    pattern = re.escape(" ".join(block.text.split())).replace(re.escape("..."), ".+?")
    assert re.search(pattern, said), said
