"""A robot is judged by its own past: what is worn is named, what always was so is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from linewalker.station.health.judgement import Part, judge
from linewalker.station.health.measures import Jump, RunMeasures

N = 8
NAMES = tuple(f"joint {k}" for k in range(N))


def run(seed: int, **changes: dict[int, float]) -> RunMeasures:
    """A healthy run, with some values changed by so much."""
    rng = np.random.default_rng(seed)
    numbers = {
        "friction_nm": 0.2 + 0.3 * np.arange(N) / N + 0.01 * rng.standard_normal(N),
        "bias_nm": 0.1 * rng.standard_normal(N),
        "winding_c": 30.0 + 5.0 * np.arange(N) + rng.standard_normal(N),
        "winding_k_min": np.ones(N),
        "tracking_rad": 0.004 + 0.0004 * rng.standard_normal(N),
        "play_rad": 0.005 + 0.001 * rng.standard_normal(N),
    }
    for name, change in changes.items():
        for joint, by in change.items():
            numbers[name][joint] += by
    return RunMeasures(
        name=f"run {seed}", opened_at=f"2026-01-{seed + 1:02d}", seconds=20.0, joints=NAMES,
        friction_off_nm=np.full(N, 0.02), jumps=(), lost=0.0, **numbers,
    )  # fmt: skip


HEALTHY = [run(seed) for seed in range(10)]


def test_ten_healthy_runs_raise_no_alarm() -> None:
    assert judge(HEALTHY) == [[] for _ in HEALTHY]


@pytest.mark.parametrize(
    ("changes", "part", "joint"),
    [
        ({"friction_nm": {3: 0.3}}, Part.FRICTION, "joint 3"),
        ({"bias_nm": {1: -2.0}}, Part.BIAS, "joint 1"),
        ({"winding_c": {5: 20.0}}, Part.TEMPERATURE, "joint 5"),
        ({"tracking_rad": {0: 0.02}}, Part.TRACKING, "joint 0"),
        ({"play_rad": {7: 0.05}}, Part.PLAY, "joint 7"),
    ],
)
@pytest.mark.parametrize("past", [2, 5, 10])
def test_what_changed_is_named_and_nothing_else_and_stays_named(
    changes: dict[str, dict[int, float]], part: Part, joint: str, past: int
) -> None:
    worn = [run(20 + k, **changes) for k in range(3)]
    found = judge([*HEALTHY[:past], *worn])
    assert found[:past] == [[]] * past
    for troubles in found[past:]:
        assert [(trouble.part, trouble.joint) for trouble in troubles] == [(part, joint)]
        assert troubles[0].value - troubles[0].before == pytest.approx(
            next(iter(changes.values()))[int(joint[-1])], abs=4
        )


def test_what_needs_no_past_is_told_of_the_first_run() -> None:
    jumped = replace(run(1), jumps=(Jump(joint="joint 2", time_s=3.0, angle_rad=0.1),), lost=0.02)
    troubles = judge([jumped])[0]
    assert [(trouble.part, trouble.joint) for trouble in troubles] == [(Part.ENCODER, "joint 2"), (Part.LOSSES, "")]
    assert troubles[1].value == pytest.approx(2.0)


def test_an_encoder_that_jumped_is_told_once() -> None:
    jumps = (Jump(joint="joint 2", time_s=3.0, angle_rad=0.1),)
    worn = replace(run(11, tracking_rad={2: 0.1}, bias_nm={2: 9.0}), jumps=jumps)
    assert [trouble.part for trouble in judge([*HEALTHY, worn])[-1]] == [Part.ENCODER]


def test_a_winding_is_told_before_its_limit() -> None:
    hot = run(1, winding_c={4: 55.0}, winding_k_min={4: 5.0})
    (trouble,) = judge([hot])[0]
    assert (trouble.part, trouble.joint) == (Part.TEMPERATURE, "joint 4")
    assert 0.0 < trouble.limit_min < 10.0


def test_windings_that_get_warmer_from_run_to_run_are_told_before_they_are_hot() -> None:
    runs = [run(k, winding_c=dict.fromkeys(range(N), 4.0 * k)) for k in range(9)]  # all of them: no joint stands out
    found = judge(runs)
    assert found[2] == []
    assert {trouble.joint for trouble in found[-1]} >= {"joint 7"}
    assert all(0.0 < trouble.limit_runs < 10.0 for trouble in found[-1])


def test_what_says_nothing_is_not_judged() -> None:
    nothing = np.full(N, np.nan)
    runs = [replace(one, friction_nm=nothing, winding_c=nothing, play_rad=nothing) for one in HEALTHY]
    assert judge(runs) == [[] for _ in runs]
