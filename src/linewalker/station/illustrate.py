"""Pictures for the judgements of one call."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from linewalker.brain.inspector import VisitReport
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.evidence import EvidenceFolder
from linewalker.inspection.method import Picture
from linewalker.inspection.verdict import Judgement

_LOG = logging.getLogger("linewalker")


def illustrated(report: VisitReport, folder: Path) -> list[Judgement]:
    """The judgements of a call, each with its evidence picture in the folder if there is anything to show."""
    if report.outcome is None:
        return list(report.judgements)
    writer, evidence = EvidenceFolder(folder), report.outcome.evidence
    return [
        writer.keep(judgement, _drawn(characteristic, evidence, judgement))
        for characteristic, judgement in zip(report.call.characteristics, report.judgements)
    ]


def _drawn(characteristic: Characteristic, evidence: Any, judgement: Judgement) -> Picture | None:
    try:
        return characteristic.question.draw(evidence, judgement, characteristic.title)
    except Exception as error:  # noqa: BLE001  a method that can not draw costs its picture, not the verdict
        _LOG.error("no picture shows %s; the work goes on", characteristic.id, exc_info=error)
        return None
