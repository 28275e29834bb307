"""The pictures of the README and of the motion of every robot, made anew: ``make pictures``."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import mujoco
import numpy as np

from benchmarks import motion_strips
from linewalker.brain.skills.seam_stance import SeamStances
from linewalker.geometry import quat_from_rotation
from linewalker.inspection.cad.catalogue import VehicleCatalogue
from linewalker.limbs.profiles import load_profile
from linewalker.limbs.simulated.optics import SimulatedOptics
from linewalker.physics.geom_groups import GeomGroup
from linewalker.rendering.laser_line import with_laser_line
from linewalker.rendering.model_view import ModelView
from linewalker.rendering.pinhole import Pinhole
from linewalker.vehicle import load_vehicle
from linewalker.vehicle.cad_export import cad_export_of
from linewalker.world.scene import Scene, build_scene

IMAGES = Path(__file__).parents[1] / "docs" / "images"


@dataclass(frozen=True)
class Shown:
    """The car in the picture."""

    vin: str = "LSVAA49J132047371"
    model: str = "sedan"
    options: dict[str, str] = field(default_factory=dict)


def pose_robot_at_seam(scene: Scene, seam_name: str) -> SimulatedOptics:
    """Stand the G1 at a seam as it scans it, and fire its laser."""
    profile = load_profile("g1")
    catalogue = VehicleCatalogue.from_dict(cad_export_of(scene.vehicles["sedan"]))
    seam = catalogue.seams[seam_name]
    scanner = next(iter(profile.scanners))
    posture = SeamStances(profile, scanner).best(seam, seam.middle_clear(), catalogue).posture
    data = scene.data
    data.joint("root").qpos[:] = *posture.X_WB.p, *quat_from_rotation(posture.X_WB.R)
    for name, angle in zip(profile.joints, posture.q_rad):
        data.joint(name).qpos[0] = angle
    mujoco.mj_forward(scene.model, data)
    optics = SimulatedOptics(scene.model, profile)
    optics.scan(data, scanner)
    return optics


def station_picture(path: Path, *, width_px: int = 1280, height_px: int = 720) -> None:
    """The G1 measures the gap between the left doors of a sedan."""
    vehicle = load_vehicle("sedan")
    scene = build_scene(load_profile("g1"), [vehicle])
    scene.place(Shown(options=vehicle.options.defaults() | {"paint": "red", "wheels": "sport", "badge": "rs"}))
    optics = pose_robot_at_seam(scene, "front_door_left/rear_door_left")
    robot: np.ndarray = scene.data.body("torso_link").xpos
    camera = Pinhole.looking_at(
        robot + [-2.35, -1.45, 0.45], robot + [0.0, 0.32, -0.17], width_px=width_px, height_px=height_px, fov_y_rad=0.66
    )
    view = ModelView(scene.model, (GeomGroup.HALL, GeomGroup.VISUAL))
    picture = view.develop(view.things(scene.data), camera, fine=3, polished=True)
    if optics.laser_line is not None:
        picture = with_laser_line(picture, camera, optics.laser_line.points_W)
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), picture.rgb[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 88])


if __name__ == "__main__":
    station_picture(IMAGES / "station.jpg")
    motion_strips.main([])
    print(f"pictures are in {IMAGES}")
