"""``linewalker dance``: a robot dances to a music, in physics, and how well is told."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from linewalker.brain.music.composition import Counts, compose_dance, counts_of
from linewalker.brain.music.rhythm import Rhythm, hear
from linewalker.brain.music.sound import read_sound
from linewalker.cerebellum.balance.standing import standing_height
from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.performing.choreography_file import library, read_choreography
from linewalker.cerebellum.performing.clips.clip_file import read_clip
from linewalker.cerebellum.performing.clips.clip_rehearsal import rehearse_clip
from linewalker.cerebellum.performing.movement import Choreography
from linewalker.cerebellum.performing.rehearsal import Rehearsal, rehearse
from linewalker.cerebellum.performing.staging import Staging
from linewalker.console.audience import LIGHTING, Audience, BesideRobot, in_the_console, recorded_in_full
from linewalker.console.dance_folder import write_folder
from linewalker.console.terminal import terminal
from linewalker.console.video import Film, film_path
from linewalker.console.waiting import waiting
from linewalker.errors import InputError, RobotFell
from linewalker.geometry import Array
from linewalker.limbs.profile import RobotProfile
from linewalker.limbs.profiles import load_profile
from linewalker.messages.catalogue import say
from linewalker.station.dance_score import Score, off_clip_mm, score
from linewalker.station.performance import FIRST_STAND_S, DanceFloor, Push

DONE = 0


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a user asks for.

    Attributes:
        music: file; None: a clip is danced without.
        clip: file of motion capture to dance; None: a choreography.
        clip_rate_hz: its frames a second; None: as it says itself.
        choreography: file; None: composed.
        robot: name or file.
        seed: of the composition and of the sensors.
        localised: whether a tracker of the station sees the robot.
        pushes: as written.
        seconds: of the music to dance at most; None: all of it.
        out: folder.
    """

    music: Path | None
    choreography: Path | None
    robot: str
    seed: int
    localised: bool
    pushes: tuple[str, ...]
    seconds: float | None
    out: Path | None
    clip: Path | None = None
    clip_rate_hz: float | None = None


@dataclass(frozen=True, kw_only=True)
class _Prepared:
    """What is danced: made danceable, in words, and the posture of a clip of this robot at times of the plan."""

    rehearsal: Rehearsal
    told: str
    clip: Callable[[Array], Array] | None = None


def dance(wish: Wish, audience: Audience) -> int:
    """Hear, compose or read, rehearse, dance, and tell; returns the exit code.

    Raises:
        InputError: something of the wish is wrong.
        DanceRefused: this robot can not dance it.
        RobotFell: it fell.
    """
    console, pushes = terminal(), tuple(Push.read(text) for text in wish.pushes)
    if wish.seconds is not None and not 8.0 <= wish.seconds <= 1800.0:
        raise InputError(f"--seconds {wish.seconds:g}: expected 8 to 1800")
    video = None if audience.video is None else film_path(audience.video)
    _check(wish)
    rhythm = None
    if wish.music is not None:
        with waiting("hearing the music", console):
            rhythm = _heard(wish.music)
    profile = load_profile(wish.robot)
    with waiting("rehearsing", console):
        prepared = _prepare(profile, rhythm, wish)
    rehearsal = prepared.rehearsal
    console.print(say(prepared.told), soft_wrap=True)
    for change in rehearsal.changes:
        console.print(say(f"changed: {change}"), markup=False, highlight=False)
    floor = DanceFloor(profile, wish.seed, visual=video is not None, localised=wish.localised)
    gc.freeze()  # to look through what has been built takes longer than a tick
    with (
        _filmed(floor, video),
        in_the_console(floor, audience.console),
        recorded_in_full(floor, audience.record),
        waiting("dancing", console),
    ):
        floor.stand(FIRST_STAND_S)
        recording, fall = floor.dance(rehearsal.plan, pushes)
    result = score(recording, rehearsal.plan, floor.performer, rehearsal.beats_s)
    off_mm = None if prepared.clip is None else off_clip_mm(recording, floor.performer, prepared.clip)
    _tell_score(console, result, floor, rehearsal, off_mm)
    if wish.out is not None:
        write_folder(wish.out, rhythm, rehearsal, recording, result, floor)
        if wish.music is not None:
            shutil.copy(wish.music, wish.out / f"music{wish.music.suffix.lower()}")
        console.print(say(f"report: {wish.out / 'report.html'}"), soft_wrap=True)
    if video is not None:
        console.print(say(f"film: {video}"), soft_wrap=True)
    if fall is not None:
        raise RobotFell(f"it fell {recording.time_s[-1] if recording.time_s else 0.0:.1f} s into the dance")
    return DONE


@contextmanager
def _filmed(floor: DanceFloor, video: Path | None) -> Iterator[None]:
    """A film of what happens on the floor, whole however that ends."""
    if video is None:
        yield
        return
    base = floor.performer.profile.base
    film = Film(floor.model, base, video, speed=1.0, fine=2, follower=BesideRobot(), lighting=LIGHTING)
    floor.on_tick.append(lambda: film.tick(floor.data))
    with closing(film):
        yield


def _heard(music: Path) -> Rhythm:
    sound = read_sound(music)
    try:
        return hear(sound)
    except InputError as error:
        raise InputError(error.problem, file=music) from None


def choose(rhythm: Rhythm, wish: Wish) -> tuple[Counts, Choreography]:
    """What is counted, and a choreography that begins with a bar: the one written, or one of our phrases."""
    counts = counts_of(rhythm)
    if wish.choreography is None:
        return counts, compose_dance(rhythm, library(), wish.seed, wish.seconds)
    written = read_choreography(wish.choreography)
    if written.meter != rhythm.meter:
        raise InputError(f"is in {written.meter}, the music in {rhythm.meter}", file=wish.choreography)
    whole = Choreography(meter=written.meter, phrases=written.phrases, lead=float(counts.first))
    if wish.seconds is None:
        return counts, whole
    last = float(np.searchsorted(counts.times_s, wish.seconds))
    ends = (start + phrase.beats for start, phrase in zip(whole.starts, whole.phrases))
    kept = tuple(phrase for end, phrase in zip(ends, whole.phrases) if end <= last)
    if not kept:
        raise InputError(f"--seconds {wish.seconds:g}: the first phrase of {wish.choreography} takes longer")
    return counts, replace(whole, phrases=kept)


def _check(wish: Wish) -> None:
    if wish.clip is None and wish.music is None:
        raise InputError("nothing to dance: give --music FILE, or --clip FILE, or both")
    if wish.clip is not None and (wish.choreography is not None or wish.seconds is not None):
        raise InputError("--clip: a clip is danced whole, without --choreography and --seconds")
    if wish.clip is None and wish.clip_rate_hz is not None:
        raise InputError("--fps: only with --clip")
    if wish.clip_rate_hz is not None and not 5.0 <= wish.clip_rate_hz <= 1000.0:
        raise InputError(f"--fps {wish.clip_rate_hz:g}: expected 5 to 1000")


def _prepare(profile: RobotProfile, rhythm: Rhythm | None, wish: Wish) -> _Prepared:
    if wish.clip is not None:
        return _clip_on(profile, wish.clip, rhythm, wish.clip_rate_hz)
    assert rhythm is not None
    counts, choreography = choose(rhythm, wish)
    names = " ".join(phrase.name for phrase in choreography.phrases)
    told = f"{rhythm.meter}, {rhythm.bpm:.1f} beats a minute; {len(choreography.phrases)} phrases: {names}"
    return _Prepared(rehearsal=rehearse_on(profile, choreography, counts), told=told)


def _clip_on(profile: RobotProfile, clip: Path, rhythm: Rhythm | None, rate_hz: float | None) -> _Prepared:
    """A clip made danceable by a robot; joints in files without their names are those of a G1."""
    body, captured = Dynamics(profile), Dynamics(load_profile("g1"))
    figure = read_clip(clip, captured, standing_height(captured.profile, captured), rate_hz)
    staging = Staging(body, standing_height(profile, body))
    danced = rehearse_clip(figure, staging, None if rhythm is None else rhythm.counted_s())
    told = f"{figure.name}: {figure.duration_s:.1f} s as captured, {danced.rehearsal.plan.duration_s:.1f} s as danced"
    joints = tuple(body.model.joint(j).name for j in range(1, body.model.njnt))
    postures = figure.postures if figure.joints == joints else None
    if postures is None:
        return _Prepared(rehearsal=danced.rehearsal, told=told)
    return _Prepared(rehearsal=danced.rehearsal, told=told, clip=lambda at_s: danced.pace.postures(postures, at_s))


def rehearse_on(profile: RobotProfile, choreography: Choreography, counts: Counts) -> Rehearsal:
    """Make it danceable by a robot."""
    body = Dynamics(profile)
    return rehearse(choreography, counts.times_s, Staging(body, standing_height(profile, body)))


def _tell_score(
    console: Console, result: Score, floor: DanceFloor, rehearsal: Rehearsal, off_clip: float | None
) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    mean_ms, p95_ms, number = result.landings_ms
    rows = (
        ("danced", f"{result.danced_s:.1f} of {rehearsal.plan.duration_s:.1f} s"),
        ("body off the plan, mean, p95", f"{result.body_mm[0]:.1f}, {result.body_mm[1]:.1f} mm"),
        ("place off the plan, mean, worst", f"{result.place_mm[0]:.0f}, {result.place_mm[1]:.0f} mm"),
        ("samples at a torque limit", f"{100 * result.at_limit:.3f} %"),
        ("touchdowns off the beat, mean, p95", f"{mean_ms:.0f}, {p95_ms:.0f} ms of {number}"),
    )
    for row in rows:
        table.add_row(*row)
    if off_clip is not None:
        table.add_row("body off the clip, mean", f"{off_clip:.1f} mm")
    performer = floor.performer
    if performer.handovers:
        at = ", ".join(f"{s:.1f}" for s in performer.handovers)
        on = ", ".join(f"{s:.1f}" for s in performer.rejoined) or "not again"
        table.add_row("recovery took over; danced on", f"{at} s; {on} s")
    console.print(table)


def torque_table(rehearsal: Rehearsal) -> list[tuple[str, float]]:
    """Joints by the share of their torque that the plan asks for, largest first."""
    names = np.array(list(rehearsal.torque))
    shares = np.array(list(rehearsal.torque.values()))
    return [(str(names[k]), float(shares[k])) for k in np.argsort(-shares)]
