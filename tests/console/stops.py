"""Reports of stops as a station hands them to whoever watches, without a station."""

from __future__ import annotations

from linewalker.brain.inspector import StopReport
from linewalker.inspection.verdict import Judgement, Reason, Verdict


def stop_report(*verdicts: Verdict) -> StopReport:
    judgements = tuple(
        Judgement(characteristic=f"GAP-{i}", verdict=verdict, reason=Reason.INSIDE_TOLERANCE)
        for i, verdict in enumerate(verdicts)
    )
    return StopReport(stop=None, found=None, judgements=judgements, touched=False)  # type: ignore[arg-type]
