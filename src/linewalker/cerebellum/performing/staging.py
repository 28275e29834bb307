"""A choreography put on one robot and one music: beats become seconds, shares of lengths become metres and angles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.cerebellum.body.dynamics import Dynamics
from linewalker.cerebellum.body.feet import SIDE, turn
from linewalker.cerebellum.body.leg_reach import Legs
from linewalker.cerebellum.performing.arm_poses import ArmPoses
from linewalker.cerebellum.performing.curves import RATE_HZ, minimum_jerk, smooth, through_keys
from linewalker.cerebellum.performing.movement import LEFT, Choreography, Phrase, Step
from linewalker.cerebellum.performing.timeline import SHORTEST_SWING_S, Swing, Timeline, feet_over_time, spaced
from linewalker.geometry import Array, exp_so3, quat_from_rotation

_SWING_S, _KICK_S, _SWING_SHARE = 0.38, 0.55, 0.68
_TAIL_S, _APART_S = 1.2, 0.06
_LIFT = 0.08
"""Of a foot, in leg lengths."""
_SOFT = 3.0
_TOWARDS_LEG_HEIGHT = 0.92


@dataclass(frozen=True, kw_only=True)
class Damping:
    """What was taken back of a choreography so that it can be danced.

    Attributes:
        arms: share of the way of the arms from how they are carried, 0 to 1.
        grooves: of what swings by itself.
        kicks: of kicks.
        steps: of the way of steps.
    """

    arms: float = 1.0
    grooves: float = 1.0
    kicks: float = 1.0
    steps: float = 1.0


WHOLE = Damping()


class Staging:
    """Puts choreographies on one robot.

    Args:
        body: it; what is told of its state is overwritten.
        pelvis_height_m: when it stands.
    """

    def __init__(self, body: Dynamics, pelvis_height_m: float):
        self.body, self.pelvis_height_m = body, pelvis_height_m
        self.arms = ArmPoses(body)
        self._half_m = body.profile.gait.half_width_m
        legs = Legs(body.profile, body)
        hips_m = abs(legs.hips[0, 1] - legs.hips[1, 1])
        lean_m = legs.reach.lean_m(_TOWARDS_LEG_HEIGHT * legs.reach.hip_height_m)
        self.widest_m = float(0.5 * hips_m + lean_m)
        """How far apart flat soles may stand if one is to lift: that leg leans no more than its ankle rolls."""

    def stage(
        self, dance: Choreography, beats_s: Array, damping: tuple[Damping, ...] | None = None
    ) -> tuple[Timeline, int]:
        """The dance in time with beats at these times (k,); and how many steps had no time.

        ``damping``: of each phrase.
        """
        taken = damping if damping is not None else (WHOLE,) * len(dance.phrases)
        clock = _Clock(beats_s)
        end_s = clock.at(dance.beats) + _TAIL_S
        n = int(end_s * RATE_HZ)
        t = np.arange(n) / RATE_HZ
        rest, lean, sway = self._upper(dance, taken, clock, t)
        drop = self._grooves(dance, taken, clock.beat(t), (rest, lean, sway))
        rest = np.clip(smooth(rest, _SOFT), self.arms.low, self.arms.high)
        feet = np.array([[0.0, self._half_m, 0.0], [0.0, -self._half_m, 0.0]])
        swings, lost = spaced(self._swings(dance, taken, clock, feet), end_s)
        planned, _ = feet_over_time(feet, swings, n)
        middle, yaw = smooth(planned[:, :, :2].mean(axis=1), 15.0), smooth(planned[:, :, 3].mean(axis=1), 15.0)
        sway = smooth(sway, _SOFT)
        c, s = np.cos(yaw), np.sin(yaw)
        com = middle + np.column_stack((c * sway[:, 0] - s * sway[:, 1], s * sway[:, 0] + c * sway[:, 1]))
        starts = [clock.at(at) for at in dance.starts]
        timeline = Timeline(
            quat=_attitudes(yaw, smooth(lean, _SOFT)),
            height_m=self.pelvis_height_m - drop,
            rest=rest,
            com=com,
            feet=feet,
            swings=swings,
            phrase_s=np.array([*starts, clock.at(dance.beats)]),
            names=tuple(phrase.name for phrase in dance.phrases),
        )
        return timeline, lost

    def _upper(
        self, dance: Choreography, taken: tuple[Damping, ...], clock: _Clock, t: Array
    ) -> tuple[Array, Array, Array]:
        """Angles of the upper body (n, m), lean of the pelvis (n, 3), sway (n, 2), through the poses."""
        home, m = self.arms.home, len(self.arms.home)
        neutral = np.concatenate((home, np.zeros(5)))
        keys: list[tuple[float, Array]] = [(0.0, neutral), (max(0.1, clock.at(max(0.0, dance.lead - 1.0))), neutral)]
        for start, phrase, damping in zip(dance.starts, dance.phrases, taken):
            for pose in phrase.poses:
                arms = home + damping.arms * (self.arms.of(pose) - home)
                key = np.concatenate((arms, np.radians(pose.lean_deg), self.arms.leg_m * np.array(pose.sway)))
                at_s = clock.at(start + pose.at)
                if keys[-1][0] > at_s - _APART_S:  # two poses on one beat: the later one counts
                    keys.pop()
                keys.append((at_s, key))
                if pose.hold > 0.0:
                    keys.append((clock.at(start + pose.at + pose.hold), key))
        keys.append((max(clock.at(dance.beats), keys[-1][0] + _APART_S) + 0.6 * _TAIL_S, neutral))
        values = through_keys([at for at, _ in keys], [key for _, key in keys], t)
        return values[:, :m].copy(), values[:, m : m + 3].copy(), values[:, m + 3 :].copy()

    def _grooves(
        self, dance: Choreography, taken: tuple[Damping, ...], beat: Array, onto: tuple[Array, Array, Array]
    ) -> Array:
        """Add what swings to the upper body, lean and sway; returns how much lower the pelvis is, (n,)."""
        rest, lean, sway = onto
        drop, leg_m = np.zeros(len(beat)), self.arms.leg_m
        for start, phrase, damping in zip(dance.starts, dance.phrases, taken):
            fade = minimum_jerk(beat - start + 0.5) * minimum_jerk(start + phrase.beats + 0.5 - beat)
            for groove in phrase.grooves:
                wave = (
                    damping.grooves * groove.size * fade * np.cos(2 * np.pi * (beat - start - groove.at) / groove.every)
                )
                if groove.what == "bounce":
                    drop += leg_m * 0.5 * (wave + damping.grooves * groove.size * fade)
                elif groove.what in ("sway", "surge"):
                    sway[:, 1 if groove.what == "sway" else 0] += leg_m * wave
                elif groove.what == "twist":
                    self.arms.twisted(rest, np.radians(wave))
                elif groove.what == "arms":
                    self.arms.lifted(rest, np.radians(wave))
                else:
                    lean[:, ("roll", "pitch", "turn").index(groove.what)] += np.radians(wave)
        return drop

    def _swings(self, dance: Choreography, taken: tuple[Damping, ...], clock: _Clock, feet: Array) -> list[Swing]:
        at, swings, last_s = feet.copy(), list[Swing](), 0.0
        for start, phrase, damping in zip(dance.starts, dance.phrases, taken):
            for step in phrase.steps:
                foot = 0 if step.foot == LEFT else 1
                at[foot] = self._foothold(step, damping, at[1 - foot], foot)
                land_s = clock.at(start + step.at)
                kicks = damping.kicks * self.arms.leg_m * np.array(step.kick)
                longest_s = _KICK_S if np.abs(kicks).max() > 0.03 else _SWING_S
                swing_s = max(SHORTEST_SWING_S, min(longest_s, _SWING_SHARE * (land_s - last_s)))
                c, s, yaw = np.cos(at[foot, 2]), np.sin(at[foot, 2]), SIDE[foot]
                kick_m = np.array([c * kicks[0] - s * yaw * kicks[1], s * kicks[0] + c * yaw * kicks[1], kicks[2]])
                swings.append(
                    Swing(
                        foot=foot,
                        lift_s=land_s - swing_s,
                        land_s=land_s,
                        to=at[foot].copy(),
                        height_m=_LIFT * self.arms.leg_m,
                        kick_m=kick_m,
                    )
                )
                last_s = land_s
        return swings

    def _foothold(self, step: Step, damping: Damping, other: Array, foot: int) -> Array:
        """x, y, yaw of a foot beside the other one, no farther apart than a flat sole can leave."""
        leg_m = self.arms.leg_m
        ahead = damping.steps * leg_m * step.ahead
        apart = min(2.0 * self._half_m + damping.steps * leg_m * step.aside, self.widest_m)
        apart = max(apart, self.body.profile.gait.narrowest_m)
        middle = other[2] + 0.5 * np.radians(step.turn_deg)
        x, y = other[:2] + turn(float(middle), np.array([ahead, SIDE[foot] * apart]))
        return np.array([x, y, other[2] + np.radians(step.turn_deg)])


class _Clock:
    """Times of beats, and beats of times; after the last beat it goes on as before."""

    def __init__(self, beats_s: Array):
        self._beats_s = beats_s
        self._gap_s = float(np.median(np.diff(beats_s)))

    def at(self, beat: float) -> float:
        last = len(self._beats_s) - 1
        if beat <= last:
            return float(np.interp(beat, np.arange(last + 1), self._beats_s))
        return float(self._beats_s[-1] + (beat - last) * self._gap_s)

    def beat(self, time_s: Array) -> Array:
        inside = np.interp(time_s, self._beats_s, np.arange(len(self._beats_s)))
        before, after = np.minimum(time_s - self._beats_s[0], 0.0), np.maximum(time_s - self._beats_s[-1], 0.0)
        return np.asarray(inside + (before + after) / self._gap_s)


def _attitudes(yaw: Array, lean: Array) -> Array:
    """Quaternions (n, 4): headings (n,), and on top of them rotation vectors (n, 3)."""
    out = np.array([quat_from_rotation(exp_so3([0.0, 0.0, a]) @ exp_so3(v)) for a, v in zip(yaw, lean)])
    for k in range(1, len(out)):
        if out[k] @ out[k - 1] < 0.0:
            out[k] *= -1.0
    return out


def feet_end_side_by_side(phrase: Phrase) -> bool:
    """Whether each foot's last step of a phrase brings it beside the other one, so that any phrase may follow."""
    ahead, aside, turned = 0.0, 0.0, 0.0
    for step in phrase.steps:
        ahead, aside, turned = step.ahead, step.aside, step.turn_deg
    return ahead == aside == turned == 0.0
