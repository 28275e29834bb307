"""Clips are planned as they are where they can be danced; else calmer, slower, or refused with second and reason."""

import numpy as np
import pytest

from linewalker.cerebellum.performing.audit import Audit, Finding
from linewalker.cerebellum.performing.clips import clip_rehearsal
from linewalker.cerebellum.performing.clips.clip_rehearsal import TEMPOS, rehearse_clip
from linewalker.cerebellum.performing.rehearsal import DanceRefused
from tests.cerebellum.performing.clips.captured import figure
from tests.cerebellum.performing.short_dance import short_plan, staging


def test_a_dance_of_our_own_is_danced_as_it_is() -> None:
    found = rehearse_clip(figure("dance"), staging())
    assert not [change for change in found.rehearsal.changes if "left out" not in change.what]
    assert found.rehearsal.plan.duration_s > short_plan().duration_s
    assert len(found.rehearsal.plan.swings) >= len(short_plan().swings)


def finding(what: str) -> Finding:
    return Finding(from_s=3.0, to_s=3.4, phrase=0, what=what, size=1.2, standing="both feet")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (1, ("left_shoulder_roll_joint", "arms calmer")),
        (1, ("left_knee_joint", "pelvis calmer")),
        (3, ("left_knee_joint", "at 75 % of its tempo")),
        (1, ("balance", "at 75 % of its tempo")),
    ],
)
def test_what_can_not_be_danced_is_taken_back_and_told(
    bad: int, said: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def findings(*_: object) -> Audit:
        asked.append(1)
        return Audit(findings=(finding(said[0]),) if len(asked) <= bad else (), torque={})

    monkeypatch.setattr(clip_rehearsal, "make_plan", lambda *_: short_plan())
    monkeypatch.setattr(clip_rehearsal, "audit", findings)
    [change, *_] = rehearse_clip(figure("dance"), staging()).rehearsal.changes
    assert said[1] in change.what
    assert said[0] in change.why
    assert change.at_s == 3.0


def test_what_nothing_helps_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []
    monkeypatch.setattr(clip_rehearsal, "make_plan", lambda timeline, _: tried.append(timeline.n) or short_plan())
    monkeypatch.setattr(
        clip_rehearsal, "audit", lambda *_: Audit(findings=(finding("left_knee_joint"),), torque={})
    )  # fmt: skip
    with pytest.raises(DanceRefused, match=r"3\.0 to 3\.4 s, on both feet: left_knee_joint"):
        rehearse_clip(figure("dance"), staging(), 0.5 * np.arange(120))
    assert len(tried) == 3 * len(TEMPOS)
