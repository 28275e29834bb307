"""Fonts are found when they are there, whoever keeps an old list of them, and only if they have the characters."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

from linewalker.console.fonts import SPECIMEN, chinese_fonts

FAMILY = "Linewalker Test"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user's fonts; it may be filled at any time."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / ".local" / "share"))
    folder = tmp_path / ".local" / "share" / "fonts"
    folder.mkdir(parents=True)
    return folder


def make_font(path: Path, characters: str) -> None:
    """A font of empty glyphs."""
    names = [".notdef", *(f"u{ord(character):x}" for character in characters)]
    builder = FontBuilder(1000)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(character): name for character, name in zip(characters, names[1:])})
    builder.setupGlyf({name: Glyph() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


@pytest.mark.skipif(shutil.which("fc-list") is None, reason="no fontconfig here")
def test_a_font_is_found_as_soon_as_it_is_there(home: Path) -> None:
    assert FAMILY not in chinese_fonts()
    make_font(home / "latin.ttf", "abc")
    (home / "broken.ttf").write_bytes(b"no font")
    assert FAMILY not in chinese_fonts()
    make_font(home / "chinese.ttf", SPECIMEN)
    assert FAMILY in chinese_fonts()


def test_without_fontconfig_there_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert chinese_fonts() == []
