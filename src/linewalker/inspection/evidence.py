"""Evidence files: one picture per judgement, whole and on disk before the judgement names it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from linewalker.inspection.part.picture import picture_without_answer, sighting_picture
from linewalker.inspection.part.presence import PartSighting
from linewalker.inspection.part.region import Region
from linewalker.inspection.seam.profile_drawing import draw_measurement, draw_profile
from linewalker.inspection.seam.scan import SeamMeasurement
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement
from linewalker.limbs.robot import LineProfile, RgbdImage
from linewalker.wholefile import write_whole

_READABLE, _DIGITS = 80, 16
_PLAIN_NAME = re.compile(rf"(?!.*-[0-9a-f]{{{_DIGITS}}}$)[a-z0-9_-]{{1,100}}")
"""No capitals, nothing that looks like a mark of ours."""

_RESERVED_NAME = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Devices of Windows, whatever suffix they have."""


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
    """A characteristic's id as a file name without suffix, on any file system and under any locale.

    Unlike ids have unlike names, also where capitals do not count, whatever characters a plant writes and however many:
    an id that is not such a name by itself is marked with the first 64 bits of its SHA-256.
    """
    if _PLAIN_NAME.fullmatch(characteristic) and not _RESERVED_NAME.fullmatch(characteristic):
        return characteristic
    readable = re.sub(r"[^A-Za-z0-9_-]+", "_", characteristic)[:_READABLE]
    return f"{readable}-{hashlib.sha256(characteristic.encode('utf-8', 'surrogatepass')).hexdigest()[:_DIGITS]}"
