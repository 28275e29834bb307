"""A dance made danceable: planned, audited, and taken back where it can not be danced, until it can, or refused."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from linewalker.cerebellum.performing.audit import BALANCE, Finding, audit, upper_joints
from linewalker.cerebellum.performing.movement import Choreography, Phrase
from linewalker.cerebellum.performing.plan import DancePlan, make_plan
from linewalker.cerebellum.performing.staging import WHOLE, Damping, Staging
from linewalker.errors import InputError, LinewalkerError
from linewalker.geometry import Array

MOST_ROUNDS = 7
_ARMS, _GROOVES, _KICKS, _STEPS = 0.75, 0.7, 0.5, 0.7
_LEAST_ARMS, _LEAST_GROOVES, _LEAST_KICKS, _LEAST_STEPS = 0.3, 0.2, 0.2, 0.3
_LOST_STEPS = 0.2
"""Share of steps without time from which the whole dance goes half as fast."""


class DanceRefused(LinewalkerError):
    """A dance that this robot can not do, however it is taken back; the message says when and why."""


@dataclass(frozen=True, kw_only=True)
class Change:
    """What was taken back, and why.

    Attributes:
        phrase: its name; "the whole dance" for all of them.
        at_s: second of the plan.
        what: in words.
        why: in words.
    """

    phrase: str
    at_s: float
    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.at_s:.1f} s, {self.phrase}: {self.what} ({self.why})"


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """A dance that passed its audit.

    Attributes:
        plan: to be danced.
        changes: what was taken back for it.
        torque: largest share of each joint's torque, by name.
        beats_s: what it counts, (k,): beats, or every second one where it goes half as fast.
    """

    plan: DancePlan
    changes: tuple[Change, ...]
    torque: dict[str, float]
    beats_s: Array


def rehearse(dance: Choreography, beats_s: Array, staging: Staging) -> Rehearsal:
    """Plan a dance to these beats and take back what can not be danced.

    Raises:
        DanceRefused: nothing helps.
        InputError: there are too few beats.
    """
    if len(beats_s) < 2:
        raise InputError(f"a dance needs beats, got {len(beats_s)}")
    body, changes = staging.body, list[Change]()
    dance, beats_s, slowed = _in_time(dance, beats_s, staging)
    changes += slowed
    damping, smaller = [WHOLE] * len(dance.phrases), dict[int, Change]()
    upper = upper_joints(body)
    for _ in range(MOST_ROUNDS):
        timeline, lost = staging.stage(dance, beats_s, tuple(damping))
        plan = make_plan(timeline, body)
        result = audit(plan, body)
        if not result.findings:
            changes += [*_left_out(lost), *(smaller[number] for number in sorted(smaller))]
            return Rehearsal(plan=plan, changes=tuple(changes), torque=result.torque, beats_s=beats_s)
        worst = _worst_of_each_phrase(result.findings, len(dance.phrases))
        for number, finding in worst.items():
            phrase, before = dance.phrases[number], damping[number]
            damping[number], what = _taken_back(phrase, before, finding.what in upper)
            if damping[number] == before:
                raise DanceRefused(f"{phrase.name} can not be danced by this robot: {finding}")
            first = smaller.get(number)  # the reason is what was found first
            at_s, why = (finding.from_s, str(finding)) if first is None else (first.at_s, first.why)
            smaller[number] = Change(phrase=phrase.name, at_s=at_s, what=what, why=why)
    raise DanceRefused(f"after {MOST_ROUNDS} rounds there is still what can not be danced: {result.findings[0]}")


def _in_time(dance: Choreography, beats_s: Array, staging: Staging) -> tuple[Choreography, Array, list[Change]]:
    """Half as fast where many steps have no time."""
    steps = sum(len(phrase.steps) for phrase in dance.phrases)
    _, lost = staging.stage(dance, beats_s)
    if lost <= _LOST_STEPS * steps:
        return dance, beats_s, []
    gap_ms = 1e3 * float(np.median(np.diff(beats_s)))
    why = f"{lost} of {steps} steps have no time at {gap_ms:.0f} ms a beat"
    first = int(dance.lead) % 2
    lead, slow_s, phrases = float(int(dance.lead) // 2), beats_s[first::2], list(dance.phrases)
    while len(phrases) > 1 and lead + sum(phrase.beats for phrase in phrases) > len(slow_s):
        phrases.pop(-2)  # the last one ends the dance
    fewer = len(dance.phrases) - len(phrases)
    what = "half as fast" + (f", {fewer} phrases left out" if fewer else "")
    slow = replace(dance, lead=lead, phrases=tuple(phrases))
    return slow, slow_s, [Change(phrase="the whole dance", at_s=0.0, what=what, why=why)]


def _left_out(lost: int) -> list[Change]:
    if not lost:
        return []
    return [Change(phrase="the whole dance", at_s=0.0, what=f"{lost} steps left out", why="they have no time")]


def _worst_of_each_phrase(findings: tuple[Finding, ...], phrases: int) -> dict[int, Finding]:
    worst: dict[int, Finding] = {}
    for finding in findings:
        number = min(max(finding.phrase, 0), phrases - 1)
        known = worst.get(number)
        if known is None or (finding.what == BALANCE, finding.size) > (known.what == BALANCE, known.size):
            worst[number] = finding
    return worst


def _taken_back(phrase: Phrase, damping: Damping, upper: bool) -> tuple[Damping, str]:
    """Smaller where it helps most, and that in words: arms for a joint of the upper body, kicks, grooves, steps."""
    arms = replace(
        damping, arms=max(_ARMS * damping.arms, _LEAST_ARMS), grooves=max(0.9 * damping.grooves, _LEAST_GROOVES)
    )
    if upper and arms != damping:
        return arms, f"arms to {100 * arms.arms:.0f} %"
    if any(any(step.kick) for step in phrase.steps) and damping.kicks > _LEAST_KICKS:
        kicks = max(_KICKS * damping.kicks, _LEAST_KICKS)
        return replace(damping, kicks=kicks), f"kicks to {100 * kicks:.0f} %"
    if phrase.steps and damping.steps > _LEAST_STEPS:
        steps, grooves = max(_STEPS * damping.steps, _LEAST_STEPS), max(_GROOVES * damping.grooves, _LEAST_GROOVES)
        return replace(damping, steps=steps, grooves=grooves), f"steps to {100 * steps:.0f} %"
    grooves = max(_GROOVES * damping.grooves, _LEAST_GROOVES)
    smaller = replace(damping, grooves=grooves, arms=max(_ARMS * damping.arms, _LEAST_ARMS))
    return smaller, f"swing to {100 * grooves:.0f} %, arms to {100 * smaller.arms:.0f} %"
