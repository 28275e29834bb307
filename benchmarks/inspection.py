"""``python -m benchmarks.inspection``: gap and flush of edges, paints and profilers that CAD does not know.

Every stratum draws seams, hands and profiles at random; their true values are exact. In the first part the seam is a
section made of curves, which takes any edge; in the second the seams of the example cars, seen by the simulated optics.
The profiler has a wave of the height its accuracy declares, of any length and phase, if not said otherwise.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from tests.inspection.nominal_car import catalogue as nominal_catalogue
from tests.inspection.seam.analytic_seam import AnalyticSeam, View, Wave, scan
from tests.world.test_deviations import Car

from benchmarks.table import Row, Sheet
from linewalker.console.streams import steady_output
from linewalker.geometry import Pose, exp_so3
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.cad.seam import SeamPoint
from linewalker.inspection.seam.scan import SeamMeasurement, Shot, measure_seam
from linewalker.inspection.seam.uncertainty import ScannerAccuracy
from linewalker.inspection.verdict import Undecided
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.simulated.line_scanner import LineScanner
from linewalker.vehicle import load_vehicle
from linewalker.vehicle.cad_export import cad_export_of
from linewalker.world.deviations import CarDeviations, Displacement, Parking
from linewalker.world.scene import Scene, build_scene
from linewalker.world.truth import true_gap_flush

PROFILES = 12
_WAVES_MM = (15.0, 60.0)
_MODELS = ("sedan", "suv")


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """One kind of seam and profiler.

    Attributes:
        name: of the row.
        radius: by how much of it each edge is wider or tighter than in CAD, one or the other at random.
        aspect, roll_off_mm: as in `AnalyticSeam`.
        pitch_mm, noise_mm: of the profiles.
        must_mm: bound of the 95th percentile of the error of the gap; none if it is not bounded.
    """

    name: str
    radius: float = 0.0
    aspect: float = 1.0
    roll_off_mm: float = 0.0
    pitch_mm: float = 0.1
    noise_mm: float = 0.02
    must_mm: float | None = None

    def draw(self, point: SeamPoint, rng: np.random.Generator) -> AnalyticSeam:
        """A seam of this kind."""
        wider = 1 + self.radius * rng.choice([-1, 1], 2)
        return AnalyticSeam(
            gap=rng.uniform(2.5, 6.0),
            flush=rng.uniform(-1.5, 1.5),
            radius_master=point.radius_master_mm * wider[0],
            radius_slave=point.radius_slave_mm * wider[1],
            curvature_master=1e-3 * point.curvature_master_per_m,
            curvature_slave=1e-3 * point.curvature_slave_per_m,
            aspect_master=self.aspect,
            aspect_slave=self.aspect,
            roll_off=self.roll_off_mm,
        )


STRATA = (
    Stratum(name="edges as in CAD"),
    Stratum(name="radius +-10 %", radius=0.1, must_mm=0.03),
    Stratum(name="radius +-10 %, pitch 0.2, noise 0.05", radius=0.1, pitch_mm=0.2, noise_mm=0.05, must_mm=0.10),
    Stratum(name="elliptic 0.9", aspect=0.9),
    Stratum(name="rolling off by 0.05 mm", roll_off_mm=0.05),
)


@dataclass(kw_only=True)
class Tally:
    """Errors of gap and flush, mm, with the expanded uncertainties that were stated; and what gave no value."""

    errors: list[tuple[float, float]] = field(default_factory=list)
    stated: list[tuple[float, float]] = field(default_factory=list)
    undecided: int = 0

    def add(self, found: SeamMeasurement | Undecided, gap_mm: float, flush_mm: float) -> None:
        """Count one measurement, whose true values are given."""
        if isinstance(found, Undecided):
            self.undecided += 1
            return
        self.errors.append((found.gap_mm - gap_mm, found.flush_mm - flush_mm))
        self.stated.append((found.gap_budget.expanded_mm, found.flush_budget.expanded_mm))

    def rows(self, must_mm: float | None = None) -> Iterator[Row]:
        """Errors, and the share that the stated uncertainty covers."""
        errors, stated = np.abs(self.errors).reshape(-1, 2), np.reshape(self.stated, (-1, 2))
        for column, value in enumerate(("gap", "flush")):
            error, U = errors[:, column], stated[:, column]
            bound = {} if must_mm is None or column else {"p95": must_mm}
            yield Row(
                what=value,
                values={"p95": _percentile(error, 95), "worst": _percentile(error, 100)},
                unit="mm",
                must=bound,
                digits=3,
                note=f"({100 * np.mean(error <= U):.0f} % covered by U = {np.mean(U):.3f} mm; "
                f"{self.undecided} of {self.undecided + len(error)} undecided)",
            )


def _percentile(errors: np.ndarray, share: float) -> float:
    return float(np.percentile(errors, share)) if len(errors) else np.nan


def drawn_sections(stratum: Stratum, trials: int, rng: np.random.Generator) -> Iterator[Row]:
    """A stratum of seams made of curves."""
    seam = nominal_catalogue().seams["front_door/rear_door"]
    point, X_WV, tally = seam.at({"z": 200}), Pose.planar(0.012, -0.008, 0.006, z=0.338), Tally()
    for _ in range(trials):
        section = stratum.draw(point, rng)
        wave = Wave(
            height_mm=ScannerAccuracy().linearity_mm, length_mm=rng.uniform(*_WAVES_MM), phase=rng.uniform(0, 2 * np.pi)
        )
        shots = _profiles_of(section, point, X_WV, stratum, wave, rng)
        tally.add(measure_seam(shots, seam, point, X_WV), section.gap, section.flush)
    yield from tally.rows(stratum.must_mm)


def _profiles_of(
    section: AnalyticSeam, point: SeamPoint, X_WV: Pose, stratum: Stratum, wave: Wave, rng: np.random.Generator
) -> list[Shot]:
    """Profiles within 8 mm of a point, from a hand that is up to 3 degrees oblique and not quite where it thinks."""
    middle = section.aspect_master * section.radius_master + 0.5 * section.gap
    axes = np.column_stack((point.across, point.along, point.normal))
    view = View(
        standoff=rng.uniform(140, 160),
        x=rng.uniform(-8, 8),
        roll=np.radians(rng.uniform(-8, 8)),
        yaw=np.radians(rng.uniform(-3, 3)),
        pitch=np.radians(rng.uniform(-3, 3)),
    )
    shots = []
    for i, offset in enumerate(np.linspace(-8, 8, PROFILES) + rng.uniform(-2, 2)):
        seen = replace(view, roll=view.roll + rng.normal(0, 0.01))
        profile, _ = scan(section, seen, rng, noise=stratum.noise_mm, pitch=stratum.pitch_mm, wave=wave, time_s=0.1 * i)
        p_V = point.centre_V_mm - middle * point.across + offset * point.along
        X_AS = seen.pose(section)
        X_WS = X_WV @ Pose(p=1e-3 * p_V, R=axes) @ Pose(p=1e-3 * X_AS.p, R=X_AS.R)
        shots.append(Shot(profile=profile, X_WS=_astray(X_WS, rng, 0.4e-3, 0.004)))
    return shots


def _astray(X: Pose, rng: np.random.Generator, std_m: float, std_rad: float) -> Pose:
    return Pose(p=X.p + rng.normal(0, std_m, 3), R=exp_so3(rng.normal(0, std_rad, 3)) @ X.R)


def example_car(model: str, trials: int, rng: np.random.Generator) -> tuple[Tally, Tally]:
    """Points of all seams of a car, its panels displaced, seen by the simulated optics; no wave. Clear ones, others."""
    scene = build_scene(load_profile("g1"), [load_vehicle(model)])
    seams = list(VehicleCatalogue.from_dict(cad_export_of(scene.vehicles[model])).seams.values())
    scanner = LineScanner(scene.model, load_profile("g1").scanners["right_wrist"])
    tallies = {True: Tally(), False: Tally()}
    for i in range(trials):
        seam = seams[i % len(seams)]
        point = seam.at_arc(rng.uniform(0.05, 0.95) * seam.length_mm)
        panels = {name: _displaced(rng) for name in (seam.master, seam.slave)}
        parked = Parking(x_mm=rng.uniform(-15, 15), y_mm=rng.uniform(-15, 15), yaw_deg=rng.uniform(-0.4, 0.4))
        car = Car(model=model, options=scene.vehicles[model].options.defaults())
        scene.place(car, CarDeviations(parked=parked, panels=panels))
        shots = _swept(scene, scanner, point, rng)
        truth = true_gap_flush(scene.vehicles[model], seam.name, point.centre_V_mm, panels)
        tallies[point.clear].add(measure_seam(shots, seam, point, scene.X_WV), *truth)
    return tallies[True], tallies[False]


def _displaced(rng: np.random.Generator) -> Displacement:
    return Displacement(**{axis: rng.uniform(-0.5, 0.5) for axis in ("dx_mm", "dy_mm", "dz_mm")})


def _swept(scene: Scene, scanner: LineScanner, point: SeamPoint, rng: np.random.Generator) -> list[Shot]:
    """Six profiles along the seam from a hand some millimetres off and up to some degrees oblique."""
    wobble = Pose(p=rng.normal(0, 2e-3, 3), R=exp_so3(rng.normal(0, np.radians(2.0), 3)))
    shots = []
    for step_mm in np.linspace(-6, 6, 6):
        p_W = scene.X_WV.apply(1e-3 * (point.centre_V_mm + step_mm * point.along))
        normal_W = scene.X_WV.R @ point.normal
        square = Pose.from_axes(p_W + 0.15 * normal_W, z=-normal_W, x=scene.X_WV.R @ point.across)
        X_WS = square @ wobble
        shots.append(Shot(profile=scanner.scan(scene.data, X_WS, rng), X_WS=_astray(X_WS, rng, 0.4e-3, 0.002)))
    return shots


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.inspection", description=__doc__)
    parser.add_argument("--trials", type=int, default=300, help="scans of each stratum")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if options.trials < 1:
        parser.error(f"--trials {options.trials}: expected at least 1")
    line = f"python -m benchmarks.inspection --trials {options.trials} --seed {options.seed}"
    rng = np.random.default_rng(options.seed)
    sheet = Sheet()
    for stratum in STRATA:
        sheet.show(stratum.name, list(drawn_sections(stratum, options.trials, rng)), line)
    for model in _MODELS:
        for kind, tally in zip(("clear", "other"), example_car(model, options.trials, rng)):
            sheet.show(f"all seams of the {model}, {kind} points", list(tally.rows()), line)
    sheet.close()


if __name__ == "__main__":
    with steady_output():
        main()
