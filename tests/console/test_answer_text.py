"""Every sentence is followed by the numbers of its sources, and every number stands in the list once."""

from __future__ import annotations

import io

from rich.cells import cell_len
from rich.console import Console

from linewalker.console.answer_text import answer_lines, show_answer


def test_sources_are_numbered_in_the_order_in_which_they_are_named():
    sentences = [("One.", ("b", "a")), ("Two.", ("c", "a", "d")), ("Three.", ("d", "e", "a", "b"))]
    assert list(answer_lines(sentences, "en")) == [
        "One. [1-2]",
        "Two. [2-4]",
        "Three. [1-2, 4-5]",
        "Sources:",
        " 1  b",
        " 2  a",
        " 3  c",
        " 4  d",
        " 5  e",
    ]


def test_numbers_far_apart_are_cut_in_the_middle():
    ids = tuple(f"s{i}" for i in range(30))
    lines = list(answer_lines([("All.", ids), ("Odd.", ids[::2])], "en"))
    assert lines[:2] == ["All. [1-30]", "Odd. [1, 3, 5, 7, 9, 11, ..., 29]"]


def test_a_long_list_of_sources_says_how_many_there_are_besides():
    sentences = [("很多。", tuple(f"s{i}" for i in range(33)))]
    lines = list(answer_lines(sentences, "zh"))
    assert lines[0] == "很多。 [1-33]"
    assert lines[1] == "来源："
    assert lines[2] == "  1  s0"
    assert lines[-1] == "另有 13 条；--json 列出全部"
    assert list(answer_lines([("Many.", sentences[0][1])], "en"))[-1] == "and 13 more; --json lists all"


def test_a_terminal_of_80_columns_is_enough():
    stream = io.StringIO()
    console = Console(file=stream, width=80, force_terminal=True, color_system=None, highlight=False)
    show_answer([("word " * 60, ("example:1",)), ("[bold]字" * 40, ("a[/b]",))], "zh", console)
    assert "[bold]字" in stream.getvalue()
    for line in stream.getvalue().splitlines():
        assert cell_len(line) <= 80
