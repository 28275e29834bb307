"""``ask`` and ``chat`` with a skill pack: a new one is a file, and nothing of Linewalker knows of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from linewalker.cli import app
from linewalker.console import listener
from linewalker.errors import InputError
from tests.station.hall.point_guide import FILE, ROOT, point_hall

RUNNER = CliRunner()
PHARMACY = """\
home: [0, 0, 0]
exhibits:
  painkillers:
    name: {zh: 止痛药, en: painkillers}
    words: [阿司匹林, aspirin]
    stance: [2, 0.5, 90]
    stands: [1.5, 1.2, 2.5, 1.6]
    say: {zh: 止痛药在第三层。, en: Painkillers are on the third shelf.}
  plasters: {name: {zh: 创可贴, en: plasters}, stance: [1, -1, -90], say: {zh: 创可贴在这里。, en: Here are plasters.}}
questions:
  night: {asked: [晚上开门吗, are you open at night], say: {zh: 晚上十点关门。, en: We close at ten at night.}}
skills:
  welcome: {name: {zh: 迎宾, en: welcome}, verbs: [迎宾, welcome everybody], does: [bow]}
"""


@pytest.fixture
def pharmacy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(listener, "simulated_hall", point_hall)
    path = tmp_path / "pharmacy.yaml"
    path.write_text(PHARMACY, encoding="utf-8")
    return path


def chat(pack: Path, typed: str) -> str:
    done = RUNNER.invoke(
        app, ["chat", "--pack", str(pack), "--pace", "max", "--out", str(pack.parent / "out")], input=typed
    )
    assert done.exit_code == 0, done.output
    return done.output


def test_a_pack_that_nobody_knows_is_talked_with_in_both_languages(pharmacy: Path) -> None:
    said = chat(
        pharmacy, "where is the aspirin?\n阿司匹林是什么\n带我们看看第二个展品\n是\nwelcome everybody\ny\nbye\n"
    )
    assert "the painkillers is 2.0 m ahead and 0.5 m to the left. [1]\nSources:\n 1  pharmacy.yaml:4 " in said
    assert "止痛药在第三层。 [1]\n来源：\n 1  pharmacy.yaml:8 exhibits.painkillers.say" in said
    assert "“创可贴在这里。”" in said
    assert "执行吗？" in said
    assert "done: bow" in said


def test_nothing_is_done_that_was_not_confirmed_and_a_stop_is_heard(pharmacy: Path) -> None:
    said = chat(pharmacy, "show us round\nn\nshow us the aquarium\nstop\n")
    assert "it is not done" in said
    assert "begins" not in said
    assert "Stopped: 0.000 m/s" in said


def test_one_question_builds_no_hall(pharmacy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(listener, "simulated_hall")
    done = RUNNER.invoke(app, ["ask", "晚上开门吗", "--pack", str(pharmacy), "--json"])
    document = json.loads(done.output)
    assert (document["outcome"], document["language"]) == ("answer", "zh")
    assert document["sentences"] == [{"text": "晚上十点关门。", "citations": ["pharmacy.yaml:11 questions.night.say"]}]


def test_one_order_is_read_back_confirmed_and_done(pharmacy: Path) -> None:
    order = ["ask", "guide us to the plasters", "--pack", str(pharmacy), "--out", str(pharmacy.parent / "out")]
    done = RUNNER.invoke(app, order, input="y\n")
    assert done.exit_code == 0, done.output
    assert "“Here are plasters.”" in done.output
    document: Any = json.loads(RUNNER.invoke(app, [*order, "--json"]).output)
    assert document["plan"]["certificate"]["id"]
    assert document["outcome"] == "act"


@pytest.mark.parametrize("besides", ["--plan", "--words"])
def test_a_hall_has_no_cars(pharmacy: Path, besides: str) -> None:
    done = RUNNER.invoke(app, ["chat", "--pack", str(pharmacy), besides, str(pharmacy)])
    assert isinstance(done.exception, InputError)
    assert f"leave out --pack or {besides}" in str(done.exception)


def test_names_and_records_are_spoken_of_also_where_nothing_moves(tmp_path: Path) -> None:
    words = tmp_path / "words.yaml"
    words.write_text("features:\n  hood/front_bumper: [nose seam]\n", encoding="utf-8")
    plan = ["--plan", str(ROOT / "examples" / "plan.yaml"), "--words", str(words), "--out", str(tmp_path)]
    done = RUNNER.invoke(app, ["chat", *plan], input="measure the nose seam\n")
    assert "there is no station here" in done.output


def test_the_example_is_a_pack_as_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "simulated_hall", point_hall)
    typed = "what is there to see\n带我们看看第二个展品\n是\ndance\ny\n"
    done = RUNNER.invoke(
        app, ["chat", "--pack", str(FILE), "--pace", "max", "--out", str(tmp_path / "out")], input=typed
    )
    assert done.exit_code == 0
    assert "“这是灵巧手，明年它会拧螺丝。”" in done.output
    assert "done: bow" in done.output
