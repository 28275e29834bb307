"""Which of several renderings a picture shows: a matched filter between every two of them.

Each pair of hypotheses h, k asks the picture I one question, on the pixels where their renderings f differ:

    a = <I - g f_k, g f_h - g f_k> / <g f_h - g f_k, g f_h - g f_k>     1 if h is true, 0 if k is

(detection theory; Van Trees 1968, section 4.2). Errors common to all hypotheses, such as another light or a slightly
wrong pose, are mostly orthogonal to the difference and drop out. f are the features of `alignment`; g is the contrast
of the picture against the rendering, taken from the surroundings, or from the part where there is nothing else to see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from linewalker.inspection.part.alignment import Features
from linewalker.inspection.robust import deviation_scale

Mask = NDArray[np.bool_]

_FLOOR = np.array([0.012, 0.012, 0.03, 0.03], np.float32)  # mismatch of features that is never undercut
_VISIBLE = 2.5  # in units of _FLOOR: a fainter difference may drown in reflections
_DIFFERS = 0.35  # of the largest difference between hypotheses: pixels that are asked
_STRUCTURED = 300.0  # pixels of clear gradient that make surroundings or a part tell
_SIMILAR, _SAME_SHAPE = 0.5, 0.85  # correlations at which surroundings, or a part, tell the contrast


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a picture answers.

    Attributes:
        to: for each hypothesis the smallest answer against any other: near 1 for the true one, near 0 for the others.
        rest: for each hypothesis the energy it leaves unexplained, less noise, over that of the difference to the next.
    """

    to: Mapping[str, float]
    rest: Mapping[str, float]

    def __str__(self) -> str:
        return ", ".join(f"{name} {value:.2f} (rest {self.rest[name]:.2f})" for name, value in self.to.items())


@dataclass(frozen=True, kw_only=True)
class MatchedFilter:
    """Asks pictures.

    Attributes:
        expected: features (h, w, 4) of the rendering of each hypothesis.
        asked: pixels (h, w) where they differ.
        context: pixels well beside those.
    """

    expected: Mapping[str, Features]
    asked: Mask
    context: Mask

    @staticmethod
    def between(expected: Mapping[str, Features]) -> MatchedFilter | None:
        """The filter for these renderings; None if they look alike."""
        scaled = [f / _FLOOR for f in expected.values()]
        spread = np.max([np.linalg.norm(f - scaled[0], axis=2) for f in scaled[1:]], axis=0)
        strongest = float(np.percentile(spread, 99.5))
        if strongest < _VISIBLE:
            return None
        asked = spread > _DIFFERS * strongest
        context = cv2.dilate(asked.astype(np.uint8), np.ones((7, 7), np.uint8)) == 0
        return MatchedFilter(expected=expected, asked=asked, context=np.asarray(context))

    @property
    def structured(self) -> bool:
        """Whether the surroundings have structure by which a picture can be aligned."""
        return _energy(next(iter(self.expected.values()))[self.context]) > _STRUCTURED

    def ask(self, picture: Features) -> Answers:
        """The answers of an aligned picture."""
        reference = next(iter(self.expected.values()))
        gain = self._gain(picture)
        scale = np.array([gain, gain, 1.0, 1.0], np.float32)
        surroundings = (picture - scale * reference)[self.context]
        mismatch = surroundings if len(surroundings) > 100 else np.zeros((1, 4), np.float32)
        cast = np.array([0, 0, *np.median(mismatch[:, 2:], axis=0)], np.float32)  # colour of the light
        sigma = np.maximum(deviation_scale(mismatch - cast, axis=0), _FLOOR)
        seen = ((picture - cast) / sigma)[self.asked]
        f = {name: (scale * e / sigma)[self.asked] for name, e in self.expected.items()}
        noise = float((np.clip((mismatch - cast) / sigma, -3, 3) ** 2).sum(axis=1).mean()) * len(seen)
        to, rest = {}, {}
        for h, f_h in f.items():
            differences = {k: f_h - f_k for k, f_k in f.items() if k != h}
            energy = {k: max(float((d * d).sum()), 1e-9) for k, d in differences.items()}
            to[h] = min(float(((seen - f[k]) * d).sum()) / energy[k] for k, d in differences.items())
            rest[h] = max(float(((seen - f_h) ** 2).sum()) - noise, 0.0) / min(energy.values())
        return Answers(to=to, rest=rest)

    def _gain(self, picture: Features) -> float:
        """Contrast of the picture against the renderings; 1 where neither surroundings nor part tell."""
        gain, correlation = _contrast(picture[self.context], next(iter(self.expected.values()))[self.context])
        if correlation < _SIMILAR or not self.structured:
            told = {name: _contrast(picture[self.asked], f[self.asked]) for name, f in self.expected.items()}
            name = max(told, key=lambda hypothesis: told[hypothesis][1])
            gain, correlation = told[name]
            if correlation < _SAME_SHAPE or _energy(self.expected[name][self.asked]) < _STRUCTURED:
                return 1.0
        return float(np.clip(gain, 0.5, 1.5))


def _contrast(seen: Features, expected: Features) -> tuple[float, float]:
    """Contrast and correlation of gradients (k, 4) of a picture against those of a rendering."""
    f, s = expected[:, :2], seen[:, :2]
    energy, product = float((f * f).sum()), float((f * s).sum())
    return product / max(energy, 1e-9), product / max(np.sqrt(energy * float((s * s).sum())), 1e-9)


def _energy(expected: Features) -> float:
    """Energy of gradients (k, 4) in units of pixels of clear gradient."""
    return float((expected[:, :2] ** 2).sum() / (_FLOOR[:2] ** 2).sum())
