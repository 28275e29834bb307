"""A sheet on the terminal: within 80 columns, in the language that was asked for, JSON that is JSON."""

from __future__ import annotations

import json
import re

import pytest
from rich.cells import cell_len
from rich.console import Console

from linewalker.console.capability.show import show_sheet, styled
from linewalker.inspection.capability.grade import Grade
from tests.console.capability.desk import STUDIES

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", STUDIES)
def test_eighty_columns_are_enough(name: str, language: str, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = STUDIES[name]()
    show_sheet(sheet, language, console=Console(width=80, markup=False, emoji=False, highlight=False))
    lines = capsys.readouterr().out.splitlines()
    tables = [line for line in lines if "─" in line]
    assert tables
    assert max(cell_len(line) for line in tables) <= 80
    assert "…" not in "".join(line for line in lines if "…" in line and "95 %" not in line)
    if language == "en" and name != "attribute":  # whose operators have Chinese names
        assert not _CHINESE.search("\n".join(line for line in lines if "/" not in line))
    else:
        assert _CHINESE.search("\n".join(lines))


@pytest.mark.parametrize("name", STUDIES)
def test_json_is_json_whatever_the_study(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = STUDIES[name]()
    show_sheet(sheet, "en", as_json=True)
    out = capsys.readouterr().out
    assert out.isascii()
    document = json.loads(out)
    assert document["study"] == sheet.name
    assert document["grade"] == (None if sheet.grade is None else sheet.grade.value)


def test_a_grade_is_a_sign_and_a_word() -> None:
    assert styled(Grade.POOR, "en").plain == "✗ not capable"
    assert styled(Grade.GOOD, "zh").plain == "✓ 合格"
