"""Defects stand out from what was learned; learning again gives the same; a file that is no model is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from linewalker.errors import InputError
from linewalker.inspection.surface.filters import STRIDE
from linewalker.inspection.surface.model import LEAST_PICTURES, SurfaceModel, train
from tests.inspection.surface.drawn_surfaces import commutator, tile


def goods(number: int, draw=tile, seed: int = 0) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [draw(rng) for _ in range(number)]


@pytest.fixture(scope="module")
def tiles() -> SurfaceModel:
    return train(goods(16))


@pytest.mark.parametrize("defect", ["blowhole", "crack", "break"])
def test_defects_stand_out(tiles: SurfaceModel, defect: str) -> None:
    rng = np.random.default_rng(1)
    good = [tiles.judge(tile(rng)).score for _ in range(6)]
    bad = [tiles.judge(tile(rng, defect)).score for _ in range(6)]
    assert np.median(bad) > max(good)


def test_cracks_stand_out_between_edges_that_are_always_there() -> None:
    model, rng = train(goods(16, commutator)), np.random.default_rng(2)
    assert model.usual.shape[:2] != (1, 1)
    good = [model.judge(commutator(rng)).score for _ in range(6)]
    bad = [model.judge(commutator(rng, "crack")).score for _ in range(6)]
    assert np.median(bad) > max(good)


def test_the_place_of_a_defect_is_told(tiles: SurfaceModel) -> None:
    picture = tile(np.random.default_rng(3))
    picture[100:108, 60:68] = 20
    places = tiles.judge(picture).places
    row, column = np.unravel_index(places.argmax(), places.shape)
    assert abs(row * STRIDE - 104) <= 8
    assert abs(column * STRIDE - 64) <= 8


def test_what_is_held_out_sets_threshold_and_bound(tiles: SurfaceModel) -> None:
    assert len(tiles.held_out) == 4
    assert tiles.threshold == max(tiles.held_out)
    assert tiles.most_false_alarms == pytest.approx(1 - 0.05**0.25)


def test_learning_again_and_loading_give_the_same(tiles: SurfaceModel, tmp_path: Path) -> None:
    tiles.save(tmp_path / "a.npz")
    loaded, picture = SurfaceModel.load(tmp_path / "a.npz"), tile(np.random.default_rng(4))
    assert loaded.judge(picture).score == tiles.judge(picture).score == train(goods(16)).judge(picture).score


def test_too_few_are_refused() -> None:
    with pytest.raises(InputError, match=f"at least {LEAST_PICTURES}"):
        train(goods(LEAST_PICTURES - 1))


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    for name, write in (
        ("text.npz", lambda path: path.write_bytes(b"no archive")),
        ("other.npz", lambda path: np.savez(path, format=np.array("other"))),
        ("objects.npz", lambda path: np.savez(path, format=np.array([{}], dtype=object))),
    ):
        write(tmp_path / name)
        with pytest.raises(InputError, match="train"):
            SurfaceModel.load(tmp_path / name)
