"""A page is one file that fetches nothing, holds both languages, and is well formed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from linewalker.console.capability.page import render_page, write_page
from linewalker.console.capability.sheet import Grid, Sheet
from linewalker.inspection.title import Title
from tests.console.capability.desk import STUDIES

_VOID = {"meta", "input", "br"}


class Nesting(HTMLParser):
    """Every tag is closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, _tag: str, _: object) -> None:
        """Closed at once."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", STUDIES)
def test_a_page_is_well_formed_and_fetches_nothing(name: str) -> None:
    sheet = STUDIES[name]()
    page = render_page(sheet, "en")
    parser = Nesting()
    parser.feed(page)
    assert parser.open == []
    assert page.count('<svg class="plot"') == len(sheet.plots) >= 1
    assert not re.search(r"(?:src|href)=|@import|url\(", page)
    for text in (sheet.title.zh, sheet.title.en, *(check.value for check in sheet.checks)):
        assert text.replace("<", "&lt;") in page


def test_it_opens_in_the_language_that_was_asked_for() -> None:
    sheet = STUDIES["linearity"]()
    assert 'id="only-zh" checked' in render_page(sheet, "zh")
    assert 'id="only-en" checked' in render_page(sheet, "en")


def test_the_same_study_is_the_same_page(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_page(STUDIES["crossed"](), tmp_path / f"{name}.html", "zh")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_words_from_outside_are_escaped() -> None:
    title = Title(zh="<script>", en="<script>")
    grid = Grid(title=title, head=("<script>",), rows=(("<script>",),))
    page = render_page(
        Sheet(name="x", title=title, source="s", facts=((title, "<script>"),), checks=(), grids=(grid,), plots=()), "en"
    )
    assert "<script>" not in page
