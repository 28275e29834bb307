"""The look of the walker's left arm and hand, in the frames of its links, hanging. y points outwards there."""

from __future__ import annotations

from linewalker.limbs.designs.cover import CoverPart, Finish, disc, plate, ring, rod
from linewalker.limbs.designs.loft import Loft, Section, section
from linewalker.limbs.designs.mesh import Mesh, join
from linewalker.limbs.designs.walker_frame import SCANNER_FRONT_M


def arm_parts() -> list[CoverPart]:
    """All parts of the left arm, and the scanner that sits in place of the right hand."""
    return [*_shoulder(), *_upper_arm(), *_elbow(), *_forearm(), *_hand(), *_scanner()]


def _shoulder() -> list[CoverPart]:
    axle = disc(0.046, 0.030, bevel=0.006).moved(y=0.012)
    ball = Loft(
        sections=[
            section(-0.055, 0.046, 0.044, power=2.2),
            section(-0.020, 0.056, 0.054, power=2.2),
            section(0.020, 0.056, 0.054, power=2.2),
            section(0.040, 0.046, 0.046, power=2.2),
        ],
        dome_low_m=0.012,
        dome_high_m=0.022,
        dome_power=2.0,
    )
    pauldron = plate(
        ball,
        [(-0.55, 20, 160), (0.0, -4, 184), (0.5, -16, 196), (1.0, -20, 200), (1.55, -10, 190)],
        lift_m=0.008,
        edge_m=0.004,
        corner_power=4.0,
        rows=12,
        columns=14,
    )
    cap = disc(0.030, 0.005, bevel=0.003).moved(y=0.0625, z=0.002)
    glow = ring(0.021, 0.0016).moved(y=0.0678, z=0.002)
    return [
        CoverPart(link="left_shoulder_pitch", finish=Finish.JOINT, mesh=axle),
        CoverPart(link="left_shoulder_roll", finish=Finish.JOINT, mesh=ball.mesh(rings=8, points=28)),
        CoverPart(link="left_shoulder_roll", finish=Finish.SHELL, mesh=pauldron),
        CoverPart(link="left_shoulder_roll", finish=Finish.GRAPHITE, mesh=cap),
        CoverPart(link="left_shoulder_roll", finish=Finish.METAL, mesh=glow),
    ]


def _upper_arm() -> list[CoverPart]:
    core = Loft(
        sections=[
            Section(z=-0.130, front=0.038, back=0.040, left=0.040, right=0.036, power=2.3),
            Section(z=-0.060, front=0.044, back=0.044, left=0.044, right=0.040, power=2.3),
            Section(z=0.020, front=0.046, back=0.046, left=0.044, right=0.042, power=2.3),
        ],
        dome_low_m=0.012,
        dome_high_m=0.012,
    )
    cover = plate(core, [(0.03, -62, 150), (0.5, -70, 160), (0.93, -56, 172)], lift_m=0.005, rows=10, columns=12)
    fork = join([disc(0.036, 0.008, bevel=0.005).moved(y=side * 0.042, z=-0.17) for side in (1, -1)])
    strap = Loft(
        sections=[section(-0.185, 0.016, 0.036, x=-0.006), section(-0.130, 0.032, 0.038)],
        dome_low_m=0.01,
        dome_high_m=0.01,
    )
    eye = join([disc(0.021, 0.003, bevel=0.0015).moved(y=side * 0.0505, z=-0.17) for side in (1, -1)])
    return [
        CoverPart(link="left_upper_arm", finish=Finish.GRAPHITE, mesh=join([core.mesh(rings=8), fork])),
        CoverPart(link="left_upper_arm", finish=Finish.SHELL, mesh=cover),
        CoverPart(link="left_upper_arm", finish=Finish.JOINT, mesh=strap.mesh(rings=4, points=20)),
        CoverPart(link="left_upper_arm", finish=Finish.METAL, mesh=eye),
    ]


def _elbow() -> list[CoverPart]:
    hub = disc(0.036, 0.033, bevel=0.006)
    sleeve = Loft(
        sections=[section(-0.075, 0.037, 0.036), section(-0.020, 0.034, 0.034, x=0.002)],
        dome_low_m=0.01,
        dome_high_m=0.01,
    )
    return [CoverPart(link="left_elbow", finish=Finish.JOINT, mesh=join([hub, sleeve.mesh(rings=6, points=28)]))]


def _forearm() -> list[CoverPart]:
    core = Loft(
        sections=[
            section(-0.135, 0.027, 0.029, power=2.3),
            section(-0.070, 0.034, 0.036, power=2.3),
            section(0.000, 0.041, 0.043, power=2.3),
            section(0.045, 0.040, 0.041, power=2.3),
        ],
        dome_low_m=0.008,
        dome_high_m=0.010,
    )
    cover = plate(core, [(0.05, -40, 190), (0.5, -48, 204), (0.95, -60, 214)], lift_m=0.005, rows=10, columns=12)
    band = ring(0.030, 0.004, axis="z", segments=32).moved(z=-0.138)
    return [
        CoverPart(link="left_forearm", finish=Finish.GRAPHITE, mesh=core.mesh(rings=8)),
        CoverPart(link="left_forearm", finish=Finish.SHELL, mesh=cover),
        CoverPart(link="left_forearm", finish=Finish.METAL, mesh=band),
    ]


def _hand() -> list[CoverPart]:
    wrist = join([disc(0.023, 0.024, bevel=0.004), disc(0.020, 0.016, axis="z", bevel=0.003).moved(z=0.016)])
    palm = Loft(
        sections=[
            Section(z=-0.098, front=0.040, back=0.038, left=0.013, right=0.015, power=2.8),
            Section(z=-0.060, front=0.042, back=0.038, left=0.017, right=0.018, power=2.6),
            Section(z=-0.015, front=0.024, back=0.024, left=0.018, right=0.018, power=2.3),
        ],
        dome_low_m=0.006,
        dome_high_m=0.008,
    )
    back = plate(
        palm, [(0.05, 48, 132), (0.5, 46, 134), (0.92, 40, 140)], lift_m=0.005, edge_m=0.0025, rows=6, columns=6
    )
    fingers = [_finger(x, length) for x, length in ((-0.030, 0.052), (-0.010, 0.062), (0.010, 0.066), (0.030, 0.060))]
    thumb = join(
        [
            rod((0.030, -0.010, -0.030), (0.058, -0.020, -0.062), 0.0105, 0.0095),
            rod((0.058, -0.020, -0.062), (0.060, -0.034, -0.092), 0.0095, 0.0080),
        ]
    )
    return [
        CoverPart(link="left_wrist", finish=Finish.JOINT, mesh=wrist),
        CoverPart(
            link="left_hand", finish=Finish.GRAPHITE, mesh=join([palm.mesh(rings=8, points=28), *fingers, thumb])
        ),
        CoverPart(link="left_hand", finish=Finish.SHELL, mesh=back),
    ]


def _finger(x: float, length: float) -> Mesh:
    """Two bones, slightly curled towards the palm (-y)."""
    root, knuckle = (x, 0.0, -0.098), (x * 1.03, -0.006, -0.098 - 0.5 * length)
    tip = (x * 1.03, -0.024, -0.098 - 0.92 * length)
    return join([rod(root, knuckle, 0.0092, 0.0085), rod(knuckle, tip, 0.0085, 0.0068)])


def _scanner() -> list[CoverPart]:
    """The line scanner: housing, clamp, two windows. The laser leaves along -z, its line runs along y."""
    neck = Loft(
        sections=[section(-0.050, 0.020, 0.030), section(-0.014, 0.019, 0.019)], dome_low_m=0.004, dome_high_m=0.004
    )
    housing = Loft(
        sections=[
            section(SCANNER_FRONT_M + 0.002, 0.0215, 0.0415, power=7.0),
            section(-0.046, 0.0215, 0.0415, power=7.0),
        ],
        dome_low_m=0.002,
        dome_high_m=0.003,
    )
    clamp = Loft(
        sections=[section(-0.076, 0.0245, 0.0445, power=6.0), section(-0.058, 0.0245, 0.0445, power=6.0)],
        dome_low_m=0.002,
        dome_high_m=0.002,
    )
    window = Loft(
        sections=[section(0.0, 0.011, 0.010, power=6.0), section(0.0015, 0.011, 0.010, power=6.0)],
        dome_low_m=0.0005,
        dome_high_m=0.0005,
    ).mesh(rings=2, points=24, dome_rings=2)
    windows = join([window.moved(y=side * 0.024, z=SCANNER_FRONT_M - 0.0005) for side in (1, -1)])
    lamp = ring(0.021, 0.0016, axis="z").moved(z=-0.034)
    body = join([neck.mesh(rings=5), housing.mesh(rings=3, points=44)])
    return [
        CoverPart(link="right_hand", finish=Finish.GRAPHITE, mesh=body),
        CoverPart(link="right_hand", finish=Finish.SHELL, mesh=clamp.mesh(rings=3, points=44)),
        CoverPart(link="right_hand", finish=Finish.GLASS, mesh=windows),
        CoverPart(link="right_hand", finish=Finish.LIGHT, mesh=lamp),
    ]
