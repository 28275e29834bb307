"""Hot loop of `footing`, which says what it is for."""

from __future__ import annotations

from math import acos, atan2, cos, hypot, sin, sqrt

from linewalker.geometry.rotation_kernel import wrapped
from linewalker.kernel import Matrix, Stack, Vector, kernel


@kernel(entry=True)
def see_footing(
    base: tuple[Matrix, Vector],
    com: tuple[Vector, Vector],
    soles: tuple[Matrix, Stack],
    asked: Vector,
    load_n: Vector,
    per_omega_s: float,
    weight_n: float,
) -> tuple[float, float, float, float, float, float]:
    """Fields of `Footing`, in their order.

    Args:
        base: rotation (3, 3) and velocity (3,) of the base.
        com: centre of mass and its velocity, (3,) each.
        soles: places (2, 3) and rotations (2, 3, 3).
        asked: pelvis height (1,), pelvis rotation vector (3,), shift of the balance point (2,): (6,).
        load_n: normal force of each foot, (2,).
        per_omega_s: 1 / omega of the pendulum.
        weight_n: of the body.
    """
    R, v = base
    p, R_soles = soles
    c, c_v = com
    tilt = acos(min(max(R[2, 2], -1.0), 1.0)) - hypot(asked[1], asked[2])
    x = c[0] + c_v[0] * per_omega_s - 0.5 * (p[0, 0] + p[1, 0])
    y = c[1] + c_v[1] * per_omega_s - 0.5 * (p[0, 1] + p[1, 1])
    left, right = atan2(R_soles[0, 1, 0], R_soles[0, 0, 0]), atan2(R_soles[1, 1, 0], R_soles[1, 0, 0])
    yaw = left + 0.5 * wrapped(right - left)
    ahead, aside = cos(yaw) * x + sin(yaw) * y, cos(yaw) * y - sin(yaw) * x
    com_m_s = sqrt(c_v[0] ** 2 + c_v[1] ** 2 + c_v[2] ** 2)
    base_m_s = sqrt(v[0] ** 2 + v[1] ** 2 + v[2] ** 2)
    share = min(load_n[0], load_n[1]) / weight_n
    return tilt, hypot(x, y), hypot(ahead - asked[4], aside - asked[5]), com_m_s, base_m_s, share
