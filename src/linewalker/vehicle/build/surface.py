"""The outer skin of a vehicle: the zero set of one smooth function f(x, y, z), negative inside.

Half widths, heights and setbacks come from design curves; the faces they describe are blended by a soft maximum, so
every edge of the body is a fillet of known width. All of it is symmetric about y = 0. The kernels here are the only hot
loops of a vehicle build; ``tests/vehicle/build/test_surface.py`` holds a plain reference of f.

f is not a distance, but its gradient is near one; steps along rays divide by `_STEEPEST`.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from linewalker.geometry import Array
from linewalker.kernel import kernel
from linewalker.vehicle.build.curves import table_value

_STEEPEST = 2.2
"""No face of a body is steeper than this in f per metre, over the distance of one marching step."""
_SHORTEST_STEP_M = 0.004
_GRADIENT_STEP_M = 2e-5


class SkinShape(NamedTuple):
    """Numbers of the skin; m unless they are slopes. Attributes are grouped as a drawing groups them.

    Attributes:
        plan, shoulder, deck, roof, nose, tail: design curve tables: half width, height of the shoulder crease, centre
            line of bonnet and boot lid, centre line of the roof, each over x; setback of front and rear over z.
        front_x, front_round2, front_round4: foremost x on the centre line, and how the front falls back with y.
        rear_x, rear_round2, rear_round4: the same at the rear.
        floor_z, floor_front_x, floor_rear_x, floor_rise_front, floor_rise_rear: underside, rising towards both ends.
        shoulder_slope, shoulder_width: how the side leans in above the shoulder, and how sharp the crease is.
        sill_z, sill_slope, sill_width: where the side tucks in below the doors.
        swages: (n, 8) lines pressed into the side: offset from the shoulder, depth (positive: outward), width, slope of
            the line, x from, x to, fade; a Gaussian across the line.
        wheel_x, wheel_z: (2,) centres of the wheel arches; arch_radius, arch_flare, arch_fade: arches.
        deck_crown2, deck_crown4: how bonnet and boot lid fall with y.
        dome_height, dome_half_width, dome_widening, dome_edge, dome_end_x: the raised middle of the bonnet.
        roof_crown2, roof_crown4: how the roof falls with y.
        screen_sweep, screen_middle_x: how far the screens are curved in plan.
        glass_z, glass_half_width, glass_lean, glass_lean2, glass_taper, glass_middle_x, glass_half_length: side
            windows.
        blend_shoulder, blend_front, blend_rear, blend_body, blend_roof, blend_cabin: widths of the fillets.
    """

    plan: Array
    shoulder: Array
    deck: Array
    roof: Array
    nose: Array
    tail: Array
    swages: Array
    wheel_x: Array
    front_x: float
    front_round2: float
    front_round4: float
    rear_x: float
    rear_round2: float
    rear_round4: float
    floor_z: float
    floor_front_x: float
    floor_rear_x: float
    floor_rise_front: float
    floor_rise_rear: float
    shoulder_slope: float
    shoulder_width: float
    sill_z: float
    sill_slope: float
    sill_width: float
    wheel_z: float
    arch_radius: float
    arch_flare: float
    arch_fade: float
    deck_crown2: float
    deck_crown4: float
    dome_height: float
    dome_half_width: float
    dome_widening: float
    dome_edge: float
    dome_end_x: float
    roof_crown2: float
    roof_crown4: float
    screen_sweep: float
    screen_middle_x: float
    glass_z: float
    glass_half_width: float
    glass_lean: float
    glass_lean2: float
    glass_taper: float
    glass_middle_x: float
    glass_half_length: float
    blend_shoulder: float
    blend_front: float
    blend_rear: float
    blend_body: float
    blend_roof: float
    blend_cabin: float


@kernel(inline="always")
def _soft_ramp(s: float, width: float) -> float:
    """max(s, 0) with a corner rounded over ``width``."""
    t = s / width
    if t > 30.0:
        return s
    if t < -30.0:
        return 0.0
    return width * math.log1p(math.exp(t))


@kernel(inline="always")
def _soft_max(a: float, b: float, width: float) -> float:
    return a + _soft_ramp(b - a, width)


@kernel(inline="always")
def _soft_step(s: float, width: float) -> float:
    """0 to 1 around s = 0."""
    t = s / width
    if t > 40.0:
        return 1.0
    if t < -40.0:
        return 0.0
    return 1.0 / (1.0 + math.exp(-t))


@kernel(inline="always")
def _bell(s: float, width: float) -> float:
    t = s / width
    return math.exp(-t * t) if abs(t) < 6.0 else 0.0


@kernel()
def _half_width(shape: SkinShape, x: float, z: float) -> float:
    """Half width of the lower body."""
    crease = table_value(shape.shoulder, x)
    width = table_value(shape.plan, x)
    width -= shape.shoulder_slope * _soft_ramp(z - crease, shape.shoulder_width)
    width -= shape.sill_slope * _soft_ramp(shape.sill_z - z, shape.sill_width)
    for i in range(shape.swages.shape[0]):
        offset, depth, across, slope, x_from, x_to, fade = shape.swages[i]
        here = _soft_step(x - x_from, fade) * _soft_step(x_to - x, fade)
        width += depth * here * _bell(z - crease - offset - slope * x, across)
    for i in range(shape.wheel_x.size):
        r = math.hypot(x - shape.wheel_x[i], z - shape.wheel_z)
        width += shape.arch_flare * _bell(max(r - shape.arch_radius, 0.0), shape.arch_fade)
    return width


@kernel()
def _lower_body(shape: SkinShape, x: float, y: float, z: float, y2: float) -> float:
    side = y - _half_width(shape, x, z)
    dome = shape.dome_half_width + shape.dome_widening * x
    raised = shape.dome_height * _soft_step(dome - y, shape.dome_edge) * _soft_step(shape.dome_end_x - x, 0.1)
    top = z - (table_value(shape.deck, x) - (shape.deck_crown2 + shape.deck_crown4 * y2) * y2 + raised)
    front = shape.front_x + (shape.front_round2 + shape.front_round4 * y2) * y2 + table_value(shape.nose, z) - x
    rear = x - (shape.rear_x - (shape.rear_round2 + shape.rear_round4 * y2) * y2 - table_value(shape.tail, z))
    floor = (
        shape.floor_z
        + shape.floor_rise_front * _soft_ramp(shape.floor_front_x - x, 0.1)
        + shape.floor_rise_rear * _soft_ramp(x - shape.floor_rear_x, 0.1)
    ) - z
    body = _soft_max(_soft_max(side, top, shape.blend_shoulder), front, shape.blend_front)
    return _soft_max(body, _soft_max(rear, floor, shape.blend_rear), shape.blend_body)


@kernel()
def _cabin(shape: SkinShape, x: float, y: float, z: float, y2: float) -> float:
    swept = x + shape.screen_sweep * y2 * math.tanh((x - shape.screen_middle_x) / 0.45)
    roof = z - (table_value(shape.roof, swept) - (shape.roof_crown2 + shape.roof_crown4 * y2) * y2)
    rise = max(z, shape.glass_z - 0.2) - shape.glass_z
    along = (x - shape.glass_middle_x) / shape.glass_half_length
    half = shape.glass_half_width - (shape.glass_lean + shape.glass_lean2 * rise) * rise
    side = y - (half - shape.glass_taper * along * along)
    return _soft_max(_soft_max(roof, side, shape.blend_roof), shape.glass_z - 0.15 - z, 0.01)


@kernel()
def skin_value(shape: SkinShape, x: float, y: float, z: float) -> float:
    """f at one point of V."""
    y = abs(y)
    y2 = min(y, 1.0) ** 2
    return -_soft_max(-_lower_body(shape, x, y, z, y2), -_cabin(shape, x, y, z, y2), shape.blend_cabin)


@kernel()
def _gradient(shape: SkinShape, x: float, y: float, z: float) -> tuple[float, float, float]:
    h = _GRADIENT_STEP_M
    k = 0.5 / h
    return (
        (skin_value(shape, x + h, y, z) - skin_value(shape, x - h, y, z)) * k,
        (skin_value(shape, x, y + h, z) - skin_value(shape, x, y - h, z)) * k,
        (skin_value(shape, x, y, z + h) - skin_value(shape, x, y, z - h)) * k,
    )


@kernel()
def values(shape: SkinShape, points: Array) -> Array:
    """f at points (n, 3)."""
    out = np.empty(len(points))
    for i in range(len(points)):
        out[i] = skin_value(shape, points[i, 0], points[i, 1], points[i, 2])
    return out


@kernel()
def normals(shape: SkinShape, points: Array) -> Array:
    """Unit outward normals of the level sets of f at points (n, 3)."""
    out = np.empty_like(points)
    for i in range(len(points)):
        gx, gy, gz = _gradient(shape, points[i, 0], points[i, 1], points[i, 2])
        length = math.sqrt(gx * gx + gy * gy + gz * gz)
        out[i, 0], out[i, 1], out[i, 2] = gx / length, gy / length, gz / length
    return out


@kernel()
def project(shape: SkinShape, points: Array) -> Array:
    """Points (n, 3) near the skin, moved onto it along the gradient where they were (Newton with a kept slope)."""
    out = points.copy()
    for i in range(len(points)):
        for k in range(16):
            x, y, z = out[i, 0], out[i, 1], out[i, 2]
            value = skin_value(shape, x, y, z)
            if abs(value) < 1e-10:
                break
            if k % 6 == 0:
                gx, gy, gz = _gradient(shape, x, y, z)
                square = gx * gx + gy * gy + gz * gz
            step = value / square
            out[i, 0], out[i, 1], out[i, 2] = x - step * gx, y - step * gy, z - step * gz
    return out


@kernel()
def hits(shape: SkinShape, origins: Array, directions: Array, length_m: float) -> Array:
    """First points where rays (n, 3) enter the body; nan where they miss it.

    Marches with steps bound by f, then closes the bracket with the Illinois rule (Dowell and Jarratt 1971).
    """
    out = np.full_like(origins, np.nan)
    for i in range(len(origins)):
        ox, oy, oz = origins[i]
        dx, dy, dz = directions[i]
        a, fa = 0.0, skin_value(shape, ox, oy, oz)
        if fa <= 0.0:
            continue
        b, fb = a, fa
        while fb > 0.0 and b < length_m:
            a, fa = b, fb
            b = a + max(fa / _STEEPEST, _SHORTEST_STEP_M)
            fb = skin_value(shape, ox + b * dx, oy + b * dy, oz + b * dz)
        if fb > 0.0:
            continue
        for _ in range(40):
            c = b - fb * (b - a) / (fb - fa)
            fc = skin_value(shape, ox + c * dx, oy + c * dy, oz + c * dz)
            if fc * fb < 0.0:
                a, fa = b, fb
            else:
                fa *= 0.5
            b, fb = c, fc
            if abs(fc) < 1e-11 or abs(b - a) < 1e-12:
                break
        out[i, 0], out[i, 1], out[i, 2] = ox + b * dx, oy + b * dy, oz + b * dz
    return out
