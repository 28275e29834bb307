"""The look of the walker's pelvis, waist, torso and head, in the frames of their links."""

from __future__ import annotations

from linewalker.limbs.designs.cover import CoverPart, Finish, bellows, disc, plate, ring, spot
from linewalker.limbs.designs.loft import Loft, section
from linewalker.limbs.designs.mesh import join


def trunk_parts() -> list[CoverPart]:
    """All parts between the hips and the crown."""
    return [*_pelvis(), *_waist(), *_torso(), *_neck(), *_head()]


def _pelvis() -> list[CoverPart]:
    core = Loft(
        sections=[
            section(-0.125, 0.040, 0.026, power=2.4),
            section(-0.085, 0.062, 0.036, power=2.5),
            section(-0.035, 0.080, 0.080, power=2.8),
            section(0.000, 0.086, 0.132, power=3.0),
            section(0.035, 0.084, 0.136, power=2.8),
            section(0.062, 0.074, 0.110, power=2.6),
        ],
        dome_low_m=0.014,
        dome_high_m=0.012,
    )
    left = plate(core, [(0.60, 52, 128), (0.78, 26, 154), (0.97, 24, 156)], lift_m=0.005, rows=8, columns=12)
    front = plate(core, [(0.16, -24, 24), (0.5, -28, 28), (0.74, -17, 17), (0.97, -17, 17)], lift_m=0.005, columns=12)
    back = plate(core, [(0.22, 156, 204), (0.6, 160, 200), (0.95, 162, 198)], lift_m=0.005, rows=8, columns=8)
    return [
        CoverPart(link="pelvis", finish=Finish.GRAPHITE, mesh=core.mesh(rings=14, points=44)),
        CoverPart(link="pelvis", finish=Finish.SHELL, mesh=join([left, left.mirrored(), front])),
        CoverPart(link="pelvis", finish=Finish.JOINT, mesh=back),
    ]


def _waist() -> list[CoverPart]:
    sleeve = bellows(section(-0.012, 0.078, 0.104), section(0.050, 0.074, 0.098), folds=4, depth_m=0.006, points=36)
    return [CoverPart(link="waist", finish=Finish.JOINT, mesh=sleeve)]


def _torso() -> list[CoverPart]:
    core = Loft(
        sections=[
            section(0.000, 0.074, 0.098, back=0.078, power=2.5),
            section(0.060, 0.082, 0.106, back=0.084, power=2.5),
            section(0.150, 0.104, 0.132, back=0.096, power=2.6),
            section(0.240, 0.118, 0.150, back=0.104, power=2.7),
            section(0.310, 0.112, 0.152, back=0.104, power=2.8),
            section(0.352, 0.092, 0.136, back=0.096, power=2.7),
            section(0.385, 0.062, 0.086, back=0.074, power=2.4),
        ],
        dome_low_m=0.012,
        dome_high_m=0.012,
    )
    chest = plate(
        core,
        [(0.36, 5, 34), (0.45, 4.5, 62), (0.62, 4, 74), (0.80, 4, 66), (0.95, 6, 60)],
        lift_m=0.007,
        rows=12,
        columns=12,
        corner_power=5.0,
    )
    flank = plate(
        core, [(0.10, 62, 128), (0.25, 68, 126), (0.36, 78, 122), (0.50, 92, 124)], lift_m=0.005, rows=8, columns=8
    )
    belly = plate(core, [(0.06, -40, 40), (0.19, -44, 44), (0.32, -26, 26)], lift_m=0.004, rows=6)
    blade = plate(core, [(0.52, 104, 150), (0.70, 108, 152), (0.93, 104, 150)], lift_m=0.006)
    shoulder = disc(0.050, 0.020, bevel=0.008).moved(y=0.132, z=0.325)
    collar = ring(0.052, 0.013, axis="z").moved(z=0.392)
    hull = join([core.mesh(rings=14, points=44), belly])
    return [
        *_backpack(),
        *_chest_lamp(),
        CoverPart(link="torso", finish=Finish.GRAPHITE, mesh=hull),
        CoverPart(
            link="torso",
            finish=Finish.SHELL,
            mesh=join([both for one in (chest, flank, blade) for both in (one, one.mirrored())]),
        ),
        CoverPart(link="torso", finish=Finish.JOINT, mesh=join([collar, shoulder, shoulder.mirrored()])),
    ]


def _backpack() -> list[CoverPart]:
    """Where the batteries are."""
    pack = Loft(
        sections=[
            section(0.075, 0.02, 0.066, x=-0.085, back=0.028, power=3.6),
            section(0.110, 0.02, 0.084, x=-0.090, back=0.046, power=3.6),
            section(0.270, 0.02, 0.090, x=-0.096, back=0.056, power=3.6),
            section(0.335, 0.02, 0.080, x=-0.088, back=0.040, power=3.4),
        ],
        dome_low_m=0.01,
        dome_high_m=0.016,
    )
    lid = plate(pack, [(0.10, 118, 242), (0.9, 118, 242)], lift_m=0.005)
    vents = [
        plate(pack, [(u, 142, 218), (u + 0.035, 142, 218)], lift_m=0.0075, edge_m=0.003, rows=3, columns=8)
        for u in (0.28, 0.36, 0.44)
    ]
    return [
        CoverPart(link="torso", finish=Finish.GRAPHITE, mesh=pack.mesh(rings=8, points=36)),
        CoverPart(link="torso", finish=Finish.SHELL, mesh=lid),
        CoverPart(link="torso", finish=Finish.JOINT, mesh=join(vents)),
    ]


def _chest_lamp() -> list[CoverPart]:
    well = disc(0.027, 0.006, axis="x", bevel=0.003).moved(x=0.1225, z=0.262)
    light = ring(0.0205, 0.0022, axis="x").moved(x=0.1285, z=0.262)
    return [
        CoverPart(link="torso", finish=Finish.GLASS, mesh=well),
        CoverPart(link="torso", finish=Finish.LIGHT, mesh=light),
    ]


def _neck() -> list[CoverPart]:
    sleeve = bellows(
        section(-0.030, 0.046, 0.046, power=2.0),
        section(0.055, 0.040, 0.040, power=2.0),
        folds=5,
        depth_m=0.005,
        points=28,
    )
    return [CoverPart(link="neck", finish=Finish.JOINT, mesh=sleeve)]


def _head() -> list[CoverPart]:
    skull = Loft(
        sections=[
            section(-0.030, 0.046, 0.046, back=0.040, power=2.3, x=0.022),
            section(-0.005, 0.066, 0.060, back=0.066, power=2.4, x=0.016),
            section(0.040, 0.086, 0.073, back=0.090, power=2.4, x=0.010),
            section(0.075, 0.092, 0.077, back=0.096, power=2.4, x=0.006),
            section(0.100, 0.0935, 0.078, back=0.0975, power=2.35, x=0.004),
        ],
        dome_low_m=0.012,
        dome_high_m=0.075,
        dome_power=2.0,
    )
    visor = plate(
        skull,
        [(0.12, -40, 40), (0.30, -58, 58), (0.62, -67, 67), (0.95, -71, 71), (1.22, -56, 56)],
        lift_m=0.0035,
        edge_m=0.003,
        corner_power=3.5,
        rows=14,
        columns=22,
    )
    bar_deg = [(0.735, -47, 47), (0.76, -48, 48), (0.785, -47, 47)]
    bar = plate(skull, bar_deg, lift_m=0.0062, edge_m=0.0025, corner_power=3.0, rows=3, columns=20)
    ear = disc(0.030, 0.007, bevel=0.004).moved(x=-0.006, y=0.079, z=0.066)
    glow = ring(0.0215, 0.0018).moved(x=-0.006, y=0.0862, z=0.066)
    nape = plate(skull, [(0.06, 138, 222), (0.36, 132, 228), (0.70, 140, 220)], lift_m=0.003)
    eyes = [spot(skull, 1.06, side * 19.0, 0.0095, lift_m=0.0052) for side in (1, -1)]
    pupils = [spot(skull, 1.06, side * 19.0, 0.0055, lift_m=0.0060) for side in (1, -1)]
    return [
        CoverPart(link="head", finish=Finish.SHELL, mesh=skull.mesh(rings=12, points=40, dome_rings=8)),
        CoverPart(link="head", finish=Finish.GLASS, mesh=join([visor, *pupils])),
        CoverPart(link="head", finish=Finish.LIGHT, mesh=join([bar, glow, glow.mirrored()])),
        CoverPart(link="head", finish=Finish.GRAPHITE, mesh=join([ear, ear.mirrored(), nape, *eyes])),
    ]
