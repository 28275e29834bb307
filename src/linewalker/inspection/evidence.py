"""Evidence files: one picture per judgement, whole and on disk before the judgement names it."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from pathlib import Path

from linewalker.inspection.part_picture import picture_without_answer, sighting_picture
from linewalker.inspection.part_region import Region
from linewalker.inspection.presence import PartSighting
from linewalker.inspection.profile_drawing import draw_measurement, draw_profile
from linewalker.inspection.seam_scan import SeamMeasurement
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement
from linewalker.limbs.robot import LineProfile, RgbdImage
from linewalker.wholefile import write_whole


class EvidenceFolder:
    """Writes the evidence of one car.

    Args:
        folder: of this car; made if it is not there.
    """

    def __init__(self, folder: Path):
        self.folder = folder

    def of_seam(
        self, judgement: Judgement, title: Title, result: SeamMeasurement | None, profile: LineProfile | None = None
    ) -> Judgement:
        """Draw a measured seam, or the profile in which it could not be measured; the judgement with its picture."""
        if result is not None:
            drawing = draw_measurement(result.shown, judgement, title)
        elif profile is not None:
            drawing = draw_profile(profile, judgement, title)
        else:
            return judgement
        return self._kept(judgement, ".svg", drawing.encode())

    def of_part(
        self,
        judgement: Judgement,
        result: PartSighting | None,
        image: RgbdImage | None = None,
        region: Region | None = None,
    ) -> Judgement:
        """Show a recognised part, or the picture in which it was not recognised; the judgement with its picture."""
        if result is not None:
            return self._kept(judgement, ".jpg", sighting_picture(result, judgement))
        if image is not None:
            return self._kept(judgement, ".jpg", picture_without_answer(image, judgement, region))
        return judgement

    def _kept(self, judgement: Judgement, suffix: str, content: bytes) -> Judgement:
        path = self.folder / f"{file_name(judgement.characteristic)}{suffix}"
        write_whole(path, content)
        return replace(judgement, evidence=path)


def file_name(characteristic: str) -> str:
    """A characteristic's id as a file name: unlike ids have unlike names, whatever characters a plant writes."""
    safe = re.sub(r"[^\w.-]", "_", characteristic).lstrip(".") or "_"
    return safe if safe == characteristic else f"{safe[:80]}-{zlib.crc32(characteristic.encode()):08x}"
