"""A method of your own: how bright a part is in the picture, against limits that the plan gives in grey levels.

Installed (``pip install examples/brightness``), a plan can say ``method: brightness``; docs/methods.md explains it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from linewalker.inspection.cad.catalogue import Part, VehicleCatalogue
from linewalker.inspection.method import Feature, Limits, Method, Need, Picture, TrueAnswer, TrueCar
from linewalker.inspection.part.look import PartLook
from linewalker.inspection.part.question import part_named
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import COVERAGE_FACTOR, Judgement, Undecided
from linewalker.plantfile import Node

GREY, WHITE = "grey", 255.0
MISPLACED_PX = 4  # how far beside its place the part may appear: robot and car stand a little elsewhere than thought


@dataclass(frozen=True, kw_only=True, eq=False)
class Brightness:
    """Mean grey level, 0 black to 255 white, where CAD says that the part is."""

    part: Part
    limits: Limits

    @property
    def need(self) -> Need:
        """A picture of the part; the robot knows from where to take it."""
        return Need(skill="look_at_part", parameters={"part": self.part.name})

    def judge(self, characteristic: str, evidence: PartLook, _options: Mapping[str, str]) -> Judgement:
        """The mean, uncertain by how much it changes when the place is a little beside."""
        place, time_s = evidence.region, evidence.image.time_s
        if isinstance(place, Undecided):
            return self.limits.undecided(characteristic, place.reason, place.detail, time_s)
        grey = cv2.cvtColor(evidence.image.rgb, cv2.COLOR_RGB2GRAY)
        beside = ((0, 0), (MISPLACED_PX, 0), (-MISPLACED_PX, 0), (0, MISPLACED_PX), (0, -MISPLACED_PX))
        value, *others = (float(place.cut(np.roll(grey, shift, axis=(0, 1))).mean()) for shift in beside)
        uncertainty = COVERAGE_FACTOR * float(np.sqrt(np.mean(np.square(np.subtract(others, value)))))
        return self.limits.judge(characteristic, value, uncertainty, detail=f"{place.size} px", time_s=time_s)

    def draw(self, evidence: PartLook, judgement: Judgement, _title: Title) -> Picture:
        """The picture with the place marked, and the verdict in it."""
        shown = cv2.cvtColor(evidence.image.rgb, cv2.COLOR_RGB2BGR)
        if not isinstance(place := evidence.region, Undecided):
            cv2.rectangle(shown, (place.left, place.top), (place.right, place.bottom), (0, 200, 255), 2)
        text = f"{judgement.characteristic}: {judgement.verdict.name}"
        cv2.putText(shown, text, (8, 24), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (0, 200, 255), 2)
        return Picture(suffix=".jpg", content=bytes(cv2.imencode(".jpg", shown)[1]))

    def true_answer(self, car: TrueCar) -> TrueAnswer:
        """In simulation no lamp is dim: one that is not mounted is what there is to find."""
        mounted = car.mounted(self.part.name)
        return TrueAnswer(value=mounted, good=mounted == self.part.ordered_variant(car.options))


def read(node: Node, catalogue: VehicleCatalogue) -> Brightness:
    """An entry of a plan, with ``limits: [lower, upper]``."""
    part = part_named(node["feature"], catalogue, "brightness needs")
    limits = [entry.number(low=0.0, high=WHITE, unit=GREY) for entry in node["limits"].entries()]
    if len(limits) != 2 or limits[0] >= limits[1]:
        raise node["limits"].error("expected [lower, upper] in grey levels, the lower one first")
    return Brightness(part=part, limits=Limits(unit=GREY, lower=limits[0], upper=limits[1]))


TITLE = Title(zh="亮度", en="brightness")
BRIGHTNESS = Method(title=TITLE, feature=Feature.PART, required=("limits",), read=read)
