"""Evidence: well-formed, small, with the numbers in it, one file per judgement, whole or not there."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import cv2
import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from linewalker.inspection.evidence import EvidenceFolder, file_name
from linewalker.inspection.part.presence import PartSighting, recognise_part
from linewalker.inspection.seam.scan import SeamMeasurement, measure_seam
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Reason, Verdict
from tests.inspection.part.drawn_parts import HYPOTHESES, REGION, Photograph, draw
from tests.inspection.seam.seam_shots import Door
from tests.inspection.seam.test_scan import OFFSETS, PARKED, POINT, SEAM

TITLE = Title(zh="门缝 <左>", en="door gap & flush")
JUDGEMENT = Judgement(
    characteristic="door/gap 1", verdict=Verdict.NOK, reason=Reason.OUTSIDE_TOLERANCE, value=5.123, unit="mm",
    expanded_uncertainty=0.04, lower=3.3, upper=4.7,
)  # fmt: skip
SHOTS = Door(gap=5.1, flush=-0.8).shots(POINT, PARKED, np.random.default_rng(0), offsets=OFFSETS)


def texts(path: Path | None) -> str:
    assert path is not None
    assert path.stat().st_size < 60_000
    return " ".join(ElementTree.parse(path).getroot().itertext())


def test_a_profile_drawing_says_what_was_measured(tmp_path: Path) -> None:
    result = measure_seam(SHOTS, SEAM, POINT, PARKED)
    assert isinstance(result, SeamMeasurement)
    kept = EvidenceFolder(tmp_path).of_seam(JUDGEMENT, TITLE, result)
    text = texts(kept.evidence)
    for part in (TITLE.zh, TITLE.en, "NOK", "5.123 ± 0.040 mm", "3.3 … 4.7", f"{result.shown.gap_mm:.2f}", "-0.8"):
        assert part in text
    assert kept.verdict is JUDGEMENT.verdict


def test_an_unmeasured_seam_shows_its_profile(tmp_path: Path) -> None:
    folder = EvidenceFolder(tmp_path)
    kept = folder.of_seam(JUDGEMENT, TITLE, None, SHOTS[0].profile)
    assert "profile" in texts(kept.evidence)
    assert folder.of_seam(JUDGEMENT, TITLE, None).evidence is None


def test_part_pictures_are_jpegs_of_three_panes(tmp_path: Path) -> None:
    image = Photograph().take(draw("rs"), np.random.default_rng(0))
    result = recognise_part(image, REGION, HYPOTHESES, lambda name, box: box.cut(draw(name)))
    assert isinstance(result, PartSighting)
    folder = EvidenceFolder(tmp_path)
    kept = folder.of_part(JUDGEMENT, result)
    plain = folder.of_part(
        Judgement(characteristic="b", verdict=Verdict.NOT_DECIDABLE, reason=Reason.TOO_DARK), None, image, REGION
    )
    for evidence in (kept.evidence, plain.evidence):
        assert evidence is not None
        assert evidence.stat().st_size < 60_000
        assert cv2.imread(str(evidence)).shape[1] >= 160
    assert folder.of_part(JUDGEMENT, None).evidence is None


def test_nothing_half_written_stays(tmp_path: Path) -> None:
    folder = EvidenceFolder(tmp_path / "car")
    for _ in range(2):
        folder.of_seam(JUDGEMENT, TITLE, None, SHOTS[0].profile)
    assert [path.suffix for path in (tmp_path / "car").iterdir()] == [".svg"]


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
