"""Pictures for the judgements of one visit."""

from __future__ import annotations

from pathlib import Path

from linewalker.brain.inspector import VisitReport
from linewalker.inspection.evidence import EvidenceFolder
from linewalker.inspection.verdict import Judgement


def illustrated(report: VisitReport, folder: Path) -> list[Judgement]:
    """The judgements of a visit, each with its evidence picture in the folder if there is anything to show."""
    if report.outcome is None:
        return list(report.judgements)
    writer, evidence = EvidenceFolder(folder), report.outcome.evidence
    return [
        writer.keep(judgement, characteristic.question.draw(evidence, judgement, characteristic.title))
        for characteristic, judgement in zip(report.visit.call.characteristics, report.judgements)
    ]
