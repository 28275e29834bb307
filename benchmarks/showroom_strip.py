"""A picture strip of a guided round among visitors, from true physics: ``python -m benchmarks.showroom_strip``."""

from __future__ import annotations

import tempfile
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from linewalker.console.audience import LIGHTING
from linewalker.physics.geom_groups import GeomGroup
from linewalker.rendering.model_view import ModelView
from linewalker.rendering.pinhole import Pinhole
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.approval.performer import Draft
from linewalker.station.hall.hall_file import read_hall
from linewalker.station.hall.hall_reader import hall_reader
from linewalker.station.hall.simulated_hall import HallOptions, SimulatedHall, simulated_hall

ROOT = Path(__file__).parents[1]
TIMES_S = (6.0, 11.0, 27.0, 31.0, 35.0)
WIDTH_PX, HEIGHT_PX, GAP_PX, QUALITY = 440, 400, 6, 86
EYE_W, TARGET_W, FIELD_OF_VIEW_RAD = (-0.6, -5.2, 6.2), (2.05, -0.15, 0.3), 0.64
"""From so high above that nobody hides the robot, and both exhibits are in the picture."""


class Photographer:
    """Takes a picture of the whole hall at some robot times."""

    def __init__(self, there: SimulatedHall):
        self._there, self._view = there, ModelView(there.model, (GeomGroup.HALL, GeomGroup.VISUAL), LIGHTING)
        self._start_s = there.workplace.operator.now_s
        self._camera = Pinhole.looking_at(
            np.array(EYE_W), np.array(TARGET_W), width_px=WIDTH_PX, height_px=HEIGHT_PX, fov_y_rad=FIELD_OF_VIEW_RAD
        )
        self.pictures: list[NDArray[np.uint8]] = []

    def tick(self) -> None:
        """After every control tick."""
        taken = len(self.pictures)
        passed_s = self._there.workplace.operator.now_s - self._start_s
        if taken < len(TIMES_S) and passed_s >= TIMES_S[taken]:
            picture = self._view.take(self._there.data, self._camera, fine=2).rgb.copy()
            text = f"{passed_s:.0f} s"
            cv2.putText(picture, text, (10, 26), cv2.FONT_HERSHEY_DUPLEX, 0.7, (30, 32, 36), 1, cv2.LINE_AA)
            self.pictures.append(picture)


def main(order: str = "show us round") -> None:
    """Give the order, photograph, and write ``docs/images/showroom.jpg``."""
    hall = read_hall(ROOT / "examples" / "showroom" / "hall.yaml")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        goals = hall_reader(hall, folder, None).read(order).goals
        with simulated_hall(hall, folder, HallOptions(visual=True)) as there:
            photographer = Photographer(there)
            there.workplace.operator.on_tick.append(photographer.tick)
            with StationPerformer(there.workplace) as performer:
                draft = performer.prepare(goals)
                assert isinstance(draft, Draft)
                performer.begin("P1", goals, draft.plan)
                performer.wait()
    gap = np.full((HEIGHT_PX, GAP_PX, 3), 255, np.uint8)
    strip = [part for picture in photographer.pictures for part in (picture, gap)][:-1]
    image = cv2.cvtColor(np.hstack(strip), cv2.COLOR_RGB2BGR)
    cv2.imwrite(str(ROOT / "docs" / "images" / "showroom.jpg"), image, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])


if __name__ == "__main__":
    main()
