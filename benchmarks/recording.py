"""``python -m benchmarks.recording``: what a recording costs a tick, how large it is, if it holds; and wear found."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.motion.__main__ import whole
from benchmarks.table import Row, Sheet, one
from linewalker.console.streams import steady_output
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import JointCommand, Readings
from linewalker.limbs.simulated.wear import Wear
from linewalker.station.bench import FIRST_STAND_S, Floor
from linewalker.station.exercise import exercise
from linewalker.station.health.judgement import judge
from linewalker.station.health.measures import RunMeasures, measure
from linewalker.station.recording.recorder import Recorder
from linewalker.station.recording.replay import read_recorded, replay
from linewalker.station.recording.rows import FELT, digest_of

SPEED_M_S = 0.5
PLANTED = (
    ("friction:left_knee_joint",),
    ("friction:right_elbow_joint", "friction:left_ankle_roll_joint"),
    ("friction:left_hip_yaw_joint", "friction:waist_pitch_joint"),
    ("friction:right_hip_roll_joint", "friction:left_shoulder_roll_joint"),
    ("friction:left_hip_pitch_joint",),
    ("encoder:right_elbow_joint@5",),
    ("hot:left_knee_joint",),
    ("losses",),
)
_PARTS = {"friction": "friction", "encoder": "encoder", "hot": "temperature", "losses": "losses"}


class TimedRecorder(Recorder):
    """Knows what it cost every tick, and what it was told."""

    def __init__(self, *arguments: object):
        self.cost_s, self.felt, self.told = list[float](), list[Readings](), list[JointCommand]()
        super().__init__(*arguments)  # type: ignore[arg-type]

    def _sensed(self, readings: Readings) -> None:
        began_s = time.perf_counter()
        super()._sensed(readings)
        self.cost_s.append(time.perf_counter() - began_s)
        self.felt.append(readings)

    def _acted(self, command: JointCommand) -> None:
        began_s = time.perf_counter()
        super()._acted(command)
        self.cost_s[-1] += time.perf_counter() - began_s
        self.told.append(command)

    def _after_tick(self) -> None:
        began_s = time.perf_counter()
        super()._after_tick()
        self.cost_s[-1] += time.perf_counter() - began_s


def record_a_walk(path: Path, seconds: float) -> Iterator[Row]:
    """Of a G1 that walks ahead."""
    floor = Floor(load_profile("g1"), 0, visual=False)
    with TimedRecorder.of(floor, path, "g1", 0) as recorder:
        floor.run(FIRST_STAND_S)
        floor.motion.walk(SPEED_M_S, 0.0, 0.0)
        floor.run(seconds - FIRST_STAND_S)
    assert isinstance(recorder, TimedRecorder)
    cost_us = 1e6 * np.percentile(recorder.cost_s, [50, 99, 100])
    values = dict(zip(("p50", "p99", "worst"), cost_us.tolist()))
    yield Row(what="recording, of a tick", values=values, unit="us", must={"p99": 100.0}, digits=0)
    yield one("size of a minute", 60.0 / seconds * path.stat().st_size / 1e6, "MB", must=30.0)
    yield one("parts lost", recorder.lost, must=0, digits=0)
    recorded = read_recorded(path)
    other = abs(len(recorder.felt) - len(recorded.readings)) + abs(len(recorder.told) - len(recorded.commands))
    other += sum(
        any(getattr(came, name).tobytes() != getattr(given, name).tobytes() for name in FELT)
        for (_, came), given in zip(recorded.felt(), recorder.felt)
    )
    other += sum(
        row["digest"].ljust(8, b"\0") != digest_of(given) for row, given in zip(recorded.commands, recorder.told)
    )
    yield one("readings and commands read back that are others", other, must=0, digits=0)
    result = replay(recorded)
    yield one(f"commands replayed, of {len(recorder.told)}", result.compared, digits=0)
    yield one("of them others", result.compared - result.equal, must=0, digits=0)


def exercised(folder: Path, seed: int, wear: tuple[str, ...] = ()) -> RunMeasures:
    """What the round that moves every joint says."""
    profile, path = load_profile("g1"), folder / f"{seed}.mcap"
    floor = Floor(profile, seed, visual=False, wear=[Wear.read(text, profile) for text in wear])
    with Recorder.of(floor, path, "g1", seed):
        exercise(floor)
    measured = measure(read_recorded(path), path.stem)
    path.unlink()
    return measured


def find_wear(folder: Path, healthy: int) -> Iterator[Row]:
    """Planted in a G1 after some healthy runs."""
    past = [exercised(folder, seed) for seed in range(healthy)]
    false_alarms = sum(len(troubles) for troubles in judge(past))
    yield one(f"false alarms in {healthy} healthy runs", false_alarms, must=0, digits=0)
    for k, wear in enumerate(PLANTED):
        found = judge([*past, exercised(folder, 100 + k, wear)])[-1]
        told = {(trouble.part.value, trouble.joint) for trouble in found}
        wanted = {(_PARTS[text.partition(":")[0]], text.partition(":")[2].partition("@")[0]) for text in wear}
        missed, more = len(wanted - told), len(told - wanted)
        values = {"missed": float(missed), "more": float(more)}
        yield Row(what=", ".join(wear), values=values, must={"missed": 0, "more": 0}, digits=0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recording", description=__doc__)
    parser.add_argument("--seconds", type=whole(2), default=60, help="of walking; 2 is the least")
    parser.add_argument("--healthy", type=whole(0), default=10, help="runs; below 3 no wear is looked for")
    given = parser.parse_args()
    sheet = Sheet()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        command = f"python -m benchmarks.recording --seconds {given.seconds} --healthy 0"
        title = f"A recording of {given.seconds} s of walking at {SPEED_M_S} m/s"
        sheet.show(title, record_a_walk(folder / "walk.mcap", given.seconds), command)
        if given.healthy > 2:
            command = f"python -m benchmarks.recording --seconds 2 --healthy {given.healthy}"
            sheet.show("Health of joints", find_wear(folder, given.healthy), command)
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
