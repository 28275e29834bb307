"""Pictures for the judgements of one stop."""

from __future__ import annotations

from pathlib import Path

from linewalker.brain.inspector import StopReport
from linewalker.brain.skills.scan_seam import SeamScan
from linewalker.inspection.evidence import EvidenceFolder
from linewalker.inspection.part.presence import PartSighting
from linewalker.inspection.seam.scan import SeamMeasurement
from linewalker.inspection.verdict import Judgement


def illustrated(report: StopReport, folder: Path) -> list[Judgement]:
    """The judgements of a stop, each with its evidence picture in the folder if there is anything to show."""
    writer, found = EvidenceFolder(folder), report.found
    pairs = zip(report.stop.task.characteristics, report.judgements)
    if found is None:
        return list(report.judgements)
    if isinstance(found, SeamScan):
        measured = found.measurement if isinstance(found.measurement, SeamMeasurement) else None
        profile = found.shots[len(found.shots) // 2].profile if found.shots else None
        return [writer.of_seam(judgement, c.title, measured, profile) for c, judgement in pairs]
    sighting, image = found
    seen = sighting if isinstance(sighting, PartSighting) else None
    return [writer.of_part(judgement, seen, image) for _, judgement in pairs]
