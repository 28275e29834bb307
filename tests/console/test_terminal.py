"""What is printed is as wide as its terminal, at least 80 columns, and says what a plant wrote, letter by letter."""

from __future__ import annotations

import io
import sys

import pytest

from linewalker.console.terminal import terminal


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def screen(monkeypatch: pytest.MonkeyPatch, columns: int) -> Screen:
    """Standard output, a terminal of so many columns."""
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", str(columns))
    made = Screen()
    monkeypatch.setattr(sys, "stdout", made)
    return made


@pytest.mark.parametrize(
    ("columns", "width", "draws"), [(0, 80, False), (20, 80, False), (80, 80, True), (200, 200, True)]
)
def test_a_narrow_terminal_wraps_by_itself_and_nothing_is_drawn(monkeypatch, columns, width, draws) -> None:
    screen(monkeypatch, columns)
    console = terminal()
    assert (console.width, console.is_terminal) == (width, draws)


def test_a_file_is_as_wide_as_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert terminal().width == 140


def test_what_a_plant_writes_is_shown_as_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = screen(monkeypatch, 80)
    terminal().print("gap[/left] [bold]id[/] :car:")
    assert "gap[/left] [bold]id[/] :car:" in shown.getvalue()
