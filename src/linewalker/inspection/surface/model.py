"""A model of good surfaces, and how unlike one a picture is.

Each response (`filters`) is divided by its usual size: that of the channel, of the place where pictures show the same
place, and of the picture's own texture. Of the quotients r the tail in good pictures is learned for each channel: above
its quantile q they fall off as exp(-(r - q) / b) (excesses over a threshold; Pickands 1975). The surprise of a place is
the largest (r - q) / b of all channels; the score of a picture is what its few most surprising places have.

Pictures that are held out of the learning say what scores good ones have. The threshold is the largest of n of them:
the next good picture lies above it with probability 1 / (n + 1).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from linewalker.errors import InputError
from linewalker.inspection.surface.filters import Array, responses
from linewalker.wholefile import write_whole

LEAST_PICTURES = 8
"""Good pictures to learn from."""

FORMAT = "linewalker.surface/1"
_HELD_OUT = 4  # every fourth picture
_GRID = 12  # places across and down, where all pictures are of one size
_ALIKE = 0.02  # of the size
_QUANTILE = 0.99
_MOST_PLACES, _MOST_OF_ONE = 300_000, 4000  # for the tails, of all pictures and of one
_LEAST = 1e-4  # of a usual response
_TOP = 4  # places that make the score
_OWN = 0.5  # weight of the picture's own texture against that of all


@dataclass(frozen=True, kw_only=True, eq=False)
class Surprise:
    """What a model says of a picture.

    Attributes:
        score: how unlike a good one; it grows by 1 for every e-fold of rarity.
        places: (h, w), one for `filters.STRIDE` pixels.
    """

    score: float
    places: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class SurfaceModel:
    """What was learned.

    Attributes:
        usual: (rows, columns, c), usual responses by place; one place where pictures are not of one size.
        quantile, excess: (c,) of the quotients.
        held_out: scores of good pictures that were not learned from, ascending.
    """

    usual: Array
    quantile: Array
    excess: Array
    held_out: NDArray[np.float64]

    @property
    def threshold(self) -> float:
        """Above it a picture is not good."""
        return float(self.held_out[-1])

    @property
    def most_false_alarms(self) -> float:
        """Upper bound of their share at 95 %, for pictures like those held out (order statistics; Wilks 1941)."""
        return float(1 - 0.05 ** (1 / len(self.held_out)))

    def judge(self, picture: NDArray[np.uint8]) -> Surprise:
        """How unlike a good one a picture (h, w, 3) is, and where."""
        quotient = _quotients(responses(picture), self.usual)
        places = np.max((quotient - self.quantile) / self.excess, axis=2)
        places = cv2.GaussianBlur(places, (0, 0), 0.8)
        top = np.partition(places.ravel(), -min(_TOP, places.size))[-_TOP:]
        return Surprise(score=float(top.mean()), places=np.asarray(places, np.float32))

    def save(self, path: Path) -> None:
        """As a NumPy archive of plain arrays."""
        archive = io.BytesIO()
        arrays = {field.name: getattr(self, field.name) for field in fields(self)}
        np.savez_compressed(archive, format=np.array(FORMAT), **arrays)
        write_whole(path, archive.getvalue())

    @staticmethod
    def load(path: Path) -> SurfaceModel:
        """A model that was saved; nothing in the file is run.

        Raises:
            InputError: it is no such file.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                if str(file["format"]) != FORMAT:
                    raise InputError(f"expected the format {FORMAT}; train the model again", file=path)
                model = SurfaceModel(**{field.name: file[field.name] for field in fields(SurfaceModel)})
        except (OSError, ValueError, KeyError, EOFError):
            raise InputError("no model of a surface; make one with linewalker surface train", file=path) from None
        if model.usual.ndim != 3 or not len(model.held_out) or not np.isfinite(model.usual).all():
            raise InputError("no model of a surface; make one with linewalker surface train", file=path)
        return model


def train(pictures: Sequence[NDArray[np.uint8]]) -> SurfaceModel:
    """Learn good surfaces from pictures (h, w, 3) of them; each is asked for twice, one at a time.

    Raises:
        InputError: there are fewer than `LEAST_PICTURES`.
    """
    if len(pictures) < LEAST_PICTURES:
        raise InputError(f"{len(pictures)} good pictures; at least {LEAST_PICTURES} are needed to learn from")
    learned = [i for i in range(len(pictures)) if i % _HELD_OUT]
    usual = _usual(pictures, learned)
    rng, places = np.random.default_rng(0), min(_MOST_PLACES // len(learned) + 1, _MOST_OF_ONE)
    some = np.concatenate([_some(_quotients(responses(pictures[i]), usual), places, rng) for i in learned])
    quantile = np.asarray(np.quantile(some, _QUANTILE, axis=0), np.float32)
    above = np.maximum(some - quantile, 0.0)
    excess = np.maximum(above.sum(axis=0) / np.maximum((above > 0).sum(axis=0), 1), 1e-3).astype(np.float32)
    model = SurfaceModel(usual=usual, quantile=quantile, excess=excess, held_out=np.zeros(1))
    scores = [model.judge(pictures[i]).score for i in range(0, len(pictures), _HELD_OUT)]
    return replace(model, held_out=np.sort(scores))


def _usual(pictures: Sequence[NDArray[np.uint8]], learned: Sequence[int]) -> Array:
    """Root mean squares by place, drawn halfway to those of all places; those alone if sizes differ."""
    sizes, squares = [], []
    for i in learned:
        picture = pictures[i]
        sizes.append(picture.shape[:2])
        squares.append(_resized(responses(picture) ** 2, (_GRID, _GRID)))
    by_place = np.mean(squares, axis=0)
    overall = by_place.mean(axis=(0, 1), keepdims=True)
    aligned = (np.ptp(sizes, axis=0) <= _ALIKE * np.mean(sizes, axis=0)).all()
    return np.asarray(np.sqrt(0.5 * by_place + 0.5 * overall if aligned else overall) + _LEAST, np.float32)


def _quotients(seen: Array, usual: Array) -> Array:
    height, width = seen.shape[:2]
    expected = usual if usual.shape[:2] == (1, 1) else _resized(usual, (width, height))
    quotient = seen / expected
    own = np.sqrt(np.mean(np.minimum(quotient, 2.0) ** 2, axis=(0, 1)))
    return np.asarray(quotient / (_OWN * own + 1 - _OWN), np.float32)


def _resized(seen: Array, size: tuple[int, int]) -> Array:
    """(h, w, c) to another width and height; OpenCV takes only so many channels at once."""
    shrinks = size[0] < seen.shape[1]
    way = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    planes = [cv2.resize(np.ascontiguousarray(seen[..., c]), size, interpolation=way) for c in range(seen.shape[2])]
    return np.dstack(planes)


def _some(quotient: Array, places: int, rng: np.random.Generator) -> Array:
    flat = quotient.reshape(-1, quotient.shape[2])
    return flat[rng.integers(0, len(flat), min(places, len(flat)))]
