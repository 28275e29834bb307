"""Parts told apart under other light, shifts, noise; refusals where a picture can not tell."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from linewalker.inspection.part.presence import PartSighting, recognise_part
from linewalker.inspection.verdict import Reason, Undecided
from linewalker.limbs.robot import RgbdImage
from tests.inspection.part.drawn_parts import HEIGHT, HYPOTHESES, REGION, WIDTH, Photograph, draw


def look(image: RgbdImage, *, hypotheses: tuple[str, ...] = HYPOTHESES, **scene: object) -> PartSighting | Undecided:
    return recognise_part(image, REGION, hypotheses, lambda name, box: box.cut(draw(name, **scene)))  # type: ignore[arg-type]


def refusal(result: PartSighting | Undecided) -> Reason:
    assert isinstance(result, Undecided), result.answers
    return result.reason


@pytest.mark.parametrize("structured", [True, False])
@pytest.mark.parametrize("panel", [(150, 20, 25), (190, 190, 195), (25, 25, 28)])
@pytest.mark.parametrize("what", HYPOTHESES)
def test_every_variant_is_recognised_in_every_light(what: str, panel: tuple[int, int, int], structured: bool) -> None:
    rng = np.random.default_rng(sum(panel) + len(what))
    for _ in range(6):
        photograph = Photograph(
            shift=tuple(rng.uniform(-20, 20, 2)),
            turn_deg=rng.uniform(-1.5, 1.5),
            exposure=rng.uniform(0.5, 1.1),
            cast=tuple(rng.uniform(0.92, 1.08, 3)),
            shadow=rng.uniform(0, 0.4),
            blur_px=rng.uniform(0.5, 1.3),
        )
        image = photograph.take(draw(what, panel=panel, structured=structured), rng)
        result = look(image, panel=panel, structured=structured)
        assert isinstance(result, PartSighting), (result, photograph)
        assert result.seen == what, photograph


def test_answers_are_near_one_and_zero_and_the_shift_is_found() -> None:
    rng = np.random.default_rng(0)
    result = look(Photograph(shift=(7.0, -4.0)).take(draw("rs"), rng))
    assert isinstance(result, PartSighting)
    assert result.answers["rs"] == pytest.approx(1.0, abs=0.15)
    assert max(result.answers["gt"], result.answers["missing"]) < 0.2
    np.testing.assert_allclose(result.shift_px, (7, -4), atol=0.5)
    assert result.real.shape == result.rendered.shape
    assert result.box.size == REGION.size


def test_an_unknown_emblem_is_not_taken_for_a_known_one() -> None:
    picture = draw("missing")
    cv2.circle(picture, (160, 120), 19, (220, 220, 225), 6, cv2.LINE_AA)
    rng = np.random.default_rng(1)
    result = look(Photograph().take(picture, rng))
    assert refusal(result) is Reason.AMBIGUOUS


def test_half_an_emblem_is_ambiguous() -> None:
    picture = draw("rs")
    picture[:, :160] = draw("missing")[:, :160]
    result = look(Photograph().take(picture, np.random.default_rng(2)), hypotheses=("missing", "rs"))
    assert refusal(result) is Reason.AMBIGUOUS


def test_dark_blurred_or_strange_pictures_are_refused() -> None:
    rng = np.random.default_rng(3)
    assert refusal(look(Photograph(exposure=0.02).take(draw("rs"), rng))) is Reason.TOO_DARK
    assert refusal(look(Photograph(blur_px=7.0).take(draw("rs"), rng))) in (Reason.BLURRED, Reason.AMBIGUOUS)
    noise = rng.integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    strange = replace(Photograph().take(draw("rs"), rng), rgb=cv2.GaussianBlur(noise, (0, 0), 3))
    assert refusal(look(strange)) in (Reason.PICTURE_NOT_ALIGNED, Reason.AMBIGUOUS)


def test_hypotheses_that_look_alike_are_not_decided() -> None:
    image = Photograph().take(draw("rs"), np.random.default_rng(4))
    result = recognise_part(image, REGION, ("a", "b"), lambda _, box: box.cut(draw("rs")))
    assert refusal(result) is Reason.AMBIGUOUS
