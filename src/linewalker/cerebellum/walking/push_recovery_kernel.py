"""Hot loop of push recovery: where and when to put the foot down so that a few quick steps bring the DCM to rest."""

from __future__ import annotations

from math import cos, exp, hypot, sin, sqrt

from linewalker.geometry import Array
from linewalker.kernel import Vector, kernel

TIMES = 20
"""Touchdown times tried."""
FOLLOWING = 3
"""Steps after the running one that are looked ahead at."""


@kernel()
def _reachable(ahead: float, aside: float, side: float, reach: Array) -> tuple[float, float]:
    """The foothold nearest to (ahead, aside) of the stance foot that the leg on ``side`` reaches without crossing."""
    return min(max(ahead, -reach[0]), reach[1]), side * min(max(side * aside, reach[2]), reach[3])


@kernel()
def remaining_offset(
    dcm: tuple[float, float],
    side: float,
    offset: tuple[float, float],
    behind: tuple[float, float],
    timing: Array,
    reach: Array,
) -> float:
    """Squared DCM offset, m^2, left after quick steps, each as good as the leg allows and as quick as its way is short.

    Args:
        dcm: at touchdown relative to the foot that has landed, in the axes of the stance foot.
        side: +1 if the left foot swings next.
        offset: DCM offset ahead and aside (towards the inside) with which a step is to end.
        behind: where the foot that swings next stands, relative to the one that has landed.
        timing, reach: see `look_ahead`.
    """
    x, y = dcm
    fx, fy = behind
    for _ in range(FOLLOWING):
        growth = exp(timing[3] * timing[1])
        ahead, aside = _reachable(x * growth - offset[0], y * growth + side * offset[1], side, reach)
        way = sqrt((ahead - fx) ** 2 + (aside - fy) ** 2)
        growth = exp(timing[3] * max(timing[1], timing[6] + 2.0 * sqrt(way / timing[5])))
        x, y = x * growth, y * growth
        ahead, aside = _reachable(x - offset[0], y + side * offset[1], side, reach)
        x, y, side, fx, fy = x - ahead, y - aside, -side, -ahead, -aside
    miss_x, miss_y = x - offset[0], y - side * offset[1]
    return miss_x * miss_x + miss_y * miss_y


@kernel(entry=True)
def feel_shove(com_v: Vector, commanded: Vector, dt: float, omega: float, forget_s: float, felt: Vector) -> None:
    """Take one period into how far the DCM went by what nobody commanded; what is older than forget_s fades.

    Args:
        com_v: velocity of the centre of mass, (3,).
        commanded: its acceleration, as commanded a period ago, (3,).
        dt: period.
        omega: of the pendulum.
        forget_s: as in `RecoveryTuning`.
        felt: that way (2,), m, and the velocity of the last period (2,).
    """
    kept = exp(-dt / forget_s)
    for k in range(2):
        felt[k] = felt[k] * kept + (com_v[k] - felt[2 + k] - commanded[k] * dt) / omega
        felt[2 + k] = com_v[k]


@kernel(entry=True)
def off_plan(dcm: Vector, stance: Vector, touchdown_dcm: Vector, decay: float) -> float:
    """How far the DCM is from where a plan has it, m: on its way from the stance foot to where it is at touchdown.

    Args:
        dcm, touchdown_dcm: now, and as planned, (2,).
        stance: x, y, and more, of the foot that stands, (4,).
        decay: exp(-omega t) of the time t to touchdown.
    """
    dx = dcm[0] - stance[0] - (touchdown_dcm[0] - stance[0]) * decay
    return hypot(dx, dcm[1] - stance[1] - (touchdown_dcm[1] - stance[1]) * decay)


@kernel()
def _within(ahead: float, aside: float, hip: tuple[float, float], radius: float, lean: float) -> tuple[float, float]:
    """A point near (ahead, aside) that the leg reaches from its hip, not farther aside than the ankle can roll."""
    dx, dy = ahead - hip[0], min(max(aside - hip[1], -lean), lean)
    far = sqrt(dx * dx + dy * dy)
    if far > radius:
        dx, dy = dx * radius / far, dy * radius / far
    return hip[0] + dx, hip[1] + dy


@kernel(entry=True)
def look_ahead(
    body: tuple[Vector, Vector, Vector],
    stance: Vector,
    elapsed: float,
    plan: Vector,
    swing: tuple[Vector, Vector],
    timing: Vector,
    reach: Vector,
    costs: Vector,
    out: Vector,
) -> tuple[float, float]:
    """Touchdown time and foothold of the running step that leave the least DCM offset after the steps that follow.

    Args:
        body: capture point (2,), centre of mass (2,), and what lies between it and a sole straight below its hip (2,).
        stance: x, y, yaw of the foot that stands, and the side (+1, -1) on which the other one swings, (4,).
        elapsed: since the step began.
        plan: nominal foothold (2,) and DCM offset from it at touchdown (2,).
        swing: place and velocity of the swing foot, (2,) each.
        timing: nominal, shortest and longest step, omega, least time to touchdown, swing acceleration, and
            time at the beginning of a step in which the foot does not travel, (7,).
        reach: backward, forward, narrowest, widest foothold from the stance foot; how far a foot may be from below
            its hip, in all and aside, (6,).
        costs: of leaving the nominal foothold, the nominal time, and of what is left at the end, (3,).
        out: foothold, (2,).

    Returns:
        Touchdown time since the beginning of the step, and its cost.
    """
    c, s, side, omega = cos(stance[2]), sin(stance[2]), stance[3], timing[3]
    px, py = _local(body[0], stance, c, s)
    mx, my = _local(body[1], stance, c, s)
    nx, ny = _local(plan[:2], stance, c, s)
    fx, fy = _local(swing[0], stance, c, s)
    vx, vy = c * swing[1][0] + s * swing[1][1], -s * swing[1][0] + c * swing[1][1]
    lx, ly = c * body[2][0] + s * body[2][1], -s * body[2][0] + c * body[2][1]
    bx, by = c * plan[2] + s * plan[3], -side * (-s * plan[2] + c * plan[3])
    first = min(max(timing[1], elapsed + timing[4]), timing[2])
    best, chosen = 1e30, first
    for i in range(TIMES):
        T = first + (timing[2] - first) * i / (TIMES - 1)
        grown = exp(omega * (T - elapsed))
        x, y = px * grown, py * grown
        hip = (_pendulum(mx, px, grown) + lx, _pendulum(my, py, grown) + ly)
        ahead, aside = _within(x - bx, y + side * by, hip, reach[4], reach[5])
        free = max(T - max(elapsed, timing[6]), 0.0)
        ahead = min(max(ahead, fx - sweep(-vx, timing[5], free)), fx + sweep(vx, timing[5], free))
        aside = min(max(aside, fy - sweep(-vy, timing[5], free)), fy + sweep(vy, timing[5], free))
        ahead, aside = _reachable(ahead, aside, side, reach)
        left = remaining_offset((x - ahead, y - aside), -side, (bx, by), (-ahead, -aside), timing, reach)
        cost = costs[0] * ((ahead - nx) ** 2 + (aside - ny) ** 2) + costs[1] * (T - timing[0]) ** 2 + costs[2] * left
        if cost < best:
            best, chosen = cost, T
            out[0], out[1] = stance[0] + c * ahead - s * aside, stance[1] + s * ahead + c * aside
    return chosen, best


@kernel()
def sweep(speed: float, acceleration: float, time: float) -> float:
    """How far a foot gets in a time and is at rest again: it speeds up, and brakes, with one acceleration."""
    peak = 0.5 * (speed + acceleration * time)
    return (peak * peak - 0.5 * speed * speed) / acceleration


@kernel()
def _local(point: Array, stance: Array, c: float, s: float) -> tuple[float, float]:
    """A point ahead and aside of the stance foot."""
    dx, dy = point[0] - stance[0], point[1] - stance[1]
    return c * dx + s * dy, -s * dx + c * dy


@kernel()
def _pendulum(com: float, dcm: float, grown: float) -> float:
    """Where a linear inverted pendulum over the origin has its mass when the DCM has grown by a factor."""
    return 0.5 * dcm * grown + (com - 0.5 * dcm) / grown
