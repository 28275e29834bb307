"""Parts of the sedan in rendered pictures of the hall, compared with pictures drawn from CAD in another light."""

from __future__ import annotations

from dataclasses import dataclass, replace

import mujoco
import numpy as np
import pytest

from linewalker.geometry import Pose, exp_so3
from linewalker.inspection.cad.catalogue import Part, VehicleCatalogue
from linewalker.inspection.part.look import PartLook
from linewalker.inspection.part.presence import NONE, PartSighting
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.robot import RgbdImage
from linewalker.limbs.simulated.rgbd_camera import RgbdCamera
from linewalker.physics.geom_groups import GeomGroup
from linewalker.rendering.model_view import ModelView
from linewalker.station.pictures import OrderPictures
from linewalker.vehicle import load_vehicle
from linewalker.vehicle.cad_export import cad_export_of
from linewalker.vehicle.components import MISSING
from linewalker.vehicle.nominal_view import NominalView
from linewalker.world.deviations import CarDeviations, Parking
from linewalker.world.scene import Scene, build_scene


@dataclass
class Car:
    """An order."""

    options: dict[str, str]
    vin: str = "LSVAA49J132047371"
    model: str = "sedan"


class Studio:
    """Takes pictures of cars with one part changed, from a pose that is known to half a degree and some millimetres."""

    def __init__(self) -> None:
        vehicle, profile = load_vehicle("sedan"), load_profile("g1")
        self.catalogue = VehicleCatalogue.from_dict(cad_export_of(vehicle))
        self._scene: Scene = build_scene(profile, [vehicle])
        self._scene.data.qpos[:3] = -6.0, 5.0, 0.8  # the robot is out of the picture
        view = ModelView(self._scene.model, (GeomGroup.HALL, GeomGroup.VISUAL))
        self._camera = RgbdCamera(view, profile.cameras["head"], fine=1)
        self._nominal = NominalView(vehicle)
        self._rng = np.random.default_rng(4)

    def recognise(self, part_name: str, mounted: str, **options: str) -> str:
        """What is seen where ``mounted`` is."""
        part = self.catalogue.parts[part_name]
        car = Car(options=self.catalogue.complete(options))
        changed = (
            {} if mounted == part.ordered_variant(car.options) else {part.name: MISSING if mounted == NONE else mounted}
        )
        image, X_VC = self.photograph(car, part, CarDeviations(parts=changed))
        shown = PartLook(part=part, image=image, X_VC=X_VC, pictures=OrderPictures(self._nominal, car)).sighting
        return shown.seen if isinstance(shown, PartSighting) else shown.reason.name

    def photograph(self, car: Car, part: Part, deviations: CarDeviations) -> tuple[RgbdImage, Pose]:
        """A picture of a part of a car parked at random, and X_VC as believed."""
        x, y, yaw = self._rng.uniform([-20, -20, -0.5], [20, 20, 0.5])
        self._scene.place(car, replace(deviations, parked=Parking(x_mm=x, y_mm=y, yaw_deg=yaw)))
        mujoco.mj_kinematics(self._scene.model, self._scene.data)
        X_WC = self._viewpoint(part)
        image = self._camera.take(self._scene.data, X_WC, self._rng)
        return image, self._believed(self._scene.X_WV).inverse() @ self._believed(X_WC)

    def _viewpoint(self, part: Part) -> Pose:
        p_W, out = self._scene.X_WV.apply(1e-3 * part.p_V_mm), self._scene.X_WV.R @ part.normal
        out = exp_so3([0, 0, self._rng.uniform(-0.3, 0.3)]) @ (out * [1, 1, 0]) / np.hypot(out[0], out[1])
        eye = p_W * [1, 1, 0] + out * self._rng.uniform(0.8, 1.2) + [0, 0, 1.18]
        return Pose.from_axes(eye, z=p_W - eye, y=[0, 0, -1])

    def _believed(self, X: Pose) -> Pose:
        return Pose(p=X.p + self._rng.normal(0, 3e-3, 3), R=exp_so3(self._rng.normal(0, 5e-3, 3)) @ X.R)


@pytest.fixture(scope="module")
def studio() -> Studio:
    return Studio()


@pytest.mark.parametrize(
    ("part", "mounted", "paint"),
    [
        ("badge_rear", "rs", "red"),
        ("badge_rear", "none", "red"),
        ("wheel_front_left", "sport", "silver"),
        ("wheel_front_left", "standard", "silver"),
        ("handle_rear_right", "present", "blue"),
        ("handle_rear_right", "missing", "blue"),
        ("plate_front", "missing", "black"),
        ("mirror_right", "present", "white"),
    ],
)
def test_what_is_mounted_is_seen(studio: Studio, part: str, mounted: str, paint: str) -> None:
    assert studio.recognise(part, mounted, paint=paint, wheels="standard", badge="rs") == mounted
