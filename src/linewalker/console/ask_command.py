"""``linewalker ask``: what an order is understood to mean, and answers out of records. Nothing moves."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from linewalker.brain.language.interpretation import Course, Interpretation
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.model.model_settings import ModelSettings
from linewalker.brain.language.reader import OrderReader
from linewalker.brain.memory.recorded import History
from linewalker.console.answer_text import show_answer
from linewalker.console.given_paths import run_folder
from linewalker.console.terminal import terminal
from linewalker.inspection.title import Title
from linewalker.station.spoken_names import lexicon_of, plan_spoken_of

if TYPE_CHECKING:
    from linewalker.station.approval.assistant import Reader

_COURSES = {
    Course.ACT: Title(zh="执行", en="will do"),
    Course.ANSWER: Title(zh="回答", en="will answer"),
    Course.ASK: Title(zh="请问", en="asks"),
    Course.REFUSE: Title(zh="拒绝", en="refuses"),
}


_RECORD = Path("out/ask")
"""Where exchanges with a language model go on record, if there is one."""

_WHERE = Title(
    zh="要得到回答，请用 --run DIR 指明班次所在目录", en="to be answered, name the folder of a run with --run DIR"
)


def ask(
    order: str,
    plan: Path | None,
    dialogue: Sequence[str],
    runs: Sequence[Path] = (),
    *,
    words: Path | None = None,
    as_json: bool,
) -> None:
    """Read an order against a plan and what is on record; print what was understood, and the answer to a question.

    Args:
        order: in Chinese or English.
        plan: the inspection plan; None: what is on record, without records the example's, or where there is none, the
            names of all cars.
        dialogue: the orders before it, oldest first.
        runs: folders of runs that are asked about.
        words: a file of the plant's own words.
        as_json: for machines.

    Raises:
        InputError: the plan, or records, can not be read.
    """
    lexicon, history = names(plan, runs, words)
    understand(order, dialogue, lexicon, history, as_json=as_json)


def names(plan: Path | None, runs: Sequence[Path], words: Path | None) -> tuple[Lexicon, History | None]:
    """What an order may speak of, and what is on record; see `ask`."""
    history = _history(runs) if runs else None
    return lexicon_of(plan_spoken_of(plan, history), history=history, words=words), history


def understand(
    order: str,
    dialogue: Sequence[str],
    lexicon: Lexicon,
    history: History | None,
    *,
    heard: Mapping[str, str] | None = None,
    as_json: bool,
) -> None:
    """Read an order with these names; print what was understood. ``heard``: how it was said, printed for machines."""
    understood = _reader(lexicon).read(order, dialogue)
    show(understood if history is None else _answered(understood, history, lexicon), heard=heard, as_json=as_json)


def _reader(lexicon: Lexicon) -> OrderReader | Reader:
    """By the grammar; with a language model beside it where the environment names one."""
    settings = ModelSettings.of_environment()
    if settings is None:
        return OrderReader(lexicon)
    from linewalker.station.order_reading import order_reading  # it loads what an order without a model can do without

    return order_reading(lexicon, _RECORD, settings).reader


def _history(runs: Sequence[Path]) -> History:
    from linewalker.station.history import read_history  # it loads what an order without records can do without

    return read_history([run_folder(folder) for folder in runs])


def _answered(understood: Interpretation, history: History, lexicon: Lexicon) -> Interpretation:
    from linewalker.brain.memory.answers import answered

    return answered(understood, history, datetime.datetime.now().astimezone(), lexicon.members)


def show(interpretation: Interpretation, *, heard: Mapping[str, str] | None = None, as_json: bool) -> None:
    """Print what an order was understood to mean; for machines also how it was heard, if it was."""
    console = terminal()
    if as_json:
        print(json.dumps({**(heard or {}), **interpretation.document()}, ensure_ascii=False, indent=2))
        return
    if interpretation.sentences:
        show_answer(interpretation.sentences, interpretation.language, console)
        return
    title, zh = _COURSES[interpretation.course], interpretation.language == "zh"
    because = interpretation.because
    reason = "" if because is None else because.title.zh if zh else because.title.en
    said = interpretation.question or interpretation.answer or interpretation.read_back or reason
    console.print(f"{title.zh}：{said}" if zh else f"{title.en}: {said}")
    for goal in interpretation.goals:
        console.print(f"  {goal.skill} {json.dumps(goal.document()['slots'], ensure_ascii=False)}")
    if interpretation.aside is not None:
        console.print(interpretation.aside.title.zh if zh else interpretation.aside.title.en)
    if interpretation.course is Course.ANSWER:
        console.print(_WHERE.zh if zh else _WHERE.en)
