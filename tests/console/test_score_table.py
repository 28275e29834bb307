"""A score as people read it: every number where its heading is, what is bad in red, the same in JSON."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from rich.console import Console

from linewalker.console.score_table import show_score
from linewalker.messages.language import Language, speaking

GAP = {
    "count": 4,
    "true_nok": 2,
    "found": 1,
    "misses": 1,
    "false_alarms": 0,
    "undecided": 1,
    "bias_mm": -0.0334,
    "std_mm": 0.0624,
    "p95_mm": 0.098,
    "worst_mm": 0.1,
}
PRESENCE = {"count": 2, "true_nok": 1, "found": 0, "misses": 0, "false_alarms": 0, "undecided": 1}
MISS = {
    "outcome": "miss",
    "method": "gap",
    "vin": "VIN1",
    "id": "F1",
    "value": 0.2,
    "true_value": 1.4,
    "true_verdict": "NOK",
    "reason": "because",
}
SCORE: dict[str, Any] = {
    "characteristics": {"box/G1": GAP},
    "methods": {"gap": GAP, "presence": PRESENCE},
    "overall": GAP,
    "findings": [
        MISS,
        MISS
        | {
            "outcome": "false_alarm",
            "method": "presence",
            "id": "V1",
            "value": "rs",
            "true_value": "gt",
            "true_verdict": "OK",
        },
        MISS | {"outcome": "undecided", "id": "P1", "value": None, "true_value": "missing"},
    ],
    "cars": 2,
    "falls": 0,
    "contacts": 1,
    "longest_takt_s": 80.4,
    "not_inspected": 0,
}


def shown(score: dict[str, Any], width: int = 160) -> str:
    console = Console(record=True, width=width, file=io.StringIO())
    show_score(score, console=console)
    return console.export_text()


def row(text: str, name: str) -> list[str]:
    [line] = [line for line in text.splitlines() if line.split()[:1] == [name]]
    return line.split()[1:]


def test_numbers_stand_in_the_order_of_the_headings() -> None:
    text = shown(SCORE)
    assert row(text, "gap") == ["4", "2", "1", "1", "0", "1", "-0.033", "0.062", "0.098", "0.100"]
    assert row(text, "presence") == ["2", "1", "0", "0", "0", "1"]  # nothing is measured of it
    assert row(text, "box/G1") == row(text, "gap")
    assert row(text, "all")


def test_findings_say_what_was_measured_what_is_true_and_why() -> None:
    text = shown(SCORE)
    assert "missed  VIN1  F1: measured 0.200 mm, true 1.400 mm (NOK); because" in text
    assert "false NOK  VIN1  V1: measured rs, true gt (OK); because" in text
    assert "undecided  VIN1  P1: measured nothing, true missing (NOK); because" in text


def test_the_end_counts_cars_in_either_language() -> None:
    text = shown(SCORE)
    assert "2 cars, 0 falls, 1 touches, longest takt 80 s" in text
    with speaking(Language.ZH):
        assert "其中 1 台未检测" in shown(SCORE | {"not_inspected": 1})
        text_zh = shown(SCORE)
    assert "2 台车，跌倒 0 次，碰触 1 次，最长节拍 80 s" in text_zh
    assert "not inspected" not in text
    left_out = shown(SCORE | {"not_inspected": 1})
    assert "1 of them not inspected" in left_out


def test_on_80_columns_nothing_is_cut_short() -> None:
    text = shown(SCORE, width=80)
    assert "…" not in text
    assert row(text, "presence") == ["2", "1", "0", "0", "0", "1"]


def test_where_several_units_were_measured_each_row_says_its_own() -> None:
    lamp = PRESENCE | {"bias_cd": 12.0, "std_cd": 3.5, "p95_cd": 20.0, "worst_cd": None}
    both = GAP | {key: value for key, value in lamp.items() if key.endswith("_cd")}
    methods = {"gap": GAP, "lamp": lamp, "presence": PRESENCE}
    dark = MISS | {"method": "lamp", "value": 80.0, "true_value": 100.0}
    text = shown(SCORE | {"methods": methods, "overall": both, "findings": [dark]})
    of_gap, _, rest = text.partition("Per method")[2].partition("lamp")
    of_lamp, _, others = rest.partition("presence")
    assert row(of_gap, "mm") == ["-0.033", "0.062", "0.098", "0.100"]
    assert row(of_lamp, "cd") == ["+12.000", "3.500", "20.000"]
    assert row(others, "mm") == row(of_gap, "mm")  # all together: a line for each
    assert row(text, "presence") == ["2", "1", "0", "0", "0", "1"]
    assert "measured 80.000 cd, true 100.000 cd" in text


@pytest.mark.parametrize(
    ("key", "is_red"), [("misses", True), ("false_alarms", True), ("found", False), ("undecided", False)]
)
def test_what_must_not_happen_is_red_where_it_has(key: str, is_red: bool) -> None:
    nothing = dict.fromkeys(PRESENCE, 0)
    for count in (0, 7):
        table = {"methods": {"presence": nothing | {key: count}}, "characteristics": {}, "overall": nothing}
        console = Console(record=True, width=160, file=io.StringIO(), color_system="truecolor", force_terminal=True)
        show_score(SCORE | table | {"findings": []}, console=console)
        [line] = [line for line in console.export_text(styles=True).splitlines() if line.strip().startswith("presence")]
        assert ("\x1b[1;31m" in line) == (is_red and count > 0)


def test_json_is_the_whole_document_in_ascii(capsys: pytest.CaptureFixture[str]) -> None:
    show_score(SCORE | {"note": "总计"}, as_json=True)
    out = capsys.readouterr().out
    assert json.loads(out) == SCORE | {"note": "总计"}
    assert out.isascii()


def test_every_row_says_its_unit_where_there_are_several() -> None:
    grey = PRESENCE | {"bias_grey": 10.0, "std_grey": None, "p95_grey": 12.5, "worst_grey": 13.25}
    findings = [MISS | {"method": "brightness", "value": 130.0, "true_value": "missing"}]
    methods = {"gap": GAP, "brightness": grey}
    score = SCORE | {"methods": methods, "overall": GAP | grey, "characteristics": methods, "findings": findings}
    console = Console(file=io.StringIO(), width=100)
    show_score(score, console=console)
    file = console.file
    assert isinstance(file, io.StringIO)
    lines = file.getvalue().splitlines()
    row = next(i for i, line in enumerate(lines) if "brightness" in line)
    assert lines[row + 1].split()[:1] == ["grey"]
    assert lines[row + 1].split()[1:] == ["+10.000", "12.500", "13.250"]
    assert "measured 130.000 grey, true missing" in file.getvalue().replace("\n", " ")
