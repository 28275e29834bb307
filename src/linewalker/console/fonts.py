"""Which fonts of this machine can show Chinese, asked of fontconfig as browsers do."""

from __future__ import annotations

import subprocess

SPECIMEN = "检测缝"
"""Simplified characters of a report; fonts made for Japanese lack the first."""


def chinese_fonts() -> list[str]:
    """Names of the families that have the characters of `SPECIMEN`, sorted; none where there is no fontconfig."""
    characters = " ".join(f"{ord(character):x}" for character in SPECIMEN)
    try:
        answer = subprocess.run(
            ["fc-list", f":charset={characters}", "family"], capture_output=True, encoding="utf-8", errors="replace"
        )
    except OSError:
        return []
    families = {line.partition(",")[0].strip() for line in answer.stdout.splitlines()}
    return sorted(families - {""}) if answer.returncode == 0 else []
