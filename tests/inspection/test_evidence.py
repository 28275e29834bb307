"""Evidence files: one per judgement, whole or not there, under names that are safe and tell ids apart."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from linewalker.inspection.evidence import EvidenceFolder, file_name
from linewalker.inspection.method import Picture
from linewalker.inspection.verdict import Judgement, Reason, Verdict

JUDGEMENT = Judgement(characteristic="door/gap 1", verdict=Verdict.NOK, reason=Reason.OUTSIDE_TOLERANCE)


def test_a_picture_is_whole_on_disk_before_the_judgement_names_it(tmp_path: Path) -> None:
    folder = EvidenceFolder(tmp_path / "car")
    for content in (b"<svg/>", b"<svg></svg>"):  # the second one in place of the first
        kept = folder.keep(JUDGEMENT, Picture(suffix=".svg", content=content))
        assert kept.evidence == tmp_path / "car" / f"{file_name('door/gap 1')}.svg"
        assert kept.evidence.read_bytes() == content
    assert [path.suffix for path in (tmp_path / "car").iterdir()] == [".svg"]  # nothing half-written stays
    assert replace(kept, evidence=None) == JUDGEMENT


def test_without_a_picture_nothing_is_written(tmp_path: Path) -> None:
    assert EvidenceFolder(tmp_path / "car").keep(JUDGEMENT, None) is JUDGEMENT
    assert not (tmp_path / "car").exists()


ID = st.one_of(st.text(min_size=1), st.text(alphabet="aAbB-/._ 0", min_size=1, max_size=4))


@given(ID, ID)
@example("gap/left", "gap_left")
@example("Gap_left", "gap_left")
@example("左前翼子板与左前门之间间隙" * 7, "左前翼子板与左前门之间间隙" * 8)
@example("x" * 260, "x" * 261)
@example("..", "nul")
@example("a\0b", "con")
@example("G", file_name("G"))
@example("COM1", "com1")
def test_file_names_are_safe_on_any_file_system_and_tell_ids_apart(one: str, other: str) -> None:
    for name in (file_name(one), file_name(other)):
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,100}", name)  # ASCII: no locale, no normal form, no quoting in links
        assert len(f".{name}.svg.unfinished") <= 255
        assert not re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", name)
    assert (file_name(one).casefold() == file_name(other).casefold()) == (one == other)


def test_a_plain_id_is_its_file_name() -> None:
    assert file_name("gap_fender_left-2") == "gap_fender_left-2"
