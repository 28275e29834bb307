"""Reads orders with the words of a hall: what they come to is spelt out of acts; questions are answered out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from linewalker.brain.language.interpretation import Because, Course, Interpretation
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.model.model_settings import ModelSettings
from linewalker.brain.language.vocabulary import Vocabulary
from linewalker.inspection.title import Title
from linewalker.station.approval.assistant import Reader
from linewalker.station.hall.hall import Hall
from linewalker.station.order_reading import order_reading

_NO_RECORDS = Title(
    zh="展厅里没有检测记录可查；可以问展品、位置和文件里的问题。",
    en="There are no records of inspections in a hall; ask about what there is to see, and where.",
)


class HallReader:
    """See the module.

    Args:
        hall: the words, and what is said.
        reader: reads orders with them.
    """

    def __init__(self, hall: Hall, reader: Reader):
        self._hall, self._reader = hall, reader

    def read(self, order: str, after: Sequence[str] = ()) -> Interpretation:
        """What an order means after the earlier ones of its dialogue; a question has its answer, with its sources."""
        read = self._reader.read(order, after)
        if read.course is Course.ANSWER and all(goal.skill != "status" for goal in read.goals):
            return replace(read, course=Course.REFUSE, because=Because(code="no_records", title=_NO_RECORDS))
        if read.course is not Course.ACT:
            return read
        told = [self._hall.answer(goal) for goal in read.goals]
        if all(told):
            sentences = tuple((getattr(one.title, read.language), (one.source,)) for some in told for one in some)
            return replace(
                read,
                course=Course.ANSWER,
                read_back="",
                sentences=sentences,
                answer=("" if read.language == "zh" else " ").join(text for text, _ in sentences),
                citations=tuple(dict.fromkeys(source for _, (source,) in sentences)),
            )
        steps = [step for goal in read.goals for step in self._hall.spelt_out(goal, read.language)]
        return replace(read, goals=tuple(steps))

    def stops(self, order: str) -> bool:
        """Whether it is to stop."""
        return self._reader.stops(order)


def hall_reader(hall: Hall, folder: Path, model: ModelSettings | None) -> HallReader:
    """Understands orders in a hall; exchanges with a model go on record in the folder."""
    return HallReader(hall, order_reading(Lexicon(Vocabulary(packs=(hall.pack,))), folder, model).reader)
