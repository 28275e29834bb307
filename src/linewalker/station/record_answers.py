"""Answers questions that were understood, out of the records in folders of runs as they are at that moment."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from linewalker.brain.language.interpretation import Because, Course, Interpretation
from linewalker.brain.memory.answers import answered
from linewalker.brain.memory.matching import Members, alone
from linewalker.errors import InputError
from linewalker.inspection.title import Title
from linewalker.station.history import read_history


class RecordAnswers:
    """Call it with an interpretation: a question comes back with its answer, anything else as it is.

    Args:
        folders: of runs; a station may be at work in them.
        members: what the names of areas and of groups of parts stand for.
    """

    def __init__(self, folders: Sequence[Path], members: Members = alone):
        self._folders, self._members = tuple(folders), members

    def __call__(self, understood: Interpretation) -> Interpretation:
        """Where there are no records that can be read, a question is refused, and the reason says so."""
        if understood.course is not Course.ANSWER:
            return understood
        try:
            history, now = read_history(self._folders), datetime.datetime.now().astimezone()
            return answered(understood, history, now, self._members)
        except InputError as error:
            title = Title(zh=f"没有可用的记录：{error}", en=f"there are no records to answer from: {error}")
            return replace(understood, course=Course.REFUSE, because=Because(code="no_records", title=title))
