"""Which fonts of this machine can show Chinese, asked of the system now: a list kept by some library may be old."""

from __future__ import annotations

import subprocess

SPECIMEN = "检测缝"
"""Simplified characters of a report; fonts made for Japanese lack the first."""


def chinese_fonts() -> list[str]:
    """Names of the families that have the characters of `SPECIMEN`, sorted; empty where there is none."""
    listed = _ask_fontconfig()
    return sorted(_look_into_files() if listed is None else listed)


def _ask_fontconfig() -> set[str] | None:
    """As browsers do; None where there is no fontconfig to ask."""
    characters = " ".join(f"{ord(character):x}" for character in SPECIMEN)
    try:
        answer = subprocess.run(
            ["fc-list", f":charset={characters}", "family"], capture_output=True, encoding="utf-8", errors="replace"
        )
    except OSError:
        return None
    families = {line.partition(",")[0].strip() for line in answer.stdout.splitlines()}
    return families - {""} if answer.returncode == 0 else None


def _look_into_files() -> set[str]:
    """Every font file that lies where this platform keeps them."""
    from matplotlib.font_manager import findSystemFonts
    from matplotlib.ft2font import FT2Font

    families = set()
    for path in findSystemFonts():
        try:
            font = FT2Font(path)
        except (OSError, RuntimeError):
            continue  # no font after all
        if all(font.get_char_index(ord(character)) for character in SPECIMEN):
            families.add(font.family_name)
    return families
