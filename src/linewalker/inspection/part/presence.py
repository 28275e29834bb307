"""Is a part there, and which variant: a picture compared with what each possibility would look like.

Each hypothesis (a variant, or nothing) is rendered from where the camera is believed to be. The picture is aligned with
every one of them. The alignments that correlate (nearly) best are asked what they show (`matched_filter`): a thing is
seen if the picture, aligned with that thing's rendering, shows it; nothing is seen only if none of these alignments
shows a thing, because bare paint looks like nothing wherever one looks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from linewalker.inspection.part.alignment import LEAST_CORRELATION, SEARCH_PX, Aligned, Rgb, align, features
from linewalker.inspection.part.matched_filter import Answers, MatchedFilter
from linewalker.inspection.part.region import Region
from linewalker.inspection.verdict import Reason, Undecided
from linewalker.limbs.robot import RgbdImage

Render = Callable[[str, Region], Rgb]
"""Renders the box of the picture under a hypothesis, from the believed pose of the same camera."""

MISSING, NONE = "missing", "none"
"""Hypotheses of which nothing is to be seen."""

_CONTEXT_PX = 40
_DARK = 12.0  # grey level of the brightest tenth
_LEAST_SHARPNESS = 0.3
_NEARLY_BEST = 0.85  # of the best likelihood: alignments that may be the true one
_STRONGEST_REST = {0.55: 0.8, 0.65: 1.0, 0.80: 2.5}  # answers that decide, and what may stay unexplained beside them
_REFUTED = 0.35  # answer of a thing that is not there


@dataclass(frozen=True, kw_only=True)
class PartSighting:
    """What was seen at a part's place.

    Attributes:
        time_s: robot time of the picture.
        seen: the hypothesis that the picture shows.
        answers: to each hypothesis, near 1 for the one shown, near 0 or below for the others.
        shift_px: where the picture lies against the rendering, (column, row).
        real, rendered: aligned crops (h, w, 3) of the picture and of the rendering of ``seen``.
        box: the part's region within the crops.
    """

    time_s: float
    seen: str
    answers: Mapping[str, float]
    shift_px: tuple[float, float]
    real: Rgb
    rendered: Rgb
    box: Region


def recognise_part(
    image: RgbdImage, region: Region, hypotheses: Sequence[str], render: Render
) -> PartSighting | Undecided:
    """Tell which of two or more hypotheses a picture shows.

    Args:
        image: the picture.
        region: where the part should appear (`part_region`).
        hypotheses: names that ``render`` understands; `MISSING` and `NONE` are those of which nothing is to be seen.
        render: draws each.
    """
    height, width = image.rgb.shape[:2]
    crop = region.grown(_CONTEXT_PX, width, height)
    window = crop.grown(SEARCH_PX, width, height)
    if np.percentile(cv2.cvtColor(crop.cut(image.rgb), cv2.COLOR_RGB2GRAY), 90) < _DARK:
        return Undecided(reason=Reason.TOO_DARK, detail="the brightest tenth of the region is almost black")
    pictures = {name: render(name, crop) for name in hypotheses}
    question = MatchedFilter.between({name: features(picture) for name, picture in pictures.items()})
    if question is None:
        return Undecided(reason=Reason.AMBIGUOUS, detail="the possibilities look alike from here")
    start = crop.left - window.left, crop.top - window.top
    aligned = {name: align(window.cut(image.rgb), f, start) for name, f in question.expected.items()}
    if question.structured and (trouble := _trouble(aligned, question)) is not None:
        return trouble
    likely = _NEARLY_BEST * max(a.likelihood for a in aligned.values())
    answers = {
        name: question.ask(a.features)
        for name, a in aligned.items()
        if a.likelihood >= likely or name in (MISSING, NONE)
    }
    seen = _decide(answers)
    if seen is None:
        detail = "; ".join(f"on {name}: {answer}" for name, answer in answers.items())
        return Undecided(reason=Reason.AMBIGUOUS, detail=detail)
    return PartSighting(
        time_s=image.time_s,
        seen=seen,
        answers=answers[seen].to,
        shift_px=aligned[seen].shift_px,
        real=aligned[seen].picture,
        rendered=pictures[seen],
        box=Region(
            left=region.left - crop.left,
            top=region.top - crop.top,
            right=region.right - crop.left,
            bottom=region.bottom - crop.top,
        ),
    )


def _decide(answers: Mapping[str, Answers]) -> str | None:
    """The hypothesis that is seen; ``answers`` of the picture as aligned with each. None if that is not clear."""
    own = {name: answer.to[name] for name, answer in answers.items()}
    things = [name for name in own if name not in (MISSING, NONE)]
    best = max(things, key=lambda name: own[name], default=None)
    if best is not None and _shows(answers[best], best):
        return best
    nothing = next((name for name in own if name not in things), None)
    refuted = all(own[name] < _REFUTED for name in things)
    return nothing if nothing is not None and refuted and _shows(answers[nothing], nothing) else None


def _shows(answer: Answers, name: str) -> bool:
    return any(answer.to[name] >= least and answer.rest[name] <= most for least, most in _STRONGEST_REST.items())


def _trouble(aligned: Mapping[str, Aligned], question: MatchedFilter) -> Undecided | None:
    """Why the picture can not be used, if it can not: it is not where it should be, or not sharp."""
    name = max(aligned, key=lambda hypothesis: aligned[hypothesis].correlation)
    best = aligned[name]
    if best.correlation < LEAST_CORRELATION:
        detail = f"correlation {best.correlation:.2f} with the best rendering"
        return Undecided(reason=Reason.PICTURE_NOT_ALIGNED, detail=detail)
    strength, usual = (float(np.percentile(np.abs(f[..., :2]), 99)) for f in (best.features, question.expected[name]))
    if strength < _LEAST_SHARPNESS * usual:
        return Undecided(reason=Reason.BLURRED, detail=f"edges have {strength / usual:.0%} of the strength expected")
    return None
