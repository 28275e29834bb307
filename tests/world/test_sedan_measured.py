"""The sedan in the scene, seen by the simulated optics and evaluated by the inspection, against its true values.

This is where vehicle, scene, laser line, nominal view and inspection have to agree to hundredths of a millimetre.
"""

from __future__ import annotations

import mujoco
import numpy as np
import pytest

from linewalker.geometry import Pose, exp_so3
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.inspection.part.presence import PartSighting, recognise_part
from linewalker.inspection.part.region import Region, part_region
from linewalker.inspection.seam.scan import SeamMeasurement, Shot, measure_seam
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.simulated.line_scanner import LineScanner
from linewalker.limbs.simulated.rgbd_camera import RgbdCamera
from linewalker.physics.geom_groups import GeomGroup
from linewalker.rendering.model_view import ModelView
from linewalker.vehicle import load_vehicle
from linewalker.vehicle.cad_export import cad_export_of
from linewalker.vehicle.components import MISSING
from linewalker.vehicle.nominal_view import NominalView
from linewalker.world.deviations import CarDeviations, Displacement, Parking
from linewalker.world.scene import Scene, build_scene
from linewalker.world.truth import true_gap_flush
from tests.world.test_deviations import Car

SEAMS = (
    "front_door_left/rear_door_left",
    "hood/fender_right",
    "charge_flap_right/body_side_right",
    "hood/front_bumper",
)


@pytest.fixture(scope="module")
def scene() -> Scene:
    return build_scene(load_profile("g1"), [load_vehicle("sedan")])


@pytest.fixture(scope="module")
def catalogue(scene: Scene) -> VehicleCatalogue:
    return VehicleCatalogue.from_dict(cad_export_of(scene.vehicles["sedan"]))


def order(scene: Scene, **options: str) -> Car:
    return Car(model="sedan", options=scene.vehicles["sedan"].options.defaults() | options)


@pytest.mark.parametrize("name", SEAMS)
def test_gap_and_flush_come_out_as_true_as_the_panels_were_displaced(
    scene: Scene, catalogue: VehicleCatalogue, name: str
) -> None:
    rng = np.random.default_rng(list(name.encode()))
    seam = catalogue.seams[name]
    point = seam.middle_clear()
    displaced = Displacement(**{axis: rng.uniform(-1, 1) for axis in ("dx_mm", "dy_mm", "dz_mm")})
    deviations = CarDeviations(parked=Parking(x_mm=15, y_mm=-12, yaw_deg=0.4), panels={seam.slave: displaced})
    scene.place(order(scene), deviations)
    scanner = LineScanner(scene.model, load_profile("g1").scanners["right_wrist"])
    shots = []
    for step_mm in (-6, -4, -2, 0, 2, 4, 6):
        p_W = scene.X_WV.apply(1e-3 * (point.centre_V_mm + step_mm * point.along))
        normal_W = scene.X_WV.R @ point.normal
        square = Pose.from_axes(p_W + 0.15 * normal_W, z=-normal_W, x=scene.X_WV.R @ point.across)
        wobble = Pose(p=rng.normal(size=3) * 2e-3, R=exp_so3(rng.normal(size=3) * np.radians(1.0)))
        X_WS = square @ wobble
        shots.append(Shot(profile=scanner.scan(scene.data, X_WS, rng), X_WS=X_WS))
    measured = measure_seam(shots, seam, point, scene.X_WV)
    assert isinstance(measured, SeamMeasurement)
    truth = true_gap_flush(scene.vehicles["sedan"], name, point.centre_V_mm, deviations.panels)
    assert (measured.gap_mm, measured.flush_mm) == pytest.approx(truth, abs=0.05)


@pytest.mark.parametrize(
    ("part", "state", "seen"),
    [
        ("handle_front_left", MISSING, "missing"),
        ("wheel_front_left", "sport", "sport"),
        ("badge_front", None, "present"),
    ],
)
def test_parts_are_recognised_against_the_nominal_view(
    scene: Scene, catalogue: VehicleCatalogue, part: str, state: str | None, seen: str
) -> None:
    rng = np.random.default_rng(7)
    record = catalogue.parts[part]
    car = order(scene, paint="blue")
    scene.place(car, CarDeviations(parked=Parking(y_mm=10), parts={part: state} if state else {}))
    target = scene.X_WV.apply(1e-3 * record.p_V_mm)
    outwards = record.normal * [1, 1, 0] / np.linalg.norm(record.normal[:2])
    eye = target + outwards * 1.0 + [0, 0, 1.15 - target[2]]
    X_WC = Pose.from_axes(eye, z=target - eye, y=(0, 0, -1))
    view = ModelView(scene.model, (GeomGroup.HALL, GeomGroup.VISUAL))
    mujoco.mj_forward(scene.model, scene.data)
    image = RgbdCamera(view, load_profile("g1").cameras["head"]).take(scene.data, X_WC, rng)
    error = Pose(p=rng.normal(size=3) * 3e-3, R=exp_so3(rng.normal(size=3) * np.radians(0.2)))
    X_CV = error @ X_WC.inverse() @ scene.X_WV
    region = part_region(record, X_CV, image)
    assert isinstance(region, Region)
    nominal = NominalView(scene.vehicles["sedan"])

    def render(hypothesis: str, box: Region) -> np.ndarray:
        K = image.K.copy()
        K[:2, 2] -= box.left, box.top
        state = {} if hypothesis == "present" else {part: hypothesis}
        return nominal.render(X_CV.inverse(), K, box.size, car.options, parts=state).rgb

    hypotheses = ("present", MISSING) if record.option is None else record.variants
    sighting = recognise_part(image, region, hypotheses, render)
    assert isinstance(sighting, PartSighting)
    assert sighting.seen == seen
