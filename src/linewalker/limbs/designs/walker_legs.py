"""The look of the walker's left leg, in the frames of its links. y points outwards there; the right leg mirrors it."""

from __future__ import annotations

from linewalker.limbs.designs.cover import CoverPart, Finish, disc, plate, ring
from linewalker.limbs.designs.loft import Loft, Section, section
from linewalker.limbs.designs.mesh import Mesh, join
from linewalker.limbs.designs.walker_frame import ANKLE_M, THIGH_M


def leg_parts() -> list[CoverPart]:
    """All parts of the left leg."""
    return [*_hip(), *_thigh(), *_shank(), *_foot()]


def _hip() -> list[CoverPart]:
    roll = disc(0.052, 0.066, axis="x", bevel=0.01).moved(x=-0.030)
    front = disc(0.034, 0.006, axis="x", bevel=0.003).moved(x=0.036)
    yoke = Loft(
        sections=[
            section(-0.060, 0.050, 0.046),
            section(-0.020, 0.056, 0.052),
            section(0.030, 0.050, 0.046),
        ],
        dome_low_m=0.01,
        dome_high_m=0.015,
    )
    return [
        CoverPart(link="left_hip_roll", finish=Finish.JOINT, mesh=roll),
        CoverPart(link="left_hip_roll", finish=Finish.METAL, mesh=front),
        CoverPart(link="left_hip_yaw", finish=Finish.JOINT, mesh=yoke.mesh(rings=8)),
    ]


def _thigh() -> list[CoverPart]:
    core = Loft(
        sections=[
            Section(z=-0.325, front=0.052, back=0.056, left=0.049, right=0.047, power=2.3),
            Section(z=-0.250, front=0.062, back=0.064, left=0.058, right=0.053, power=2.3),
            Section(z=-0.150, front=0.074, back=0.076, left=0.068, right=0.060, power=2.4),
            Section(z=-0.070, front=0.074, back=0.078, left=0.070, right=0.060, power=2.5),
            Section(z=-0.020, front=0.062, back=0.066, left=0.066, right=0.056, power=2.5),
        ],
        dome_low_m=0.012,
        dome_high_m=0.02,
    )
    cover = plate(
        core,
        [(0.00, -62, 128), (0.25, -66, 136), (0.6, -60, 146), (0.82, -38, 150), (0.95, -20, 146)],
        lift_m=0.006,
        rows=14,
        columns=14,
    )
    hamstring = plate(core, [(0.10, 172, 258), (0.5, 178, 262), (0.80, 186, 256)], lift_m=0.004, rows=8, columns=6)
    hip_cap = disc(0.047, 0.012, bevel=0.008).moved(y=0.067)
    hip_ring = ring(0.034, 0.0022).moved(y=0.0795)
    fork = join([disc(0.044, 0.010, bevel=0.006).moved(y=side * 0.050, z=-THIGH_M) for side in (1, -1)])
    eyes = join([disc(0.026, 0.004, bevel=0.002).moved(y=side * 0.0605, z=-THIGH_M) for side in (1, -1)])
    strap = Loft(
        sections=[section(-0.385, 0.020, 0.045, x=-0.010), section(-0.32, 0.040, 0.047, x=-0.004)],
        dome_low_m=0.01,
        dome_high_m=0.01,
    )
    return [
        CoverPart(link="left_thigh", finish=Finish.GRAPHITE, mesh=join([core.mesh(rings=10), fork, hamstring])),
        CoverPart(link="left_thigh", finish=Finish.SHELL, mesh=cover),
        CoverPart(link="left_thigh", finish=Finish.JOINT, mesh=join([hip_cap, strap.mesh(rings=4, points=20)])),
        CoverPart(link="left_thigh", finish=Finish.METAL, mesh=join([eyes, hip_ring])),
    ]


def _shank() -> list[CoverPart]:
    core = Loft(
        sections=[
            Section(z=-0.330, front=0.034, back=0.036, left=0.033, right=0.033, power=2.2),
            Section(z=-0.250, front=0.040, back=0.046, left=0.041, right=0.039, power=2.3),
            Section(z=-0.130, front=0.050, back=0.066, left=0.052, right=0.048, power=2.3),
            Section(z=-0.060, front=0.054, back=0.062, left=0.052, right=0.048, power=2.4),
            Section(z=-0.020, front=0.046, back=0.046, left=0.040, right=0.040, power=2.4),
        ],
        dome_low_m=0.01,
        dome_high_m=0.015,
    )
    shin = plate(
        core,
        [(0.02, -92, 104), (0.35, -98, 112), (0.75, -88, 108), (0.97, -58, 66)],
        lift_m=0.006,
        rows=12,
        columns=14,
    )
    calf = plate(core, [(0.18, 138, 230), (0.5, 134, 234), (0.86, 140, 228)], lift_m=0.005, rows=8, columns=8)
    knee = disc(0.046, 0.039, bevel=0.008)
    cap = Loft(
        sections=[
            section(-0.045, 0.022, 0.030, x=0.036, back=0.03),
            section(0.000, 0.026, 0.034, x=0.034, back=0.03),
            section(0.030, 0.018, 0.026, x=0.030, back=0.03),
        ],
        dome_low_m=0.01,
        dome_high_m=0.012,
    )
    rods = join([_tendon(side) for side in (1, -1)])
    return [
        CoverPart(link="left_shank", finish=Finish.GRAPHITE, mesh=join([core.mesh(rings=10), calf])),
        CoverPart(link="left_shank", finish=Finish.SHELL, mesh=join([shin, cap.mesh(rings=8, points=24)])),
        CoverPart(link="left_shank", finish=Finish.JOINT, mesh=knee),
        CoverPart(link="left_shank", finish=Finish.METAL, mesh=rods),
    ]


def _tendon(side: int) -> Mesh:
    """One of the two rods that drive the ankle, behind the shank."""
    return disc(0.006, 0.060, axis="z", bevel=0.002, segments=12).moved(x=-0.040, y=side * 0.022, z=-0.315)


def _foot() -> list[CoverPart]:
    sole = Loft(
        sections=[
            Section(z=-ANKLE_M + 0.004, front=0.125, back=0.117, left=0.053, right=0.051, power=3.0, x=0.025),
            Section(z=-ANKLE_M + 0.016, front=0.128, back=0.119, left=0.055, right=0.053, power=3.0, x=0.025),
        ],
        dome_low_m=0.004,
        dome_high_m=0.004,
        dome_power=4.0,
    )
    upper = Loft(
        sections=[
            Section(z=-0.074, front=0.124, back=0.115, left=0.052, right=0.050, power=3.0, x=0.025),
            Section(z=-0.058, front=0.108, back=0.113, left=0.050, right=0.048, power=2.8, x=0.023),
            Section(z=-0.040, front=0.072, back=0.102, left=0.046, right=0.044, power=2.6, x=0.019),
            Section(z=-0.016, front=0.046, back=0.072, left=0.040, right=0.038, power=2.4, x=0.008),
        ],
        dome_low_m=0.002,
        dome_high_m=0.012,
    )
    tongue = plate(upper, [(0.30, -24, 24), (0.6, -34, 34), (0.95, -48, 48)], lift_m=0.002, rows=5, columns=5)
    heel = plate(upper, [(0.05, 150, 210), (0.5, 146, 214), (0.8, 152, 208)], lift_m=0.003, rows=8, columns=8)
    ankle = join([disc(0.032, 0.034, bevel=0.006), disc(0.026, 0.040, axis="x", bevel=0.005)])
    boot = Loft(
        sections=[section(-0.02, 0.034, 0.034), section(0.055, 0.031, 0.031, x=-0.001)],
        dome_low_m=0.01,
        dome_high_m=0.01,
    )
    return [
        CoverPart(link="left_ankle", finish=Finish.JOINT, mesh=join([ankle, boot.mesh(rings=5, points=24)])),
        CoverPart(link="left_foot", finish=Finish.JOINT, mesh=sole.mesh(rings=3, points=40)),
        CoverPart(link="left_foot", finish=Finish.SHELL, mesh=upper.mesh(rings=8, points=40)),
        CoverPart(link="left_foot", finish=Finish.GRAPHITE, mesh=join([tongue, heel])),
    ]
