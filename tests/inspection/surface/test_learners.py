"""Ours is among the learners, and keeps what a learner promises."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from linewalker.inspection.surface.learners import LEARNERS
from tests.inspection.surface.drawn_surfaces import tile


def test_ours_learns_saves_and_loads(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    learned = LEARNERS["filters"].train([tile(rng) for _ in range(8)])
    learned.save(tmp_path / "m.npz")
    again, picture = LEARNERS["filters"].load(tmp_path / "m.npz"), tile(rng)
    assert again.threshold == learned.threshold
    assert again.most_false_alarms == learned.most_false_alarms < 1
    assert again.judge(picture).score == learned.judge(picture).score
