"""The sheet tells what was found, in both languages, and every joint's numbers."""

from __future__ import annotations

import io
import json

from rich.console import Console

from linewalker.console.capability.page import render_page
from linewalker.console.capability.show import show_sheet
from linewalker.console.health_sheet import health_sheet
from linewalker.inspection.capability.grade import Grade
from linewalker.station.health.judgement import judge
from tests.station.health.test_judgement import HEALTHY, run


def test_what_is_worn_is_told_in_both_languages_and_drawn() -> None:
    runs = [*HEALTHY, run(20, friction_nm={3: 0.3}, winding_c={5: 20.0})]
    sheet = health_sheet("g1", runs, judge(runs))
    assert sheet.grade is Grade.MARGINAL
    for language, words in (("en", ("joint 3 friction", "look at it")), ("zh", ("joint 3 摩擦", "注意"))):
        out = io.StringIO()
        show_sheet(sheet, language, console=Console(file=out, width=80))
        assert all(word in out.getvalue() for word in words)
        assert max(map(len, out.getvalue().splitlines())) <= 80
    page = render_page(sheet, "zh")
    assert page.count("<svg") == len(sheet.plots) == 2
    assert "linewalker health ·" not in page.split("<footer>")[0]
    found = json.loads(json.dumps(sheet.document(), allow_nan=False))["runs"][-1]["found"]
    assert [(one["part"], one["joint"]) for one in found] == [("friction", "joint 3"), ("temperature", "joint 5")]


def test_healthy_joints_are_as_ever() -> None:
    sheet = health_sheet("g1", HEALTHY, judge(HEALTHY))
    assert sheet.grade is Grade.GOOD
    assert len(sheet.grids[0].rows) == len(HEALTHY[0].joints)


def test_one_recording_alone_is_no_past() -> None:
    (note, *_) = health_sheet("g1", HEALTHY[:1], judge(HEALTHY[:1])).notes
    assert "from the third recording on" in note.en
