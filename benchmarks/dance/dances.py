"""How well robots dance to music that they have to hear first."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from benchmarks.dance.song import RATE, Score, compose
from benchmarks.table import Row, one
from linewalker.brain.music.composition import compose_dance, counts_of
from linewalker.brain.music.rhythm import hear
from linewalker.brain.music.sound import Sound
from linewalker.cerebellum.balance.standing import standing_height
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.performing.choreography_file import library
from linewalker.cerebellum.performing.rehearsal import Rehearsal, rehearse
from linewalker.cerebellum.performing.staging import Staging
from linewalker.limbs.profiles import load_profile
from linewalker.station.dance_score import score
from linewalker.station.performance import FIRST_STAND_S, DanceFloor, Push

ROBOTS = ("g1", "walker", "talos")
SLOWEST_BPM, FASTEST_BPM, SECONDS = 80.0, 150.0, 32.0


@dataclass
class _Danced:
    """Of one kind of robot."""

    body_mean: list[float] = field(default_factory=list)
    body_p95: list[float] = field(default_factory=list)
    at_limit: list[float] = field(default_factory=list)


def rehearsed(robot: str, score_sheet: Score, seed: int) -> tuple[Rehearsal, np.ndarray, float]:
    """A composed dance to a song, the true beats of the song, and seconds of planning a second of dance."""
    song = compose(score_sheet, seed)
    rhythm = hear(Sound(samples=song.samples, rate_hz=RATE))
    profile = load_profile(robot)
    body = Dynamics(profile)
    staging = Staging(body, standing_height(profile, body))
    dance = compose_dance(rhythm, library(), seed)
    began_s = time.process_time()
    rehearsal = rehearse(dance, counts_of(rhythm).times_s, staging)
    return rehearsal, song.beats_s, (time.process_time() - began_s) / rehearsal.plan.duration_s


def dances(trials: int, seed: int) -> Iterator[Row]:
    """Dances of half a minute, composed to synthetic music of 80 to 150 beats a minute, on three robots in turn."""
    rng = np.random.default_rng(seed)
    falls, late_ms, places, costs = 0, list[float](), list[float](), list[float]()
    of = {"G1 and walker": _Danced(), "Talos": _Danced()}
    for k in range(trials):
        robot, sheet = ROBOTS[k % len(ROBOTS)], Score(bpm=float(rng.uniform(SLOWEST_BPM, FASTEST_BPM)), seconds=SECONDS)
        rehearsal, beats_s, cost = rehearsed(robot, sheet, seed + k)
        floor = DanceFloor(load_profile(robot), seed + k)
        floor.stand(FIRST_STAND_S)
        recording, fall = floor.dance(rehearsal.plan)
        result = score(recording, rehearsal.plan, floor.performer, beats_s)
        falls += fall is not None or bool(floor.performer.handovers)
        danced = of["Talos" if robot == "talos" else "G1 and walker"]
        danced.body_mean.append(result.body_mm[0])
        danced.body_p95.append(result.body_mm[1])
        danced.at_limit.append(100.0 * result.at_limit)
        places.append(result.place_mm[1])
        costs.append(cost)
        late_ms += [result.landings_ms[1]] * bool(result.landings_ms[2])
    yield one(f"falls and losses of balance, {trials} dances", falls, must=0, digits=0)
    for name, must in (("G1 and walker", (5.0, 15.0)), ("Talos", (10.0, 40.0))):
        if of[name].body_mean:
            values = {"mean": float(np.mean(of[name].body_mean)), "p95": float(np.mean(of[name].body_p95))}
            yield Row(
                what=f"body off the plan, {name}", values=values, unit="mm", must=dict(zip(values, must)), digits=1
            )
            yield one(f"samples at a torque limit, {name}", float(np.mean(of[name].at_limit)), "%", must=0.1, digits=3)
    yield one("place off the plan, worst of all dances", float(np.max(places)), "mm", must=50, aim=30, digits=0)
    yield one(
        "touchdowns off the true beat, p95, mean of dances", float(np.mean(late_ms)), "ms", must=25, aim=15, digits=0
    )
    yield one("planning, CPU a second of dance", float(np.mean(costs)), "s", must=1.0, aim=0.3)


def pushed(trials: int, seed: int) -> Iterator[Row]:
    """Pushes of 8 and 15 N s at the torso of a dancing G1, from eight directions."""
    rehearsal, _, _ = rehearsed("g1", Score(bpm=110.0, seconds=24.0), seed)
    for impulse, must in ((8.0, 4), (15.0, 8)):
        stood = on = 0
        for k in range(8):
            floor = DanceFloor(load_profile("g1"), seed + k)
            floor.stand(FIRST_STAND_S)
            push = Push(at_s=7.0 + 0.13 * k + 0.01 * trials, impulse_n_s=impulse, towards_rad=2 * np.pi * k / 8)
            _, fall = floor.dance(rehearsal.plan, [push])
            performer = floor.performer
            stood += fall is None
            on += fall is None and len(performer.rejoined) >= len(performer.handovers)
        what = f"pushes of {impulse:g} N s out of 8"
        values = {"dance on": float(on), "stand": float(stood)}
        yield Row(
            what=what, values=values, must={"dance on" if impulse < 10 else "stand": must}, at_least=True, digits=0
        )


def tick(trials: int, seed: int) -> Iterator[Row]:
    """CPU time of one control tick while dancing, and beside it while standing on the same machine."""
    rehearsal, _, _ = rehearsed("g1", Score(bpm=110.0, seconds=14.0 + trials), seed)
    floor = DanceFloor(load_profile("g1"), seed)
    took: dict[Mode, list[float]] = {Mode.STANDING: [], Mode.DANCING: []}
    inner = floor.motion.tick

    def timed(readings: object) -> object:
        began_s = time.thread_time()
        command = inner(readings)  # type: ignore[arg-type]
        took.setdefault(floor.motion.state.mode, []).append(1e6 * (time.thread_time() - began_s))
        return command

    floor.motion.tick = timed  # type: ignore[method-assign,assignment]
    floor.stand(3.0)
    floor.dance(rehearsal.plan)
    for mode, must in ((Mode.DANCING, {"p50": 150.0, "p99": 400.0}), (Mode.STANDING, {})):
        p50, p99 = np.percentile(took[mode][500:], [50, 99])
        yield Row(what=f"tick while {mode.value}", values={"p50": p50, "p99": p99}, unit="us", must=must, digits=0)
