"""Who can be spoken to: a simulated station, the guide of a hall, or somebody who understands and can not move."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from linewalker.brain.language.interpretation import Interpretation
from linewalker.brain.language.lexicon import Lexicon
from linewalker.brain.language.model.model_settings import ModelSettings
from linewalker.brain.memory.journal import Entry
from linewalker.console.conversation import Conversation
from linewalker.console.options import SpokenOptions
from linewalker.console.terminal import terminal
from linewalker.factory.records.database import are_there
from linewalker.messages.catalogue import say
from linewalker.station.acting.nobody import Nobody
from linewalker.station.acting.performer import StationPerformer
from linewalker.station.acting.simulated_workplace import simulated_workplace
from linewalker.station.approval.assistant import Reader
from linewalker.station.hall.hall_file import read_hall
from linewalker.station.hall.hall_reader import hall_reader
from linewalker.station.hall.simulated_hall import HallOptions, simulated_hall
from linewalker.station.history import read_history
from linewalker.station.order_reading import order_reading
from linewalker.station.record_answers import RecordAnswers
from linewalker.station.run_folder import RECORDS_FILE, make_folder
from linewalker.station.shift_files import ShiftFiles
from linewalker.station.simulated_station import read_simulated_shift
from linewalker.station.spoken_names import lexicon_of, plan_spoken_of

_SILENT = frozenset({"task_done", "order_begun", "pause_asked", "went_on_asked", "stop_asked"})
"""Entries of the journal that tell a person nothing that he does not see or hear besides."""


@dataclass(frozen=True, kw_only=True)
class HallFiles:
    """A hall to act in.

    Attributes:
        pack: its file.
        robot, seed: which robot, and of the noise of all sensors.
    """

    pack: Path
    robot: str = "g1"
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class OrderOptions:
    """Who is spoken to, and how.

    Attributes:
        place: a station or a hall to act in; None: nothing moves.
        plan: whose names are spoken where nothing moves; None: the example's, or what is on record.
        runs: folders of runs that are asked about besides.
        words: a file of the plant's own words.
        folder: for records, evidence, pictures, and the journal.
        real_time: hold the pace of the wall clock.
        yes: begin what is read back without asking.
        quiet: what happens is not told.
    """

    place: ShiftFiles | HallFiles | None = None
    plan: Path | None = None
    runs: tuple[Path, ...] = ()
    words: Path | None = None
    folder: Path
    real_time: bool = False
    yes: bool = False
    quiet: bool = False

    @classmethod
    def of(cls, spoken: SpokenOptions, files: ShiftFiles | None, *, real_time: bool) -> OrderOptions:
        """As they were given on the command line."""
        pack = spoken.pack
        return cls(
            place=files if pack is None else HallFiles(pack=pack, robot=spoken.robot, seed=spoken.seed),
            plan=spoken.plan,
            runs=tuple(spoken.run or ()),
            words=spoken.words,
            folder=spoken.out,
            real_time=real_time,
            yes=spoken.yes,
        )

    def answers(self, lexicon: Lexicon) -> RecordAnswers:
        """Out of what is on record in the folder, and in the runs; where there are runs, the folder may be empty."""
        here = [self.folder] if are_there(self.folder / RECORDS_FILE) or not self.runs else []
        return RecordAnswers([*here, *self.runs], lexicon.members)


@dataclass(kw_only=True)
class Listener:
    """Somebody that can be spoken to.

    Attributes:
        performer: who moves.
        reader, answer: understand and answer.
        language: in which what happens is told, where there is no dialogue.
        speaks: the dialogue.
    """

    performer: StationPerformer | Nobody
    reader: Reader
    answer: Callable[[Interpretation], Interpretation]
    language: str = "zh"
    speaks: Conversation | None = None

    def say(self, text: str) -> None:
        """To the person."""
        _say(text)

    def tell(self, entry: Entry) -> None:
        """An entry of the journal, to the person."""
        language = self.language if self.speaks is None else self.speaks.language
        if entry.code not in _SILENT:
            self.say(f"[{entry.time_s:6.1f} s] {entry.text.zh if language == 'zh' else entry.text.en}")


def listener(options: OrderOptions) -> contextlib.AbstractContextManager[Listener]:
    """Who is spoken to: at a station or in a hall, or, where there is neither, somebody who can not move.

    Raises:
        InputError: a file is wrong, or the folder can not be used.
    """
    if isinstance(options.place, ShiftFiles):
        return _at_station(options.place, options)
    return _nowhere(options) if options.place is None else _in_hall(options.place, options)


@contextlib.contextmanager
def _at_station(files: ShiftFiles, options: OrderOptions) -> Iterator[Listener]:
    heard = _Hearing(quiet=options.quiet)
    with contextlib.ExitStack() as opened:
        with terminal().status(say("reading the files, loading the vehicle models")):
            shift = read_simulated_shift(files)
            make_folder(options.folder)
            lexicon = lexicon_of(files.plan, words=options.words)
            reading = order_reading(lexicon, options.folder, ModelSettings.of_environment())
        with terminal().status(say("building hall, robot and cars")):
            place = opened.enter_context(
                simulated_workplace(
                    shift,
                    options.folder,
                    real_time=options.real_time,
                    members=lexicon.members,
                    listen=heard.listen,
                    voice=_voice,
                )
            )
        performer = opened.enter_context(StationPerformer(place))
        yield heard.by(Listener(performer=performer, reader=reading.reader, answer=options.answers(lexicon)))


@contextlib.contextmanager
def _in_hall(files: HallFiles, options: OrderOptions) -> Iterator[Listener]:
    heard = _Hearing(quiet=options.quiet)
    hall = read_hall(files.pack)
    with contextlib.ExitStack() as opened:
        with terminal().status(say("building hall, robot and visitors")):
            reader = hall_reader(hall, options.folder, ModelSettings.of_environment())
            built = HallOptions(
                robot=files.robot,
                seed=files.seed,
                real_time=options.real_time,
                listen=heard.listen,
                voice=_voice,
            )
            there = opened.enter_context(simulated_hall(hall, options.folder, built))
        performer = opened.enter_context(StationPerformer(there.workplace))
        yield heard.by(Listener(performer=performer, reader=reader, answer=lambda read: read))


@contextlib.contextmanager
def _nowhere(options: OrderOptions) -> Iterator[Listener]:
    history = read_history(options.runs) if options.runs else None
    lexicon = lexicon_of(plan_spoken_of(options.plan, history), history=history, words=options.words)
    reading = order_reading(lexicon, options.folder, ModelSettings.of_environment())
    yield Listener(performer=Nobody(), reader=reading.reader, answer=options.answers(lexicon))


class _Hearing:
    """Passes entries of the journal on to a listener, as soon as there is one."""

    def __init__(self, *, quiet: bool):
        self._quiet = quiet
        self._listener: Listener | None = None

    def by(self, listener: Listener) -> Listener:
        self._listener = listener
        return listener

    def listen(self, entry: Entry) -> None:
        if self._listener is not None and not self._quiet:
            self._listener.tell(entry)


def _say(text: str) -> None:
    terminal().print(text, soft_wrap=True)


def _voice(text: str) -> None:
    _say(f"“{text}”")
