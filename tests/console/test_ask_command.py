"""``linewalker ask`` prints what was understood, for people and for machines."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from linewalker.cli import app
from linewalker.errors import InputError
from tests.brain.language.model.scripted_server import KEY, calls, says, scripted
from tests.brain.memory.known_shift import BAD, known_history

RUNNER = CliRunner()


def test_an_order_is_read_back_in_its_language() -> None:
    shown = RUNNER.invoke(app, ["ask", "量一下左前门和左后门的缝"])
    assert shown.exit_code == 0
    assert "执行：检查：左前门 / 左后门" in shown.output
    assert "asks: Which 'door' is meant" in RUNNER.invoke(app, ["ask", "measure the door"]).output


@pytest.mark.parametrize("order", ["again, three times", "再测三遍"])
def test_earlier_orders_are_given(order: str) -> None:
    shown = RUNNER.invoke(
        app, ["ask", order, "--after", "check the left side", "--after", "measure the hood gap", "--json"]
    )
    document = json.loads(shown.output)
    assert document["goals"] == [
        {"skill": "inspect", "slots": {"features": ["hood/front_bumper"], "methods": ["gap"], "times": 3}}
    ]
    assert document["outcome"] == "act"


QUESTION = "which cars failed today?"


def test_a_question_without_records_says_what_to_name() -> None:
    shown = RUNNER.invoke(app, ["ask", QUESTION])
    assert "to be answered, name the folder of a run with --run DIR" in shown.output
    assert "--run DIR 指明班次所在目录" in RUNNER.invoke(app, ["ask", "今天哪些车不合格"]).output


def test_a_question_is_answered_out_of_records(tmp_path: Path) -> None:
    known_history(tmp_path)
    shown = RUNNER.invoke(app, ["ask", QUESTION, "--run", str(tmp_path / "known")])
    assert shown.exit_code == 0
    assert shown.output.splitlines()[0].startswith(f"Today: 1 of 3 inspected cars is NOK (33.33 %): {BAD}. [1-2]")
    assert f" 1  known:1/{BAD}/2-1" in shown.output.splitlines()
    chinese = RUNNER.invoke(app, ["ask", "尾号 7372 那台为什么不合格", "--run", str(tmp_path / "known")])
    assert "允许 3.3 mm 至 4.7 mm" in chinese.output
    assert "来源：" in chinese.output


def test_machines_get_every_sentence_with_its_sources(tmp_path: Path) -> None:
    known_history(tmp_path)
    for name in ("a", "b"):
        shutil.copytree(tmp_path / "known", tmp_path / name)
    runs = ["--run", str(tmp_path / "a"), "--run", str(tmp_path / "b")]
    document = json.loads(RUNNER.invoke(app, ["ask", "compare the shifts", *runs, "--json"]).output)
    assert document["outcome"] == "answer"
    assert document["answer"].startswith("NOK: a:1 2 of 7 (28.57 %), b:1 2 of 7 (28.57 %).")
    assert " ".join(sentence["text"] for sentence in document["sentences"]) == document["answer"]
    assert all(sentence["citations"] for sentence in document["sentences"])


def test_what_is_on_record_is_understood_and_other_things_are_not(tmp_path: Path) -> None:
    known_history(tmp_path)
    run = ["--run", str(tmp_path / "known")]
    assert "4.5567 mm" in RUNNER.invoke(app, ["ask", "mean of gap_hood_fender_left", *run]).output
    order = json.loads(RUNNER.invoke(app, ["ask", "go home", *run, "--json"]).output)
    assert (order["outcome"], order["answer"], order["citations"]) == ("act", None, [])


@pytest.mark.parametrize(
    ("folder", "problem"), [("none", "there is no such folder"), (".", "there are no records here")]
)
def test_a_folder_without_records_is_an_error(tmp_path: Path, folder: str, problem: str) -> None:
    shown = RUNNER.invoke(app, ["ask", QUESTION, "--run", str(tmp_path / folder)])
    assert isinstance(shown.exception, InputError)
    assert problem in str(shown.exception)


def test_a_language_model_that_the_environment_names_is_asked_and_what_is_wrong_with_it_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hood = ("inspect", {"features": ["hood/front_bumper"], "methods": ["gap"]})
    with scripted(calls(hood), says("Done!")) as server:
        monkeypatch.setenv("LINEWALKER_MODEL_URL", server.settings().url)
        monkeypatch.setenv("LINEWALKER_MODEL", "scripted")
        monkeypatch.setenv("LINEWALKER_MODEL_KEY", KEY)
        found = json.loads(RUNNER.invoke(app, ["ask", "have a gander at the hood gap", "--json"]).output)
        told = RUNNER.invoke(app, ["ask", "measure the hood gap"]).output
        assert RUNNER.invoke(app, ["ask", "stop", "--json"]).exit_code == 0
    assert (found["outcome"], found["goals"][0]["slots"]) == ("act", hood[1])
    assert "named no goal; whatever it claims, nothing was done" in " ".join(told.split())
    assert len(server.requests) == 2
    assert KEY not in (tmp_path / "out" / "ask" / "model.jsonl").read_text(encoding="utf-8")
