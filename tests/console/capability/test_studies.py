"""Files in, sheets out: slips of files and options are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewalker.console.capability import studies
from linewalker.console.capability.choices import Design, Method, Scale
from linewalker.errors import InputError
from tests.console.capability.desk import FOLDER, STUDIES


@pytest.mark.parametrize("name", STUDIES)
def test_every_example_is_a_study(name: str) -> None:
    sheet = STUDIES[name]()
    assert sheet.grids
    assert sheet.plots
    assert sheet.results


def written(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "study.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_part_that_is_two_things_is_named(tmp_path: Path) -> None:
    text = "part,operator,result,reference\n1,A,OK,OK\n1,A,OK,NOK\n2,A,OK,OK\n2,A,NOK,OK\n"
    with pytest.raises(InputError, match=r"study\.csv:3: reference: part 1 has two references"):
        studies.study_attribute(written(tmp_path, text), None)


def test_what_is_neither_hit_nor_miss_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"study\.csv:3: hit: 'maybe' is neither a hit nor a miss"):
        studies.study_pod(written(tmp_path, "size,hit\n1,检出\n2,maybe\n"), Scale.LOG, None, Scale.LOG, None, None)


def test_what_is_wrong_with_numbers_is_told_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"study\.csv: 2 values; a type-1 study needs 10"):
        studies.study_type_one(written(tmp_path, "value\n1\n2\n"), 1.0, 1.0, None, 20.0, 6.0)
    with pytest.raises(InputError, match=r"study\.csv: subgroup: 2 points in time"):
        studies.study_stability(written(tmp_path, "value\n1\n2\n"))


def test_options_that_do_not_go_together_are_named() -> None:
    with pytest.raises(InputError, match=r"--method: the range method is for crossed"):
        studies.study_gauge(FOLDER / "grr.csv", Design.NESTED, Method.RANGE, None)
    with pytest.raises(InputError, match="--high: signals are censored"):
        studies.study_pod(FOLDER / "hit_miss.csv", Scale.LOG, None, Scale.LOG, None, 3.0)
    with pytest.raises(InputError, match="--reference"):
        studies.study_budget(1.0, type_one_file=FOLDER / "type1.csv")
    with pytest.raises(InputError, match=r"calibration: .* is known already"):
        studies.study_budget(1.0, calibration=0.1, others={"calibration": 0.1})


def test_a_study_without_operators_needs_no_column_of_them(tmp_path: Path) -> None:
    text = "part,value\n1,1.0\n1,1.1\n2,2.0\n2,2.1\n"
    sheet = studies.study_gauge(written(tmp_path, text), Design.SINGLE, Method.ANOVA, None)
    assert sheet.results["method"] == "parts"
    with pytest.raises(InputError, match="the column 'operator' is missing"):
        studies.study_gauge(written(tmp_path, text), Design.CROSSED, Method.ANOVA, None)


def test_a_budget_takes_bias_and_repeatability_from_a_type_1_study() -> None:
    sheet = studies.study_budget(0.2, type_one_file=FOLDER / "type1.csv", reference=4.0, others={"temperature": 0.001})
    names = {component["name"] for component in sheet.results["components"]}
    assert names == {"bias", "repeatability", "temperature"}
    assert sheet.results["totals"].keys() == {"ms", "mp"}
