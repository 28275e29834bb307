"""Data without sense, by construction: every field that comes from outside times everything it should not be.

What is not needed to balance (fixes, fixes of scanners, forces of feet) is senseless for two seconds of a walk: the
robot walks on. What it balances with, and time, is senseless twice a second for one reading: it stands in the end. No
command may ever be without numbers, and the cause must be named somewhere: refused where it is made, counted as
dropped, in the controller's fault, or in the cause of a stop.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import numpy as np

from benchmarks.motion.setting import Setting
from benchmarks.rig import Rig, made_of_numbers
from benchmarks.table import Row, one
from linewalker.cerebellum.biped import MotionController
from linewalker.cerebellum.control_loop import sense_think_act
from linewalker.cerebellum.controller import Mode
from linewalker.cerebellum.stopping.safe_stop import SafeMotion
from linewalker.cerebellum.stopping.stop_states import StopState
from linewalker.errors import LinewalkerError
from linewalker.geometry import Pose
from linewalker.limbs.robot import CONTROL_PERIOD_S, JointCommand, LocalisationFix, Readings, ToolFix

WALKED_S, SENSELESS_S, AFTER_S, EVERY_TICKS = 2.0, 2.0, 2.0, 250
FIX_EVERY_TICKS = 10
Spoil = Callable[[Readings], Readings]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of data without sense.

    Attributes:
        name: field and what stands in it.
        spoil: puts it into readings; may be refused when it is made.
        needed: whether the robot can not do without what is spoilt.
    """

    name: str
    spoil: Spoil
    needed: bool = False


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a walk.

    Attributes:
        kind: of the data.
        infinite: commands without numbers.
        fell, stopped: how it ended.
        raised: an error that came out of a tick; empty where none did.
        named: the cause, wherever it was named; empty where it was not.
    """

    kind: Kind
    infinite: int
    fell: bool
    stopped: bool
    raised: str
    named: str


def kinds() -> Iterator[Kind]:
    """All of them."""
    for name, fix in _fixes():
        yield Kind(name=name, spoil=_with_fix(fix))
    for name, tool in _tool_fixes():
        yield Kind(name=name, spoil=_with_tool_fixes(tool))
    for what, force in _vectors(2):
        yield Kind(name=f"foot_force_n {what}", spoil=lambda r, force=force: replace(r, foot_force_n=force))
    for field in ("gyro_rad_s", "accel_m_s2", "q_rad", "dq_rad_s", "tau_nm"):
        for what, _ in _vectors(1):
            yield Kind(name=f"{field} {what}", spoil=_with_vector(field, what), needed=True)
    for what, time_s in _stamps():
        yield Kind(name=f"time_s {what}", spoil=lambda r, stamp=time_s: replace(r, time_s=stamp(r.time_s)), needed=True)


def _vectors(n: int) -> Iterator[tuple[str, Any]]:
    one_wrong = np.zeros(n)
    for value in (np.nan, np.inf, -np.inf, 1e308):
        yield f"with {value:g}", np.r_[one_wrong[1:], value]
    yield "too long", np.zeros(n + 1)
    yield "empty", np.zeros(0)
    yield "a matrix", np.zeros((n, n + 1))
    yield "a number", 0.0
    yield "of texts", np.full(n, "0.1")
    yield "of nothings", np.full(n, None)
    yield "complex", np.full(n, 1j)
    yield "a ragged list", [[0.0], [0.0, 1.0]]


def _stamps() -> Iterator[tuple[str, Callable[[float], Any]]]:
    for value in (np.nan, np.inf, -np.inf):
        yield f"{value:g}", lambda _, value=value: value
    yield "a text", str
    yield "nothing", lambda _: None
    yield "of another clock", lambda now_s: now_s + 1.7e9
    yield "long ago", lambda now_s: now_s - 60.0
    yield "ahead", lambda now_s: now_s + 5.0


def _poses() -> Iterator[tuple[str, Any]]:
    p, R = np.array([0.0, 0.0, 0.8]), np.eye(3)
    for what, wrong in _vectors(3):
        yield f"place {what}", Pose(p=wrong, R=R)
    for what, wrong in (
        ("with nan", np.where(R > 0, np.nan, R)),
        ("of zeros", 0.0 * R),
        ("twice too large", 2.0 * R),
        ("with 1e308", np.where(R > 0, 1e308, R)),
        ("a mirror", np.diag([1.0, 1.0, -1.0])),
        ("sheared", R + 0.3 * np.eye(3, k=1)),
        ("4 x 4", np.eye(4)),
        ("of texts", R.astype(str)),
    ):
        yield f"attitude {what}", Pose(p=p, R=wrong)
    yield "no pose but nothing", None
    yield "no pose but a matrix", np.eye(4)


def _covariances() -> Iterator[tuple[str, Any]]:
    P = 1e-4 * np.eye(6)
    yield "of zeros", 0.0 * P
    yield "negative", -P
    yield "indefinite", P - 3e-4 * np.eye(6, k=3) - 3e-4 * np.eye(6, k=-3)
    yield "not symmetric", P + 1e-4 * np.eye(6, k=1)
    for value in (np.nan, np.inf, 1e308):
        yield f"with {value:g}", np.where(P > 0, value, P)
    yield "3 x 3", P[:3, :3]
    yield "a diagonal", np.diag(P)
    yield "of texts", P.astype(str)
    yield "a number", 1e-4


def _fixes() -> Iterator[tuple[str, Callable[[float], Any]]]:
    good = Pose(p=np.array([0.0, 0.0, 0.8]))
    for what, X in _poses():
        yield f"fix: {what}", lambda now_s, X=X: LocalisationFix(taken_s=now_s - 0.04, X_WT=X)
    for what, P in _covariances():
        yield f"fix: covariance {what}", lambda now_s, P=P: LocalisationFix(taken_s=now_s, X_WT=good, covariance=P)
    for what, stamp in _stamps():
        yield f"fix: taken {what}", lambda now_s, stamp=stamp: LocalisationFix(taken_s=stamp(now_s), X_WT=good)
    yield "fix: a text", lambda _: "here"
    yield "fix: a pose", lambda _: good


def _tool_fixes() -> Iterator[tuple[str, Callable[[float, str], Any]]]:
    good = Pose(p=np.array([0.3, 0.0, 1.0]))
    for what, X in _poses():
        yield f"tool fix: {what}", lambda now_s, name, X=X: (ToolFix(taken_s=now_s - 0.04, scanner=name, X_WS=X),)
    for what, stamp in _stamps():
        yield (
            f"tool fix: taken {what}",
            lambda now_s, name, stamp=stamp: (ToolFix(taken_s=stamp(now_s), scanner=name, X_WS=good),),
        )
    for scanner in ("nose", "", 7, None):
        yield (
            f"tool fix: scanner {scanner!r}",
            lambda now_s, _, scanner=scanner: (ToolFix(taken_s=now_s, scanner=scanner, X_WS=good),),
        )
    yield "tool fixes: a text", lambda *_: "here"
    yield "tool fixes: a number in a list", lambda *_: [3.0]


def _with_fix(make: Callable[[float], Any]) -> Spoil:
    return lambda readings: replace(readings, fix=make(readings.time_s))


def _with_tool_fixes(make: Callable[[float, str], Any]) -> Spoil:
    return lambda readings: replace(readings, tool_fixes=make(readings.time_s, "right_wrist"))


def _with_vector(field: str, what: str) -> Spoil:
    return lambda r: replace(r, **{field: dict(_vectors(len(getattr(r, field))))[what]})


def walk_with(setting: Setting, rig: Rig, kind: Kind) -> Outcome:
    """Walk, with good data, then with some of this kind, then with good data again."""
    rig.motion = motion = SafeMotion(MotionController(setting.profile))
    rig.run(1.0)
    motion.walk(0.3, 0.0, 0.0)
    rig.run(WALKED_S)
    named, raised, infinite, ticks = set[str](), "", 0, count()
    every = EVERY_TICKS if kind.needed else FIX_EVERY_TICKS

    def think(readings: Readings) -> JointCommand | None:
        nonlocal infinite
        if (tick := next(ticks)) % every == 0 and tick * CONTROL_PERIOD_S < SENSELESS_S:
            try:
                readings = kind.spoil(readings)
            except (LinewalkerError, ValueError, TypeError) as refusal:
                named.add(f"refused: {refusal}")
        try:
            command = motion.tick(readings)
        except LinewalkerError as refusal:
            named.add(f"refused: {refusal}")
            return None
        infinite += not made_of_numbers(command)
        return command

    for _ in range(round((SENSELESS_S + AFTER_S) / CONTROL_PERIOD_S)):
        try:
            sense_think_act(rig.robot, think)
        except Exception as error:  # noqa: BLE001  whatever it is, the robot is without a command: that is looked for
            raised = f"{type(error).__name__}: {error}"
            break
        named |= {motion.fault} - {""}
    named |= set(motion.estimate.dropped) | {f"{c.value}" for c in motion.stop_causes if kind.needed}
    return Outcome(
        kind=kind,
        infinite=infinite,
        fell=motion.state.mode is Mode.FALLEN,
        stopped=motion.stop_state is not StopState.RUNNING,
        raised=raised,
        named="; ".join(sorted(named)),
    )


def senseless(setting: Setting) -> Iterator[Row]:
    """Some hundred kinds of data without sense while walking: commands, falls, stops, and whether a cause is named."""
    model = setting.floor()
    ends = [
        walk_with(setting, Rig(seed, setting.robot, model, foot_sensors=True), kind)
        for seed in setting.seeds
        for kind in kinds()
    ]
    outside = [end for end in ends if not end.kind.needed]
    yield one("kinds of data without sense", len(ends), digits=0)
    for what, wrong in (
        ("commands without numbers", [end for end in ends if end.infinite]),
        ("errors out of a tick", [end for end in ends if end.raised]),
        ("falls", [end for end in ends if end.fell]),
        ("causes not named", [end for end in ends if not end.named]),
        (f"of the {len(outside)} that nobody needs to balance: stops", [end for end in outside if end.stopped]),
    ):
        note = "; ".join(f"{end.kind.name} {end.raised}".strip() for end in wrong)
        yield one(what, len(wrong), must=0, digits=0, note=note and f"({note})")
