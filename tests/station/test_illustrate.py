"""Pictures for judgements: each beside its own, none where there is nothing to show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from linewalker.brain.inspector import VisitReport
from linewalker.brain.skills.skill import Outcome
from linewalker.brain.visit import SkillCall
from linewalker.inspection.characteristic import Characteristic
from linewalker.inspection.method import Picture
from linewalker.inspection.severity import Severity
from linewalker.inspection.title import Title
from linewalker.inspection.verdict import Judgement, Reason, Verdict
from linewalker.station.illustrate import illustrated


@dataclass
class Draws:
    """Draws what it is called and the evidence; nothing of evidence that is empty."""

    suffix: str

    def draw(self, evidence: str, judgement: Judgement, title: Title) -> Picture | None:
        text = f"{judgement.characteristic} {title.en} {evidence}"
        return Picture(suffix=self.suffix, content=text.encode()) if evidence else None


def characteristic(name: str, suffix: str) -> Characteristic:
    question: Any = Draws(suffix)
    return Characteristic(
        id=name, title=Title(zh="缝", en=f"title of {name}"), method="own", severity=Severity.MINOR, feature="x",
        question=question, when={},
    )  # fmt: skip


def report(outcome: Outcome | None) -> VisitReport:
    asked = (characteristic("a", ".svg"), characteristic("b", ".jpg"))
    call = SkillCall(skill="own", values={}, characteristics=asked)
    judgements = tuple(
        Judgement(characteristic=c.id, verdict=Verdict.OK, reason=Reason.INSIDE_TOLERANCE) for c in asked
    )
    return VisitReport(call=call, outcome=outcome, judgements=judgements, touched=False)


def test_every_judgement_has_a_picture_of_its_own(tmp_path: Path) -> None:
    seen = report(Outcome(evidence="seen"))
    kept = illustrated(seen, tmp_path / "car")
    assert [judgement.evidence for judgement in kept] == [tmp_path / "car" / "a.svg", tmp_path / "car" / "b.jpg"]
    assert [path.read_text(encoding="utf-8") for path in sorted((tmp_path / "car").iterdir())] == [
        "a title of a seen",
        "b title of b seen",
    ]
    assert [replace(judgement, evidence=None) for judgement in kept] == list(seen.judgements)


def test_where_there_is_nothing_to_show_nothing_is_written(tmp_path: Path) -> None:
    for outcome in (None, Outcome(evidence="")):
        assert illustrated(report(outcome), tmp_path / "car") == list(report(outcome).judgements)
    assert not (tmp_path / "car").exists()


class Broken:
    """Can not draw."""

    def draw(self, *_: object) -> Picture:
        raise ZeroDivisionError("no room for a scale")


def test_a_method_that_can_not_draw_costs_its_picture_alone(tmp_path: Path) -> None:
    whole = report(Outcome(evidence="seen"))
    first, second = whole.call.characteristics
    question: Any = Broken()
    call = replace(whole.call, characteristics=(replace(first, question=question), second))
    drawn = illustrated(replace(whole, call=call), tmp_path)
    assert [judgement.evidence is not None for judgement in drawn] == [False, True]
    assert [replace(judgement, evidence=None) for judgement in drawn] == list(whole.judgements)
