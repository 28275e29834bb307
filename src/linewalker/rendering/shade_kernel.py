"""What light does each pixel see? A hot loop: numba, one pass over a visibility buffer.

The light is that of an inspection hall: long lamps overhead, a soft sky between them, bright walls along the horizon
and the floor from below. Diffuse light of a lamp is that of an infinite strip, ``E = L w cos_l cos_n pi / (2 r)``;
mirror images of the lamps are found by following the reflected ray to the lamp's height. What stands below something
else gets less of all of it, as a blurred stack of height slices says (`linewalker.rendering.light.openness`).

Vectors are tuples of three numbers here: numba keeps them in registers.
"""

from __future__ import annotations

from typing import Annotated, NamedTuple

import numpy as np
from numba import float32, uint8
from numpy.typing import NDArray

from linewalker.kernel import Matrix, NumberTable, Stack, kernel
from linewalker.kernel import Vector as Row
from linewalker.rendering.raster_kernel import Labels, Singles, Visible

Slices = Annotated[NDArray[np.float32], float32[:, :, ::1]]
Bytes = Annotated[NDArray[np.uint8], uint8[::1]]
Picture = Annotated[NDArray[np.uint8], uint8[:, :, ::1]]

ROUGHNESS, METALLIC, REFLECTANCE, EMISSION = 3, 4, 5, 6
"""Columns of a material after its red, green, blue (linear)."""

Vector = tuple[float, float, float]
Resolved = tuple[Picture, Singles, Labels]

_BRIGHTEST, _TONES_PER_ROOT = 3.0, 2000.0


def _tones() -> np.ndarray:
    """Filmic curve (Narkowicz 2015), then the sRGB transfer curve, by the square root of the linear colour."""
    x = (np.arange(int(_BRIGHTEST * _TONES_PER_ROOT) + 1) / _TONES_PER_ROOT) ** 2
    x = np.minimum(x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14), 1.0)
    return 255.0 * np.where(x < 0.0031308, 12.92 * x, 1.055 * x ** (1.0 / 2.4) - 0.055)


_TONES = _tones()
_LINEAR = (np.arange(256) / 255.0) ** 2.2
"""Linear value of a texel."""


class Triangles(NamedTuple):
    """All meshes in one piece; faces count from their mesh's first vertex, normal or texture coordinate."""

    vertices: Singles  # (n, 3)
    normals: Singles  # (k, 3)
    faces: Labels  # (m, 3)
    normal_faces: Labels  # (m, 3)
    texcoords: Singles  # (t, 2)
    texcoord_faces: Labels  # (m, 3)


class Placed(NamedTuple):
    """What stands where; one row per thing drawn."""

    first: Labels  # (i, 4): first vertex, normal, face, texture coordinate of its mesh
    R_WM: Stack  # (i, 3, 3)
    p_WM: Matrix  # (i, 3)
    material: Matrix  # (i, 7): red, green, blue, then the columns named above
    texture: NumberTable  # (i, 3): where its picture starts in `texels` (-1: it has none), height, width
    texels: Bytes  # (n,): all pictures, row by row, sRGB


class Eye(NamedTuple):
    """A pinhole."""

    R_WC: Matrix  # (3, 3)
    p_WC: Row  # (3,)
    lens: Row  # fx, fy, cx, cy in px


class Light(NamedTuple):
    """The light of a hall."""

    lamps: Matrix  # (s, 6): centre x y z, half length along x, half width along y, radiance
    tints: Matrix  # (3, 3): sky, wall, ground, linear
    open_: Slices  # (slices, cells, cells): share of the light overhead, 0 to 1, by height, y, x
    grid: Row  # x and y of the first cell, cells per metre, slices per metre
    exposure: float


@kernel(nogil=True, error_model="numpy")
def _soft_step(x: float) -> float:
    t = min(max(x + 0.5, 0.0), 1.0)
    return t * t * (3.0 - 2.0 * t)


@kernel(nogil=True, error_model="numpy")
def _radiance_from(p: Vector, d: Vector, blur: float, light: Light) -> Vector:
    """Light that arrives at p from direction d, blurred by ``blur`` (tangent of the half angle)."""
    rise = d[2]
    sky = _soft_step(rise / (0.3 + blur))
    wall = max(1.0 - abs(rise - 0.15) / (0.30 + blur), 0.0)
    tints = light.tints
    r = tints[2, 0] + (tints[0, 0] - tints[2, 0]) * sky
    g = tints[2, 1] + (tints[0, 1] - tints[2, 1]) * sky
    b = tints[2, 2] + (tints[0, 2] - tints[2, 2]) * sky
    r, g, b = r + (tints[1, 0] - r) * wall, g + (tints[1, 1] - g) * wall, b + (tints[1, 2] - b) * wall
    if rise <= 1e-3:
        return r, g, b
    lamps = light.lamps
    for i in range(lamps.shape[0]):
        t = (lamps[i, 2] - p[2]) / rise
        if t <= 0.0:
            continue
        edge = blur * t + 0.02
        across = _soft_step((lamps[i, 4] - abs(p[1] + t * d[1] - lamps[i, 1])) / edge)
        if across == 0.0:
            continue
        along = _soft_step((lamps[i, 3] - abs(p[0] + t * d[0] - lamps[i, 0])) / edge)
        share = along * across * min(1.0, 2.0 * lamps[i, 4] / edge)
        r, g, b = r + (lamps[i, 5] - r) * share, g + (lamps[i, 5] - g) * share, b + (lamps[i, 5] - b) * share
    return r, g, b


@kernel(nogil=True, error_model="numpy")
def _openness(p: Vector, n: Vector, light: Light) -> float:
    """Share of the light overhead that reaches p: the stack of slices, interpolated, a little off the surface."""
    slices, rows, columns = light.open_.shape
    x = (p[0] + 0.10 * n[0] - light.grid[0]) * light.grid[2]
    y = (p[1] + 0.10 * n[1] - light.grid[1]) * light.grid[2]
    z = max(p[2] * light.grid[3], 0.0)
    if x < 0.0 or y < 0.0 or x >= columns - 1 or y >= rows - 1 or z >= slices - 1:
        return 1.0
    i, j, k = int(x), int(y), int(z)
    u, v, w = x - i, y - j, z - k
    volume = light.open_
    total = 0.0
    for layer in range(2):
        near = volume[k + layer, j, i] * (1 - u) + volume[k + layer, j, i + 1] * u
        far = volume[k + layer, j + 1, i] * (1 - u) + volume[k + layer, j + 1, i + 1] * u
        total += (near * (1 - v) + far * v) * (w if layer == 1 else 1 - w)
    return total


@kernel(nogil=True, error_model="numpy")
def _lamp_light(p: Vector, n: Vector, light: Light) -> float:
    """Irradiance over pi from the lamps at p on a surface with normal n."""
    total = 0.0
    lamps = light.lamps
    for i in range(lamps.shape[0]):
        dy, dz = lamps[i, 1] - p[1], lamps[i, 2] - p[2]
        facing = n[1] * dy + n[2] * dz
        if facing > 0.0 and dz > 0.0:
            r2 = dy * dy + dz * dz
            total += lamps[i, 5] * lamps[i, 4] * dz * facing / (r2 * np.sqrt(r2))
    return total


@kernel(nogil=True, error_model="numpy")
def _shade(p: Vector, n: Vector, view: Vector, colour: Vector, item: int, placed: Placed, light: Light) -> Vector:
    """Colour of the surface at p with normal n, seen along ``view``; linear."""
    facing = max(-(n[0] * view[0] + n[1] * view[1] + n[2] * view[2]), 0.02)
    mirrored = (view[0] + 2.0 * facing * n[0], view[1] + 2.0 * facing * n[1], view[2] + 2.0 * facing * n[2])
    open_ = _openness(p, n, light)
    material = placed.material
    roughness, metallic = material[item, ROUGHNESS], material[item, METALLIC]
    reflectance, glow = material[item, REFLECTANCE], material[item, EMISSION]
    grazing = (1.0 - facing) * (1.0 - facing)
    coat = reflectance + (1.0 - reflectance) * (1.0 - 0.8 * roughness) * grazing * grazing * (1.0 - facing)
    shine = _radiance_from(p, mirrored, 0.01 + 0.8 * roughness * roughness, light)
    sheen = _radiance_from(p, mirrored, 0.15 + roughness, light) if metallic > 0.0 else shine
    up, level = 0.5 + 0.5 * n[2], 0.45 * (1.0 - abs(n[2])) * (0.4 + 0.6 * open_)
    lamp = _lamp_light(p, n, light)
    mirror = 0.25 + 0.75 * open_
    above, below = 0.06 + 0.94 * open_, (0.3 + 0.7 * open_) * (1.0 - up)
    tints = light.tints

    def channel(k: int, base: float, shine_k: float, sheen_k: float) -> float:
        diffuse = (tints[0, k] * up + lamp) * above + tints[1, k] * level + tints[2, k] * below
        body = base * ((1.0 - metallic) * diffuse + metallic * mirror * sheen_k)
        return body * (1.0 - coat) + coat * mirror * shine_k + glow * base

    return (
        channel(0, colour[0], shine[0], sheen[0]),
        channel(1, colour[1], shine[1], sheen[1]),
        channel(2, colour[2], shine[2], sheen[2]),
    )


@kernel(nogil=True, error_model="numpy")
def _weights(ray: Vector, item: int, face: int, triangles: Triangles, placed: Placed, eye: Eye) -> Vector:
    """Shares of the three corners where a ray of the camera meets a face: those of `draw_mesh`, adding up to 1."""
    vertex, first = placed.first[item, 0], placed.first[item, 2]
    R, t = placed.R_WM, placed.p_WM
    # the ray and the camera in mesh frame: cheaper than three corners in world frame
    d0, d1, d2 = t[item, 0] - eye.p_WC[0], t[item, 1] - eye.p_WC[1], t[item, 2] - eye.p_WC[2]
    ox = -(R[item, 0, 0] * d0 + R[item, 1, 0] * d1 + R[item, 2, 0] * d2)
    oy = -(R[item, 0, 1] * d0 + R[item, 1, 1] * d1 + R[item, 2, 1] * d2)
    oz = -(R[item, 0, 2] * d0 + R[item, 1, 2] * d1 + R[item, 2, 2] * d2)
    rx = R[item, 0, 0] * ray[0] + R[item, 1, 0] * ray[1] + R[item, 2, 0] * ray[2]
    ry = R[item, 0, 1] * ray[0] + R[item, 1, 1] * ray[1] + R[item, 2, 1] * ray[2]
    rz = R[item, 0, 2] * ray[0] + R[item, 1, 2] * ray[1] + R[item, 2, 2] * ray[2]
    v, faces = triangles.vertices, triangles.faces
    a, b, c = vertex + faces[first + face, 0], vertex + faces[first + face, 1], vertex + faces[first + face, 2]
    ax, ay, az = v[a, 0] - ox, v[a, 1] - oy, v[a, 2] - oz
    bx, by, bz = v[b, 0] - ox, v[b, 1] - oy, v[b, 2] - oz
    cx, cy, cz = v[c, 0] - ox, v[c, 1] - oy, v[c, 2] - oz
    w0 = rx * (by * cz - bz * cy) + ry * (bz * cx - bx * cz) + rz * (bx * cy - by * cx)
    w1 = rx * (cy * az - cz * ay) + ry * (cz * ax - cx * az) + rz * (cx * ay - cy * ax)
    w2 = rx * (ay * bz - az * by) + ry * (az * bx - ax * bz) + rz * (ax * by - ay * bx)
    scale = 1.0 / min(w0 + w1 + w2, -1e-30)
    return w0 * scale, w1 * scale, w2 * scale


@kernel(nogil=True, error_model="numpy")
def _normal(weights: Vector, item: int, face: int, triangles: Triangles, placed: Placed) -> Vector:
    """World normal: those of the corners, interpolated."""
    x, y, z = 0.0, 0.0, 0.0
    R = placed.R_WM
    for i in range(3):
        m = placed.first[item, 1] + triangles.normal_faces[placed.first[item, 2] + face, i]
        x += weights[i] * triangles.normals[m, 0]
        y += weights[i] * triangles.normals[m, 1]
        z += weights[i] * triangles.normals[m, 2]
    nx = R[item, 0, 0] * x + R[item, 0, 1] * y + R[item, 0, 2] * z
    ny = R[item, 1, 0] * x + R[item, 1, 1] * y + R[item, 1, 2] * z
    nz = R[item, 2, 0] * x + R[item, 2, 1] * y + R[item, 2, 2] * z
    scale = 1.0 / max(np.sqrt(nx * nx + ny * ny + nz * nz), 1e-30)
    return nx * scale, ny * scale, nz * scale


@kernel(nogil=True, error_model="numpy")
def _base_colour(weights: Vector, item: int, face: int, triangles: Triangles, placed: Placed) -> Vector:
    """Linear colour of the surface before any light: the material's, times its picture if it has one (bilinear)."""
    red, green, blue = placed.material[item, 0], placed.material[item, 1], placed.material[item, 2]
    start = placed.texture[item, 0]
    if start < 0:
        return red, green, blue
    height, width = placed.texture[item, 1], placed.texture[item, 2]
    u, v = 0.0, 0.0
    for i in range(3):
        m = placed.first[item, 3] + triangles.texcoord_faces[placed.first[item, 2] + face, i]
        u += weights[i] * triangles.texcoords[m, 0]
        v += weights[i] * triangles.texcoords[m, 1]
    x = min(max(u * width - 0.5, 0.0), width - 1.0)
    y = min(max(v * height - 0.5, 0.0), height - 1.0)
    i, j = min(int(y), height - 2), min(int(x), width - 2)
    right, down = x - j, y - i
    texels, at = placed.texels, start + 3 * (i * width + j)
    below = at + 3 * width

    def channel(k: int) -> float:
        upper = _LINEAR[texels[at + k]] * (1.0 - right) + _LINEAR[texels[at + 3 + k]] * right
        lower = _LINEAR[texels[below + k]] * (1.0 - right) + _LINEAR[texels[below + 3 + k]] * right
        return upper * (1.0 - down) + lower * down

    return red * channel(0), green * channel(1), blue * channel(2)


@kernel(nogil=True, error_model="numpy")
def _encode(linear: float) -> float:
    """Grey level, 0 to 255, of a linear colour: `_TONES` by the square root, which spreads the dark end."""
    return _TONES[int(min(np.sqrt(max(linear, 0.0)), _BRIGHTEST) * _TONES_PER_ROOT)]


@kernel(nogil=True, error_model="numpy")
def _resolve_row(
    row: int, fine: int, triangles: Triangles, placed: Placed, eye: Eye, visible: Visible, light: Light, out: Resolved
) -> None:
    """One row of `resolve`."""
    rgb, depth, item_of = out
    R, o, lens, share = eye.R_WC, eye.p_WC, eye.lens, 1.0 / (fine * fine)
    for column in range(depth.shape[1]):
        total_r, total_g, total_b = 0.0, 0.0, 0.0
        red, green, blue = 0.0, 0.0, 0.0
        kept, kept_item, kept_face, nearest, nearest_item = (0.0, 0.0, 0.0), -2, -1, 0.0, -1
        for sample in range(fine * fine):
            i, j = row * fine + sample // fine, column * fine + sample % fine
            x, y = (j - lens[2]) / lens[0], (i - lens[3]) / lens[1]
            ray = (
                R[0, 0] * x + R[0, 1] * y + R[0, 2],
                R[1, 0] * x + R[1, 1] * y + R[1, 2],
                R[2, 0] * x + R[2, 1] * y + R[2, 2],
            )
            item = visible.item_of[i, j]
            colour = (red, green, blue)
            shaded = False
            scale = 1.0 / np.sqrt(1.0 + x * x + y * y)
            view = (ray[0] * scale, ray[1] * scale, ray[2] * scale)
            if item < 0:
                if kept_item != -1:
                    colour, shaded = _radiance_from((o[0], o[1], o[2]), view, 0.0, light), True
            else:
                inverse = visible.inverse_depth[i, j]
                if inverse > nearest:
                    nearest, nearest_item = inverse, item
                face, textured = visible.face_of[i, j], placed.texture[item, 0] >= 0
                if item != kept_item or face != kept_face or textured:
                    weights = _weights(ray, item, face, triangles, placed, eye)
                    n = _normal(weights, item, face, triangles, placed)
                    same = n[0] * kept[0] + n[1] * kept[1] + n[2] * kept[2]
                    if item != kept_item or same < 0.999 or textured:
                        p = (o[0] + ray[0] / inverse, o[1] + ray[1] / inverse, o[2] + ray[2] / inverse)
                        base = _base_colour(weights, item, face, triangles, placed)
                        colour, shaded = _shade(p, n, view, base, item, placed, light), True
                        kept, kept_face = n, face
            if shaded:
                red = _encode(colour[0] * light.exposure)
                green = _encode(colour[1] * light.exposure)
                blue = _encode(colour[2] * light.exposure)
                kept_item = item
            total_r, total_g, total_b = total_r + red, total_g + green, total_b + blue
        rgb[row, column, 0] = int(total_r * share + 0.5)
        rgb[row, column, 1] = int(total_g * share + 0.5)
        rgb[row, column, 2] = int(total_b * share + 0.5)
        item_of[row, column] = nearest_item
        depth[row, column] = np.nan if nearest_item < 0 else _mean_depth(visible, row, column, fine, nearest_item)


@kernel(entry=True, nogil=True, error_model="numpy")
def resolve(
    triangles: Triangles,
    placed: Placed,
    eye: Eye,
    visible: Visible,
    light: Light,
    fine: int,
    rgb: Picture,
    depth: Singles,
    item_of: Labels,
) -> None:
    """Shade a visibility buffer and average every ``fine`` x ``fine`` samples into one pixel.

    Samples of one pixel that lie on the same thing and face the same way are shaded once. Depth is the inverse of the
    mean 1/z of the samples on the nearest thing: on a plane 1/z is linear in the picture, so the mean is exact.

    Args:
        triangles, placed, eye, visible, light: the scene; ``eye`` and ``visible`` at ``fine`` times the resolution.
        fine: samples per pixel and direction.
        rgb: (h, w, 3) uint8, written.
        depth: (h, w) float32 along z, m, NaN where nothing is; written.
        item_of: (h, w) int32 nearest thing, -1 where nothing is; written.
    """
    for row in range(depth.shape[0]):
        _resolve_row(row, fine, triangles, placed, eye, visible, light, (rgb, depth, item_of))


@kernel(nogil=True, error_model="numpy")
def _mean_depth(visible: Visible, row: int, column: int, fine: int, item: int) -> float:
    total, count = 0.0, 0
    for i in range(row * fine, (row + 1) * fine):
        for j in range(column * fine, (column + 1) * fine):
            if visible.item_of[i, j] == item:
                total += visible.inverse_depth[i, j]
                count += 1
    return count / total
