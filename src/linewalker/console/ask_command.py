"""``linewalker ask``: what an order is understood to mean. Nothing moves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from linewalker.brain.language.interpretation import Course, Interpretation
from linewalker.brain.language.reader import OrderReader
from linewalker.console.terminal import terminal
from linewalker.inspection.title import Title
from linewalker.station.spoken_names import EXAMPLE_PLAN, lexicon_of

_COURSES = {
    Course.ACT: Title(zh="执行", en="will do"),
    Course.ANSWER: Title(zh="回答", en="will answer"),
    Course.ASK: Title(zh="请问", en="asks"),
    Course.REFUSE: Title(zh="拒绝", en="refuses"),
}


def ask(order: str, plan: Path | None, dialogue: Sequence[str], *, as_json: bool) -> None:
    """Read an order against a plan and print what was understood.

    Args:
        order: in Chinese or English.
        plan: the inspection plan; None: the example's, or where there is none, the names of all cars.
        dialogue: the orders before it, oldest first.
        as_json: for machines.

    Raises:
        InputError: the plan can not be read.
    """
    reader = OrderReader(lexicon_of(plan if plan is not None else EXAMPLE_PLAN))
    show(reader.read(order, dialogue), as_json=as_json)


def show(interpretation: Interpretation, *, as_json: bool) -> None:
    """Print what an order was understood to mean."""
    console = terminal()
    if as_json:
        print(json.dumps(interpretation.document(), ensure_ascii=False, indent=2))
        return
    title, zh = _COURSES[interpretation.course], interpretation.language == "zh"
    because = interpretation.because
    reason = "" if because is None else because.title.zh if zh else because.title.en
    said = interpretation.question or interpretation.answer or interpretation.read_back or reason
    console.print(f"{title.zh}：{said}" if zh else f"{title.en}: {said}")
    for goal in interpretation.goals:
        console.print(f"  {goal.skill} {json.dumps(goal.document()['slots'], ensure_ascii=False)}")
