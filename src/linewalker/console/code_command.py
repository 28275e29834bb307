"""``linewalker measure code``: what the codes in a picture say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from linewalker.errors import InputError
from linewalker.inspection.code.reader import SYMBOLOGIES, Code, read_codes
from linewalker.inspection.picture_file import read_picture
from linewalker.inspection.verdict import Verdict
from linewalker.messages.catalogue import say
from linewalker.plantfile import allowed_text


def read_picture_codes(file: Path, expect: str | None, symbologies: Sequence[str], as_json: bool) -> int:
    """Print them; returns the exit code: 0 read, and as expected if something is expected.

    Raises:
        InputError: no picture, or an unknown symbology.
    """
    for name in symbologies:
        if name not in SYMBOLOGIES:
            raise InputError(f"unknown symbology '{name}'; {allowed_text(name, SYMBOLOGIES)}", key="--symbology")
    codes = read_codes(read_picture(file), tuple(symbologies) or tuple(SYMBOLOGIES))
    verdict = _verdict(codes, expect)
    if as_json:
        print(json.dumps(_document(file, codes, expect, verdict), ensure_ascii=False, indent=1))
    else:
        for code in codes:
            column, row = code.corners_px.mean(axis=0)
            print(say(f"{code.symbology} at column {column:.0f}, row {row:.0f}: {code.text}"))
        if not codes:
            print(say("No code could be read. What helps: 4 px per module or more, sharp, its quiet zone in view."))
        if expect is not None:
            print(verdict.name)
    return 0 if (codes if expect is None else verdict is Verdict.OK) else 1


def _verdict(codes: Sequence[Code], expect: str | None) -> Verdict:
    """As a station judges: what is not read, or is read in two ways, is not decided."""
    texts = {code.text for code in codes}
    if expect is None or len(texts) != 1:
        return Verdict.NOT_DECIDABLE
    return Verdict.OK if texts == {expect} else Verdict.NOK


def _document(file: Path, codes: Sequence[Code], expect: str | None, verdict: Verdict) -> dict[str, object]:
    found = [
        {"text": code.text, "symbology": code.symbology, "corners_px": code.corners_px.round(1).tolist()}
        for code in codes
    ]
    judged = {} if expect is None else {"expected": expect, "verdict": verdict.name}
    return {"file": str(file), "codes": found, **judged}
