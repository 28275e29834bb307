"""A folder of pictures is learned and scored, printed in the language that is spoken, and drawn."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from linewalker.console.surface_command import auroc, score_surface, train_surface
from linewalker.messages.language import Language, speaking
from tests.inspection.surface.drawn_surfaces import tile


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    at, rng = tmp_path_factory.mktemp("tiles"), np.random.default_rng(0)
    for place, number, defect in (("train/good", 12, ""), ("test/good", 4, ""), ("test/crack", 4, "crack")):
        (at / place).mkdir(parents=True)
        for i in range(number):
            cv2.imwrite(str(at / place / f"{i}.png"), tile(rng, defect))
    train_surface(at, at / "surface.npz", "filters")
    return at


def test_scores_are_told_to_machines_and_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert score_surface(folder, folder / "surface.npz", None, True, "filters") == 0
    document = json.loads(capsys.readouterr().out)
    assert [one["folder"] for one in document["folders"]] == ["crack", "good"]
    assert document["auroc"] == document["folders"][0]["auroc"] > 0.8
    assert len(document["folders"][1]["scores"]) == 4
    with speaking(Language.ZH):
        score_surface(folder, folder / "surface.npz", None, False, "filters")
    said = capsys.readouterr().out
    assert f"图像 AUROC {document['auroc']:.3f}" in said
    assert max(map(len, said.splitlines())) <= 80


def test_heat_is_drawn_for_every_picture(folder: Path, tmp_path: Path) -> None:
    score_surface(folder, folder / "surface.npz", tmp_path, True, "filters")
    drawn = sorted(tmp_path.glob("crack/*.png"))
    assert len(drawn) == 4
    pictures = [cv2.imread(str(path)).astype(int) for path in drawn]
    assert any(np.ptp(picture, axis=2).max() > 60 for picture in pictures)


def test_auroc_of_known_scores() -> None:
    assert auroc(np.array([1.0, 2.0]), np.array([3.0, 4.0])) == 1.0
    assert auroc(np.array([1.0, 2.0]), np.array([1.0, 2.0])) == 0.5
    assert auroc(np.array([1.0, 3.0]), np.array([2.0, 4.0])) == 0.75
