"""Reports of visits as a station hands them to whoever watches, without a station."""

from __future__ import annotations

from linewalker.brain.inspector import VisitReport
from linewalker.inspection.verdict import Judgement, Reason, Verdict


def visit_report(*verdicts: Verdict) -> VisitReport:
    judgements = tuple(
        Judgement(characteristic=f"GAP-{i}", verdict=verdict, reason=Reason.INSIDE_TOLERANCE)
        for i, verdict in enumerate(verdicts)
    )
    return VisitReport(call=None, outcome=None, judgements=judgements, touched=False)  # type: ignore[arg-type]
