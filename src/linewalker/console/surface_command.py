"""``linewalker surface``: what is learned of good surfaces, and what of others is unlike them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from linewalker.console.terminal import narrow_table, terminal
from linewalker.errors import InputError
from linewalker.inspection.surface.folder import GOOD, PictureFiles, good_pictures, pictures_to_score
from linewalker.inspection.surface.learners import LEARNERS, LearnedSurface, Learner
from linewalker.inspection.surface.model import Surprise
from linewalker.messages.catalogue import say
from linewalker.plantfile import allowed_text
from linewalker.wholefile import write_whole

_HEAT = 0.5  # weight of the heat over the picture
_HOTTEST = 2.0  # thresholds


@dataclass(frozen=True, kw_only=True)
class Scored:
    """Pictures of one folder: their paths and scores."""

    paths: tuple[Path, ...]
    scores: NDArray[np.float64]


def train_surface(folder: Path, model: Path, learner: str) -> int:
    """Learn, save, and say what the threshold promises; returns the exit code."""
    pictures = good_pictures(folder)
    learned = _learner(learner).train(pictures)
    learned.save(model)
    most = 100 * learned.most_false_alarms
    print(say(f"learned from {len(pictures)} good pictures: {model}"))
    print(say(f"threshold {learned.threshold:.2f}; at most {most:.1f} % of good pictures lie above it, at 95 %"))
    return 0


def score_surface(folder: Path, model: Path, heat: Path | None, as_json: bool, learner: str) -> int:
    """Score, print, draw; returns the exit code."""
    learned = _learner(learner).load(model)
    scored = {name: _scored(learned, name, files, heat) for name, files in pictures_to_score(folder).items()}
    document = _document(learned, scored)
    if as_json:
        print(json.dumps(document, ensure_ascii=False, indent=1))
        return 0
    table = narrow_table(say("Surfaces"))
    for title in ("folder", "images", "above threshold", "AUROC"):
        table.add_column(say(title), justify="left" if title == "folder" else "right")
    for row in document["folders"]:  # type: ignore[attr-defined]
        auroc = "" if row["auroc"] is None else f"{row['auroc']:.3f}"
        table.add_row(row["folder"], str(row["pictures"]), str(row["above"]), auroc)
    terminal().print(table)
    if document["auroc"] is not None:
        print(say(f"image AUROC {document['auroc']:.3f}"))
    return 0


def auroc(good: NDArray[np.float64], others: NDArray[np.float64]) -> float:
    """How often one of the others scores higher than a good one; ties count half (Mann, Whitney 1947)."""
    return float(np.mean((others[:, None] > good) + 0.5 * (others[:, None] == good)))


def _learner(name: str) -> Learner:
    if name not in LEARNERS:
        raise InputError(f"there is no learner '{name}'; {allowed_text(name, LEARNERS)}", key="--learner")
    return LEARNERS[name]


def _scored(learned: LearnedSurface, name: str, files: PictureFiles, heat: Path | None) -> Scored:
    scores = []
    for path, picture in zip(files.paths, files):
        found = learned.judge(picture)
        scores.append(found.score)
        if heat is not None:
            (heat / name).mkdir(parents=True, exist_ok=True)
            write_whole(heat / name / f"{path.stem}.png", heat_picture(picture, found, learned.threshold))
    return Scored(paths=files.paths, scores=np.array(scores))


def heat_picture(picture: NDArray[np.uint8], found: Surprise, threshold: float) -> bytes:
    """The picture (h, w, 3) RGB, the more unusual the redder; what is below half of the threshold stays grey (PNG)."""
    height, width = picture.shape[:2]
    hot = np.clip((cv2.resize(found.places, (width, height)) / max(threshold, 1e-6) - 0.5) / (_HOTTEST - 0.5), 0, 1)
    grey = cv2.cvtColor(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2BGR)
    colours = cv2.applyColorMap((255 * hot).astype(np.uint8), cv2.COLORMAP_TURBO)
    weight = _HEAT * (hot > 0)[..., None]
    return bytes(cv2.imencode(".png", (grey * (1 - weight) + colours * weight).astype(np.uint8))[1])


def _document(learned: LearnedSurface, scored: Mapping[str, Scored]) -> dict[str, object]:
    good = scored.get(GOOD)
    others = [one.scores for name, one in scored.items() if name != GOOD]
    folders = [
        {
            "folder": name,
            "pictures": len(one.paths),
            "above": int((one.scores > learned.threshold).sum()),
            "auroc": None if good is None or name == GOOD else round(auroc(good.scores, one.scores), 4),
            "scores": {path.name: round(float(score), 4) for path, score in zip(one.paths, one.scores)},
        }
        for name, one in scored.items()
    ]
    whole = None if good is None or not others else round(auroc(good.scores, np.concatenate(others)), 4)
    return {"threshold": round(learned.threshold, 4), "auroc": whole, "folders": folders}
