"""What a dance leaves in a folder: tables of plan and truth, pictures, and a report."""

from __future__ import annotations

import base64
import csv
import html
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import cv2
import mujoco
import numpy as np
from numpy.typing import NDArray

from linewalker.brain.music.rhythm import Rhythm
from linewalker.cerebellum.performing.curves import RATE_HZ
from linewalker.cerebellum.performing.rehearsal import Rehearsal
from linewalker.console.audience import LIGHTING
from linewalker.console.beats_command import write_beats
from linewalker.limbs.model.robot_model import floor_model
from linewalker.limbs.profile import RobotProfile
from linewalker.physics.geom_groups import GeomGroup
from linewalker.rendering.model_view import ModelView
from linewalker.rendering.pinhole import Pinhole
from linewalker.station.dance_score import Score
from linewalker.station.performance import DanceFloor, Recording
from linewalker.wholefile import write_whole

FRAMES, COLUMNS, FRAME_PX = 16, 8, (200, 330)
_PLAN_EVERY = 2
_EYE, _LOOK_AT = np.array([2.9, -1.0, 0.95]), 0.74
_FIELD_OF_VIEW_RAD = 0.62


def write_folder(
    folder: Path, rhythm: Rhythm | None, rehearsal: Rehearsal, recording: Recording, result: Score, floor: DanceFloor
) -> None:
    """Write tables of beats, plan, poses, forces and torques, a strip of pictures and ``report.html``."""
    folder.mkdir(parents=True, exist_ok=True)
    profile, time = floor.profile, [f"{t:.3f}" for t in recording.time_s]
    if rhythm is not None:
        write_beats(rhythm, folder / "beats.csv")
    model = floor.performer.dynamics.model
    joints = [model.joint(j).name for j in range(1, model.njnt)]
    pose = ["x_m", "y_m", "z_m", "qw", "qx", "qy", "qz", *(f"{joint}_rad" for joint in joints)]
    plan = rehearsal.plan
    at = range(0, plan.n, _PLAN_EVERY)
    feet = [f"{side}_{axis}_m" for side in ("left", "right") for axis in "xyz"]
    planned = np.column_stack((plan.q, plan.feet[:, :, :3].reshape(plan.n, 6)))
    _write(folder / "plan.csv", ["time_s", *pose, *feet], [f"{i / RATE_HZ:.2f}" for i in at], planned[::_PLAN_EVERY])
    _write(folder / "poses.csv", ["time_s", *pose], time, recording.q)
    _write(folder / "forces.csv", ["time_s", "left_n", "right_n"], time, recording.force_n)
    _write(folder / "torques.csv", ["time_s", *(f"{name}_share" for name in profile.joints)], time, recording.torque)
    picture = strip(profile, model, recording)
    done, png = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    assert done
    write_whole(folder / "strip.png", png.tobytes())
    write_whole(folder / "report.html", report(rhythm, rehearsal, result, png.tobytes()))


def _write(path: Path, heading: Sequence[str], first: Iterable[str], rows: Iterable[NDArray[np.float64]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    for name, row in zip(first, rows):
        writer.writerow([name, *(f"{value:.5g}" for value in row)])
    write_whole(path, out.getvalue())


def strip(profile: RobotProfile, control: mujoco.MjModel, recording: Recording) -> NDArray[np.uint8]:
    """Moments of the dance side by side, as they truly were, (height, width, 3) RGB."""
    model = floor_model(profile, visual=True)
    data, view = mujoco.MjData(model), ModelView(model, (GeomGroup.HALL, GeomGroup.VISUAL), LIGHTING)
    free = int(model.jnt_qposadr[int(model.body(profile.base).jntadr[0])])
    at = np.linspace(0.08, 0.96, FRAMES) * (len(recording.q) - 1)
    tall_m = profile.com_height_m / 0.62
    frames = []
    for k in at.astype(int):
        q = recording.q[k]
        data.qpos[free : free + 7] = q[:7]
        for name in profile.joints:
            data.qpos[model.joint(name).qposadr[0]] = q[control.joint(name).qposadr[0]]
        mujoco.mj_forward(model, data)
        middle = np.array([q[0], q[1], 0.0])
        eye, target = middle + tall_m * _EYE, middle + [0.0, 0.0, tall_m * _LOOK_AT]
        camera = Pinhole.looking_at(
            eye, target, width_px=FRAME_PX[0], height_px=FRAME_PX[1], fov_y_rad=_FIELD_OF_VIEW_RAD
        )
        frames.append(view.develop(view.things(data), camera, fine=2, polished=True).rgb)
    rows = [np.hstack(frames[k : k + COLUMNS]) for k in range(0, FRAMES, COLUMNS)]
    return np.ascontiguousarray(np.vstack(rows))


def report(rhythm: Rhythm | None, rehearsal: Rehearsal, result: Score, png: bytes) -> str:
    """One page that needs nothing else."""
    mean_ms, p95_ms, landings = result.landings_ms
    numbers = (
        ("music", "none" if rhythm is None else f"{rhythm.meter}, {rhythm.bpm:.1f} beats a minute"),
        ("danced", f"{result.danced_s:.1f} of {rehearsal.plan.duration_s:.1f} s"),
        ("body off the plan, mean and p95", f"{result.body_mm[0]:.1f}, {result.body_mm[1]:.1f} mm"),
        ("place off the plan, mean and worst", f"{result.place_mm[0]:.0f}, {result.place_mm[1]:.0f} mm"),
        ("samples at a torque limit", f"{100 * result.at_limit:.3f} %"),
        ("touchdowns off the beat, mean and p95", f"{mean_ms:.0f}, {p95_ms:.0f} ms of {landings}"),
    )
    timeline = rehearsal.plan.timeline
    phrases = [f"<li>{at:.1f} s {html.escape(name)}</li>" for at, name in zip(timeline.phrase_s, timeline.names)]
    changes = [f"<li>{html.escape(str(change))}</li>" for change in rehearsal.changes] or ["<li>nothing</li>"]
    rows = "".join(f"<tr><td>{what}</td><td>{value}</td></tr>" for what, value in numbers)
    picture = base64.b64encode(png).decode()
    return f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Dance</title>
<style>body{{font:15px/1.5 sans-serif;max-width:1100px;margin:2em auto;padding:0 1em}}img{{max-width:100%}}
td{{padding:0 1.5em 0 0}}</style>
<h1>Dance</h1><img alt="moments of the dance" src="data:image/png;base64,{picture}"><table>{rows}</table>
<h2>Phrases</h2><ol>{"".join(phrases)}</ol><h2>What was changed so that it can be danced</h2><ul>{"".join(changes)}</ul>
</html>
"""
