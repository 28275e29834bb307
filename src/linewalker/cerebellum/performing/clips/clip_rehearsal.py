"""A clip made danceable: planned, audited, calmed where it can not be danced, then slowed, or refused."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linewalker.cerebellum.performing.audit import BALANCE, Finding, audit, upper_joints
from linewalker.cerebellum.performing.clips.clip_staging import Calmed, ClipStaging, calmer
from linewalker.cerebellum.performing.clips.figure import Figure
from linewalker.cerebellum.performing.clips.tempo import Pace, on_beats, own_pace
from linewalker.cerebellum.performing.plan import make_plan
from linewalker.cerebellum.performing.rehearsal import Change, DanceRefused, Rehearsal
from linewalker.cerebellum.performing.staging import Staging
from linewalker.geometry import Array

TEMPOS = (1.0, 0.75, 0.5, 0.35)
"""Shares of its tempo at which a clip is tried, one after the other."""
ROUNDS = 3
"""Plans at each tempo, each calmer than the one before where that could not be danced."""
_LOST = 0.34
"""Share of steps without time from which a clip goes slower at once."""


@dataclass(frozen=True, kw_only=True)
class ClipRehearsal:
    """A clip that passed its audit, and when of it is danced when."""

    rehearsal: Rehearsal
    pace: Pace


def rehearse_clip(figure: Figure, staging: Staging, beats_s: Array | None = None) -> ClipRehearsal:
    """Plan a clip, to the beats of a music (k,) if given, and take back what can not be danced.

    Raises:
        DanceRefused: nothing helps.
        InputError: the music is too short.
    """
    put, upper, changes = ClipStaging(figure, staging), upper_joints(staging.body), list[Change]()
    landings_s = np.array([step.land_s for step in put.steps])
    finding: Finding | None = None
    for tempo in TEMPOS:
        pace = own_pace(figure, tempo) if beats_s is None else on_beats(figure, landings_s, beats_s, tempo)
        calmed, seen = Calmed.nowhere(figure.n), list[Change]()
        for _ in range(ROUNDS):
            timeline, lost = put.stage(pace, calmed)
            if tempo > TEMPOS[-1] and lost > _LOST * len(put.steps) and len(put.steps) > 3:
                why = f"{lost} of {len(put.steps)} steps have no time"
                break
            plan = make_plan(timeline, staging.body)
            result = audit(plan, staging.body)
            if not result.findings:
                left_out = [_change(figure, 0.0, f"{lost} steps left out", "they have no time")] if lost else []
                counts = np.array([s.land_s for s in plan.swings]) if beats_s is None else beats_s
                rehearsal = Rehearsal(
                    plan=plan, changes=(*changes, *seen, *left_out), torque=result.torque, beats_s=counts
                )
                return ClipRehearsal(rehearsal=rehearsal, pace=pace)
            finding = max(result.findings, key=lambda found: (found.what == BALANCE, found.to_s - found.from_s))
            why = str(finding)
            for found in result.findings:
                if found.what == BALANCE:
                    continue
                at = pace.clip(np.array([found.from_s, found.to_s]))
                calmed = calmer(calmed, (float(at[0]), float(at[1])), found.what in upper)
            seen = _calmed_changes(figure, result.findings, seen, upper)
            if all(found.what == BALANCE for found in result.findings):
                break
        later = TEMPOS[min(TEMPOS.index(tempo) + 1, len(TEMPOS) - 1)]
        at_s = 0.0 if finding is None else finding.from_s
        changes = [_change(figure, at_s, f"at {100 * later:.0f} % of its tempo", why)]
    raise DanceRefused(f"{figure.name} can not be danced by this robot: {finding}")


def _change(figure: Figure, at_s: float, what: str, why: str) -> Change:
    return Change(phrase=figure.name, at_s=at_s, what=what, why=why)


def _calmed_changes(
    figure: Figure, findings: tuple[Finding, ...], seen: list[Change], upper: tuple[str, ...]
) -> list[Change]:
    """What was calmed, once for each spell: the reason is what was found first."""
    out = list(seen)
    for found in findings:
        if found.what != BALANCE and all(abs(change.at_s - found.from_s) > 0.5 for change in out):
            what = "arms calmer" if found.what in upper else "pelvis calmer, steps shorter and lower"
            out.append(_change(figure, found.from_s, what, str(found)))
    return out
