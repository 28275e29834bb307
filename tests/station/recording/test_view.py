"""What is drawn is where the numbers are."""

from __future__ import annotations

import json

import numpy as np
import pytest

from linewalker.limbs.profiles import load_profile
from linewalker.station.recording.rows import readings_type
from linewalker.station.recording.view import JOINTS_EVERY, Stance, View
from tests.station.recording.walks import floor

PROFILE = load_profile("g1")


class Kept:
    """In place of a file."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, int, dict]] = []

    def write(self, topic, time_ns: int, content: bytes) -> None:
        self.messages.append((topic.name, time_ns, json.loads(content)))


def test_some_readings_are_drawn_at_their_time() -> None:
    rows, kept = np.zeros(60, readings_type(29)), Kept()
    rows["tick"], rows["time_s"] = np.arange(1, 61), 0.002 * np.arange(1, 61)
    rows["q_rad"] = rows["tick"][:, None]
    View(PROFILE, 1_000).joints(kept, rows)  # type: ignore[arg-type]
    assert [time_ns for _, time_ns, _ in kept.messages] == [1_000 + 2_000_000 * JOINTS_EVERY * k for k in (1, 2, 3)]
    assert kept.messages[0][2]["joints"][0] == {
        "name": PROFILE.joints[0], "position": 20.0, "velocity": 0.0, "effort": 0.0
    }  # fmt: skip


def test_a_stand_is_drawn_and_a_step_leaves_its_print() -> None:
    on, kept, view = floor(), Kept(), View(PROFILE, 0)
    on.run(0.1)
    body = on.motion.dynamics
    for steps in (0, 1):
        stance = Stance(body.com, body.com_v, body.foot_p, body.foot_R, on.motion.estimate, steps, 0.01)
        view.stance(kept, 5, stance)  # type: ignore[arg-type]
    topics = [topic for topic, _, _ in kept.messages]
    assert topics == ["/balance", "/transforms", "/scene", "/balance", "/transforms", "/scene", "/scene"]
    balance = kept.messages[0][2]
    assert balance["left_sole"]["position"]["y"] == pytest.approx(0.1, abs=0.05)
    assert balance["com"]["z"] == pytest.approx(body.com[2], abs=0.02)
    assert [entity["id"] for entity in kept.messages[-1][2]["entities"]] == ["step 1"]
