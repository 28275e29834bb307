"""Is a part there, and which variant: a picture compared with what each possibility would look like.

Each hypothesis (a variant, or nothing) is rendered from where the camera is believed to be. The picture is aligned with
the hypothesis that correlates best; then every pair of hypotheses h, k asks the picture I one question, on the pixels
where their pictures f differ:

    a = <I - g f_k, g f_h - g f_k> / <g f_h - g f_k, g f_h - g f_k>     1 if h is true, 0 if k is

(the matched filter of detection theory; Van Trees 1968, section 4.2). Errors common to all hypotheses, such as another
light or a slightly wrong pose, are mostly orthogonal to the difference and drop out. f are gradients of the logarithmic
luminance and two logarithmic colour ratios, so exposure cancels; g is the contrast of the picture against the
rendering, taken from the surroundings, or from the part itself where there is nothing else to see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from linewalker.inspection.alignment import LEAST_CORRELATION, SEARCH_PX, Aligned, Features, Rgb, align, features
from linewalker.inspection.part_region import Region
from linewalker.inspection.verdict import Reason, Undecided
from linewalker.limbs.robot import RgbdImage

Mask = NDArray[np.bool_]
Render = Callable[[str, Region], Rgb]
"""Renders the box of the picture under a hypothesis, from the believed pose of the same camera."""

_CONTEXT_PX = 30
_DARK = 12.0  # grey level of the brightest tenth
_CLEAR, _VERY_CLEAR = 0.65, 0.80  # answers of the matched filter that decide
_LEAST_SHARPNESS = 0.3
_STRUCTURED = 300.0  # pixels of clear gradient that make surroundings or a part tell
_SIMILAR, _SAME_SHAPE = 0.5, 0.85  # correlations at which surroundings, or a part, tell the contrast
_DIFFERS = 0.35  # of the largest difference between hypotheses: pixels that are asked
_VISIBLE = 2.5  # in units of _FLOOR: a fainter difference may drown in reflections
_STRONGEST_REST = {_CLEAR: 1.0, _VERY_CLEAR: 2.5}  # unexplained energy against that of the difference, by answer
_FLOOR = np.array([0.012, 0.012, 0.03, 0.03], np.float32)  # mismatch of features that is never undercut


@dataclass(frozen=True, kw_only=True)
class PartSighting:
    """What was seen at a part's place.

    Attributes:
        seen: the hypothesis that the picture shows.
        answers: for each hypothesis the smallest answer of the matched filter against any other: near 1 for the one
            shown, near 0 or below for the others.
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
        hypotheses: names that ``render`` understands.
        render: draws each.
    """
    height, width = image.rgb.shape[:2]
    crop = region.grown(_CONTEXT_PX, width, height)
    window = crop.grown(SEARCH_PX, width, height)
    if np.percentile(cv2.cvtColor(crop.cut(image.rgb), cv2.COLOR_RGB2GRAY), 90) < _DARK:
        return Undecided(reason=Reason.TOO_DARK, detail="the brightest tenth of the region is almost black")
    pictures = {name: render(name, crop) for name in hypotheses}
    expected = {name: features(picture) for name, picture in pictures.items()}
    asked = _asked(list(expected.values()))
    if asked is None:
        return Undecided(reason=Reason.AMBIGUOUS, detail="the possibilities look alike from here")
    aligned = align(window.cut(image.rgb), expected, (crop.left - window.left, crop.top - window.top))
    context = ~cv2.dilate(asked.astype(np.uint8), np.ones((7, 7), np.uint8)).astype(bool)
    if (trouble := _trouble(aligned, expected, context)) is not None:
        return trouble
    answers, rest = _ask(features(aligned.picture), expected, asked, context)
    seen = max(answers, key=lambda name: answers[name])
    if not any(answers[seen] >= answer and rest[seen] <= most for answer, most in _STRONGEST_REST.items()):
        numbers = ", ".join(f"{name} {value:.2f}" for name, value in answers.items())
        return Undecided(reason=Reason.AMBIGUOUS, detail=f"{numbers}; unexplained {rest[seen]:.2f}")
    return PartSighting(
        time_s=image.time_s,
        seen=seen,
        answers=answers,
        shift_px=aligned.shift_px,
        real=aligned.picture,
        rendered=pictures[seen],
        box=Region(
            left=region.left - crop.left,
            top=region.top - crop.top,
            right=region.right - crop.left,
            bottom=region.bottom - crop.top,
        ),
    )


def _asked(expected: Sequence[Features]) -> Mask | None:
    """Pixels where the hypotheses differ; None if they hardly do."""
    scaled = [f / _FLOOR for f in expected]
    spread = np.max([np.linalg.norm(f - scaled[0], axis=2) for f in scaled[1:]], axis=0)
    strongest = float(np.percentile(spread, 99.5))
    return None if strongest < _VISIBLE else np.asarray(spread > _DIFFERS * strongest)


def _contrast(picture: Features, expected: Features, where: Mask) -> tuple[float, float, float]:
    """Of the gradients of a picture against a rendering: contrast, correlation, and structure that speaks for it."""
    f, seen = expected[where][:, :2], picture[where][:, :2]
    energy, product = float((f * f).sum()), float((f * seen).sum())
    correlation = product / max(np.sqrt(energy * float((seen * seen).sum())), 1e-9)
    return product / max(energy, 1e-9), correlation, energy / float((_FLOOR[:2] ** 2).sum())


def _gain(picture: Features, expected: Mapping[str, Features], asked: Mask, context: Mask) -> float:
    """Contrast of the picture against the renderings; 1 where neither surroundings nor part tell."""
    gain, correlation, structure = _contrast(picture, next(iter(expected.values())), context)
    if correlation < _SIMILAR or structure < _STRUCTURED:
        told = [_contrast(picture, f, asked) for f in expected.values()]
        gain, correlation, structure = max(told, key=lambda contrast: contrast[1])
        if correlation < _SAME_SHAPE or structure < _STRUCTURED:
            return 1.0
    return float(np.clip(gain, 0.5, 1.5))


def _trouble(aligned: Aligned, expected: Mapping[str, Features], context: Mask) -> Undecided | None:
    """Why the picture can not be used, if it can not: it is not where it should be, or not sharp."""
    picture, rendering = features(aligned.picture)[..., :2], expected[aligned.name][..., :2]
    sharpness = float(np.percentile(np.abs(picture), 99)) / max(float(np.percentile(np.abs(rendering), 99)), 1e-6)
    structure = _contrast(picture, rendering, context)[2]
    if structure < _STRUCTURED:
        return None
    if aligned.correlation < LEAST_CORRELATION:
        detail = f"correlation {aligned.correlation:.2f} with the best rendering"
        return Undecided(reason=Reason.PICTURE_NOT_ALIGNED, detail=detail)
    if sharpness < _LEAST_SHARPNESS:
        return Undecided(reason=Reason.BLURRED, detail=f"edges have {sharpness:.0%} of the strength expected")
    return None


def _ask(
    picture: Features, expected: Mapping[str, Features], asked: Mask, context: Mask
) -> tuple[dict[str, float], dict[str, float]]:
    """Answers of the matched filter and unexplained energy, by hypothesis."""
    reference = next(iter(expected.values()))
    gain = _gain(picture, expected, asked, context)
    scale = np.array([gain, gain, 1.0, 1.0], np.float32)
    mismatch = (picture - scale * reference)[context] if context.sum() > 100 else np.zeros((1, 4), np.float32)
    cast = np.array([0, 0, *np.median(mismatch[:, 2:], axis=0)], np.float32)  # colour of the light
    sigma = np.maximum(1.4826 * np.median(np.abs(mismatch - cast), axis=0), _FLOOR)
    seen = ((picture - cast) / sigma)[asked]
    f = {name: (scale * e / sigma)[asked] for name, e in expected.items()}
    noise = float((np.clip((mismatch - cast) / sigma, -3, 3) ** 2).sum(axis=1).mean()) * len(seen)
    answers, rest = {}, {}
    for h, f_h in f.items():
        differences = {k: f_h - f_k for k, f_k in f.items() if k != h}
        energy = {k: max(float((d * d).sum()), 1e-9) for k, d in differences.items()}
        answers[h] = min(float(((seen - f[k]) * d).sum()) / energy[k] for k, d in differences.items())
        rest[h] = max(float(((seen - f_h) ** 2).sum()) - noise, 0.0) / min(energy.values())
    return answers, rest
