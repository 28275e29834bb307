"""The tables at the end say everything that is not OK, in the language that is spoken."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from linewalker.console.summary import required_text, show_cars, show_outcomes, value_text
from linewalker.factory.handshake.line_handshake import CarOutcome, Cause
from linewalker.factory.handshake.signals import LineResult
from linewalker.inspection.verdict import Reason, Verdict
from linewalker.messages.language import Language, speaking
from tests.factory.samples import VINS, bad_car, badge, fallen_car, gap, good_car, missing_car


def printed(show, *what, width: int = 160, language: Language = Language.EN) -> str:
    stream = io.StringIO()
    with speaking(language):
        show(*what, Console(file=stream, width=width))
    return stream.getvalue()


def test_every_car_and_every_finding_is_listed():
    text = printed(show_cars, [good_car(), bad_car(), fallen_car()])
    assert all(vin in text for vin in VINS)
    assert "5.43 ± 0.08 mm" in text
    assert "3.30 … 4.70 mm" in text
    assert "the robot touched the car" in text
    assert "contact at 233.2 s" in text or "contact at 233.3 s" in text
    assert "fall at 480.0 s" in text
    chinese = printed(show_cars, [good_car(), bad_car(), fallen_car()], language=Language.ZH)
    assert all(vin in chinese for vin in VINS)
    assert "机器人碰到了车辆" in chinese
    assert "480.0 s 跌倒" in chinese
    assert "the robot touched the car" not in chinese


@pytest.mark.parametrize("language", Language)
def test_on_80_columns_a_vin_is_whole_and_no_word_is_cut_off(language: Language):
    text = printed(show_cars, [good_car(), bad_car(), fallen_car()], width=80, language=language)
    assert all(vin in text for vin in VINS)
    assert all(cell_len(line) <= 80 for line in text.splitlines())
    assert not re.search(r"\w…", text)  # a word cut short
    assert "0 ✓  2 ✗  1 ?" in text


def test_an_id_is_no_markup():
    entry = gap("gap[/left] [x]", 5.43, Verdict.NOK, Reason.OUTSIDE_TOLERANCE)
    text = printed(show_cars, [replace(good_car(), characteristics=(entry,))])
    assert "gap[/left] [x]" in text


def test_the_counts_add_up_and_a_car_that_never_came_says_why():
    cars = [good_car(0), bad_car(1), missing_car(2)]
    text, chinese = (printed(show_cars, cars, language=language) for language in (Language.EN, Language.ZH))
    assert "3 cars: 1 ✓ OK, 1 ✗ NOK, 0 ? not decidable, 1 ○ not inspected" in text
    assert f"not inspected, VIN {VINS[2]}: it never came: the shift ended before it" in text
    assert "3 台车：1 ✓ 合格, 1 ✗ 不合格, 0 ? 不可判定, 1 ○ 未检测" in chinese
    assert "车辆未到工位：班次已结束" in chinese
    assert text.count("gap_hood_fender_left") == 1


def test_a_good_shift_has_no_findings():
    assert "Findings" not in printed(show_cars, [good_car()])


def test_a_shift_without_cars_is_a_table_without_rows():
    assert "Cars" in printed(show_cars, [])


@pytest.mark.parametrize(
    ("entry", "value", "required"),
    [
        (gap(value=4.126), "4.13 ± 0.08 mm", "3.30 … 4.70 mm"),
        (gap(value=None), "–", "3.30 … 4.70 mm"),
        (gap(value=0.5, method="flush", lower=-0.7, upper=0.7), "+0.50 ± 0.08 mm", "-0.70 … +0.70 mm"),
        (badge("missing"), "missing", "rs"),
        (badge(None, nominal=None), "–", "–"),
    ],
)
def test_values_and_requirements_in_words(entry, value, required):
    assert value_text(entry) == value
    assert required_text(entry) == required


def test_the_line_lists_its_cars():
    outcomes = [
        CarOutcome(vin=VINS[0], sequence=1, result=LineResult.OK, cause=Cause.JUDGED),
        CarOutcome(
            vin=VINS[1], sequence=2, result=LineResult.NOT_DECIDABLE, cause=Cause.STATION_LOST, reason="no answer"
        ),
    ]
    text = printed(show_outcomes, outcomes)
    assert "✓ OK" in text
    assert "station lost" in text
    assert "no answer" in text
    assert "工位失联" in printed(show_outcomes, outcomes, language=Language.ZH)
