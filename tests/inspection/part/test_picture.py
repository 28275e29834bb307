"""Pictures of parts: JPEGs that show what was seen, what was expected, and the verdict in its colour."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from linewalker.inspection.part.picture import picture_without_answer, sighting_picture
from linewalker.inspection.part.presence import PartSighting, recognise_part
from linewalker.inspection.verdict import Judgement, Reason, Verdict
from tests.inspection.part.drawn_parts import HEIGHT, HYPOTHESES, REGION, WIDTH, Photograph, draw

IMAGE = Photograph().take(draw("rs"), np.random.default_rng(0))
COLOURS = {Verdict.OK: (26, 127, 55), Verdict.NOK: (198, 40, 40), Verdict.NOT_DECIDABLE: (138, 109, 0)}


def judged(verdict: Verdict) -> Judgement:
    return Judgement(characteristic="P1", verdict=verdict, reason=Reason.TOO_DARK, detail="rs 1.00")


def shown(jpeg: bytes) -> np.ndarray:
    assert jpeg[:3] == b"\xff\xd8\xff"
    return cv2.cvtColor(cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


@pytest.fixture(scope="module")
def sighting() -> PartSighting:
    found = recognise_part(IMAGE, REGION, HYPOTHESES, lambda name, box: box.cut(draw(name)))
    assert isinstance(found, PartSighting)
    return found


def test_three_panes_stand_side_by_side_seen_rendered_difference(sighting: PartSighting) -> None:
    picture = shown(sighting_picture(sighting, judged(Verdict.OK)))
    seen, rendered, difference = np.split(picture[52:-26], 3, axis=1)
    assert seen.shape == rendered.shape == difference.shape
    assert np.abs(seen.astype(int) - rendered).mean() < 25  # the same thing
    assert difference.min(axis=2).mean() > 200  # so little is left that the last one is nearly white
    assert difference.std(axis=2).max() < 90  # and grey, but for the marks of the box


@pytest.mark.parametrize("verdict", Verdict)
def test_the_verdict_has_its_colour(sighting: PartSighting, verdict: Verdict) -> None:
    for jpeg in (sighting_picture(sighting, judged(verdict)), picture_without_answer(IMAGE, judged(verdict), REGION)):
        off = np.abs(shown(jpeg).astype(int) - COLOURS[verdict]).max(axis=2)
        assert (off < 40).sum() > 20


def test_a_picture_without_answer_is_the_whole_picture_half_its_size_with_the_place_marked() -> None:
    plain, marked = (
        shown(picture_without_answer(IMAGE, judged(Verdict.NOT_DECIDABLE), region)) for region in (None, REGION)
    )
    assert plain.shape == marked.shape == (HEIGHT // 2 + 26, WIDTH // 2, 3)
    half = cv2.resize(IMAGE.rgb, (WIDTH // 2, HEIGHT // 2), interpolation=cv2.INTER_AREA)
    assert np.abs(plain[26:].astype(int) - half).mean() < 6
    changed = np.abs(marked.astype(int) - plain).max(axis=2)[26:] > 30
    rows, columns = np.flatnonzero(changed.any(axis=1)), np.flatnonzero(changed.any(axis=0))
    assert (rows[0], rows[-1]) == pytest.approx((REGION.top / 2, REGION.bottom / 2), abs=2)
    assert (columns[0], columns[-1]) == pytest.approx((REGION.left / 2, REGION.right / 2), abs=2)
