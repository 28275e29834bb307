"""``linewalker ask --pack`` where nothing is to be done: an answer or a question needs no robot and no hall."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from linewalker.brain.language.interpretation import Course
from linewalker.brain.language.model.model_settings import ModelSettings
from linewalker.console.ask_command import show
from linewalker.station.hall.hall_file import read_hall
from linewalker.station.hall.hall_reader import hall_reader


def answered_in_hall(order: str, dialogue: Sequence[str], pack: Path, folder: Path, *, as_json: bool) -> bool:
    """Print what was understood, if nothing has to be done for it; returns whether that is so.

    Args:
        order, dialogue: what is said, and the orders before it, oldest first.
        pack: the file of the hall.
        folder: where exchanges with a language model go on record, if there is one.
        as_json: for machines.

    Raises:
        InputError: the file is wrong.
    """
    read = hall_reader(read_hall(pack), folder, ModelSettings.of_environment()).read(order, dialogue)
    if read.course is Course.ACT:
        return False
    show(read, as_json=as_json)
    return True
